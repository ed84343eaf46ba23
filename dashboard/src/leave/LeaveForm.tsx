import { useState, type FormEvent } from 'react';
import { useLiveClient } from '../connection/liveClientContext';
import type { LeaveForm as Form } from '../protocol/outboxEntry';
import { useAppSelector, useNow } from '../state/hooks';
import { TEXT_AT_MOST, TextField } from '../ui/TextField';
import { daysBetween, sentence } from '../ui/words';
import { problemOf } from './leaveDates';
import { SentRequests } from './SentRequests';

const LEAVE_TYPES = ['vacation', 'sick', 'personal', 'parental', 'unpaid'];
const EMPTY: Form = { leaveType: LEAVE_TYPES[0]!, startDate: '', endDate: '', reason: '' };

export function LeaveForm() {
  const client = useLiveClient();
  const employeeId = useAppSelector((state) => state.session.person?.employeeId);
  const [form, setForm] = useState(EMPTY);
  /** The dates that the person was asked about. */
  const [asked, setAsked] = useState<string | null>(null);
  const change = (part: Partial<Form>) => setForm({ ...form, ...part });

  const { startDate, endDate } = form;
  const dates = `${startDate} ${endDate}`;
  const problem = problemOf(form, new Date(useNow(60_000)));
  const wrong = problem !== null && !problem.canBeMeant;
  const question = problem?.canBeMeant === true && asked === dates;
  const shown = wrong || question ? problem : null;
  const tooLong = form.reason.trim().length > TEXT_AT_MOST;
  const days = startDate !== '' && endDate !== '' && !wrong ? daysBetween(startDate, endDate) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (employeeId === undefined || wrong || tooLong) {
      return;
    }
    if (problem !== null && !question) {
      setAsked(dates);
      return;
    }
    const payload = { employeeId, ...form, reason: form.reason.trim() };
    void client?.outbox.put({ event: 'leave_request', payload });
    setForm({ ...EMPTY, leaveType: form.leaveType });
    setAsked(null);
  };

  return (
    <form className="leaveform" onSubmit={submit} data-testid="leave-form">
      <label className="field">
        <span>Type</span>
        <select
          value={form.leaveType}
          onChange={(event) => change({ leaveType: event.target.value })}
          data-testid="leave-type"
        >
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
            aria-invalid={shown?.field === 'startDate'}
            aria-describedby="leave-dates"
            onChange={(event) => {
              const first = event.target.value;
              change({ startDate: first, ...((endDate === '' || endDate < first) && { endDate: first }) });
            }}
            data-testid="leave-start"
          />
        </label>
        <label className="field">
          <span>Last day</span>
          <input
            type="date"
            required
            value={endDate}
            aria-invalid={shown?.field === 'endDate'}
            aria-describedby="leave-dates"
            onChange={(event) => change({ endDate: event.target.value })}
            data-testid="leave-end"
          />
        </label>
      </div>
      <p id="leave-dates" className="refusal" role="alert" data-testid="leave-dates" hidden={shown === null}>
        {shown?.message}
      </p>
      <TextField
        label="Reason"
        optional
        value={form.reason}
        onChange={(reason) => change({ reason })}
        testid="leave-reason"
      />
      <div className="leaveform-end">
        <button type="submit" className="primary" disabled={wrong || tooLong} data-testid="leave-submit">
          {question ? 'Yes, ask for these days' : 'Ask for leave'}
        </button>
        <span className="faint">{days !== null && `${days} ${days === 1 ? 'day' : 'days'}`}</span>
      </div>
      <SentRequests onEdit={({ leaveType, startDate, endDate, reason }) => setForm({ leaveType, startDate, endDate, reason })} />
    </form>
  );
}
