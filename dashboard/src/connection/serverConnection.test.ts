import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settled, start } from '../testing/startedClient';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

function openWindow() {
  const window = start('EMPLOYEE');
  window.socket.open();
  return { ...window, connection: () => window.store.getState().connection };
}

describe('a connection', () => {
  it('that is asked and answers is live', async () => {
    const { connection, socket } = openWindow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection()).toMatchObject({ phase: 'live', heardAt: null });
    expect(socket.of('server_time').length).toBeGreaterThan(20);
  });

  it('that is heard anyway is not asked', async () => {
    const { socket } = openWindow();
    for (let second = 0; second < 30; second += 1) {
      socket.receive('dashboard_counts', {});
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(socket.of('server_time')).toEqual([]);
  });

  it('in a window that nobody sees is not asked before it is shown', async () => {
    const { socket, surroundings, connection } = openWindow();
    surroundings.isVisible = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.of('server_time')).toEqual([]);
    socket.answersProbes = false;
    surroundings.on!.shown();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connection().phase).toBe('behind');
  });

  it('that dies silently is behind after three seconds, and offline and made anew within five', async () => {
    const { socket, connection } = openWindow();
    socket.answersProbes = false;
    await vi.advanceTimersByTimeAsync(3_000);
    const heardAt = Date.parse('2026-11-22T09:00:00Z');
    expect(connection()).toMatchObject({ phase: 'behind', heardAt });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(connection()).toMatchObject({ phase: 'offline', heardAt });
    expect(socket.connects).toBe(1);
    socket.open();
    expect(connection()).toMatchObject({ phase: 'live', heardAt: null });
  });

  it('is live again with the first word', async () => {
    const { socket, connection } = openWindow();
    socket.answersProbes = false;
    await vi.advanceTimersByTimeAsync(3_500);
    socket.receive('leave_request_updated', { id: 'lv-1', employeeId: 'e2', status: 'pending' });
    expect(connection()).toMatchObject({ phase: 'live', heardAt: null });
  });

  it('is offline at once when the browser says so, and opened when it says the contrary', async () => {
    const { socket, surroundings, connection } = openWindow();
    surroundings.on!.offline();
    expect(connection().phase).toBe('offline');
    expect(socket.connected).toBe(false);
    surroundings.on!.online();
    expect(socket.connects).toBe(1);
    socket.open();
    await settled();
    expect(connection().phase).toBe('live');
  });

  it('that never came about is offline at once', () => {
    const { store, socket } = start('EMPLOYEE');
    socket.receive('connect_error', new Error('xhr poll error'));
    expect(store.getState().connection.phase).toBe('offline');
  });

  it('says since when it is lost', async () => {
    const { socket, connection } = openWindow();
    socket.lose();
    expect(connection().phase).toBe('behind');
    await vi.advanceTimersByTimeAsync(5_000);
    socket.receive('connect_error', new Error('xhr poll error'));
    expect(connection()).toMatchObject({ phase: 'offline', heardAt: Date.parse('2026-11-22T09:00:00Z') });
  });
});

describe('a sign-in', () => {
  const refusedWith = (code: string) => {
    const { store, socket } = start('EMPLOYEE');
    socket.receive('connect_error', Object.assign(new Error('Any words'), { data: { code } }));
    return store.getState().session;
  };

  it('that has expired is told from one that was never good', () => {
    expect(refusedWith('TOKEN_EXPIRED')).toMatchObject({ person: null, notice: expect.stringContaining('expired') });
    expect(refusedWith('UNAUTHENTICATED')).toMatchObject({
      person: null,
      notice: expect.stringContaining('does not accept'),
    });
  });

  it('outlives a refusal that says nothing of the token', () => {
    expect(refusedWith('UNAVAILABLE').person).not.toBeNull();
  });
});
