import { describe, expect, it } from 'vitest';
import { inWords, outcomeOf } from './answers';
import { newCommandId } from './commandId';
import { isKnown } from './numbers';
import { PendingPunchStore, type PendingPunch } from './pendingPunch';
import { MemoryStorage } from '../testing/memoryStorage';

describe('the numbers rule', () => {
  it.each([
    [0, { seq: 1 }, false],
    [7, { seq: 8 }, false],
    [7, { seq: 12 }, false],
    [7, { seq: 7 }, true],
    [7, { seq: 3 }, true],
    [7, {}, false],
  ])('after %i, %o is known: %s', (last, entry, known) => {
    expect(isKnown(last, entry)).toBe(known);
  });
});

describe('the pending punch', () => {
  const punch: PendingPunch = {
    event: 'punch_in',
    payload: { employeeId: 'e1', timestamp: '2026-11-22T08:00:00Z', commandId: 'c1' },
  };

  it('is the same after a reload of the window', () => {
    const storage = new MemoryStorage();
    new PendingPunchStore(storage).keep(punch);
    expect(new PendingPunchStore(storage).load('e1')).toEqual(punch);
  });

  it('of somebody else is dropped, never sent', () => {
    const storage = new MemoryStorage();
    const store = new PendingPunchStore(storage);
    store.keep(punch);
    expect(store.load('e2')).toBeNull();
    expect(store.load('e1')).toBeNull();
  });

  it('is gone once it is answered', () => {
    const store = new PendingPunchStore(new MemoryStorage());
    store.keep(punch);
    store.clear();
    expect(store.load('e1')).toBeNull();
  });

  it.each(['{', '{}', '{"event":"delete_all","payload":{"commandId":"c"}}'])(
    'that cannot be read is none: %s',
    (text) => {
      const storage = new MemoryStorage();
      storage.setItem('pendingPunch', text);
      expect(new PendingPunchStore(storage).load('e1')).toBeNull();
    },
  );
});

describe('a command id', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it('is a random UUID', () => {
    expect(newCommandId()).toMatch(UUID);
    expect(newCommandId()).not.toBe(newCommandId());
  });

  it('is one in a context without randomUUID too', () => {
    const insecure = { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xff) } as unknown as Crypto;
    expect(newCommandId(insecure)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });
});

describe('an answer', () => {
  it('that is ok is done', () => {
    expect(outcomeOf({ ok: true, id: 'ws-1' })).toEqual({ kind: 'done', value: { ok: true, id: 'ws-1' } });
  });

  it('with a refusal code is refused', () => {
    const refusal = { code: 'ALREADY_PUNCHED_IN', message: 'in since 08:00' };
    expect(outcomeOf({ ok: false, error: refusal })).toEqual({ kind: 'refused', refusal });
  });

  it.each(['UNAVAILABLE', 'RATE_LIMITED'])('%s is repeated, not refused', (code) => {
    expect(outcomeOf({ ok: false, error: { code } })).toEqual({ kind: 'unknown' });
  });

  it('that is missing leaves the outcome unknown', () => {
    expect(outcomeOf(undefined)).toEqual({ kind: 'unknown' });
  });

  it('refused for its shape keeps the words of the server', () => {
    expect(inWords({ code: 'INVALID', message: 'endDate is before startDate' })).toBe('endDate is before startDate');
    expect(inWords({ code: 'INVALID' })).toBe('The server refused this.');
  });
});
