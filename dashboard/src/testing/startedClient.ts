import { vi } from 'vitest';
import { LiveClient } from '../connection/liveClient';
import { EntryMemory } from '../outbox/entryMemory';
import type { EntryStore } from '../outbox/entryStore';
import type { OtherWindows } from '../outbox/otherWindows';
import type { Role } from '../protocol/messages';
import type { OwnRecords } from '../protocol/ownRecords';
import { signedIn } from '../state/sessionSlice';
import { createStore } from '../state/store';
import { FakeSocket } from './fakeSocket';
import { person, row } from './samples';

export const nothing: OwnRecords = { seq: 0, sessions: [], leave: [], presence: row('e1') };

/** The windows of one browser: what one announces the others hear, and one works at a time. */
export class FakeWindows {
  private readonly open = new Set<() => void>();
  private queue: Promise<void> = Promise.resolve();

  another(): OtherWindows {
    let mine: () => void = () => {};
    return {
      alone: (work) => (this.queue = this.queue.then(work)),
      announce: () => [...this.open].filter((listener) => listener !== mine).forEach((listener) => listener()),
      onAnnounced: (listener) => {
        mine = listener;
        this.open.add(listener);
      },
      close: () => this.open.delete(mine),
    };
  }
}

export class FakeSurroundings {
  isVisible = true;
  on: { offline: () => void; online: () => void; shown: () => void } | null = null;
  visible = () => this.isVisible;
  listen = (on: NonNullable<FakeSurroundings['on']>) => {
    this.on = on;
    return () => {
      this.on = null;
    };
  };
}

export interface Browser {
  entries: EntryStore;
  windows: FakeWindows;
}

export const newBrowser = (): Browser => ({ entries: new EntryMemory(), windows: new FakeWindows() });

/** A window of somebody who is signed in, as far as it is not the page itself. */
export function start(role: Role, browser: Browser = newBrowser(), employeeId = 'e1') {
  const store = createStore();
  const who = { ...person(role), employeeId };
  store.dispatch(signedIn(who));
  const socket = new FakeSocket();
  const surroundings = new FakeSurroundings();
  const fetchOwnRecords = vi.fn(async () => nothing);
  const client = new LiveClient({
    store,
    person: who,
    open: () => socket,
    entries: browser.entries,
    windows: browser.windows.another(),
    surroundings,
    fetchOwnRecords,
  });
  return { store, socket, client, fetchOwnRecords, surroundings, browser };
}

export const settled = () => vi.advanceTimersByTimeAsync(0);
