import { useAppSelector, useNow } from '../state/hooks';
import { clockTime } from '../ui/words';

/** A shorter break is a reconnect, a longer one means that the page is out of date. */
const OFFLINE_AFTER_MS = 10_000;

export function ConnectionBadge() {
  const { phase, lostAt, clockOffset } = useAppSelector((state) => state.connection);
  const now = useNow(1000) - clockOffset;
  const offline = phase === 'lost' && lostAt !== null && now - lostAt >= OFFLINE_AFTER_MS;
  const shown = phase === 'live' ? 'live' : offline ? 'offline' : phase === 'lost' ? 'reconnecting' : 'connecting';
  const words = {
    live: 'Live',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    offline: lostAt === null ? 'Offline' : `Offline since ${clockTime(lostAt)}`,
  }[shown];
  return (
    <span className="connection" role="status" data-testid="connection-state" data-state={shown}>
      <span className="connection-dot" aria-hidden="true" />
      {words}
    </span>
  );
}
