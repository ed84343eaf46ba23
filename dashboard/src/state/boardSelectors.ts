import { createSelector } from '@reduxjs/toolkit';
import { PRESENCES, type LeaveRequest, type Presence } from '../protocol/messages';
import { fold } from '../ui/words';
import type { BoardState } from './boardSlice';

/** Sorts on every delta: a collator is an order of magnitude faster than localeCompare. */
const byName = new Intl.Collator();

interface WithBoard {
  board: BoardState;
}

export const selectFilters = (state: WithBoard) => state.board.filters;

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

const oldestFirst = (a: LeaveRequest, b: LeaveRequest) =>
  a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id);

/** Those that were settled stay between the others, so that the list does not move under the pointer. */
export const selectInbox = createSelector(
  [(state: WithBoard) => state.board.pendingLeave, (state: WithBoard) => state.board.settledLeave],
  (pending, settled) => [...Object.values(pending), ...Object.values(settled)].sort(oldestFirst),
);

export const selectPendingCount = createSelector(
  [(state: WithBoard) => state.board.pendingLeave],
  (pending) => Object.keys(pending).length,
);

/** Who decided, by the number of the event that the activity tells of. */
export const selectDecidedBy = createSelector(
  [(state: WithBoard) => state.board.verdicts, (state: WithBoard) => state.board.rows],
  (verdicts, rows): Record<number, string> =>
    Object.fromEntries(
      Object.values(verdicts).flatMap(({ seq, decidedBy }) =>
        seq === null || decidedBy === null ? [] : [[seq, rows[decidedBy]?.displayName ?? decidedBy]],
      ),
    ),
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
