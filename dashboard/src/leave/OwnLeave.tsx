import { useAppSelector } from '../state/hooks';
import { useLiveClient } from '../connection/liveClientContext';
import { dateRange, LEAVE_STATUS_WORDS, sentence } from '../ui/words';

export function OwnLeave() {
  const client = useLiveClient();
  const requests = useAppSelector((state) => state.me.leave);
  const withdrawals = useAppSelector((state) => state.me.withdrawals);
  const live = useAppSelector((state) => state.connection.phase === 'live');
  const year = new Date().getFullYear();
  if (requests.length === 0) {
    return <p className="faint">You have not asked for leave yet.</p>;
  }
  return (
    <ul className="ownleave" data-testid="own-leave">
      {requests.map((request) => {
        const withdrawal = withdrawals[request.id];
        return (
          <li key={request.id} data-testid={`own-leave-${request.id}`} data-status={request.status}>
            <div className="ownleave-words">
              <span>
                <strong>{dateRange(request.startDate, request.endDate, year)}</strong> {sentence(request.leaveType)}
              </span>
              {request.reason !== null && request.reason !== '' && <span className="faint">{request.reason}</span>}
              {request.comment !== null && request.comment !== '' && <q>{request.comment}</q>}
              {withdrawal?.refusal != null && (
                <span className="refusal" role="alert">
                  {withdrawal.refusal}
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
                disabled={!live || withdrawal?.sending === true}
                onClick={() => void client?.withdrawLeave(request.id)}
                data-testid={`withdraw-${request.id}`}
              >
                {withdrawal?.sending === true ? 'Withdrawing…' : 'Withdraw'}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
