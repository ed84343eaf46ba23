import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, NewEntry } from '../protocol/outboxEntry';
import { EntryMemory } from './entryMemory';
import type { EntryStore } from './entryStore';

interface Schema extends DBSchema {
  entries: { key: number; value: Entry; indexes: { owner: string } };
}

const NAME = 'attendance-outbox';
/** What the person was told is kept must outlive a crash of the machine. */
const DURABLE = { durability: 'strict' } as const;

/** In this browser's IndexedDB: it outlives the window, the sign-in and the browser. */
export class EntryDatabase implements EntryStore {
  private readonly database: Promise<IDBPDatabase<Schema>> = openDB<Schema>(NAME, 1, {
    upgrade(database) {
      const entries = database.createObjectStore('entries', { keyPath: 'position', autoIncrement: true });
      entries.createIndex('owner', 'owner');
    },
  });

  async read(owner: string): Promise<Entry[]> {
    return (await this.database).getAllFromIndex('entries', 'owner', owner);
  }

  async add(entry: NewEntry, allowed: (kept: readonly Entry[]) => boolean): Promise<boolean> {
    const transaction = (await this.database).transaction('entries', 'readwrite', DURABLE);
    const kept = await transaction.store.index('owner').getAll(entry.owner);
    const taken = allowed(kept);
    if (taken) {
      // The key is the database's to give, so the value has none yet.
      await transaction.store.add(entry as Entry);
    }
    await transaction.done;
    return taken;
  }

  async change(position: number, next: (entry: Entry) => Entry | null | undefined): Promise<void> {
    const transaction = (await this.database).transaction('entries', 'readwrite', DURABLE);
    const entry = await transaction.store.get(position);
    const changed = entry === undefined ? undefined : next(entry);
    if (changed === null) {
      await transaction.store.delete(position);
    } else if (changed !== undefined) {
      await transaction.store.put(changed);
    }
    await transaction.done;
  }

  async removeStoredBefore(instant: number): Promise<void> {
    const transaction = (await this.database).transaction('entries', 'readwrite');
    for await (const cursor of transaction.store) {
      const { state, answeredAt } = cursor.value;
      if (state === 'stored' && answeredAt !== null && answeredAt < instant) {
        await cursor.delete();
      }
    }
    await transaction.done;
  }
}

export function openEntryStore(): EntryStore {
  return globalThis.indexedDB === undefined ? new EntryMemory() : new EntryDatabase();
}
