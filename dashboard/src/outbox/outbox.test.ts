import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pressTime } from '../protocol/outboxEntry';
import { selectOwnPresence } from '../state/ownPresence';
import { clockRead } from '../state/connectionSlice';
import { newBrowser, settled, start } from '../testing/startedClient';

const NINE = '2026-11-22T09:00:00.000Z';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NINE) });
});

afterEach(() => {
  vi.useRealTimers();
});

const receipt = ({ payload }: { payload: any }, id = 'ws-1-e1', seq = 7) => ({
  ok: true,
  id,
  seq,
  timestamp: payload.timestamp,
  countedAt: payload.timestamp,
  commandId: payload.commandId,
});

const states = ({ store }: ReturnType<typeof start>) => store.getState().outbox.entries.map(({ state }) => state);

describe('a punch', () => {
  it('is kept with its receipt once it is answered', async () => {
    const window = start('EMPLOYEE');
    window.socket.open();
    void window.client.outbox.punch('punch_in');
    await settled();
    const sent = window.socket.of('punch_in')[0]!;
    expect(sent.payload).toEqual({ employeeId: 'e1', timestamp: NINE, commandId: expect.any(String) });
    expect(states(window)).toEqual(['sent']);
    sent.answer(receipt(sent));
    await settled();
    expect(window.store.getState().outbox.entries).toMatchObject([{ state: 'stored', receipt: { countedAt: NINE } }]);
    expect(selectOwnPresence(window.store.getState())).toBe('IN');
  });

  it('pressed twice is one, in this window and in another', async () => {
    const one = start('EMPLOYEE');
    const two = start('EMPLOYEE', one.browser);
    one.socket.open();
    two.socket.open();
    void one.client.outbox.punch('punch_in');
    void one.client.outbox.punch('punch_out');
    void two.client.outbox.punch('punch_in');
    await vi.advanceTimersByTimeAsync(1_999);
    void two.client.outbox.punch('punch_out');
    await settled();
    expect(states(one)).toEqual(['sent']);
    expect(states(two)).toEqual(['sent']);
  });

  it('may follow another after two seconds', async () => {
    const window = start('EMPLOYEE');
    void window.client.outbox.punch('punch_in');
    await vi.advanceTimersByTimeAsync(2_000);
    void window.client.outbox.punch('punch_out');
    await settled();
    expect(states(window)).toEqual(['waiting', 'waiting']);
  });

  it('without an answer within four seconds is sent again as offline, under the same commandId', async () => {
    const window = start('EMPLOYEE');
    window.socket.open();
    void window.client.outbox.punch('punch_in', { lat: 40.4, lng: -3.7 });
    await vi.advanceTimersByTimeAsync(6_000);
    const [first, second] = window.socket.of('punch_in').map(({ payload }) => payload);
    expect(first).not.toHaveProperty('offline');
    expect(second).toEqual({ ...first, offline: true });
  });

  it('is not sent into a silence: it is sent as offline once the server is there', async () => {
    const window = start('EMPLOYEE');
    window.socket.open();
    window.socket.answersProbes = false;
    void window.client.outbox.punch('punch_in');
    await vi.advanceTimersByTimeAsync(2_600);
    expect(window.socket.of('punch_in')).toEqual([]);
    expect(window.store.getState().connection.phase).toBe('offline');
    window.socket.answersProbes = true;
    window.socket.open();
    await settled();
    expect(window.socket.of('punch_in').map(({ payload }) => payload)).toMatchObject([{ timestamp: NINE, offline: true }]);
  });

  it('of unknown outcome is repeated on the same connection', async () => {
    const { socket, client } = start('EMPLOYEE');
    socket.open();
    void client.outbox.punch('punch_in');
    await settled();
    socket.of('punch_in')[0]!.answer({ ok: false, error: { code: 'UNAVAILABLE' } });
    await vi.advanceTimersByTimeAsync(2_000);
    const ids = socket.of('punch_in').map(({ payload }) => payload.commandId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that is refused is not repeated, and is shown until it is dismissed', async () => {
    const window = start('EMPLOYEE');
    window.socket.open();
    void window.client.outbox.punch('punch_in');
    await settled();
    window.socket.of('punch_in')[0]!.answer({ ok: false, error: { code: 'ALREADY_PUNCHED_IN' } });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(window.socket.of('punch_in')).toHaveLength(1);
    expect(window.fetchOwnRecords).toHaveBeenCalledTimes(2);
    const again = start('EMPLOYEE', window.browser);
    await settled();
    expect(again.store.getState().outbox.entries).toMatchObject([{ refusal: { code: 'ALREADY_PUNCHED_IN' } }]);
    await again.client.outbox.dismiss(again.store.getState().outbox.entries[0]!.commandId);
    expect([states(again), states(window)]).toEqual([[], []]);
  });

  it('has the time of the server where this device has another', async () => {
    const { store, socket, client } = start('EMPLOYEE');
    socket.open();
    socket.receive('feed_position', { epoch: 'one', seq: 1, serverTime: '2026-11-22T08:50:00.000Z' });
    void client.outbox.punch('punch_in');
    await settled();
    expect(socket.of('punch_in')[0]!.payload.timestamp).toBe('2026-11-22T08:50:00.000Z');
    store.dispatch(clockRead(0));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(socket.of('punch_in')[1]!.payload.timestamp).toBe('2026-11-22T08:50:00.000Z');
  });

  it('that was pressed before the time of the server was known has it when it is sent', async () => {
    const { store, socket, client } = start('EMPLOYEE');
    void client.outbox.punch('punch_in');
    await settled();
    expect(pressTime(store.getState().outbox.entries[0]!)).toBe(NINE);
    store.dispatch(clockRead(60_000));
    socket.open();
    await settled();
    expect(socket.of('punch_in')[0]!.payload.timestamp).toBe('2026-11-22T09:01:00.000Z');
  });
});

describe('the outbox', () => {
  it('sends what was asked without a connection in its order, each after the answer to the one before', async () => {
    const { socket, client } = start('EMPLOYEE');
    void client.outbox.punch('punch_in');
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    void client.outbox.punch('punch_out');
    await settled();
    expect(socket.sent).toEqual([]);
    socket.open();
    await settled();
    expect(socket.of('punch_out')).toEqual([]);
    const into = socket.of('punch_in')[0]!;
    expect(into.payload).toMatchObject({ timestamp: NINE, offline: true });
    into.answer(receipt(into));
    await settled();
    expect(socket.of('punch_out')[0]!.payload).toMatchObject({ timestamp: '2026-11-22T12:00:00.000Z', offline: true });
  });

  it('outlives its window, with the same commandIds', async () => {
    const before = start('EMPLOYEE');
    before.socket.open();
    void before.client.outbox.punch('punch_out');
    await settled();
    before.client.stop();
    const after = start('EMPLOYEE', before.browser);
    after.socket.open();
    await vi.advanceTimersByTimeAsync(6_000);
    const first = before.socket.of('punch_out')[0]!.payload;
    expect(after.socket.of('punch_out')[0]!.payload).toMatchObject({
      commandId: first.commandId,
      timestamp: first.timestamp,
    });
  });

  it('of somebody else is neither seen nor sent', async () => {
    const mine = start('EMPLOYEE');
    void mine.client.outbox.punch('punch_in');
    await settled();
    mine.client.stop();
    const other = start('EMPLOYEE', mine.browser, 'e2');
    other.socket.open();
    await settled();
    expect(states(other)).toEqual([]);
    expect(other.socket.of('punch_in')).toEqual([]);
    other.client.stop();
    const back = start('EMPLOYEE', mine.browser);
    back.socket.open();
    await settled();
    expect(back.socket.of('punch_in')).toHaveLength(1);
  });

  it('is sent by one window at a time', async () => {
    const one = start('EMPLOYEE');
    const two = start('EMPLOYEE', one.browser);
    void one.client.outbox.punch('punch_in');
    await settled();
    one.socket.open();
    two.socket.open();
    await settled();
    const sent = [...one.socket.of('punch_in'), ...two.socket.of('punch_in')];
    expect(sent).toHaveLength(1);
    sent[0]!.answer(receipt(sent[0]!));
    await settled();
    expect([...one.socket.of('punch_in'), ...two.socket.of('punch_in')]).toHaveLength(1);
    expect([states(one), states(two)]).toEqual([['stored'], ['stored']]);
  });

  it('says so when the browser cannot keep anything', async () => {
    const window = start('EMPLOYEE');
    window.socket.open();
    vi.spyOn(window.browser.entries, 'add').mockRejectedValue(new Error('QuotaExceededError'));
    void window.client.outbox.punch('punch_in');
    await settled();
    expect(window.store.getState().outbox.failed).toBe(true);
    expect(window.socket.of('punch_in')).toEqual([]);
  });

  it('shows what was stored for an hour', async () => {
    const window = start('EMPLOYEE', newBrowser());
    window.socket.open();
    void window.client.outbox.punch('punch_in');
    await settled();
    const sent = window.socket.of('punch_in')[0]!;
    sent.answer(receipt(sent));
    await vi.advanceTimersByTimeAsync(3_600_001);
    const later = start('EMPLOYEE', window.browser);
    await settled();
    expect(states(later)).toEqual([]);
  });
});

describe('a decision about leave', () => {
  const approval = { event: 'leave_approve' as const, payload: { id: 'lv-1-e2', approved: true } };

  it('is sent when it is due', async () => {
    const { socket, client } = start('MANAGER');
    socket.open();
    void client.outbox.put(approval, 5_000);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(socket.of('leave_approve')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.of('leave_approve').map(({ payload }) => payload)).toEqual([
      { id: 'lv-1-e2', approved: true, commandId: expect.any(String) },
    ]);
  });

  it('can be taken back until then, and holds up nothing', async () => {
    const window = start('MANAGER');
    window.socket.open();
    void window.client.outbox.put(approval, 5_000);
    void window.client.outbox.punch('punch_in');
    await settled();
    expect(window.socket.of('punch_in')).toHaveLength(1);
    await window.client.outbox.takeBack(window.store.getState().outbox.entries[0]!.commandId);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(window.socket.of('leave_approve')).toEqual([]);
  });

  it('takes the place of one that was refused', async () => {
    const window = start('MANAGER');
    window.socket.open();
    void window.client.outbox.put(approval);
    await settled();
    window.socket.of('leave_approve')[0]!.answer({ ok: false, error: { code: 'ILLEGAL_TRANSITION' } });
    await settled();
    expect(states(window)).toEqual(['refused']);
    void window.client.outbox.put(approval, 5_000);
    await settled();
    expect(states(window)).toEqual(['waiting']);
  });

  it('cannot be taken back once it was sent', async () => {
    const window = start('MANAGER');
    window.socket.open();
    void window.client.outbox.put(approval);
    await settled();
    await window.client.outbox.takeBack(window.store.getState().outbox.entries[0]!.commandId);
    expect(states(window)).toEqual(['sent']);
  });
});
