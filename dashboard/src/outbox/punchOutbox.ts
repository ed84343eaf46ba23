import type { AppStore } from '../state/store';
import type { Timers } from '../time/timers';
import { punchInWords, type Outcome } from '../protocol/answers';
import { newCommandId } from '../protocol/commandId';
import type { Location, PunchConfirmed } from '../protocol/messages';
import type { PendingPunch, PendingPunchStore, PunchEvent } from '../protocol/pendingPunch';
import { punchConfirmed, punchPending, punchRefused } from '../state/meSlice';

const REPEAT_AFTER_MS = 2_000;

export interface PunchOutboxParts {
  store: AppStore;
  employeeId: string;
  pending: PendingPunchStore;
  timers: Timers;
  /** False while nothing can be sent. */
  connected: () => boolean;
  send: (event: PunchEvent, payload: PendingPunch['payload']) => Promise<Outcome<PunchConfirmed>>;
}

/** Holds the one punch under way and repeats it, always with its first commandId, until it is answered. */
export class PunchOutbox {
  private sending = false;

  constructor(private readonly parts: PunchOutboxParts) {
    const waiting = parts.pending.load(parts.employeeId);
    if (waiting !== null) {
      parts.store.dispatch(punchPending(waiting));
    }
  }

  /**
   * Does nothing while another punch is under way. What is put without a connection is sent later and counts at the
   * time that this device shows now.
   */
  put(event: PunchEvent, location?: Location): void {
    if (this.waiting() !== null) {
      return;
    }
    const punch: PendingPunch = {
      event,
      payload: {
        employeeId: this.parts.employeeId,
        timestamp: new Date().toISOString(),
        commandId: newCommandId(),
        ...(location !== undefined && { location }),
        // Decided once: what may be stored already is repeated as it was, or it would be another punch.
        ...(!this.parts.connected() && { offline: true as const }),
      },
    };
    this.parts.pending.keep(punch);
    this.parts.store.dispatch(punchPending(punch));
    void this.flush();
  }

  async flush(): Promise<void> {
    const punch = this.waiting();
    if (punch === null || this.sending || !this.parts.connected()) {
      return;
    }
    this.sending = true;
    const outcome = await this.parts.send(punch.event, punch.payload);
    this.sending = false;
    if (this.waiting() !== punch) {
      return;
    }
    if (outcome.kind === 'done') {
      this.confirm(punch, outcome.value);
    } else if (outcome.kind === 'refused') {
      this.parts.pending.clear();
      this.parts.store.dispatch(punchRefused(punchInWords(outcome.refusal)));
    } else if (this.parts.connected()) {
      this.parts.timers.after('punch', REPEAT_AFTER_MS, () => void this.flush());
    }
  }

  /** The confirmation as an event of its own, which may come without the answer. */
  heard(event: PunchEvent, answer: PunchConfirmed): void {
    const punch = this.waiting();
    if (punch !== null && punch.event === event && punch.payload.commandId === answer.commandId) {
      this.confirm(punch, answer);
    }
  }

  private confirm(punch: PendingPunch, answer: PunchConfirmed): void {
    this.parts.pending.clear();
    this.parts.store.dispatch(
      punchConfirmed({
        punch,
        sessionId: answer.id,
        timestamp: answer.timestamp ?? punch.payload.timestamp,
        confirmedAt: Date.now(),
        seq: answer.seq,
      }),
    );
  }

  private waiting(): PendingPunch | null {
    return this.parts.store.getState().me.pendingPunch;
  }
}
