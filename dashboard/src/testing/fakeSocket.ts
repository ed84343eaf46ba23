import type { LiveSocket } from '../connection/liveSocket';

interface Sent {
  event: string;
  payload: any;
  answer: (result: unknown) => void;
  loseAnswer: () => void;
}

/** Stands at the end of the wire: a test says what the server does. */
export class FakeSocket implements LiveSocket {
  connected = false;
  active = true;
  recovered = false;
  closed = false;
  connects = 0;
  /** False: the network has died without a word. */
  answersProbes = true;
  readonly sent: Sent[] = [];
  private readonly anyListeners: (() => void)[] = [];
  private readonly listeners = new Map<string, ((payload: any) => void)[]>();

  on(event: string, listener: (payload: any) => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  onAny(listener: () => void): void {
    this.anyListeners.push(listener);
  }

  connect(): void {
    this.connects += 1;
    this.active = true;
  }

  disconnect(): void {
    this.closed = true;
    this.active = false;
    if (this.connected) {
      this.lose();
    }
  }

  timeout(milliseconds: number) {
    return {
      emitWithAck: (event: string, payload: unknown) =>
        new Promise<unknown>((resolve, reject) => {
          if (event === 'server_time' && this.answersProbes) {
            resolve({ ok: true });
          }
          setTimeout(() => reject(new Error('operation has timed out')), milliseconds);
          this.sent.push({
            event,
            payload,
            answer: resolve,
            loseAnswer: () => reject(new Error('operation has timed out')),
          });
        }),
    };
  }

  receive(event: string, payload?: unknown): void {
    if (event !== 'connect' && event !== 'disconnect' && event !== 'connect_error') {
      this.anyListeners.forEach((listener) => listener());
    }
    this.listeners.get(event)?.forEach((listener) => listener(payload));
  }

  open(recovered = false): void {
    this.recovered = recovered;
    this.connected = true;
    this.active = true;
    this.receive('connect');
  }

  lose(): void {
    this.connected = false;
    this.receive('disconnect', 'transport close');
    this.sent.forEach(({ loseAnswer }) => loseAnswer());
  }

  of(event: string): Sent[] {
    return this.sent.filter((sent) => sent.event === event);
  }
}
