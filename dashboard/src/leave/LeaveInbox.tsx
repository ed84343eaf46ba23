import { useState } from 'react';
import { useAppSelector, useNow } from '../state/hooks';
import { useLiveClient } from '../connection/liveClientContext';
import { selectInbox } from '../state/boardSlice';
import { decidesLeave, type LeaveRequest } from '../protocol/messages';
import { ago, dateRange, daysBetween, sentence } from '../ui/words';

export function LeaveInbox() {
  const requests = useAppSelector(selectInbox);
  return (
    <ul className="inbox" data-testid="leave-inbox">
      {requests.map((request) => (
        <InboxItem key={request.id} request={request} />
      ))}
      {requests.length === 0 && <li className="faint">No request is waiting.</li>}
    </ul>
  );
}

function InboxItem({ request }: { request: LeaveRequest }) {
  const client = useLiveClient();
  const now = useNow(60_000);
  const decision = useAppSelector((state) => state.decisions[request.id]);
  const self = useAppSelector((state) => state.session.person?.employeeId === request.employeeId);
  const mayDecide = useAppSelector((state) => state.session.person !== null && decidesLeave(state.session.person.role));
  const live = useAppSelector((state) => state.connection.phase === 'live');
  const [comment, setComment] = useState('');
  const [commenting, setCommenting] = useState(false);
  const decided = decision !== undefined && decision.state !== 'failed';
  const days = daysBetween(request.startDate, request.endDate);
  const decide = (approved: boolean) => void client?.decideLeave(request.id, approved, comment.trim());
  return (
    <li className="request" data-testid={`leave-${request.id}`} data-decided={decided || undefined}>
      <div className="request-head">
        <strong>{request.displayName}</strong>
        <time dateTime={request.submittedAt}>{ago(request.submittedAt, now)}</time>
      </div>
      <div className="request-what">
        {sentence(request.leaveType)}, {dateRange(request.startDate, request.endDate, new Date(now).getFullYear())}
        <span className="faint">
          {' '}
          · {days} {days === 1 ? 'day' : 'days'}
        </span>
      </div>
      {request.reason !== null && request.reason !== '' && <p className="request-reason">{request.reason}</p>}
      {decision?.state === 'failed' && (
        <p className="refusal" role="alert">
          {decision.message}
        </p>
      )}
      {decided ? (
        <p className="request-verdict" role="status" data-approved={decision.approved}>
          {decision.approved ? 'Approved' : 'Rejected'}
          {decision.state === 'sending' && <span className="faint"> · saving…</span>}
        </p>
      ) : !mayDecide ? null : self ? (
        <p className="faint">Your own request: somebody else decides.</p>
      ) : (
        <>
          {commenting && (
            <label className="field">
              <span className="unseen">Comment to {request.displayName}</span>
              <textarea
                rows={2}
                maxLength={500}
                autoFocus
                placeholder={`Comment to ${request.displayName}`}
                value={comment}
                onChange={(event) => setComment(event.target.value)}
                data-testid={`comment-${request.id}`}
              />
            </label>
          )}
          <div className="request-actions">
            <button
              type="button"
              className="approve"
              disabled={!live}
              onClick={() => decide(true)}
              data-testid={`approve-${request.id}`}
            >
              Approve<span className="unseen"> leave of {request.displayName}</span>
            </button>
            <button
              type="button"
              className="plain"
              disabled={!live}
              onClick={() => decide(false)}
              data-testid={`reject-${request.id}`}
            >
              Reject<span className="unseen"> leave of {request.displayName}</span>
            </button>
            <button
              type="button"
              className="quiet"
              aria-expanded={commenting}
              onClick={() => setCommenting(!commenting)}
            >
              {commenting ? 'No comment' : 'Comment'}
            </button>
          </div>
        </>
      )}
    </li>
  );
}
