import { selectClockOffset } from '../state/connectionSlice';
import { useAppSelector, useNow } from '../state/hooks';
import { selectUnsentCount } from '../state/outboxSlice';
import { clockTime } from '../ui/words';

/** @param zoneId of the page's times; undefined for the browser's */
export function ConnectionBadge({ zoneId }: { zoneId: string | undefined }) {
  const { phase, heardAt } = useAppSelector((state) => state.connection);
  const kept = useAppSelector(selectUnsentCount);
  return (
    <span className="connection" role="status" data-testid="connection-state" data-state={phase}>
      <span className="connection-dot" aria-hidden="true" />
      <span>
        {phase === 'live' && 'Live'}
        {phase === 'connecting' && 'Connecting…'}
        {phase === 'behind' && heardAt !== null && <Behind heardAt={heardAt} />}
        {phase === 'offline' && (heardAt === null ? 'Offline' : `Offline since ${clockTime(heardAt, zoneId)}`)}
        {phase !== 'live' && kept > 0 && ` · ${kept} kept`}
      </span>
    </span>
  );
}

/** The seconds are not announced one by one. */
function Behind({ heardAt }: { heardAt: number }) {
  const offset = useAppSelector(selectClockOffset);
  const now = useNow(1000) - offset;
  return (
    <>
      Behind<span aria-hidden="true"> {Math.max(1, Math.round((now - heardAt) / 1000))} s</span>
    </>
  );
}
