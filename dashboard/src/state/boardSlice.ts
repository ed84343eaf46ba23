import { createSelector, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { connectionLost } from './connectionSlice';
import {
  PRESENCES,
  type Activity,
  type Delta,
  type LeaveRequest,
  type Presence,
  type PresenceRow,
  type Snapshot,
} from '../protocol/messages';
import { signedOut } from './sessionSlice';

export const ACTIVITY_SHOWN = 50;
const HELD_AT_MOST = 1000;

/** Sorts on every delta: a collator is an order of magnitude faster than localeCompare. */
const byName = new Intl.Collator();

export type SortBy = 'name' | 'recent';

export interface Filters {
  text: string;
  department: string;
  site: string;
  presence: Presence | null;
  sort: SortBy;
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
  activity: Activity[];
  filters: Filters;
}

const NO_FILTERS: Filters = { text: '', department: '', site: '', presence: null, sort: 'name' };

const initialState: BoardState = {
  epoch: null,
  last: 0,
  asOf: null,
  awaiting: true,
  held: [],
  rows: {},
  pendingLeave: {},
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
      state.pendingLeave = byKey(payload.pendingLeave, 'id');
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
    filtersChanged(state, { payload }: PayloadAction<Partial<Filters>>) {
      Object.assign(state.filters, payload);
    },
    filtersCleared(state) {
      state.filters = { ...NO_FILTERS, sort: state.filters.sort };
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(connectionLost, (state) => {
        // The next connection may be to a node whose snapshot is older, and which sends these again.
        state.held = [];
      })
      .addCase(signedOut, () => initialState),
});

export const { snapshotWanted, snapshotReceived, deltaReceived, filtersChanged, filtersCleared } = boardSlice.actions;
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
  }
  for (const id of delta.pendingLeave?.remove ?? []) {
    delete state.pendingLeave[id];
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

interface WithBoard {
  board: BoardState;
}

export const selectFilters = (state: WithBoard) => state.board.filters;
export const selectBoardReady = (state: WithBoard) => state.board.epoch !== null;

const selectRows = createSelector([(state: WithBoard) => state.board.rows], (rows) =>
  Object.values(rows).sort((a, b) => byName.compare(a.displayName, b.displayName)),
);

export const selectTotal = createSelector([selectRows], (rows) => rows.length);

export const selectActivity = (state: WithBoard) => state.board.activity;

/** Counted from the rows, so that numbers and tiles never contradict each other. */
export const selectCounts = createSelector([selectRows], (rows) => {
  const counts = Object.fromEntries(PRESENCES.map((presence) => [presence, 0])) as Record<Presence, number>;
  for (const row of rows) {
    counts[row.presence] += 1;
  }
  return counts;
});

export const selectDepartments = createSelector([selectRows], (rows) => distinct(rows.map((row) => row.departmentId)));
export const selectSites = createSelector([selectRows], (rows) => distinct(rows.map((row) => row.siteId)));

export const selectVisibleRows = createSelector([selectRows, selectFilters], (rows, filters) => {
  const wanted = fold(filters.text.trim());
  const visible = rows.filter(
    (row) =>
      (filters.presence === null || row.presence === filters.presence) &&
      (filters.department === '' || row.departmentId === filters.department) &&
      (filters.site === '' || row.siteId === filters.site) &&
      (wanted === '' || fold(`${row.displayName} ${row.employeeId}`).includes(wanted)),
  );
  return filters.sort === 'recent' ? visible.sort((a, b) => (b.since ?? '').localeCompare(a.since ?? '')) : visible;
});

export const selectInbox = createSelector([(state: WithBoard) => state.board.pendingLeave], (pending) =>
  Object.values(pending).sort((a, b) => a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id)),
);

/** The earliest instant at which the clock alone changes a tile; null when it never will. */
export const selectNextChangeAt = createSelector([selectRows], (rows) =>
  rows.reduce<string | null>(
    (earliest, row) =>
      row.nextChangeAt !== null && (earliest === null || row.nextChangeAt < earliest) ? row.nextChangeAt : earliest,
    null,
  ),
);

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))].sort();
}

/** Without case and accents, so that "munoz" finds "Muñoz". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
