import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leave, row, snapshot } from '../testing/samples';
import { nothing, settled, start } from '../testing/startedClient';
import { RestError } from './rest';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the own session', () => {
  it('is changed by this window, by another device, and by a correction', async () => {
    const { store, socket } = start('EMPLOYEE');
    socket.open();
    await settled();
    const session = { id: 'ws-1-e1', employeeId: 'e1', punchInTime: '2026-11-22T08:00:00Z' };
    socket.receive('work_session_updated', session);
    expect(store.getState().me.sessions).toMatchObject([{ id: 'ws-1-e1', punchOutTime: null }]);
    socket.receive('attendance_update', { ...session, punchInTime: '2026-11-22T07:30:00Z' });
    expect(store.getState().me.sessions).toMatchObject([{ punchInTime: '2026-11-22T07:30:00Z' }]);
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
    void client.outbox.put({ event: 'leave_request', payload: { employeeId: 'e1', ...form } });
    await settled();
    socket.of('leave_request')[0]!.answer({ ok: true, id: 'lv-1-e1', status: 'PENDING', seq: 9 });
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

describe('the connection', () => {
  it('is opened again by hand when the server itself ended it', () => {
    const { socket } = start('EMPLOYEE');
    socket.open();
    socket.active = false;
    socket.lose();
    vi.advanceTimersByTime(3000);
    expect(socket.connects).toBe(1);
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
