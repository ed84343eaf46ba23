import { legacy_createStore as createStore } from 'redux';

const empty = { connected: false, error: null, notification: null };

function reducer(state = empty, { type, payload }) {
  switch (type) {
    case 'SET_WS_CONNECTED':
      return { ...state, connected: payload };
    case 'SET_WS_ERROR':
      return { ...state, error: payload };
    case 'SHOW_NOTIFICATION':
      return { ...state, notification: payload };
    default:
      return state;
  }
}

export default createStore(reducer);
