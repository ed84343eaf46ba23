import { describe, expect, it } from 'vitest';
import { inWords, outcomeOf } from './answers';
import { newCommandId } from './commandId';
import { isKnown } from './numbers';
import { ownerOf, payloadOf, type Entry } from './outboxEntry';

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

describe('what travels', () => {
  const entry: Entry = {
    position: 1,
    owner: ownerOf({ companyId: 'c1', employeeId: 'e1' }),
    commandId: 'c1',
    pressedAt: Date.parse('2026-11-22T08:00:00Z'),
    dueAt: Date.parse('2026-11-22T08:00:00Z'),
    answeredAt: null,
    clockOffset: null,
    state: 'waiting',
    offline: false,
    receipt: null,
    refusal: null,
    event: 'punch_in',
    payload: { employeeId: 'e1' },
  };

  it('of a punch has the time of its press, by the clock of the server', () => {
    expect(payloadOf(entry)).toEqual({ employeeId: 'e1', timestamp: '2026-11-22T08:00:00.000Z', commandId: 'c1' });
    expect(payloadOf({ ...entry, clockOffset: -600_000, offline: true })).toEqual({
      employeeId: 'e1',
      timestamp: '2026-11-22T07:50:00.000Z',
      commandId: 'c1',
      offline: true,
    });
  });

  it('of anything else is what was asked, with its commandId', () => {
    const withdrawal: Entry = { ...entry, event: 'leave_withdraw', payload: { id: 'lv-1' }, offline: true };
    expect(payloadOf(withdrawal)).toEqual({ id: 'lv-1', commandId: 'c1' });
  });
});

describe('owners', () => {
  it('are told apart whatever their ids look like', () => {
    expect(ownerOf({ companyId: 'a b', employeeId: 'c' })).not.toBe(ownerOf({ companyId: 'a', employeeId: 'b c' }));
  });
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
