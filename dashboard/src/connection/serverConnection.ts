import type { Answer, ConnectError } from '../protocol/messages';
import { connected, disconnected, silenceNoticed, wentOffline } from '../state/connectionSlice';
import { signedOut } from '../state/sessionSlice';
import type { AppStore } from '../state/store';
import type { Timers } from '../time/timers';
import type { LiveSocket } from './liveSocket';
import type { Surroundings } from './surroundings';

/*
 * A network that dies silently shows in nothing but silence, and the server's own pings come every
 * 25 s. So after two quiet seconds in a window that is seen the server is asked for an answer; with the time
 * that the answer may take, the page knows within five seconds.
 */
const PROBE_AFTER_MS = 2_000;
const BEHIND_AFTER_MS = 1_000;
const PROBE_ANSWER_MS = 2_500;
const OFFLINE_AFTER_MS = 4_000;
const RECONNECT_AFTER_MS = 3_000;

const REFUSED_SIGN_INS: Record<string, string> = {
  TOKEN_EXPIRED: 'Your sign-in has expired. Sign in again.',
  UNAUTHENTICATED:
    'The server does not accept this access token: it is not of this system, or something in it is missing or unknown. ' +
    'Ask whoever issued it.',
};

export interface ServerConnectionParts {
  store: AppStore;
  socket: LiveSocket;
  timers: Timers;
  surroundings: Surroundings;
}

/** One socket, what is known of its life, and what is said about it. */
export class ServerConnection {
  private stopped = false;
  private heardAt = Date.now();
  private probing: Promise<boolean> | null = null;
  private readonly openers: (() => void)[] = [];
  private readonly stopListening: () => void;

  constructor(private readonly parts: ServerConnectionParts) {
    const { store, socket, surroundings } = parts;
    socket.onAny(() => this.heard());
    this.on('connect', () => {
      this.heardAt = Date.now();
      parts.timers.cancel('offline');
      parts.timers.cancel('reconnect');
      this.expectWord();
      this.openers.forEach((prepare) => prepare());
      store.dispatch(connected());
    });
    this.on('disconnect', () => this.lost());
    this.on('connect_error', (error: ConnectError) => {
      const notice = REFUSED_SIGN_INS[error.data?.code ?? ''];
      if (notice !== undefined) {
        store.dispatch(signedOut(notice));
      } else {
        this.lost();
      }
    });
    this.stopListening = surroundings.listen({
      offline: () => {
        store.dispatch(wentOffline(Date.now()));
        socket.disconnect();
      },
      online: () => this.reopen(),
      shown: () => void this.probe(),
    });
  }

  /** False also while the browser has said that there is no network. */
  get isOpen(): boolean {
    return !this.stopped && this.parts.socket.connected && this.parts.store.getState().connection.phase !== 'offline';
  }

  get isRecovered(): boolean {
    return this.parts.socket.recovered;
  }

  /** Called when a connection opens, before the store hears that it is live. */
  onOpen(prepare: () => void): void {
    this.openers.push(prepare);
  }

  on<T>(event: string, listener: (payload: T) => void): void {
    this.parts.socket.on(event, (payload: T) => {
      if (!this.stopped) {
        listener(payload);
      }
    });
  }

  /** @returns undefined when no answer came in time */
  async send<T>(event: string, payload: object, answerWithin: number): Promise<Answer<T> | undefined> {
    if (!this.parts.socket.connected) {
      return undefined;
    }
    try {
      const answer: Answer<T> = await this.parts.socket.timeout(answerWithin).emitWithAck(event, payload);
      this.heard();
      return answer;
    } catch {
      return undefined;
    }
  }

  /** Whether the server answers now: what is given to a connection that has just died may arrive much later. */
  async isReached(): Promise<boolean> {
    return this.isOpen && (await this.probe());
  }

  stop(): void {
    this.stopped = true;
    this.stopListening();
    this.parts.socket.disconnect();
  }

  private heard(): void {
    if (this.stopped || !this.parts.socket.connected) {
      return;
    }
    this.heardAt = Date.now();
    this.expectWord();
    if (this.parts.store.getState().connection.phase === 'behind') {
      this.parts.store.dispatch(connected());
    }
  }

  private expectWord(): void {
    this.parts.timers.cancel('behind');
    this.parts.timers.after('probe', PROBE_AFTER_MS, () => {
      if (this.parts.surroundings.visible()) {
        void this.probe();
      }
    });
  }

  private probe(): Promise<boolean> {
    this.probing ??= this.ask().finally(() => {
      this.probing = null;
    });
    return this.probing;
  }

  /** An event that is answered and changes nothing. */
  private async ask(): Promise<boolean> {
    const { store, socket, timers } = this.parts;
    if (this.stopped || !socket.connected) {
      return false;
    }
    const before = this.heardAt;
    timers.after('behind', BEHIND_AFTER_MS, () => store.dispatch(silenceNoticed(before)));
    const answer = await this.send('server_time', {}, PROBE_ANSWER_MS);
    if (this.stopped || !socket.connected) {
      return false;
    }
    if (answer === undefined && this.heardAt === before) {
      store.dispatch(wentOffline(before));
      this.reopen();
      return false;
    }
    return true;
  }

  /** A connection that says nothing may keep what it was given and deliver it later; a new one does not. */
  private reopen(): void {
    if (!this.stopped) {
      this.parts.socket.disconnect();
      this.parts.socket.connect();
    }
  }

  private lost(): void {
    const { store, timers, socket } = this.parts;
    timers.cancel('probe');
    timers.cancel('behind');
    const neverOpen = store.getState().connection.phase === 'connecting';
    store.dispatch(neverOpen ? wentOffline(Date.now()) : disconnected(Date.now()));
    timers.after('offline', OFFLINE_AFTER_MS, () => store.dispatch(wentOffline(Date.now())));
    // socket.io-client gives up when the connection was ended or refused on purpose.
    if (!socket.active) {
      timers.after('reconnect', RECONNECT_AFTER_MS, () => socket.connect());
    }
  }
}
