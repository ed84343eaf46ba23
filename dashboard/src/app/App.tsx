import { useEffect, useState, type MouseEvent } from 'react';
import { useStore } from 'react-redux';
import { Board } from '../board/Board';
import { LiveClient } from '../connection/liveClient';
import { LiveClientContext } from '../connection/liveClientContext';
import { fetchOwnRecords } from '../connection/rest';
import { openSocket } from '../connection/socket';
import { browserSurroundings } from '../connection/surroundings';
import { openEntryStore } from '../outbox/entryDatabase';
import { otherWindows } from '../outbox/otherWindows';
import { hasOwnTime, seesBoard, type SignedIn } from '../protocol/messages';
import { ownerOf } from '../protocol/outboxEntry';
import { SignIn } from '../session/SignIn';
import { forgetSession } from '../session/storedSession';
import { pageIn } from '../state/boardAddress';
import { useAppSelector, useHash } from '../state/hooks';
import type { AppStore } from '../state/store';
import { MyTime } from './MyTime';
import { OutboxFailure } from './OutboxFailure';
import { TopBar } from './TopBar';
import { useBoardAddress } from './useBoardAddress';

/** One for all who sign in here: each has entries of their own in it. */
const entries = openEntryStore();

export function App() {
  const person = useAppSelector((state) => state.session.person);
  return person === null ? <SignIn /> : <SignedInPages key={person.token} person={person} />;
}

/** By hand, because the part of the address after '#' is the page. */
function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function SignedInPages({ person }: { person: SignedIn }) {
  const store = useStore() as AppStore;
  const [client, setClient] = useState<LiveClient | null>(null);
  const hash = useHash();
  const ownTime = hasOwnTime(person.role);
  const page = seesBoard(person.role) && (pageIn(hash) !== 'me' || !ownTime) ? 'board' : 'me';
  useBoardAddress(page === 'board', hash);

  useEffect(() => {
    const live = new LiveClient({
      store,
      person,
      open: openSocket,
      entries,
      windows: otherWindows(ownerOf(person)),
      surroundings: browserSurroundings,
      fetchOwnRecords,
    });
    setClient(live);
    return () => {
      live.stop();
      if (store.getState().session.person === null) {
        forgetSession();
      }
    };
  }, [store, person]);

  useEffect(() => {
    document.title = `${page === 'board' ? 'Board' : 'My time'} · ${person.companyName}`;
  }, [page, person.companyName]);

  return (
    <LiveClientContext value={client}>
      <a className="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <TopBar person={person} page={page} />
      <main id="main" tabIndex={-1} data-testid="page">
        <OutboxFailure />
        {page === 'board' ? <Board /> : <MyTime person={person} />}
      </main>
    </LiveClientContext>
  );
}
