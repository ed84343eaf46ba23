import { newCommandId } from '../protocol/commandId';
import type { Location } from '../protocol/messages';
import { isClosed } from '../protocol/punchPause';
import { isPunch, isUnanswered, type Command, type Entry, type PunchEvent } from '../protocol/outboxEntry';
import { keepingEnded, outboxRead, punchPressed } from '../state/outboxSlice';
import type { AppStore } from '../state/store';
import type { Timers } from '../time/timers';
import type { EntryStore } from './entryStore';
import type { OtherWindows } from './otherWindows';
import { Sender, type SenderParts } from './sender';

const REPEAT_AFTER_MS = 2_000;
const STORED_SHOWN_MS = 3_600_000;

export interface OutboxParts extends Pick<SenderParts, 'reached' | 'send' | 'answered'> {
  store: AppStore;
  owner: string;
  employeeId: string;
  entries: EntryStore;
  windows: OtherWindows;
  timers: Timers;
  connected: () => boolean;
}

/** Keeps what a person asks for until the server has answered it. */
export class Outbox {
  private stopped = false;
  private flushing = false;
  private flushAgain = false;
  private readonly sender: Sender;

  constructor(private readonly parts: OutboxParts) {
    this.sender = new Sender({
      owner: parts.owner,
      entries: parts.entries,
      ready: () => this.ready(),
      reached: parts.reached,
      clockOffset: () => parts.store.getState().connection.clockOffset,
      send: parts.send,
      changed: () => this.changed(),
      answered: (entry) => !this.stopped && parts.answered(entry),
    });
    parts.windows.onAnnounced(() => void this.refresh().then(() => this.flush()));
  }

  async start(): Promise<void> {
    try {
      await this.parts.entries.removeStoredBefore(Date.now() - STORED_SHOWN_MS);
      await this.refresh();
    } catch {
      this.parts.store.dispatch(keepingEnded({ failed: true }));
      return;
    }
    await this.flush();
  }

  stop(): void {
    this.stopped = true;
    this.parts.windows.close();
  }

  /**
   * Does nothing within two seconds of the last punch: one press is one punch.
   *
   * @param pressedAt in milliseconds of this device's clock
   */
  async punch(event: PunchEvent, location?: Location, pressedAt: number = Date.now()): Promise<void> {
    const { store, employeeId } = this.parts;
    if (isClosed(pressedAt, store.getState().outbox.pressed?.at)) {
      return;
    }
    store.dispatch(punchPressed({ at: pressedAt, event }));
    const payload = { employeeId, ...(location !== undefined && { location }) };
    await this.add({ event, payload }, pressedAt, 0, (kept) =>
      kept.every((entry) => !isPunch(entry) || !isClosed(pressedAt, entry.pressedAt)),
    );
  }

  /**
   * Takes the place of what was refused about the same leave request.
   *
   * @param dueIn until then it can be taken back, in milliseconds
   */
  async put(command: Command, dueIn = 0): Promise<void> {
    const refused = this.parts.store
      .getState()
      .outbox.entries.filter((entry) => entry.state === 'refused' && isAboutSame(entry, command));
    await Promise.all(refused.map(({ commandId }) => this.dismiss(commandId)));
    await this.add(command, Date.now(), dueIn, () => true);
  }

  /** Only what was never sent. */
  async takeBack(commandId: string): Promise<void> {
    await this.remove(commandId, ({ state }) => state === 'waiting');
  }

  /** The person has read what became of it. */
  async dismiss(commandId: string): Promise<void> {
    await this.remove(commandId, (entry) => !isUnanswered(entry));
  }

  /** Sends what is due, in its order, until one is not answered. */
  async flush(): Promise<void> {
    if (this.flushing) {
      this.flushAgain = true;
      return;
    }
    this.flushing = true;
    try {
      do {
        this.flushAgain = false;
        await this.flushOnce();
      } while (this.flushAgain);
    } finally {
      this.flushing = false;
    }
  }

  private async flushOnce(): Promise<void> {
    if (!this.ready()) {
      return;
    }
    await this.parts.windows.alone(async () => {
      if (!(await this.sender.sendWhatIsDue()) && !this.stopped) {
        this.parts.timers.after('outbox repeat', REPEAT_AFTER_MS, () => void this.flush());
      }
    });
  }

  private async add(
    command: Command,
    pressedAt: number,
    dueIn: number,
    allowed: (kept: readonly Entry[]) => boolean,
  ): Promise<void> {
    const { store, owner, entries, connected } = this.parts;
    const entry = {
      ...command,
      owner,
      commandId: newCommandId(),
      pressedAt,
      dueAt: pressedAt + dueIn,
      answeredAt: null,
      clockOffset: store.getState().connection.clockOffset,
      state: 'waiting' as const,
      offline: !connected(),
      receipt: null,
      refusal: null,
    };
    try {
      await entries.add(entry, allowed);
      store.dispatch(keepingEnded({ failed: false }));
    } catch {
      store.dispatch(keepingEnded({ failed: true }));
      return;
    }
    await this.changed();
    await this.flush();
  }

  private async remove(commandId: string, allowed: (entry: Entry) => boolean): Promise<void> {
    const kept = await this.parts.entries.read(this.parts.owner);
    const entry = kept.find((each) => each.commandId === commandId);
    if (entry !== undefined) {
      await this.parts.entries.change(entry.position, (now) => (allowed(now) ? null : undefined));
      await this.changed();
    }
  }

  private async changed(): Promise<void> {
    if (!this.stopped) {
      this.parts.windows.announce();
      await this.refresh();
    }
  }

  private async refresh(): Promise<void> {
    const kept = await this.parts.entries.read(this.parts.owner);
    if (!this.stopped) {
      this.parts.store.dispatch(outboxRead(kept));
      this.wakeWhenDue(kept);
    }
  }

  private wakeWhenDue(kept: readonly Entry[]): void {
    const later = kept.filter(({ state, dueAt }) => state === 'waiting' && dueAt > Date.now());
    if (later.length > 0) {
      const next = Math.min(...later.map(({ dueAt }) => dueAt));
      this.parts.timers.after('outbox due', next - Date.now(), () => void this.flush());
    }
  }

  private ready(): boolean {
    return !this.stopped && this.parts.connected();
  }
}

function isAboutSame(entry: Entry, command: Command): boolean {
  return (
    entry.event === command.event && 'id' in entry.payload && 'id' in command.payload && entry.payload.id === command.payload.id
  );
}
