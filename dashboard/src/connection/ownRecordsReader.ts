import type { SignedIn } from '../protocol/messages';
import { selectLive } from '../state/connectionSlice';
import { ownRecordsAsked, ownRecordsReceived, ownRecordsWanted } from '../state/meSlice';
import { signedOut } from '../state/sessionSlice';
import type { AppStore } from '../state/store';
import type { Timers } from '../time/timers';
import { RestError, type OwnRecordsSource } from './rest';

const READ_AGAIN_AFTER_MS = 3_000;
/** Doubled with each reading that is still too old: the read models are milliseconds behind the feed. */
const READ_NEWER_AFTER_MS = 50;

export interface OwnRecordsReaderParts {
  store: AppStore;
  person: SignedIn;
  timers: Timers;
  fetchOwnRecords: OwnRecordsSource;
}

/** Reads one's own records whenever the store wants them, until they are as new as what was heard. */
export class OwnRecordsReader {
  private reading = false;
  private stopped = false;
  private olderReadings = 0;

  constructor(private readonly parts: OwnRecordsReaderParts) {}

  get isReading(): boolean {
    return this.reading;
  }

  stop(): void {
    this.stopped = true;
  }

  follow(): void {
    const state = this.parts.store.getState();
    if (selectLive(state) && state.me.stale && !this.reading && !this.stopped) {
      void this.read();
    }
  }

  private async read(): Promise<void> {
    const { store, person, timers, fetchOwnRecords } = this.parts;
    this.reading = true;
    store.dispatch(ownRecordsAsked());
    let again = READ_AGAIN_AFTER_MS;
    try {
      const records = await fetchOwnRecords(person.token, person.employeeId);
      if (!this.stopped) {
        store.dispatch(ownRecordsReceived(records));
        again = Math.min(READ_NEWER_AFTER_MS * 2 ** this.olderReadings, READ_AGAIN_AFTER_MS);
      }
    } catch (error) {
      if (error instanceof RestError && error.status === 401 && !this.stopped) {
        store.dispatch(signedOut('Your sign-in has expired. Sign in again.'));
      } else if (!this.stopped) {
        store.dispatch(ownRecordsWanted());
      }
    }
    if (!this.stopped && store.getState().me.stale) {
      this.olderReadings += 1;
      timers.after('records', again, () => {
        this.reading = false;
        this.follow();
      });
    } else {
      this.olderReadings = 0;
      this.reading = false;
    }
  }
}
