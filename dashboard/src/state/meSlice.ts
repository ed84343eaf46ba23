import { createSelector, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import {
  asLeaveStatus,
  type AttendanceUpdate,
  type FeedPosition,
  type LeaveRequest,
  type LeaveUpdate,
  type Numbered,
  type Presence,
  type PresenceRow,
  type WorkSession,
} from '../protocol/messages';
import { isKnown } from '../protocol/numbers';
import type { OwnRecords } from '../protocol/ownRecords';
import type { PendingPunch } from '../protocol/pendingPunch';
import { signedOut } from './sessionSlice';

export interface Confirmation {
  event: PendingPunch['event'];
  /** As the device sent it. */
  timestamp: string;
  /** When the answer arrived, in milliseconds of this device's clock. */
  confirmedAt: number;
}

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
  pendingPunch: PendingPunch | null;
  confirmation: Confirmation | null;
  refusal: string | null;
  /** Withdrawals under way, or why they were refused, by request id. */
  withdrawals: Record<string, { sending: boolean; refusal: string | null }>;
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
  pendingPunch: null,
  confirmation: null,
  refusal: null,
  withdrawals: {},
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
      if (state.loaded && payload.seq < Math.max(state.last, state.confirmed)) {
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
      delete state.withdrawals[payload.id];
    },
    punchPending(state, { payload }: PayloadAction<PendingPunch>) {
      state.pendingPunch = payload;
      state.refusal = null;
    },
    punchConfirmed(
      state,
      {
        payload,
      }: PayloadAction<{
        punch: PendingPunch;
        sessionId: string;
        timestamp: string;
        confirmedAt: number;
        seq?: number | undefined;
      }>,
    ) {
      const { punch, sessionId, timestamp, confirmedAt, seq } = payload;
      state.confirmed = Math.max(state.confirmed, seq ?? 0);
      state.pendingPunch = null;
      state.refusal = null;
      state.confirmation = { event: punch.event, timestamp, confirmedAt };
      const known = state.sessions.find((session) => session.id === sessionId);
      if (punch.event === 'punch_in' && known === undefined) {
        state.sessions.unshift(newSession(state, sessionId, punch.payload.employeeId, timestamp, null));
      } else if (punch.event === 'punch_out' && known !== undefined) {
        known.punchOutTime ??= timestamp;
      }
    },
    punchRefused(state, { payload }: PayloadAction<string>) {
      state.pendingPunch = null;
      state.refusal = payload;
      state.stale = true;
    },
    withdrawalSent(state, { payload }: PayloadAction<string>) {
      state.withdrawals[payload] = { sending: true, refusal: null };
    },
    withdrawalAnswered(state, { payload }: PayloadAction<{ id: string; refusal: string | null }>) {
      if (payload.refusal !== null) {
        state.withdrawals[payload.id] = { sending: false, refusal: payload.refusal };
        return;
      }
      delete state.withdrawals[payload.id];
      const request = state.leave.find(({ id }) => id === payload.id);
      if (request !== undefined) {
        request.status = 'WITHDRAWN';
      }
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
  punchPending,
  punchConfirmed,
  punchRefused,
  withdrawalSent,
  withdrawalAnswered,
} = meSlice.actions;
export const meReducer = meSlice.reducer;

function accept(state: MeState, update: Partial<Numbered>): boolean {
  if (isKnown(state.last, update)) {
    return false;
  }
  state.last = update.seq ?? state.last;
  return true;
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

interface WithMe {
  me: MeState;
}

export const selectOpenSession = createSelector(
  [(state: WithMe) => state.me.sessions],
  (sessions) => sessions.find((session) => session.punchOutTime === null) ?? null,
);

/** Since when one is out: the last punch out, if that is newer than what the last reading said. */
export const selectOutSince = createSelector(
  [(state: WithMe) => state.me.sessions, (state: WithMe) => state.me.row],
  (sessions, row): string | null => {
    const read = row?.presence === 'OUT' ? row.since : null;
    const punched = sessions.reduce<string | null>(
      (last, { punchOutTime }) =>
        punchOutTime !== null && (last === null || punchOutTime > last) ? punchOutTime : last,
      null,
    );
    return read !== null && (punched === null || read > punched) ? read : punched;
  },
);

/** The open session decides; without one the clock and the leave do, as the server saw them. */
export const selectOwnPresence = createSelector(
  [(state: WithMe) => state.me.loaded, (state: WithMe) => state.me.row, selectOpenSession],
  (loaded, row, open): Presence | null => {
    if (open !== null) {
      return 'IN';
    }
    if (!loaded) {
      return null;
    }
    return row?.presence === 'ON_LEAVE' || row?.presence === 'UNKNOWN' ? row.presence : 'OUT';
  },
);
