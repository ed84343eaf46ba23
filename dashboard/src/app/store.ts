import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { boardReducer } from '../board/boardSlice';
import { meReducer } from '../clock/meSlice';
import { connectionReducer } from '../connection/connectionSlice';
import { decisionsReducer } from '../leave/decisionsSlice';
import { sessionReducer } from '../session/sessionSlice';

const rootReducer = combineReducers({
  session: sessionReducer,
  connection: connectionReducer,
  board: boardReducer,
  me: meReducer,
  decisions: decisionsReducer,
});

export type RootState = ReturnType<typeof rootReducer>;

export function createStore() {
  return configureStore({ reducer: rootReducer });
}

export type AppStore = ReturnType<typeof createStore>;
export type AppDispatch = AppStore['dispatch'];
