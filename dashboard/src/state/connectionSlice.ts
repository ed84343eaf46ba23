import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { signedOut } from './sessionSlice';

/** Behind: the server should have been heard and was not; offline: it cannot be reached. */
export type ConnectionPhase = 'connecting' | 'live' | 'behind' | 'offline';

export interface ConnectionState {
  phase: ConnectionPhase;
  /** When the server was heard last, in milliseconds of this device's clock; null while it is heard. */
  heardAt: number | null;
  /** The server's clock minus this device's, in milliseconds; null until the server has said its time. */
  clockOffset: number | null;
}

const initialState: ConnectionState = { phase: 'connecting', heardAt: null, clockOffset: null };

const connectionSlice = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    connected(state) {
      state.phase = 'live';
      state.heardAt = null;
    },
    /** Nothing was heard since then, though the connection seems to be open. */
    silenceNoticed(state, { payload }: PayloadAction<number>) {
      fallBehind(state, payload);
    },
    /** The connection ended; a new one is being made. */
    disconnected(state, { payload }: PayloadAction<number>) {
      fallBehind(state, payload);
    },
    wentOffline(state, { payload }: PayloadAction<number>) {
      state.phase = 'offline';
      state.heardAt ??= payload;
    },
    clockRead(state, { payload }: PayloadAction<number>) {
      state.clockOffset = payload;
    },
  },
  extraReducers: (builder) => builder.addCase(signedOut, () => initialState),
});

function fallBehind(state: ConnectionState, heardAt: number): void {
  if (state.phase !== 'offline') {
    state.phase = 'behind';
  }
  state.heardAt ??= heardAt;
}

export const { connected, silenceNoticed, disconnected, wentOffline, clockRead } = connectionSlice.actions;
export const connectionReducer = connectionSlice.reducer;

interface WithConnection {
  connection: ConnectionState;
}

export const selectLive = (state: WithConnection) => state.connection.phase === 'live';
export const selectClockOffset = (state: WithConnection) => state.connection.clockOffset ?? 0;
