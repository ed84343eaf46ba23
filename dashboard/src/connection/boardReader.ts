import { outcomeOf } from '../protocol/answers';
import type { Delta, Snapshot } from '../protocol/messages';
import { readDelta, readSnapshot } from '../protocol/reading';
import { deltaReceived, selectBoardReady, snapshotReceived, snapshotWanted } from '../state/boardSlice';
import { clockRead, selectLive } from '../state/connectionSlice';
import type { AppStore } from '../state/store';
import type { Timers } from '../time/timers';
import type { ServerConnection } from './serverConnection';

const ANSWER_MS = 8_000;
const ASK_AGAIN_AFTER_MS = 3_000;
const ASK_AGAIN_WHEN_REFUSED_MS = 60_000;

export interface BoardReaderParts {
  store: AppStore;
  connection: ServerConnection;
  timers: Timers;
}

/** Asks for the live board whenever the store wants it, and hears how it changes. */
export class BoardReader {
  private asking = false;
  private request = 0;

  constructor(private readonly parts: BoardReaderParts) {
    const { store, connection } = parts;
    connection.onOpen(() => {
      this.requestEnded();
      // Unless it follows by itself, what was said meanwhile is not on the board.
      if (!(connection.isRecovered && selectBoardReady(store.getState()))) {
        store.dispatch(snapshotWanted());
      }
    });
    connection.on('dashboard_snapshot', (snapshot: Snapshot) => {
      store.dispatch(clockRead(Date.parse(snapshot.asOf) - Date.now()));
      store.dispatch(snapshotReceived(readSnapshot(snapshot)));
      this.requestEnded();
      this.follow();
    });
    connection.on('dashboard_delta', (delta: Delta) => store.dispatch(deltaReceived(readDelta(delta))));
    connection.on('resync_required', () => {
      this.requestEnded();
      store.dispatch(snapshotWanted());
    });
  }

  follow(): void {
    const state = this.parts.store.getState();
    if (selectLive(state) && state.board.awaiting && !this.asking) {
      void this.ask();
    }
  }

  private async ask(): Promise<void> {
    const request = ++this.request;
    this.asking = true;
    // The ack only says that it was heard; the snapshot is an event of its own.
    const outcome = outcomeOf(await this.parts.connection.send('request_live_dashboard', {}, ANSWER_MS));
    if (this.asking && request === this.request) {
      const again = outcome.kind === 'refused' ? ASK_AGAIN_WHEN_REFUSED_MS : ASK_AGAIN_AFTER_MS;
      this.parts.timers.after('snapshot', again, () => {
        this.asking = false;
        this.follow();
      });
    }
  }

  private requestEnded(): void {
    this.asking = false;
    this.parts.timers.cancel('snapshot');
  }
}
