import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../state/store';
import type { OwnRecords } from '../protocol/ownRecords';
import { PendingPunchStore } from '../protocol/pendingPunch';
import type { Role } from '../protocol/messages';
import { signedIn } from '../state/sessionSlice';
import { FakeSocket } from '../testing/fakeSocket';
import { MemoryStorage } from '../testing/memoryStorage';
import { leave, person, row, snapshot } from '../testing/samples';
import { LiveClient } from './liveClient';
import { RestError } from './rest';

const nothing: OwnRecords = { seq: 0, sessions: [], leave: [], presence: row('e1') };

function start(role: Role, storage = new MemoryStorage()) {
  const store = createStore();
  const who = person(role);
  store.dispatch(signedIn(who));
  const socket = new FakeSocket();
  const fetchOwnRecords = vi.fn(async () => nothing);
  const client = new LiveClient({
    store,
    person: who,
    open: () => socket,
    pending: new PendingPunchStore(storage),
    fetchOwnRecords,
  });
  return { store, socket, client, fetchOwnRecords, storage };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a punch', () => {
  it('is confirmed by its answer', async () => {
    const { store, socket, client, storage } = start('EMPLOYEE');
    socket.open();
    client.punch('punch_in');
    const sent = socket.of('punch_in')[0]!;
    expect(sent.payload).toEqual({
      employeeId: 'e1',
      timestamp: '2026-11-22T09:00:00.000Z',
      commandId: expect.any(String),
    });
    sent.answer({ ok: true, id: 'ws-1-e1', timestamp: sent.payload.timestamp, commandId: sent.payload.commandId });
    await settled();
    expect(store.getState().me).toMatchObject({ pendingPunch: null, confirmation: { event: 'punch_in' } });
    expect(storage.length).toBe(0);
  });

  it('of this window, of another device, and a correction all change the session that is shown', async () => {
    const { store, socket } = start('EMPLOYEE');
    socket.open();
    await settled();
    const session = { id: 'ws-1-e1', employeeId: 'e1', punchInTime: '2026-11-22T08:00:00Z' };
    socket.receive('work_session_updated', session);
    expect(store.getState().me.sessions).toMatchObject([{ id: 'ws-1-e1', punchOutTime: null }]);
    socket.receive('attendance_update', { ...session, punchInTime: '2026-11-22T07:30:00Z' });
    expect(store.getState().me.sessions).toMatchObject([{ punchInTime: '2026-11-22T07:30:00Z' }]);
  });

  it('whose answer was lost is sent again after the reconnect, with the same commandId', async () => {
    const { store, socket, client } = start('EMPLOYEE');
    socket.open();
    client.punch('punch_in', { lat: 40.4, lng: -3.7, accuracy: 12 });
    socket.lose();
    await settled();
    expect(store.getState().me.pendingPunch).not.toBeNull();
    socket.open();
    await settled();
    const [first, second, ...more] = socket.of('punch_in');
    expect(second!.payload).toEqual(first!.payload);
    expect(more).toEqual([]);
  });

  it('is sent again by the next window life, with the same commandId', async () => {
    const before = start('EMPLOYEE');
    before.socket.open();
    before.client.punch('punch_out');
    before.client.stop();
    const after = start('EMPLOYEE', before.storage);
    after.socket.open();
    await settled();
    expect(after.socket.of('punch_out').map(({ payload }) => payload)).toEqual([
      before.socket.of('punch_out')[0]!.payload,
    ]);
  });

  it('of unknown outcome is repeated on the same connection', async () => {
    const { socket, client } = start('EMPLOYEE');
    socket.open();
    client.punch('punch_in');
    socket.of('punch_in')[0]!.answer({ ok: false, error: { code: 'UNAVAILABLE' } });
    await vi.advanceTimersByTimeAsync(2000);
    const ids = socket.of('punch_in').map(({ payload }) => payload.commandId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that is refused is not repeated, and its state is read again', async () => {
    const { store, socket, client, fetchOwnRecords } = start('EMPLOYEE');
    socket.open();
    await settled();
    client.punch('punch_in');
    socket.of('punch_in')[0]!.answer({ ok: false, error: { code: 'ALREADY_PUNCHED_IN' } });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(socket.of('punch_in')).toHaveLength(1);
    expect(store.getState().me.refusal).toBe('You are already punched in.');
    expect(fetchOwnRecords).toHaveBeenCalledTimes(2);
  });

  it('made without a connection is kept, and sent as offline once there is one', async () => {
    const { store, socket, client, storage } = start('EMPLOYEE');
    socket.open();
    socket.lose();
    await settled();
    client.punch('punch_in');
    expect(socket.of('punch_in')).toEqual([]);
    expect(storage.length).toBe(1);
    expect(store.getState().me.pendingPunch).not.toBeNull();
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    socket.open();
    await settled();
    const sent = socket.of('punch_in')[0]!;
    expect(sent.payload).toEqual({
      employeeId: 'e1',
      timestamp: '2026-11-22T09:00:00.000Z',
      commandId: expect.any(String),
      offline: true,
    });
    sent.answer({ ok: true, id: 'ws-1-e1', timestamp: sent.payload.timestamp, commandId: sent.payload.commandId });
    await settled();
    expect(store.getState().me.sessions[0]?.punchInTime).toBe('2026-11-22T09:00:00.000Z');
    expect(storage.length).toBe(0);
  });

  it('sent as offline is repeated as offline, and one sent online is repeated online', async () => {
    const offline = start('EMPLOYEE');
    offline.client.punch('punch_in');
    for (let time = 0; time < 2; time += 1) {
      offline.socket.open();
      await settled();
      offline.socket.lose();
      await settled();
    }
    const [first, second] = offline.socket.of('punch_in').map(({ payload }) => payload);
    expect(first.offline).toBe(true);
    expect(second).toEqual(first);

    const online = start('EMPLOYEE');
    online.socket.open();
    online.client.punch('punch_in');
    online.socket.lose();
    await settled();
    online.socket.open();
    await settled();
    const [once, again] = online.socket.of('punch_in').map(({ payload }) => payload);
    expect(once).not.toHaveProperty('offline');
    expect(again).toEqual(once);
  });

  it('that a later one has overtaken says what to do about it', async () => {
    const { store, socket, client } = start('EMPLOYEE');
    client.punch('punch_in');
    socket.open();
    await settled();
    socket.of('punch_in')[0]!.answer({ ok: false, error: { code: 'OVERLAP' } });
    await settled();
    expect(store.getState().me.refusal).toBe(
      'A later punch of yours counts already. Ask HR to correct the times.',
    );
  });

  it('is not made twice while one is under way', () => {
    const { socket, client } = start('EMPLOYEE');
    socket.open();
    client.punch('punch_in');
    client.punch('punch_in');
    expect(socket.of('punch_in')).toHaveLength(1);
  });
});

