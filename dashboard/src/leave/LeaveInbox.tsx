import { useEffect, useState, type FocusEvent } from 'react';
import { selectInbox } from '../state/boardSelectors';
import { settledLeaveCleared } from '../state/boardSlice';
import { useAppDispatch, useAppSelector } from '../state/hooks';
import { selectDecisions } from '../state/outboxSlice';
import { InboxRow } from './InboxRow';
import { LostDecision } from './LostDecision';

const CLEARED_AFTER_MS = 10_000;

/** Rows that were decided stay in their place while somebody points at the list or works in it. */
export function LeaveInbox() {
  const requests = useAppSelector(selectInbox);
  const decisions = useAppSelector(selectDecisions);
  const inUse = useInUse();
  useClearing(inUse.is);
  const shown = new Set(requests.map(({ id }) => id));
  const lost = Object.values(decisions).filter(({ state, payload }) => state === 'refused' && !shown.has(payload.id));
  return (
    <ul className="inbox" data-testid="leave-inbox" {...inUse.listeners}>
      {requests.map((request) => (
        <InboxRow key={request.id} request={request} />
      ))}
      {lost.map((decision) => (
        <LostDecision key={decision.commandId} decision={decision} />
      ))}
      {requests.length === 0 && <li className="faint">No request is waiting.</li>}
    </ul>
  );
}

function useInUse() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  return {
    is: pointed || focused,
    listeners: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget)),
    },
  };
}

function useClearing(inUse: boolean): void {
  const dispatch = useAppDispatch();
  const settled = useAppSelector((state) => state.board.settledLeave);
  const decisions = useAppSelector(selectDecisions);
  useEffect(() => {
    const ids = Object.keys(settled);
    const refused = ids.filter((id) => decisions[id]?.state === 'refused');
    if (inUse || ids.length === refused.length) {
      return;
    }
    const timer = setTimeout(() => dispatch(settledLeaveCleared(refused)), CLEARED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [dispatch, settled, decisions, inUse]);
}
