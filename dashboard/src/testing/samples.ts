import type { Command, Entry } from '../protocol/outboxEntry';
import type { Activity, LeaveRequest, PresenceRow, SignedIn, Snapshot, WorkSession } from '../protocol/messages';

export function row(employeeId: string, more: Partial<PresenceRow> = {}): PresenceRow {
  return {
    employeeId,
    displayName: employeeId,
    departmentId: 'operations',
    siteId: 'madrid',
    zoneId: 'Europe/Madrid',
    presence: 'OUT',
    since: null,
    sessionId: null,
    location: null,
    nextChangeAt: null,
    ...more,
  };
}

export function leave(id: string, more: Partial<LeaveRequest> = {}): LeaveRequest {
  return {
    id,
    employeeId: 'e1',
    displayName: 'e1',
    leaveType: 'ANNUAL',
    startDate: '2026-12-01',
    endDate: '2026-12-02',
    reason: null,
    status: 'PENDING',
    submittedAt: '2026-11-22T08:00:00Z',
    decidedAt: null,
    decidedBy: null,
    comment: null,
    ...more,
  };
}

export function session(id: string, more: Partial<WorkSession> = {}): WorkSession {
  return {
    id,
    employeeId: 'e1',
    businessDate: '2026-11-22',
    zoneId: 'Europe/Madrid',
    punchInTime: '2026-11-22T08:00:00Z',
    punchOutTime: null,
    corrected: false,
    ...more,
  };
}

export function activity(seq: number, more: Partial<Activity> = {}): Activity {
  return { seq, kind: 'PUNCH_IN', employeeId: 'e1', displayName: 'e1', at: '2026-11-22T08:00:00Z', ...more };
}

export function snapshot(seq: number, more: Partial<Snapshot> = {}): Snapshot {
  return {
    epoch: 'one',
    seq,
    asOf: '2026-11-22T09:00:00Z',
    counts: {},
    rows: [row('e1'), row('e2')],
    pendingLeave: [],
    activity: [],
    ...more,
  };
}

export function person(role: SignedIn['role']): SignedIn {
  return { token: 't1', employeeId: 'e1', displayName: 'Ana', role, companyId: 'c1', companyName: 'Acme' };
}

export function entry(more: Command & Partial<Entry>): Entry {
  const pressedAt = Date.parse('2026-11-22T08:00:00Z');
  return {
    position: 1,
    owner: '["c1","e1"]',
    commandId: 'c1',
    pressedAt,
    dueAt: pressedAt,
    answeredAt: null,
    clockOffset: null,
    state: 'waiting',
    offline: false,
    receipt: null,
    refusal: null,
    ...more,
  };
}
