import { useLiveClient } from '../connection/liveClientContext';
import { punchInWords } from '../protocol/answers';
import { isUnanswered, pressTime, type Punch, type PunchEvent } from '../protocol/outboxEntry';
import { selectLive } from '../state/connectionSlice';
import { useAppSelector, useNow } from '../state/hooks';
import { selectPunches } from '../state/outboxSlice';
import { clockTime, clockTimeExact } from '../ui/words';

/** An answer takes milliseconds; after this long the person wants to know what happens. */
const WORRY_AFTER_MS = 3_000;
const RECEIPTS_SHOWN = 4;

const NAMES: Record<PunchEvent, string> = { punch_in: 'Punch in', punch_out: 'Punch out' };

/** What became of the punches of this device. */
export function PunchNotes({ zoneId }: { zoneId: string | undefined }) {
  const punches = useAppSelector(selectPunches);
  const live = useAppSelector(selectLive);
  const unanswered = punches.filter(isUnanswered);
  const stored = punches.filter(({ state }) => state === 'stored').slice(-RECEIPTS_SHOWN);
  return (
    <div className="punch-notes">
      {punches
        .filter(({ state }) => state === 'refused')
        .map((punch) => (
          <Refused key={punch.commandId} punch={punch} zoneId={zoneId} />
        ))}
      {!live && unanswered.length === 0 && (
        <p className="faint">You are not connected. A punch is kept on this device, with its time, and sent later.</p>
      )}
      {unanswered.map((punch) => (
        <NotConfirmed key={punch.commandId} punch={punch} zoneId={zoneId} />
      ))}
      <div className="punch-confirmation" role="status" data-testid="punch-confirmation">
        {stored.map((punch) => (
          <Stored key={punch.commandId} punch={punch} zoneId={zoneId} />
        ))}
      </div>
    </div>
  );
}

interface NoteProps {
  punch: Punch;
  zoneId: string | undefined;
}

function Refused({ punch, zoneId }: NoteProps) {
  const client = useLiveClient();
  const name = `${NAMES[punch.event]} of ${clockTime(pressTime(punch), zoneId)}`;
  return (
    <p className="refusal" role="alert" data-testid="punch-refusal">
      {name} was refused: {punchInWords(punch.refusal ?? { code: '' })}{' '}
      <button type="button" className="quiet" onClick={() => void client?.outbox.dismiss(punch.commandId)}>
        Dismiss<span className="unseen"> {name}</span>
      </button>
    </p>
  );
}

function NotConfirmed({ punch, zoneId }: NoteProps) {
  const live = useAppSelector(selectLive);
  const offset = useAppSelector((state) => state.connection.clockOffset ?? 0);
  const now = useNow(1000) - offset;
  const at = clockTime(pressTime(punch), zoneId);
  if (live && now - punch.pressedAt < WORRY_AFTER_MS) {
    return null;
  }
  if (live) {
    return (
      <p className="notice" role="status">
        {NAMES[punch.event]} of {at} is not confirmed yet. It is sent again until the server answers, and counts once.
      </p>
    );
  }
  return (
    <p className="notice" role="status" data-testid="punch-kept">
      {NAMES[punch.event]} of {at} is kept on this device. It is sent as soon as the connection is back, and counts at{' '}
      {at}.
    </p>
  );
}

function Stored({ punch, zoneId }: NoteProps) {
  const countedAt = punch.receipt?.countedAt ?? punch.receipt?.timestamp ?? pressTime(punch);
  return (
    <p>
      {NAMES[punch.event]} confirmed, counts at <time dateTime={countedAt}>{clockTimeExact(countedAt, zoneId)}</time>
    </p>
  );
}
