import type { Entry, NewEntry } from '../protocol/outboxEntry';
import type { EntryStore } from './entryStore';

/** For browsers that give no database, as in some private windows: it lives as long as the window. */
export class EntryMemory implements EntryStore {
  private entries: Entry[] = [];
  private last = 0;

  async read(owner: string): Promise<Entry[]> {
    return this.entries.filter((entry) => entry.owner === owner);
  }

  async add(entry: NewEntry, allowed: (kept: readonly Entry[]) => boolean): Promise<boolean> {
    const taken = allowed(this.entries.filter(({ owner }) => owner === entry.owner));
    if (taken) {
      this.last += 1;
      this.entries.push({ ...entry, position: this.last });
    }
    return taken;
  }

  async change(position: number, next: (entry: Entry) => Entry | null | undefined): Promise<void> {
    this.entries = this.entries.flatMap((entry) => {
      const changed = entry.position === position ? next(entry) : entry;
      return changed === null ? [] : [changed ?? entry];
    });
  }

  async removeStoredBefore(instant: number): Promise<void> {
    this.entries = this.entries.filter(
      ({ state, answeredAt }) => state !== 'stored' || answeredAt === null || answeredAt >= instant,
    );
  }
}
