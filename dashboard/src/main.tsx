import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { App } from './app/App';
import { keepUpToDate } from './app/updates';
import { createStore } from './state/store';
import { signedIn } from './state/sessionSlice';
import { loadSession } from './session/storedSession';
import '@fontsource-variable/inter/wght.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/board.css';
import './styles/time.css';

const store = createStore();
const person = loadSession();
if (person !== null) {
  store.dispatch(signedIn(person));
}

keepUpToDate();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Provider store={store}>
      <App />
    </Provider>
  </StrictMode>,
);
