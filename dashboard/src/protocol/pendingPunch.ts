import type { Location } from './messages';

export type PunchEvent = 'punch_in' | 'punch_out';

/** A punch whose outcome is not known yet: it is repeated as it is until somebody answers. */
export interface PendingPunch {
  event: PunchEvent;
  payload: {
    employeeId: string;
    timestamp: string;
    commandId: string;
    location?: Location;
    /** Made without a connection: its timestamp counts. Part of what is repeated, like the rest. */
    offline?: true;
  };
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'pendingPunch';

/** Survives a reload of the window, so that the repeat keeps its commandId. */
export class PendingPunchStore {
  constructor(private readonly storage: Storage) {}

  keep(punch: PendingPunch): void {
    this.storage.setItem(KEY, JSON.stringify(punch));
  }

  /** The punch this person waits for; somebody else's is dropped, never sent. */
  load(employeeId: string): PendingPunch | null {
    const text = this.storage.getItem(KEY);
    if (text === null) {
      return null;
    }
    const punch = parse(text);
    if (punch === null || punch.payload.employeeId !== employeeId) {
      this.clear();
      return null;
    }
    return punch;
  }

  clear(): void {
    this.storage.removeItem(KEY);
  }
}

function parse(text: string): PendingPunch | null {
  try {
    const punch = JSON.parse(text) as PendingPunch;
    const known = punch.event === 'punch_in' || punch.event === 'punch_out';
    return known && typeof punch.payload?.commandId === 'string' ? punch : null;
  } catch {
    return null;
  }
}
