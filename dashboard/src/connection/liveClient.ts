import { Outbox } from '../outbox/outbox';
import type { EntryStore } from '../outbox/entryStore';
import type { OtherWindows } from '../outbox/otherWindows';
import {
  seesBoard,
  type AttendanceUpdate,
  type FeedPosition,
  type LeaveUpdate,
  type SignedIn,
} from '../protocol/messages';
import { ownerOf, type Entry } from '../protocol/outboxEntry';
import { selectNextChangeAt } from '../state/boardSelectors';
import { leaveDecided, snapshotWanted } from '../state/boardSlice';
import { clockRead, selectClockOffset } from '../state/connectionSlice';
import { attendanceUpdated, entryAnswered, feedPositionHeard, ownLeaveUpdated, ownRecordsWanted } from '../state/meSlice';
import type { AppStore } from '../state/store';
import { Timers } from '../time/timers';
import { BoardReader } from './boardReader';
import type { LiveSocket } from './liveSocket';
import { OwnRecordsReader } from './ownRecordsReader';
import type { OwnRecordsSource } from './rest';
import { ServerConnection } from './serverConnection';
import type { Surroundings } from './surroundings';

export interface LiveClientParts {
  store: AppStore;
  person: SignedIn;
  open: (token: string) => LiveSocket;
  entries: EntryStore;
  windows: OtherWindows;
  surroundings: Surroundings;
  fetchOwnRecords: OwnRecordsSource;
}

const NEXT_CHANGE_MARGIN_MS = 250;
const NEXT_CHANGE_AT_LEAST_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One person's connection: what the server says goes into the store, what the person does into the outbox. */
export class LiveClient {
  readonly outbox: Outbox;
  private readonly connection: ServerConnection;
  private readonly records: OwnRecordsReader;
  private readonly board: BoardReader | null;
  private readonly timers = new Timers();
  private readonly unsubscribe: () => void;
  private scheduledChange: string | null = null;

  constructor(private readonly parts: LiveClientParts) {
    const { store, person, surroundings } = parts;
    const { timers } = this;
    const socket = parts.open(person.token);
    this.connection = new ServerConnection({ store, socket, timers, surroundings });
    this.records = new OwnRecordsReader({ store, person, timers, fetchOwnRecords: parts.fetchOwnRecords });
    this.board = seesBoard(person.role) ? new BoardReader({ store, connection: this.connection, timers }) : null;
    this.outbox = new Outbox({
      store,
      owner: ownerOf(person),
      employeeId: person.employeeId,
      entries: parts.entries,
      windows: parts.windows,
      timers,
      connected: () => this.connection.isOpen,
      reached: () => this.connection.isReached(),
      send: (event, payload, answerWithin) => this.connection.send(event, payload, answerWithin),
      answered: (entry: Entry) => store.dispatch(entryAnswered(entry)),
    });
    this.listen();
    this.unsubscribe = store.subscribe(() => this.follow());
    this.follow();
    void this.outbox.start();
  }

  stop(): void {
    this.unsubscribe();
    this.outbox.stop();
    this.records.stop();
    this.timers.cancelAll();
    this.connection.stop();
  }

  private listen(): void {
    const { store, person } = this.parts;
    const { connection } = this;
    connection.onOpen(() => store.dispatch(ownRecordsWanted()));
    connection.on('connect', () => void this.outbox.flush());
    connection.on('feed_position', (position: FeedPosition) => {
      if (position.serverTime !== undefined) {
        store.dispatch(clockRead(Date.parse(position.serverTime) - Date.now()));
      }
      store.dispatch(feedPositionHeard(position));
      if (!this.records.isReading) {
        store.dispatch(ownRecordsWanted());
      }
    });
    connection.on('resync_required', (position: FeedPosition) => {
      store.dispatch(feedPositionHeard(position));
      store.dispatch(ownRecordsWanted());
    });
    const sessionChanged = (update: AttendanceUpdate): void => {
      if (update.employeeId === person.employeeId) {
        store.dispatch(attendanceUpdated(update));
      }
    };
    connection.on('attendance_update', sessionChanged);
    connection.on('work_session_updated', sessionChanged);
    connection.on('leave_request_updated', (update: LeaveUpdate) => {
      const own = store.getState().me.leave.some(({ id }) => id === update.id);
      if (update.employeeId === person.employeeId || (update.employeeId === undefined && own)) {
        store.dispatch(ownLeaveUpdated(update));
      }
      store.dispatch(leaveDecided(update));
    });
  }

  /** Reacts to what the store wants: a snapshot, own records, the next change by the clock. */
  private follow(): void {
    this.board?.follow();
    this.records.follow();
    this.scheduleNextChange();
  }

  private scheduleNextChange(): void {
    const { store } = this.parts;
    const state = store.getState();
    const at = this.board !== null ? selectNextChangeAt(state) : (state.me.row?.nextChangeAt ?? null);
    if (at === this.scheduledChange) {
      return;
    }
    this.scheduledChange = at;
    this.timers.cancel('nextChange');
    if (at === null) {
      return;
    }
    const wait = Date.parse(at) - (Date.now() + selectClockOffset(state)) + NEXT_CHANGE_MARGIN_MS;
    const atLeast = wait > NEXT_CHANGE_MARGIN_MS ? 0 : NEXT_CHANGE_AT_LEAST_MS;
    this.timers.after('nextChange', Math.min(Math.max(wait, atLeast), LONGEST_TIMER_MS), () => {
      this.scheduledChange = null;
      store.dispatch(ownRecordsWanted());
      if (this.board !== null) {
        store.dispatch(snapshotWanted());
      }
    });
  }
}
