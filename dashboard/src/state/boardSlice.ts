import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { disconnected } from './connectionSlice';
import {
  asLeaveStatus,
  type Activity,
  type Delta,
  type LeaveRequest,
  type LeaveStatus,
  type LeaveUpdate,
  type Presence,
  type PresenceRow,
  type Snapshot,
} from '../protocol/messages';
import { signedOut } from './sessionSlice';

export const ACTIVITY_SHOWN = 50;
const HELD_AT_MOST = 1000;
const VERDICTS_AT_MOST = 200;

export type SortBy = 'name' | 'recent';

export interface Filters {
  text: string;
  department: string;
  site: string;
  presence: Presence | null;
  sort: SortBy;
}

/** How a leave request was decided or withdrawn, as far as it was heard. */
export interface Verdict {
  /** Of the event, as in the activity. */
  seq: number | null;
  status: LeaveStatus;
  decidedBy: string | null;
}

export interface BoardState {
  epoch: string | null;
  /** The company's number that the board stands at. */
  last: number;
  asOf: string | null;
  /** A snapshot is wanted and has not come: deltas are kept until it is here. */
  awaiting: boolean;
  held: Delta[];
  rows: Record<string, PresenceRow>;
  pendingLeave: Record<string, LeaveRequest>;
  /** No longer pending, and still shown where they stood. */
  settledLeave: Record<string, LeaveRequest>;
  /** The newest, by request id. */
  verdicts: Record<string, Verdict>;
  activity: Activity[];
  filters: Filters;
}

export const NO_FILTERS: Filters = { text: '', department: '', site: '', presence: null, sort: 'name' };

const initialState: BoardState = {
  epoch: null,
  last: 0,
  asOf: null,
  awaiting: true,
  held: [],
  rows: {},
  pendingLeave: {},
  settledLeave: {},
  verdicts: {},
  activity: [],
  filters: NO_FILTERS,
};

const boardSlice = createSlice({
  name: 'board',
  initialState,
  reducers: {
    snapshotWanted(state) {
      state.awaiting = true;
    },
    snapshotReceived(state, { payload }: PayloadAction<Snapshot>) {
      // Numbers of another epoch cannot be compared. Of equal numbers the snapshot was made later.
      const renumbered = state.epoch !== null && state.epoch !== payload.epoch;
      const newer = renumbered ? [] : state.held.filter(({ seq }) => seq > payload.seq).sort((a, b) => a.seq - b.seq);
      state.epoch = payload.epoch;
      state.last = payload.seq;
      state.asOf = payload.asOf;
      state.rows = byKey(payload.rows, 'employeeId');
      const before = renumbered ? {} : { ...state.settledLeave, ...state.pendingLeave };
      state.pendingLeave = byKey(payload.pendingLeave, 'id');
      state.settledLeave = Object.fromEntries(Object.entries(before).filter(([id]) => !(id in state.pendingLeave)));
      state.activity = newestFirst(payload.activity);
      state.awaiting = false;
      state.held = [];
      for (const delta of newer) {
        take(state, delta);
      }
    },
    deltaReceived(state, { payload }: PayloadAction<Delta>) {
      if (state.awaiting) {
        // The snapshot under way may be older than what is applied meanwhile.
        state.held.push(payload);
        if (state.held.length > HELD_AT_MOST) {
          state.held.shift();
        }
      }
      if (state.epoch !== null) {
        take(state, payload);
      }
    },
    leaveDecided(state, { payload }: PayloadAction<LeaveUpdate>) {
      const status = asLeaveStatus(payload.status);
      if (status === 'PENDING') {
        return;
      }
      // Put last, so that the oldest is the one to go.
      delete state.verdicts[payload.id];
      state.verdicts[payload.id] = { seq: payload.seq ?? null, status, decidedBy: payload.decidedBy ?? null };
      for (const id of Object.keys(state.verdicts).slice(0, -VERDICTS_AT_MOST)) {
        delete state.verdicts[id];
      }
    },
    /** @param payload the ids of those that are still to be seen */
    settledLeaveCleared(state, { payload }: PayloadAction<string[]>) {
      for (const id of Object.keys(state.settledLeave).filter((each) => !payload.includes(each))) {
        delete state.settledLeave[id];
      }
    },
    filtersChanged(state, { payload }: PayloadAction<Partial<Filters>>) {
      Object.assign(state.filters, payload);
    },
    filtersCleared(state) {
      state.filters = { ...NO_FILTERS, sort: state.filters.sort };
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(disconnected, (state) => {
        // The next connection may be to a node whose snapshot is older, and which sends these again.
        state.held = [];
      })
      .addCase(signedOut, () => initialState),
});

export const {
  snapshotWanted,
  snapshotReceived,
  deltaReceived,
  leaveDecided,
  settledLeaveCleared,
  filtersChanged,
  filtersCleared,
} = boardSlice.actions;
export const boardReducer = boardSlice.reducer;

/** A delta of the board's own number says what the clock or a repair has changed since. */
function take(state: BoardState, delta: Delta): void {
  if (delta.seq < state.last) {
    return;
  }
  state.last = delta.seq;
  for (const row of delta.rows ?? []) {
    state.rows[row.employeeId] = row;
  }
  for (const request of delta.pendingLeave?.upsert ?? []) {
    state.pendingLeave[request.id] = request;
    delete state.settledLeave[request.id];
  }
  for (const id of delta.pendingLeave?.remove ?? []) {
    const request = state.pendingLeave[id];
    if (request !== undefined) {
      state.settledLeave[id] = request;
      delete state.pendingLeave[id];
    }
  }
  state.activity = newestFirst([...(delta.activity ?? []), ...state.activity]);
}

export const activityKey = ({ seq, kind }: Activity): string => `${seq} ${kind}`;

function newestFirst(entries: readonly Activity[]): Activity[] {
  const distinct = new Map(entries.map((entry) => [activityKey(entry), entry]));
  return [...distinct.values()].sort((a, b) => b.seq - a.seq).slice(0, ACTIVITY_SHOWN);
}

function byKey<K extends string, T extends Record<K, string>>(items: readonly T[], key: K): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item[key], item]));
}

export const selectBoardReady = (state: { board: BoardState }) => state.board.epoch !== null;
