import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { snapshotReceived, deltaReceived } from './boardSlice';
import { signedOut } from './sessionSlice';

export interface Decision {
  approved: boolean;
  comment: string;
  /** Kept for a repeat, so that a decision whose answer was lost counts once. */
  commandId: string;
  state: 'sending' | 'stored' | 'failed';
  message: string | null;
}

/** Decisions of this window that the board has not shown yet, by request id. */
export type DecisionsState = Record<string, Decision>;

const initialState: DecisionsState = {};

const decisionsSlice = createSlice({
  name: 'decisions',
  initialState,
  reducers: {
    decisionSent(
      state,
      { payload }: PayloadAction<{ id: string; approved: boolean; comment: string; commandId: string }>,
    ) {
      const { id, ...decision } = payload;
      state[id] = { ...decision, state: 'sending', message: null };
    },
    decisionStored(state, { payload }: PayloadAction<string>) {
      const decision = state[payload];
      if (decision !== undefined) {
        decision.state = 'stored';
      }
    },
    decisionFailed(state, { payload }: PayloadAction<{ id: string; message: string }>) {
      const decision = state[payload.id];
      if (decision !== undefined) {
        decision.state = 'failed';
        decision.message = payload.message;
      }
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(snapshotReceived, (state, { payload }) => {
        const pending = new Set(payload.pendingLeave.map(({ id }) => id));
        for (const id of Object.keys(state).filter((known) => !pending.has(known))) {
          delete state[id];
        }
      })
      .addCase(deltaReceived, (state, { payload }) => {
        for (const id of payload.pendingLeave?.remove ?? []) {
          delete state[id];
        }
      })
      .addCase(signedOut, () => initialState),
});

export const { decisionSent, decisionStored, decisionFailed } = decisionsSlice.actions;
export const decisionsReducer = decisionsSlice.reducer;
