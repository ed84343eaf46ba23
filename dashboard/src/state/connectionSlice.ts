import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { signedOut } from './sessionSlice';

export type ConnectionPhase = 'connecting' | 'live' | 'lost';

export interface ConnectionState {
  phase: ConnectionPhase;
  /** When the connection was lost, in milliseconds of this device's clock. */
  lostAt: number | null;
  /** The server's clock minus this device's, in milliseconds. */
  clockOffset: number;
}

const initialState: ConnectionState = { phase: 'connecting', lostAt: null, clockOffset: 0 };

const connectionSlice = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    connected(state) {
      state.phase = 'live';
      state.lostAt = null;
    },
    connectionLost(state, { payload }: PayloadAction<number>) {
      state.phase = 'lost';
      state.lostAt ??= payload;
    },
    clockRead(state, { payload }: PayloadAction<number>) {
      state.clockOffset = payload;
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
});

export const { connected, connectionLost, clockRead } = connectionSlice.actions;
export const connectionReducer = connectionSlice.reducer;
