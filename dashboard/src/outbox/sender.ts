import { outcomeOf, type Outcome } from '../protocol/answers';
import type { Answer } from '../protocol/messages';
import { isPunch, isUnanswered, payloadOf, type Entry, type Receipt } from '../protocol/outboxEntry';
import type { EntryStore } from './entryStore';

/** A punch without an answer for so long is sent as one that was made offline, so that its own time counts. */
const PUNCH_ANSWER_MS = 4_000;
const ANSWER_MS = 8_000;

export interface SenderParts {
  owner: string;
  entries: EntryStore;
  /** False while nothing can be sent. */
  ready: () => boolean;
  /** Whether the server is there now, and not only as far as the browser knows. */
  reached: () => Promise<boolean>;
  clockOffset: () => number | null;
  /** @returns undefined when no answer came in time */
  send: (event: string, payload: object, answerWithin: number) => Promise<Answer<Receipt> | undefined>;
  changed: () => Promise<void>;
  answered: (entry: Entry) => void;
}

/** Sends the entries of one person one after the other, always with their first commandId. */
export class Sender {
  constructor(private readonly parts: SenderParts) {}

  /**
   * What is not answered is sent again at once.
   *
   * @returns false when the server cannot take one now: it and those behind it are to be sent a little later
   */
  async sendWhatIsDue(): Promise<boolean> {
    while (this.parts.ready()) {
      const kept = await this.parts.entries.read(this.parts.owner);
      const due = kept.filter((each) => isUnanswered(each) && each.dueAt <= Date.now());
      // Only punches have an order that counts, and nothing else may hold them up.
      const entry = due.find(isPunch) ?? due[0];
      if (entry === undefined) {
        return true;
      }
      const marked = await this.mark(entry);
      if (marked === null || !this.parts.ready()) {
        continue;
      }
      const answer = await this.send(marked);
      if (answer === undefined) {
        continue;
      }
      const outcome = outcomeOf(answer);
      if (outcome.kind === 'unknown') {
        return false;
      }
      await this.settle(marked, outcome);
    }
    return true;
  }

  /** @returns the entry as it is sent now; null when it was taken back meanwhile */
  private async mark(entry: Entry): Promise<Entry | null> {
    const late = isPunch(entry) && !entry.offline && !(await this.isInTime(entry));
    let marked: Entry | null = null;
    await this.parts.entries.change(entry.position, (kept) => {
      marked = {
        ...kept,
        state: 'sent',
        offline: kept.offline || late,
        clockOffset: kept.clockOffset ?? this.parts.clockOffset() ?? 0,
      };
      return marked;
    });
    await this.parts.changed();
    return marked;
  }

  private async isInTime(entry: Entry): Promise<boolean> {
    return Date.now() - entry.pressedAt < PUNCH_ANSWER_MS && (await this.parts.reached());
  }

  private send(entry: Entry): Promise<Answer<Receipt> | undefined> {
    return this.parts.send(entry.event, payloadOf(entry), isPunch(entry) ? PUNCH_ANSWER_MS : ANSWER_MS);
  }

  private async settle(entry: Entry, outcome: Exclude<Outcome<Receipt>, { kind: 'unknown' }>): Promise<void> {
    const answeredAt = Date.now();
    const settled: Entry =
      outcome.kind === 'done'
        ? { ...entry, answeredAt, state: 'stored', receipt: outcome.value }
        : { ...entry, answeredAt, state: 'refused', refusal: outcome.refusal };
    await this.parts.entries.change(entry.position, () => settled);
    // First what it means, so that nobody sees the state before it for a moment.
    this.parts.answered(settled);
    await this.parts.changed();
  }
}
