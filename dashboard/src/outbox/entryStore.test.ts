import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '../protocol/outboxEntry';
import { entry } from '../testing/samples';
import { EntryDatabase } from './entryDatabase';
import { EntryMemory } from './entryMemory';
import type { EntryStore } from './entryStore';

const always = () => true;

function newEntry(owner: string, more: Partial<NewEntry> = {}): NewEntry {
  const { position: _, ...rest } = entry({ event: 'punch_in', payload: { employeeId: 'e1' } });
  return { ...rest, owner, ...more } as NewEntry;
}

describe.each([
  ['the database', () => new EntryDatabase()],
  ['the memory', () => new EntryMemory()],
] as [string, () => EntryStore][])('in %s', (_, open) => {
  let store: EntryStore;

  beforeEach(async () => {
    store = open();
    for (const { position } of [...(await store.read('a')), ...(await store.read('b'))]) {
      await store.change(position, () => null);
    }
  });

  it('entries are read by their owner only, in their order', async () => {
    await store.add(newEntry('a', { commandId: '1' }), always);
    await store.add(newEntry('b', { commandId: '2' }), always);
    await store.add(newEntry('a', { commandId: '3' }), always);
    expect((await store.read('a')).map(({ commandId }) => commandId)).toEqual(['1', '3']);
    expect((await store.read('b')).map(({ commandId }) => commandId)).toEqual(['2']);
  });

  it('an entry is added only where what is kept allows it', async () => {
    const alone = (kept: readonly unknown[]) => kept.length === 0;
    const taken = await Promise.all([store.add(newEntry('a'), alone), store.add(newEntry('a'), alone)]);
    expect(taken).toEqual([true, false]);
    expect(await store.add(newEntry('b'), alone)).toBe(true);
    expect(await store.read('a')).toHaveLength(1);
  });

  it('an entry is changed, left as it is, or removed', async () => {
    await store.add(newEntry('a'), always);
    const { position } = (await store.read('a'))[0]!;
    await store.change(position, (kept) => ({ ...kept, state: 'sent' }));
    await store.change(position, () => undefined);
    expect(await store.read('a')).toMatchObject([{ position, state: 'sent' }]);
    await store.change(position, () => null);
    await store.change(position, (kept) => kept);
    expect(await store.read('a')).toEqual([]);
  });

  it('what was stored long ago goes, and nothing else', async () => {
    await store.add(newEntry('a', { commandId: '1', state: 'stored', answeredAt: 10 }), always);
    await store.add(newEntry('b', { commandId: '2', state: 'stored', answeredAt: 20 }), always);
    await store.add(newEntry('b', { commandId: '3', state: 'refused', answeredAt: 10 }), always);
    await store.add(newEntry('b', { commandId: '4' }), always);
    await store.removeStoredBefore(20);
    expect(await store.read('a')).toEqual([]);
    expect((await store.read('b')).map(({ commandId }) => commandId)).toEqual(['2', '3', '4']);
  });
});