describe('the board', () => {
  it('is not asked for again when the connection is recovered, but when it is not', async () => {
    const { socket } = start('MANAGER');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5));
    await settled();
    socket.lose();
    socket.open(true);
    await settled();
    expect(socket.of('request_live_dashboard')).toHaveLength(1);
    socket.lose();
    socket.open();
    await settled();
    expect(socket.of('request_live_dashboard')).toHaveLength(2);
  });

  it('is asked for again after a recovery that came before the first one', async () => {
    const { socket } = start('MANAGER');
    socket.open();
    await settled();
    socket.lose();
    socket.open(true);
    await settled();
    expect(socket.of('request_live_dashboard')).toHaveLength(2);
  });

  it('is asked for on every connect, and only by those who lead', async () => {
    const { socket } = start('MANAGER');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5));
    socket.lose();
    socket.open();
    await settled();
    expect(socket.of('request_live_dashboard')).toHaveLength(2);

    const employee = start('EMPLOYEE');
    employee.socket.open();
    await settled();
    expect(employee.socket.of('request_live_dashboard')).toEqual([]);
  });

  it('is not asked for again because numbers are missing', async () => {
    const { store, socket } = start('MANAGER');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5));
    socket.receive('dashboard_delta', { seq: 8 });
    socket.receive('dashboard_delta', { seq: 9 });
    await settled();
    expect(store.getState().board.last).toBe(9);
    expect(socket.of('request_live_dashboard')).toHaveLength(1);
  });

  it('is asked for when the server says that it must be', async () => {
    const { socket } = start('HR');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5));
    socket.receive('resync_required', { reason: 'too much was missed', epoch: 'one', seq: 9 });
    await settled();
    expect(socket.of('request_live_dashboard')).toHaveLength(2);
  });

  it('shows what came without the fields that have no value', () => {
    const { store, socket } = start('MANAGER');
    socket.open();
    const bare = { employeeId: 'e1', displayName: 'Ana', zoneId: 'Europe/Madrid', presence: 'OUT' };
    socket.receive('dashboard_snapshot', { ...snapshot(5), rows: [bare] });
    socket.receive('dashboard_delta', { seq: 6 });
    expect(store.getState().board).toMatchObject({
      last: 6,
      rows: { e1: { since: null, location: null, nextChangeAt: null } },
    });
  });

  it('is not asked for again and again when it is refused', async () => {
    const { socket } = start('AUDITOR');
    socket.open();
    socket.of('request_live_dashboard')[0]!.answer({ ok: false, error: { code: 'FORBIDDEN' } });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(socket.of('request_live_dashboard')).toHaveLength(1);
  });

  it('is asked for again when nobody answered', async () => {
    const { socket } = start('MANAGER');
    socket.open();
    socket.of('request_live_dashboard')[0]!.answer({ ok: false, error: { code: 'UNAVAILABLE' } });
    await vi.advanceTimersByTimeAsync(3000);
    expect(socket.of('request_live_dashboard')).toHaveLength(2);
  });

  it('is asked for when the clock alone changes a tile', async () => {
    const { socket } = start('MANAGER');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5, { rows: [row('e1', { nextChangeAt: '2026-11-22T10:00:00Z' })] }));
    await vi.advanceTimersByTimeAsync(59 * 60_000);
    expect(socket.of('request_live_dashboard')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(socket.of('request_live_dashboard')).toHaveLength(2);
  });
});

