import { snapshotReceived, snapshotWanted, deltaReceived, selectBoardReady, selectNextChangeAt } from '../state/boardSlice';
import type { AppStore } from '../state/store';
import {
  attendanceUpdated,
  feedPositionHeard,
  ownLeaveUpdated,
  ownRecordsAsked,
  ownRecordsReceived,
  ownRecordsWanted,
  withdrawalAnswered,
  withdrawalSent,
} from '../state/meSlice';
import { PunchOutbox } from '../outbox/punchOutbox';
import { decisionFailed, decisionSent, decisionStored } from '../state/decisionsSlice';
import { inWords, outcomeOf, type Outcome } from '../protocol/answers';
import { newCommandId } from '../protocol/commandId';
import {
  seesBoard,
  type Answer,
  type AttendanceUpdate,
  type ConnectError,
  type Delta,
  type FeedPosition,
  type LeaveUpdate,
  type Location,
  type PunchConfirmed,
  type SignedIn,
  type Snapshot,
} from '../protocol/messages';
import type { PendingPunchStore, PunchEvent } from '../protocol/pendingPunch';
import { readDelta, readSnapshot } from '../protocol/reading';
import { signedOut } from '../state/sessionSlice';
import { clockRead, connected, connectionLost } from '../state/connectionSlice';
import { RestError, type OwnRecordsSource } from './rest';
import { Timers } from '../time/timers';

/** As much of socket.io-client's Socket as is used here. */
export interface LiveSocket {
  readonly connected: boolean;
  readonly active: boolean;
  /** What was missed while the connection was away follows by itself, the live board included. */
  readonly recovered: boolean;
  on(event: string, listener: (payload: any) => void): unknown;
  connect(): unknown;
  disconnect(): unknown;
  timeout(milliseconds: number): { emitWithAck(event: string, payload: unknown): Promise<any> };
}

export interface LiveClientParts {
  store: AppStore;
  person: SignedIn;
  open: (token: string) => LiveSocket;
  pending: PendingPunchStore;
  fetchOwnRecords: OwnRecordsSource;
}

const ACK_TIMEOUT_MS = 8_000;
const RECONNECT_AFTER_MS = 3_000;
const READ_AGAIN_AFTER_MS = 3_000;
/** Doubled with each reading that is still too old: the read models are milliseconds behind the feed. */
const READ_NEWER_AFTER_MS = 50;
const ASK_AGAIN_WHEN_REFUSED_MS = 60_000;
const NEXT_CHANGE_MARGIN_MS = 250;
const NEXT_CHANGE_AT_LEAST_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface LeaveForm {
  leaveType: string;
  startDate: string;
  endDate: string;
  reason: string;
}

/** One person's connection: what the server says goes into the store, what the person does goes out. */
export class LiveClient {
  private readonly socket: LiveSocket;
  private readonly seesBoard: boolean;
  private readonly unsubscribe: () => void;
  private readonly timers = new Timers();
  private readonly punches: PunchOutbox;
  private stopped = false;
  private askingSnapshot = false;
  private snapshotRequest = 0;
  private readingRecords = false;
  private olderReadings = 0;
  private scheduledChange: string | null = null;

  constructor(private readonly parts: LiveClientParts) {
    this.seesBoard = seesBoard(parts.person.role);
    this.socket = parts.open(parts.person.token);
    this.punches = new PunchOutbox({
      store: parts.store,
      employeeId: parts.person.employeeId,
      pending: parts.pending,
      timers: this.timers,
      connected: () => this.socket.connected && !this.stopped,
      send: (event, payload) => this.send(event, payload),
    });
    this.listen();
    this.unsubscribe = parts.store.subscribe(() => this.follow());
    this.follow();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    this.timers.cancelAll();
    this.socket.disconnect();
  }

  punch(event: PunchEvent, location?: Location): void {
    this.punches.put(event, location);
  }

  /** Leaves the command id to the caller, who repeats a request of unknown outcome with the same. */
  requestLeave(form: LeaveForm, commandId: string): Promise<Outcome<{ id?: string }>> {
    return this.send('leave_request', { employeeId: this.parts.person.employeeId, ...form, commandId });
  }

  async withdrawLeave(id: string): Promise<void> {
    const { store } = this.parts;
    store.dispatch(withdrawalSent(id));
    const outcome = await this.send('leave_withdraw', { id });
    if (outcome.kind === 'unknown') {
      store.dispatch(withdrawalAnswered({ id, refusal: 'No answer yet. Try again.' }));
      store.dispatch(ownRecordsWanted());
    } else {
      store.dispatch(withdrawalAnswered({ id, refusal: outcome.kind === 'refused' ? inWords(outcome.refusal) : null }));
    }
  }

  async decideLeave(id: string, approved: boolean, comment: string): Promise<void> {
    const { store } = this.parts;
    const before = store.getState().decisions[id];
    const same = before !== undefined && before.approved === approved && before.comment === comment;
    const commandId = same ? before.commandId : newCommandId();
    store.dispatch(decisionSent({ id, approved, comment, commandId }));
    const outcome = await this.send('leave_approve', { id, approved, commandId, ...(comment !== '' && { comment }) });
    if (outcome.kind === 'done') {
      store.dispatch(decisionStored(id));
    } else {
      const message =
        outcome.kind === 'refused' ? inWords(outcome.refusal) : 'No answer yet. Try again, it will count once.';
      store.dispatch(decisionFailed({ id, message }));
    }
  }

