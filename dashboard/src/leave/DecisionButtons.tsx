import { useRef, useState, type KeyboardEvent } from 'react';
import { useLiveClient } from '../connection/liveClientContext';
import type { LeaveRequest } from '../protocol/messages';
import { nameOf } from '../ui/words';
import { TextField } from '../ui/TextField';

/** Until then a decision can be taken back. */
const DECISION_DUE_MS = 5_000;

export function DecisionButtons({ request }: { request: LeaveRequest }) {
  const client = useLiveClient();
  const name = nameOf(request);
  const [comment, setComment] = useState('');
  const [commenting, setCommenting] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const decide = (approved: boolean) => {
    const payload = { id: request.id, approved, ...(comment.trim() !== '' && { comment: comment.trim() }) };
    void client?.outbox.put({ event: 'leave_approve', payload }, DECISION_DUE_MS);
  };
  const leaveWithEscape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') {
      setCommenting(false);
      toggle.current?.focus();
    }
  };
  return (
    <>
      {commenting && (
        <div onKeyDown={leaveWithEscape}>
          <TextField
            label={`Comment to ${name}`}
            value={comment}
            onChange={setComment}
            testid={`comment-${request.id}`}
            autoFocus
          />
        </div>
      )}
      <div className="request-actions">
        <button type="button" className="approve" onClick={() => decide(true)} data-testid={`approve-${request.id}`}>
          Approve<span className="unseen"> leave of {name}</span>
        </button>
        <button type="button" className="plain" onClick={() => decide(false)} data-testid={`reject-${request.id}`}>
          Reject<span className="unseen"> leave of {name}</span>
        </button>
        <button
          ref={toggle}
          type="button"
          className="quiet"
          aria-expanded={commenting}
          onClick={() => setCommenting(!commenting)}
          data-testid={`commenting-${request.id}`}
        >
          {commenting ? 'No comment' : 'Comment'}
          <span className="unseen"> to {name}</span>
        </button>
      </div>
    </>
  );
}
