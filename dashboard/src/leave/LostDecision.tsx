import { useLiveClient } from '../connection/liveClientContext';
import { inWords } from '../protocol/answers';
import type { DecisionEntry } from '../state/outboxSlice';

/** A decision that was refused, of a request that is not in the inbox any more. */
export function LostDecision({ decision }: { decision: DecisionEntry }) {
  const client = useLiveClient();
  const { approved } = decision.payload;
  return (
    <li className="request">
      <p className="refusal" role="alert">
        A leave request was not {approved ? 'approved' : 'rejected'}: {inWords(decision.refusal ?? { code: '' })}
      </p>
      <div className="request-actions">
        <button type="button" className="plain" onClick={() => void client?.outbox.dismiss(decision.commandId)}>
          Dismiss
        </button>
      </div>
    </li>
  );
}