  private listen(): void {
    const { store, person } = this.parts;
    this.on('connect', () => {
      // Unless it follows by itself, what was said meanwhile is in neither the board nor the own records.
      this.snapshotRequestEnded();
      store.dispatch(ownRecordsWanted());
      if (this.seesBoard && !(this.socket.recovered && selectBoardReady(store.getState()))) {
        store.dispatch(snapshotWanted());
      }
      store.dispatch(connected());
      void this.punches.flush();
    });
    this.on('disconnect', () => {
      store.dispatch(connectionLost(Date.now()));
      this.reconnectWhenTheClientWillNot();
    });
    this.on('connect_error', (error: ConnectError) => {
      if (error.data?.code === 'TOKEN_EXPIRED' || error.data?.code === 'UNAUTHENTICATED') {
        store.dispatch(signedOut('Your sign-in has expired. Sign in again.'));
        return;
      }
      store.dispatch(connectionLost(Date.now()));
      this.reconnectWhenTheClientWillNot();
    });
    this.on('dashboard_snapshot', (snapshot: Snapshot) => {
      store.dispatch(clockRead(Date.parse(snapshot.asOf) - Date.now()));
      store.dispatch(snapshotReceived(readSnapshot(snapshot)));
      this.snapshotRequestEnded();
      this.follow();
    });
    this.on('dashboard_delta', (delta: Delta) => store.dispatch(deltaReceived(readDelta(delta))));
    this.on('feed_position', (position: FeedPosition) => {
      store.dispatch(feedPositionHeard(position));
      if (!this.readingRecords) {
        store.dispatch(ownRecordsWanted());
      }
    });
    this.on('resync_required', (position: FeedPosition) => {
      if (this.seesBoard) {
        this.snapshotRequestEnded();
        store.dispatch(snapshotWanted());
      }
      store.dispatch(feedPositionHeard(position));
      store.dispatch(ownRecordsWanted());
    });
    const sessionChanged = (update: AttendanceUpdate): void => {
      if (update.employeeId === person.employeeId) {
        store.dispatch(attendanceUpdated(update));
      }
    };
    this.on('attendance_update', sessionChanged);
    this.on('work_session_updated', sessionChanged);
    this.on('leave_request_updated', (update: LeaveUpdate) => {
      const own = store.getState().me.leave.some(({ id }) => id === update.id);
      if (update.employeeId === person.employeeId || (update.employeeId === undefined && own)) {
        store.dispatch(ownLeaveUpdated(update));
      }
    });
    this.on('punch_in_confirmed', (answer: PunchConfirmed) => this.punches.heard('punch_in', answer));
    this.on('punch_out_confirmed', (answer: PunchConfirmed) => this.punches.heard('punch_out', answer));
  }

  private on<T>(event: string, listener: (payload: T) => void): void {
    this.socket.on(event, (payload: T) => {
      if (!this.stopped) {
        listener(payload);
      }
    });
  }

  /** Reacts to what the store wants: a snapshot, own records, the next change by the clock. */
  private follow(): void {
    if (this.stopped) {
      return;
    }
    const state = this.parts.store.getState();
    const live = state.connection.phase === 'live';
    if (this.seesBoard && live && state.board.awaiting && !this.askingSnapshot) {
      void this.askSnapshot();
    }
    if (live && state.me.stale && !this.readingRecords) {
      void this.readOwnRecords();
    }
    this.scheduleNextChange();
  }

  private async askSnapshot(): Promise<void> {
    const request = ++this.snapshotRequest;
    this.askingSnapshot = true;
    // The ack only says that it was heard; the snapshot is an event of its own.
    const outcome = await this.send('request_live_dashboard', {});
    if (this.askingSnapshot && request === this.snapshotRequest) {
      this.timers.after(
        'snapshot',
        outcome.kind === 'refused' ? ASK_AGAIN_WHEN_REFUSED_MS : READ_AGAIN_AFTER_MS,
        () => {
          this.askingSnapshot = false;
          this.follow();
        },
      );
    }
  }

  private snapshotRequestEnded(): void {
    this.askingSnapshot = false;
    this.timers.cancel('snapshot');
  }

  private async readOwnRecords(): Promise<void> {
    const { store, person, fetchOwnRecords } = this.parts;
    this.readingRecords = true;
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
      this.timers.after('records', again, () => {
        this.readingRecords = false;
        this.follow();
      });
    } else {
      this.olderReadings = 0;
      this.readingRecords = false;
    }
  }

  private async send<T = object>(event: string, payload: unknown): Promise<Outcome<T>> {
    if (!this.socket.connected) {
      return { kind: 'unknown' };
    }
    try {
      return outcomeOf<T>((await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload)) as Answer<T>);
    } catch {
      return { kind: 'unknown' };
    }
  }

  /** socket.io-client gives up when the server itself ended or refused the connection. */
  private reconnectWhenTheClientWillNot(): void {
    if (!this.socket.active && !this.stopped) {
      this.timers.after('reconnect', RECONNECT_AFTER_MS, () => this.socket.connect());
    }
  }

  private scheduleNextChange(): void {
    const state = this.parts.store.getState();
    const at = this.seesBoard ? selectNextChangeAt(state) : (state.me.row?.nextChangeAt ?? null);
    if (at === this.scheduledChange) {
      return;
    }
    this.scheduledChange = at;
    this.timers.cancel('nextChange');
    if (at === null) {
      return;
    }
    const wait = Date.parse(at) - (Date.now() + state.connection.clockOffset) + NEXT_CHANGE_MARGIN_MS;
    const atLeast = wait > NEXT_CHANGE_MARGIN_MS ? 0 : NEXT_CHANGE_AT_LEAST_MS;
    this.timers.after('nextChange', Math.min(Math.max(wait, atLeast), LONGEST_TIMER_MS), () => {
      this.scheduledChange = null;
      this.parts.store.dispatch(ownRecordsWanted());
      if (this.seesBoard) {
        this.parts.store.dispatch(snapshotWanted());
      }
    });
  }
}