describe('own records', () => {
  it('show a request for leave as soon as the read models do', async () => {
    const { store, socket, client, fetchOwnRecords } = start('EMPLOYEE');
    socket.open();
    await settled();
    const form = { leaveType: 'vacation', startDate: '2026-12-01', endDate: '2026-12-02', reason: '' };
    void client.requestLeave(form, 'c1');
    socket.of('leave_request')[0]!.answer({ ok: true, id: 'lv-1-e1', status: 'PENDING', commandId: 'c1' });
    socket.receive('leave_request_updated', { id: 'lv-1-e1', employeeId: 'e1', status: 'pending', seq: 9 });
    await settled();
    expect(fetchOwnRecords).toHaveBeenCalledTimes(2);
    expect(store.getState().me.leave).toEqual([]);
    fetchOwnRecords.mockResolvedValue({ ...nothing, seq: 9, leave: [leave('lv-1-e1')] });
    await vi.advanceTimersByTimeAsync(60);
    expect(store.getState().me).toMatchObject({ stale: false, leave: [{ id: 'lv-1-e1' }] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fetchOwnRecords).toHaveBeenCalledTimes(3);
  });

  it('are read again where the feed goes on, less and less often while the read models are behind', async () => {
    const { socket, fetchOwnRecords } = start('EMPLOYEE');
    socket.open();
    socket.receive('feed_position', { epoch: 'one', seq: 20, resumed: false });
    await settled();
    expect(fetchOwnRecords).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetchOwnRecords).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetchOwnRecords.mock.calls.length).toBeLessThan(30);
  });

  it('that were read before the position was said are read again', async () => {
    const { socket, fetchOwnRecords } = start('EMPLOYEE');
    socket.open();
    await settled();
    fetchOwnRecords.mockResolvedValue({ ...nothing, seq: 20 });
    socket.receive('feed_position', { epoch: 'one', seq: 20, resumed: false });
    await settled();
    expect(fetchOwnRecords).toHaveBeenCalledTimes(2);
  });
});

