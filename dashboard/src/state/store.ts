import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { boardReducer } from './boardSlice';
import { meReducer } from './meSlice';
import { connectionReducer } from './connectionSlice';
import { decisionsReducer } from './decisionsSlice';
import { sessionReducer } from './sessionSlice';

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
