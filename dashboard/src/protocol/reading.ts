import type { Activity, Delta, LeaveRequest, PresenceRow, Snapshot, WorkSession } from './messages';

/*
 * A server may leave a field out where it has no value; the page knows null only. Done once, where
 * messages come in.
 */

export function readRow(row: PresenceRow): PresenceRow {
  return {
    ...row,
    departmentId: row.departmentId ?? null,
    siteId: row.siteId ?? null,
    since: row.since ?? null,
    sessionId: row.sessionId ?? null,
    location: row.location ?? null,
    nextChangeAt: row.nextChangeAt ?? null,
  };
}

export function readLeave(request: LeaveRequest): LeaveRequest {
  return {
    ...request,
    reason: request.reason ?? null,
    decidedAt: request.decidedAt ?? null,
    decidedBy: request.decidedBy ?? null,
    comment: request.comment ?? null,
  };
}

export function readSession(session: WorkSession): WorkSession {
  return { ...session, punchOutTime: session.punchOutTime ?? null };
}

export function readActivity(entry: Activity): Activity {
  return { ...entry, detail: entry.detail ?? null };
}

export function readSnapshot(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    rows: snapshot.rows.map(readRow),
    pendingLeave: snapshot.pendingLeave.map(readLeave),
    activity: snapshot.activity.map(readActivity),
  };
}

export function readDelta(delta: Delta): Delta {
  return {
    seq: delta.seq,
    rows: (delta.rows ?? []).map(readRow),
    pendingLeave: {
      upsert: (delta.pendingLeave?.upsert ?? []).map(readLeave),
      remove: delta.pendingLeave?.remove ?? [],
    },
    activity: (delta.activity ?? []).map(readActivity),
  };
}