describe('a decision about leave', () => {
  it('shows at once, and its repeat carries the same commandId', async () => {
    const { store, socket, client } = start('MANAGER');
    socket.open();
    socket.receive('dashboard_snapshot', snapshot(5, { pendingLeave: [leave('lv-1-e2')] }));
    void client.decideLeave('lv-1-e2', true, 'enjoy');
    expect(store.getState().decisions['lv-1-e2']).toMatchObject({ state: 'sending', approved: true });
    socket.of('leave_approve')[0]!.loseAnswer();
    await settled();
    expect(store.getState().decisions['lv-1-e2']).toMatchObject({ state: 'failed' });
    void client.decideLeave('lv-1-e2', true, 'enjoy');
    const [first, second] = socket.of('leave_approve').map(({ payload }) => payload);
    expect(first).toEqual({ id: 'lv-1-e2', approved: true, comment: 'enjoy', commandId: expect.any(String) });
    expect(second).toEqual(first);
    socket.receive('dashboard_delta', { seq: 6, pendingLeave: { remove: ['lv-1-e2'] } });
    expect(store.getState().decisions).toEqual({});
  });

  it('that is refused says why', async () => {
    const { store, socket, client } = start('MANAGER');
    socket.open();
    void client.decideLeave('lv-1-e2', false, '');
    socket.of('leave_approve')[0]!.answer({ ok: false, error: { code: 'SELF_APPROVAL' } });
    await settled();
    expect(store.getState().decisions['lv-1-e2']?.message).toBe('Nobody decides about their own leave.');
  });
});

describe('the connection', () => {
  it('says since when it is lost', () => {
    const { store, socket } = start('EMPLOYEE');
    socket.open();
    expect(store.getState().connection.phase).toBe('live');
    socket.lose();
    vi.advanceTimersByTime(5000);
    socket.receive('connect_error', new Error('xhr poll error'));
    expect(store.getState().connection).toMatchObject({ phase: 'lost', lostAt: Date.parse('2026-11-22T09:00:00Z') });
  });

  it('is opened again by hand when the server itself ended it', () => {
    const { socket } = start('EMPLOYEE');
    socket.open();
    socket.active = false;
    socket.lose();
    vi.advanceTimersByTime(3000);
    expect(socket.connects).toBe(1);
  });

  it('ends the session when the token is refused', () => {
    for (const code of ['TOKEN_EXPIRED', 'UNAUTHENTICATED']) {
      const { store, socket } = start('EMPLOYEE');
      socket.receive('connect_error', Object.assign(new Error('Any words'), { data: { code } }));
      expect(store.getState().session).toMatchObject({ person: null, notice: expect.stringContaining('Sign in again') });
    }
  });

  it('goes on after a refusal that says nothing of the token, whatever its words', () => {
    const { store, socket } = start('EMPLOYEE');
    socket.receive('connect_error', Object.assign(new Error('Invalid token'), { data: { code: 'UNAVAILABLE' } }));
    expect(store.getState().session.person).not.toBeNull();
  });

  it('ends the session when a reading is refused for the token', async () => {
    const { store, socket, fetchOwnRecords } = start('EMPLOYEE');
    fetchOwnRecords.mockRejectedValue(new RestError(401, { code: 'UNAUTHENTICATED' }));
    socket.open();
    await settled();
    expect(store.getState().session.person).toBeNull();
  });

  it('tells nothing any more once it is stopped', () => {
    const { store, socket, client } = start('MANAGER');
    socket.open();
    client.stop();
    socket.receive('dashboard_snapshot', snapshot(5));
    expect(store.getState().board.epoch).toBeNull();
    expect(socket.closed).toBe(true);
  });
});
