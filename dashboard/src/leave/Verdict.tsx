import { useLiveClient } from '../connection/liveClientContext';
import { inWords } from '../protocol/answers';
import { isUnanswered } from '../protocol/outboxEntry';
import { selectLive } from '../state/connectionSlice';
import { useAppSelector, useNow } from '../state/hooks';
import type { DecisionEntry } from '../state/outboxSlice';
import { LEAVE_STATUS_WORDS } from '../ui/words';

/** What this person has decided, and what has become of it. */
export function OwnVerdict({ decision, canTakeBack }: { decision: DecisionEntry; canTakeBack: boolean }) {
  const client = useLiveClient();
  const { approved } = decision.payload;
  return (
    <div className="request-verdict" data-approved={approved}>
      <p role="status">
        {approved ? 'Approved' : 'Rejected'}
        {isUnanswered(decision) && <Progress decision={decision} />}
      </p>
      {canTakeBack && (
        <button
          type="button"
          className="plain"
          data-testid={`take-back-${decision.payload.id}`}
          onClick={() => void client?.outbox.takeBack(decision.commandId)}
        >
          Take back
        </button>
      )}
    </div>
  );
}

function Progress({ decision }: { decision: DecisionEntry }) {
  const live = useAppSelector(selectLive);
  const offset = useAppSelector((state) => state.connection.clockOffset ?? 0);
  const seconds = Math.ceil((decision.dueAt - (useNow(500) - offset)) / 1000);
  if (decision.state === 'waiting' && seconds > 0) {
    return (
      <span className="faint" aria-hidden="true">
        {' '}
        · sent in {seconds} s
      </span>
    );
  }
  return <span className="faint"> · {live ? 'saving…' : 'kept on this device until the connection is back'}</span>;
}

/** What somebody decided, here or elsewhere, as the server told. */
export function ServerVerdict({ id }: { id: string }) {
  const verdict = useAppSelector((state) => state.board.verdicts[id]);
  const name = useDecider(id);
  return (
    <p className="request-verdict" role="status" data-approved={verdict?.status === 'APPROVED'} data-testid={`verdict-${id}`}>
      {verdict === undefined ? 'No longer waiting' : LEAVE_STATUS_WORDS[verdict.status]}
      {name !== null && (
        <>
          {' '}
          by <bdi>{name}</bdi>
        </>
      )}
    </p>
  );
}

/** Why the server did not take the decision. */
export function Refused({ decision }: { decision: DecisionEntry }) {
  const client = useLiveClient();
  const verdict = useAppSelector((state) => state.board.verdicts[decision.payload.id]);
  const name = useDecider(decision.payload.id);
  const approved = decision.payload.approved ? 'approval' : 'rejection';
  const late = decision.refusal?.code === 'ILLEGAL_TRANSITION' && verdict !== undefined;
  return (
    <p className="refusal" role="alert" data-testid={`refused-${decision.payload.id}`}>
      {late
        ? `Your ${approved} came too late: ${LEAVE_STATUS_WORDS[verdict.status].toLowerCase()} by ${name ?? 'somebody else'}. `
        : `Your ${approved} was refused: ${inWords(decision.refusal ?? { code: '' })} `}
      <button type="button" className="quiet" onClick={() => void client?.outbox.dismiss(decision.commandId)}>
        Dismiss
      </button>
    </p>
  );
}

function useDecider(id: string): string | null {
  return useAppSelector((state) => {
    const decidedBy = state.board.verdicts[id]?.decidedBy ?? null;
    if (decidedBy === null) {
      return null;
    }
    return decidedBy === state.session.person?.employeeId ? 'you' : (state.board.rows[decidedBy]?.displayName ?? decidedBy);
  });
}
