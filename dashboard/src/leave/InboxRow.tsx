import { useEffect, useRef } from 'react';
import { decidesLeave, type LeaveRequest } from '../protocol/messages';
import { useAppSelector, useNow } from '../state/hooks';
import { selectDecisions } from '../state/outboxSlice';
import { Name } from '../ui/Name';
import { ago, dateRange, daysBetween, sentence } from '../ui/words';
import { DecisionButtons } from './DecisionButtons';
import { OwnVerdict, ServerVerdict, Refused } from './Verdict';

export function InboxRow({ request }: { request: LeaveRequest }) {
  const now = useNow(60_000);
  const decision = useAppSelector(selectDecisions)[request.id];
  const settled = useAppSelector((state) => request.id in state.board.settledLeave);
  const self = useAppSelector((state) => state.session.person?.employeeId === request.employeeId);
  const mayDecide = useAppSelector((state) => state.session.person !== null && decidesLeave(state.session.person.role));
  const decided = decision !== undefined && decision.state !== 'refused';
  const row = useFocusThatStays(`${decision?.commandId} ${decision?.state} ${settled}`);
  const days = daysBetween(request.startDate, request.endDate);
  return (
    <li
      ref={row}
      tabIndex={-1}
      className="request"
      data-testid={`leave-${request.id}`}
      data-decided={decided || settled || undefined}
    >
      <div className="request-head">
        <strong>
          <Name of={request} />
        </strong>
        <time dateTime={request.submittedAt}>{ago(request.submittedAt, now)}</time>
      </div>
      <div className="request-what">
        {sentence(request.leaveType)}, {dateRange(request.startDate, request.endDate, new Date(now).getFullYear())}
        <span className="faint">
          {' '}
          · {days} {days === 1 ? 'day' : 'days'}
        </span>
      </div>
      {request.reason !== null && request.reason !== '' && (
        <p className="request-reason">
          <bdi>{request.reason}</bdi>
        </p>
      )}
      {decision?.state === 'refused' && <Refused decision={decision} />}
      {decided ? (
        <OwnVerdict decision={decision} canTakeBack={decision.state === 'waiting'} />
      ) : settled ? (
        decision === undefined && <ServerVerdict id={request.id} />
      ) : !mayDecide ? null : self ? (
        <p className="faint">Your own request: somebody else decides.</p>
      ) : (
        <DecisionButtons request={request} />
      )}
    </li>
  );
}

/**
 * Keeps the focus in the row when the button that had it is gone: on what took its place, or on the row itself.
 *
 * @param content changes whenever the buttons may
 */
function useFocusThatStays(content: string) {
  const row = useRef<HTMLLIElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const element = row.current;
    if (element === null) {
      return;
    }
    const entered = () => {
      hadFocus.current = true;
    };
    const left = ({ relatedTarget }: globalThis.FocusEvent) => {
      // A button that is removed loses the focus to nobody.
      hadFocus.current = relatedTarget === null || element.contains(relatedTarget as Node);
    };
    const pressedElsewhere = ({ target }: PointerEvent) => {
      hadFocus.current = element.contains(target as Node);
    };
    element.addEventListener('focusin', entered);
    element.addEventListener('focusout', left);
    document.addEventListener('pointerdown', pressedElsewhere);
    return () => {
      element.removeEventListener('focusin', entered);
      element.removeEventListener('focusout', left);
      document.removeEventListener('pointerdown', pressedElsewhere);
    };
  }, []);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (hadFocus.current && lost) {
      (row.current?.querySelector<HTMLElement>('button, textarea') ?? row.current)?.focus({ preventScroll: true });
    }
  }, [content]);
  return row;
}
