import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import {
  asLeaveStatus,
  type AttendanceUpdate,
  type FeedPosition,
  type LeaveRequest,
  type LeaveUpdate,
  type Numbered,
  type PresenceRow,
  type WorkSession,
} from '../protocol/messages';
import { isKnown } from '../protocol/numbers';
import type { OwnRecords } from '../protocol/ownRecords';
import { isPunch, pressTime, type Entry, type Punch } from '../protocol/outboxEntry';
import { signedOut } from './sessionSlice';

export interface MeState {
  loaded: boolean;
  /** Of the numbers below; null before it is known. */
  epoch: string | null;
  /** The number of the last own entry that was applied, or of the reading that is shown. */
  last: number;
  /** The number of the last own punch that was confirmed; the feed may not have told of it yet. */
  confirmed: number;
  /** The number that a reading must have reached: what came before it is told by no entry. */
  wanted: number;
  /** Own records are to be read again. */
  stale: boolean;
  row: PresenceRow | null;
  sessions: WorkSession[];
  leave: LeaveRequest[];
}

const initialState: MeState = {
  loaded: false,
  epoch: null,
  last: 0,
  confirmed: 0,
  wanted: 0,
  stale: true,
  row: null,
  sessions: [],
  leave: [],
};

const meSlice = createSlice({
  name: 'me',
  initialState,
  reducers: {
    ownRecordsWanted(state) {
      state.stale = true;
    },
    ownRecordsAsked(state) {
      state.stale = false;
    },
    feedPositionHeard(state, { payload }: PayloadAction<FeedPosition>) {
      if (state.epoch !== null && state.epoch !== payload.epoch) {
        state.last = 0;
        state.confirmed = 0;
        state.wanted = 0;
      }
      state.epoch = payload.epoch;
      state.wanted = Math.max(state.wanted, payload.seq);
    },
    /** The read models follow the feed: a reading may be older than what was heard already. */
    ownRecordsReceived(state, { payload }: PayloadAction<OwnRecords>) {
      state.stale ||= payload.seq < Math.max(state.last, state.confirmed, state.wanted);
      const seen = state.loaded ? Math.max(state.last, state.confirmed) : state.confirmed;
      if (payload.seq < seen) {
        return;
      }
      state.loaded = true;
      state.last = Math.max(state.last, payload.seq);
      state.row = payload.presence;
      state.sessions = payload.sessions;
      state.leave = payload.leave;
    },
    attendanceUpdated(state, { payload }: PayloadAction<AttendanceUpdate>) {
      if (!accept(state, payload)) {
        return;
      }
      const punchInTime = payload.punchInTime ?? null;
      const punchOutTime = payload.punchOutTime ?? null;
      const known = state.sessions.find((session) => session.id === payload.id);
      if (known !== undefined) {
        // A closed session that changes was corrected, and the update does not say so.
        state.stale ||= known.punchOutTime !== null && known.punchOutTime !== punchOutTime;
        known.punchInTime = punchInTime ?? known.punchInTime;
        known.punchOutTime = punchOutTime;
      } else if (punchInTime !== null) {
        state.sessions.unshift(newSession(state, payload.id, payload.employeeId, punchInTime, punchOutTime));
      }
    },
    ownLeaveUpdated(state, { payload }: PayloadAction<LeaveUpdate>) {
      if (!accept(state, payload)) {
        return;
      }
      const known = state.leave.find((request) => request.id === payload.id);
      if (known === undefined) {
        state.stale = true;
        return;
      }
      known.status = asLeaveStatus(payload.status);
      // Leave that begins today is told by the presence only.
      state.stale ||= known.status === 'APPROVED';
      known.comment = payload.comment ?? known.comment;
      known.decidedAt = payload.decidedAt ?? known.decidedAt;
      known.decidedBy = payload.decidedBy ?? known.decidedBy;
    },
    /** Says what an answer of the server means before the feed does. */
    entryAnswered(state, { payload }: PayloadAction<Entry>) {
      state.confirmed = Math.max(state.confirmed, payload.receipt?.seq ?? 0);
      if (isPunch(payload)) {
        punchAnswered(state, payload);
      } else if (payload.event === 'leave_withdraw' && payload.state === 'stored') {
        const request = state.leave.find(({ id }) => id === payload.payload.id);
        if (request !== undefined) {
          request.status = 'WITHDRAWN';
        }
      }
      state.stale ||= payload.state === 'refused' || payload.event === 'leave_request';
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
});

export const {
  ownRecordsWanted,
  ownRecordsAsked,
  feedPositionHeard,
  ownRecordsReceived,
  attendanceUpdated,
  ownLeaveUpdated,
  entryAnswered,
} = meSlice.actions;
export const meReducer = meSlice.reducer;

function accept(state: MeState, update: Partial<Numbered>): boolean {
  if (isKnown(state.last, update)) {
    return false;
  }
  state.last = update.seq ?? state.last;
  return true;
}

function punchAnswered(state: MeState, punch: Punch): void {
  const { receipt, refusal } = punch;
  const employeeId = punch.payload.employeeId;
  if (receipt !== null) {
    const countedAt = receipt.countedAt ?? receipt.timestamp ?? pressTime(punch);
    const [from, to] = punch.event === 'punch_in' ? [countedAt, null] : [null, countedAt];
    takeSession(state, employeeId, receipt.id, from, to);
  } else if (refusal?.openSession !== undefined) {
    takeSession(state, employeeId, refusal.openSession.sessionId, refusal.openSession.since, null);
  } else if (refusal?.lastSession !== undefined) {
    const { sessionId, since, until } = refusal.lastSession;
    takeSession(state, employeeId, sessionId, since, until);
  }
}

function takeSession(
  state: MeState,
  employeeId: string,
  id: string,
  punchInTime: string | null,
  punchOutTime: string | null,
): void {
  const known = state.sessions.find((session) => session.id === id);
  if (known !== undefined) {
    known.punchOutTime ??= punchOutTime;
  } else if (punchInTime !== null) {
    state.sessions.unshift(newSession(state, id, employeeId, punchInTime, punchOutTime));
  }
}

function newSession(
  state: MeState,
  id: string,
  employeeId: string,
  punchInTime: string,
  punchOutTime: string | null,
): WorkSession {
  const zoneId = state.row?.zoneId ?? state.sessions[0]?.zoneId ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    id,
    employeeId,
    businessDate: localDate(punchInTime, zoneId),
    zoneId,
    punchInTime,
    punchOutTime,
    corrected: false,
  };
}

function localDate(instant: string, zoneId: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zoneId }).format(new Date(instant));
}
