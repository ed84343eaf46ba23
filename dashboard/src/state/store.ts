import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { boardReducer } from './boardSlice';
import { meReducer } from './meSlice';
import { connectionReducer } from './connectionSlice';
import { outboxReducer } from './outboxSlice';
import { sessionReducer } from './sessionSlice';

const rootReducer = combineReducers({
  session: sessionReducer,
  connection: connectionReducer,
  board: boardReducer,
  me: meReducer,
  outbox: outboxReducer,
});

export type RootState = ReturnType<typeof rootReducer>;

export function createStore() {
  return configureStore({ reducer: rootReducer });
}

export type AppStore = ReturnType<typeof createStore>;
export type AppDispatch = AppStore['dispatch'];
