import { useLiveClient } from '../connection/liveClientContext';
import { inWords } from '../protocol/answers';
import type { LeaveRequest } from '../protocol/messages';
import { isUnanswered } from '../protocol/outboxEntry';
import { useAppSelector } from '../state/hooks';
import { selectWithdrawals, type WithdrawalEntry } from '../state/outboxSlice';
import { dateRange, LEAVE_STATUS_WORDS, sentence } from '../ui/words';

export function OwnLeave() {
  const requests = useAppSelector((state) => state.me.leave);
  const withdrawals = useAppSelector(selectWithdrawals);
  if (requests.length === 0) {
    return <p className="faint">You have not asked for leave yet.</p>;
  }
  return (
    <ul className="ownleave" data-testid="own-leave">
      {requests.map((request) => (
        <OwnRequest key={request.id} request={request} withdrawal={withdrawals[request.id]} />
      ))}
    </ul>
  );
}

interface OwnRequestProps {
  request: LeaveRequest;
  withdrawal: WithdrawalEntry | undefined;
}

function OwnRequest({ request, withdrawal }: OwnRequestProps) {
  const client = useLiveClient();
  const year = new Date().getFullYear();
  const dates = dateRange(request.startDate, request.endDate, year);
  const withdrawing = withdrawal !== undefined && isUnanswered(withdrawal);
  return (
    <li data-testid={`own-leave-${request.id}`} data-status={request.status}>
      <div className="ownleave-words">
        <span>
          <strong>{dates}</strong> {sentence(request.leaveType)}
        </span>
        {request.reason !== null && request.reason !== '' && (
          <span className="faint">
            <bdi>{request.reason}</bdi>
          </span>
        )}
        {request.comment !== null && request.comment !== '' && (
          <q>
            <bdi>{request.comment}</bdi>
          </q>
        )}
        {withdrawal?.state === 'refused' && (
          <span className="refusal" role="alert">
            Not withdrawn: {inWords(withdrawal.refusal ?? { code: '' })}{' '}
            <button type="button" className="quiet" onClick={() => void client?.outbox.dismiss(withdrawal.commandId)}>
              Dismiss
            </button>
          </span>
        )}
      </div>
      <span className="badge" data-status={request.status}>
        {LEAVE_STATUS_WORDS[request.status] ?? request.status}
      </span>
      {request.status === 'PENDING' && (
        <button
          type="button"
          className="quiet"
          disabled={withdrawing}
          onClick={() => void client?.outbox.put({ event: 'leave_withdraw', payload: { id: request.id } })}
          data-testid={`withdraw-${request.id}`}
        >
          {withdrawing ? 'Withdrawing…' : 'Withdraw'}
          <span className="unseen"> leave of {dates}</span>
        </button>
      )}
    </li>
  );
}
