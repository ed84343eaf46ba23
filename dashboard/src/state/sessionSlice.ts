import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { SignedIn } from '../protocol/messages';

export interface SessionState {
  person: SignedIn | null;
  /** Why the last session ended, when it was not the person's own wish. */
  notice: string | null;
}

const initialState: SessionState = { person: null, notice: null };

const sessionSlice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    signedIn(state, { payload }: PayloadAction<SignedIn>) {
      state.person = payload;
      state.notice = null;
    },
    signedOut(state, { payload }: PayloadAction<string | null>) {
      state.person = null;
      state.notice = payload;
    },
  },
});

export const { signedIn, signedOut } = sessionSlice.actions;
export const sessionReducer = sessionSlice.reducer;
