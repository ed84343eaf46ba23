import { useLiveClient } from '../connection/liveClientContext';
import { inWords } from '../protocol/answers';
import type { LeaveForm } from '../protocol/outboxEntry';
import { selectLive } from '../state/connectionSlice';
import { useAppSelector } from '../state/hooks';
import { selectLeaveRequestEntries, type LeaveRequestEntry } from '../state/outboxSlice';
import { dateRange, sentence } from '../ui/words';

/** What became of the leave requests that were made on this device. */
export function SentRequests({ onEdit }: { onEdit: (form: LeaveForm) => void }) {
  const entries = useAppSelector(selectLeaveRequestEntries);
  const stored = entries.filter(({ state }) => state === 'stored').slice(-1);
  const open = entries.filter(({ state }) => state !== 'stored');
  return (
    <>
      {open.map((entry) =>
        entry.state === 'refused' ? (
          <RefusedRequest key={entry.commandId} entry={entry} onEdit={onEdit} />
        ) : (
          <WaitingRequest key={entry.commandId} entry={entry} />
        ),
      )}
      {open.length === 0 &&
        stored.map((entry) => (
          <p key={entry.commandId} className="done" role="status" data-testid="leave-sent">
            {titleOf(entry)} is sent. Your managers see it now.
          </p>
        ))}
    </>
  );
}

function RefusedRequest({ entry, onEdit }: { entry: LeaveRequestEntry; onEdit: (form: LeaveForm) => void }) {
  const client = useLiveClient();
  const dismiss = () => void client?.outbox.dismiss(entry.commandId);
  return (
    <p className="refusal" role="alert" data-testid="leave-refusal">
      {titleOf(entry)} was refused: {inWords(entry.refusal ?? { code: '' })}{' '}
      <button
        type="button"
        className="quiet"
        onClick={() => {
          onEdit(entry.payload);
          dismiss();
        }}
      >
        Change it
      </button>
      <button type="button" className="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </p>
  );
}

function WaitingRequest({ entry }: { entry: LeaveRequestEntry }) {
  const client = useLiveClient();
  const live = useAppSelector(selectLive);
  return (
    <p className="notice" role="status" data-testid="leave-kept">
      {titleOf(entry)} {live ? 'is being sent…' : 'is kept on this device and sent as soon as the connection is back.'}{' '}
      {!live && entry.state === 'waiting' && (
        <button type="button" className="quiet" onClick={() => void client?.outbox.takeBack(entry.commandId)}>
          Take back
        </button>
      )}
    </p>
  );
}

function titleOf({ payload }: LeaveRequestEntry): string {
  return `${sentence(payload.leaveType)} ${dateRange(payload.startDate, payload.endDate, new Date().getFullYear())}`;
}
