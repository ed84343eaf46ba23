import { createSelector, createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { isPunch, isUnanswered, type Entry, type Punch, type PunchEvent } from '../protocol/outboxEntry';
import { signedOut } from './sessionSlice';

export interface OutboxState {
  /** What this person has in the outbox of this browser, in the order of sending. */
  entries: Entry[];
  /** The last press of the punch button, in milliseconds of this device's clock. */
  pressed: { at: number; event: PunchEvent } | null;
  /** The browser could not keep what was asked last. */
  failed: boolean;
}

const initialState: OutboxState = { entries: [], pressed: null, failed: false };

const outboxSlice = createSlice({
  name: 'outbox',
  initialState,
  reducers: {
    outboxRead(state, { payload }: PayloadAction<Entry[]>) {
      state.entries = payload;
      for (const { pressedAt, event } of payload.filter(isPunch)) {
        if (state.pressed === null || pressedAt > state.pressed.at) {
          state.pressed = { at: pressedAt, event };
        }
      }
    },
    punchPressed(state, { payload }: PayloadAction<{ at: number; event: PunchEvent }>) {
      state.pressed = payload;
    },
    /** Whether the browser kept what was asked last. */
    keepingEnded(state, { payload }: PayloadAction<{ failed: boolean }>) {
      state.failed = payload.failed;
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
});

export const { outboxRead, punchPressed, keepingEnded } = outboxSlice.actions;
export const outboxReducer = outboxSlice.reducer;

interface WithOutbox {
  outbox: OutboxState;
}

const selectEntries = (state: WithOutbox) => state.outbox.entries;

export type LeaveRequestEntry = Extract<Entry, { event: 'leave_request' }>;
export type WithdrawalEntry = Extract<Entry, { event: 'leave_withdraw' }>;
export type DecisionEntry = Extract<Entry, { event: 'leave_approve' }>;

export const selectPunches = createSelector([selectEntries], (entries): Punch[] => entries.filter(isPunch));

export const selectUnansweredPunches = createSelector([selectPunches], (punches) => punches.filter(isUnanswered));

export const selectLeaveRequestEntries = createSelector([selectEntries], (entries) =>
  entries.filter((entry): entry is LeaveRequestEntry => entry.event === 'leave_request'),
);

/** The newest of each leave request. */
export const selectWithdrawals = createSelector([selectEntries], (entries) =>
  Object.fromEntries(
    entries
      .filter((entry): entry is WithdrawalEntry => entry.event === 'leave_withdraw')
      .map((entry) => [entry.payload.id, entry]),
  ),
);

/** The newest of each leave request. */
export const selectDecisions = createSelector([selectEntries], (entries) =>
  Object.fromEntries(
    entries
      .filter((entry): entry is DecisionEntry => entry.event === 'leave_approve')
      .map((entry) => [entry.payload.id, entry]),
  ),
);

/** What has not been answered yet, of whatever kind. */
export const selectUnsentCount = createSelector([selectEntries], (entries) => entries.filter(isUnanswered).length);
