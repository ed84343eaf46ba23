import type { Entry, NewEntry } from '../protocol/outboxEntry';

/** Where entries are kept. Each call is one transaction, also towards other windows. */
export interface EntryStore {
  /** In the order of sending. */
  read(owner: string): Promise<Entry[]>;
  /**
   * @param allowed judged by what its owner keeps already
   * @returns whether it was added
   */
  add(entry: NewEntry, allowed: (kept: readonly Entry[]) => boolean): Promise<boolean>;
  /** @param next the entry as it shall be, null to remove it; undefined leaves it as it is */
  change(position: number, next: (entry: Entry) => Entry | null | undefined): Promise<void>;
  /** Removes what was stored before that instant, whoever's it is. */
  removeStoredBefore(instant: number): Promise<void>;
}
