import { useRef, useState, type FormEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../state/hooks';
import { useLiveClient } from '../connection/liveClientContext';
import { ownRecordsWanted } from '../state/meSlice';
import { inWords } from '../protocol/answers';
import { newCommandId } from '../protocol/commandId';
import type { RefusalBody } from '../protocol/messages';
import { daysBetween, sentence } from '../ui/words';

const LEAVE_TYPES = ['vacation', 'sick', 'personal', 'parental', 'unpaid'];

type Result = { kind: 'none' } | { kind: 'sent' } | { kind: 'unknown' } | { kind: 'refused'; refusal: RefusalBody };

export function LeaveForm() {
  const client = useLiveClient();
  const dispatch = useAppDispatch();
  const live = useAppSelector((state) => state.connection.phase === 'live');
  const [leaveType, setLeaveType] = useState(LEAVE_TYPES[0]!);
  const [startDate, setStartDate] = useState('');
  const [endDate, setEndDate] = useState('');
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const [result, setResult] = useState<Result>({ kind: 'none' });
  const attempt = useRef<{ body: string; commandId: string } | null>(null);

  const backwards = startDate !== '' && endDate !== '' && endDate < startDate;
  const days = startDate !== '' && endDate !== '' && !backwards ? daysBetween(startDate, endDate) : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (client === null || backwards) {
      return;
    }
    const form = { leaveType, startDate, endDate, reason: reason.trim() };
    const body = JSON.stringify(form);
    if (attempt.current?.body !== body) {
      attempt.current = { body, commandId: newCommandId() };
    }
    setSending(true);
    setResult({ kind: 'none' });
    const outcome = await client.requestLeave(form, attempt.current.commandId);
    setSending(false);
    if (outcome.kind === 'unknown') {
      setResult({ kind: 'unknown' });
      return;
    }
    attempt.current = null;
    if (outcome.kind === 'refused') {
      setResult({ kind: 'refused', refusal: outcome.refusal });
      return;
    }
    setResult({ kind: 'sent' });
    setStartDate('');
    setEndDate('');
    setReason('');
    dispatch(ownRecordsWanted());
  };

  const atFault = result.kind === 'refused' ? result.refusal.field : undefined;
  return (
    <form className="leaveform" onSubmit={(event) => void submit(event)} data-testid="leave-form">
      <label className="field">
        <span>Type</span>
        <select value={leaveType} onChange={(event) => setLeaveType(event.target.value)} data-testid="leave-type">
          {LEAVE_TYPES.map((type) => (
            <option key={type} value={type}>
              {sentence(type)}
            </option>
          ))}
        </select>
      </label>
      <div className="field-pair">
        <label className="field">
          <span>First day</span>
          <input
            type="date"
            required
            value={startDate}
            aria-invalid={atFault === 'startDate'}
            onChange={(event) => {
              setStartDate(event.target.value);
              if (endDate === '' || endDate < event.target.value) {
                setEndDate(event.target.value);
              }
            }}
            data-testid="leave-start"
          />
        </label>
        <label className="field">
          <span>Last day</span>
          <input
            type="date"
            required
            min={startDate}
            value={endDate}
            aria-invalid={backwards || atFault === 'endDate'}
            onChange={(event) => setEndDate(event.target.value)}
            data-testid="leave-end"
          />
        </label>
      </div>
      <label className="field">
        <span>
          Reason <span className="faint">optional</span>
        </span>
        <textarea
          rows={2}
          maxLength={500}
          value={reason}
          aria-invalid={atFault === 'reason'}
          onChange={(event) => setReason(event.target.value)}
          data-testid="leave-reason"
        />
      </label>
      <div className="leaveform-end">
        <button type="submit" className="primary" disabled={!live || sending || backwards} data-testid="leave-submit">
          {sending ? 'Sending…' : 'Ask for leave'}
        </button>
        <span className="faint">{days !== null && `${days} ${days === 1 ? 'day' : 'days'}`}</span>
      </div>
      {backwards && <p className="refusal">The last day is before the first.</p>}
      {result.kind === 'refused' && (
        <p className="refusal" role="alert" data-testid="leave-refusal">
          {inWords(result.refusal)}
        </p>
      )}
      {result.kind === 'unknown' && (
        <p className="refusal" role="alert">
          No answer yet. Send it again: it will count once.
        </p>
      )}
      {result.kind === 'sent' && (
        <p className="done" role="status">
          Sent. Your managers see it now.
        </p>
      )}
    </form>
  );
}
