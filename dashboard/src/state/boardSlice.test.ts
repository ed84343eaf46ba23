import { describe, expect, it } from 'vitest';
import { createStore } from './store';
import { disconnected } from './connectionSlice';
import type { Delta } from '../protocol/messages';
import { signedOut } from './sessionSlice';
import { activity, leave, row, snapshot } from '../testing/samples';
import { selectCounts, selectDecidedBy, selectInbox, selectNextChangeAt, selectPendingCount, selectVisibleRows } from './boardSelectors';
import {
  ACTIVITY_SHOWN,
  deltaReceived,
  filtersChanged,
  leaveDecided,
  settledLeaveCleared,
  snapshotReceived,
  snapshotWanted,
} from './boardSlice';

const inAt = (seq: number, employeeId = 'e1'): Delta => ({
  seq,
  rows: [row(employeeId, { presence: 'IN' })],
  activity: [activity(seq)],
});

function boardAt(seq: number) {
  const store = createStore();
  store.dispatch(snapshotReceived(snapshot(seq)));
  return store;
}

describe('the board', () => {
  it('shows what a delta changes and counts the rows, whatever numbers lie between', () => {
    const store = boardAt(10);
    store.dispatch(deltaReceived(inAt(12)));
    expect(store.getState().board.last).toBe(12);
    expect(selectCounts(store.getState())).toEqual({ IN: 1, OUT: 1, ON_LEAVE: 0, UNKNOWN: 0 });
  });

  it('ignores what is older than it', () => {
    const store = boardAt(10);
    store.dispatch(deltaReceived(inAt(9)));
    expect(selectCounts(store.getState()).IN).toBe(0);
    expect(store.getState().board).toMatchObject({ last: 10, awaiting: false });
  });

  it('takes a delta of its own number, because the clock or a repair changed a tile', () => {
    const store = boardAt(10);
    store.dispatch(deltaReceived({ seq: 10, rows: [row('e1', { presence: 'ON_LEAVE' })] }));
    store.dispatch(deltaReceived({ seq: 10, rows: [row('e2', { presence: 'UNKNOWN' })] }));
    expect(store.getState().board.last).toBe(10);
    expect(selectCounts(store.getState())).toEqual({ IN: 0, OUT: 0, ON_LEAVE: 1, UNKNOWN: 1 });
  });

  it('is the same when a reconnect sends it what it has', () => {
    const store = boardAt(10);
    const delta: Delta = { ...inAt(12), pendingLeave: { upsert: [leave('a')], remove: ['b'] } };
    store.dispatch(deltaReceived(delta));
    const before = store.getState().board;
    store.dispatch(deltaReceived(inAt(11, 'e2')));
    store.dispatch(deltaReceived(delta));
    expect(store.getState().board).toEqual(before);
  });

  it('applies on the snapshot what came while it was under way', () => {
    const store = boardAt(10);
    store.dispatch(snapshotWanted());
    store.dispatch(deltaReceived(inAt(13)));
    store.dispatch(deltaReceived(inAt(14, 'e2')));
    store.dispatch(snapshotReceived(snapshot(13, { rows: [row('e1', { presence: 'IN' }), row('e2')] })));
    expect(store.getState().board).toMatchObject({ last: 14, awaiting: false, held: [] });
    expect(selectCounts(store.getState()).IN).toBe(2);
  });

  it('believes the snapshot where a delta of its number came before it', () => {
    const store = boardAt(10);
    store.dispatch(snapshotWanted());
    store.dispatch(deltaReceived({ seq: 10, rows: [row('e1', { presence: 'UNKNOWN' })] }));
    store.dispatch(snapshotReceived(snapshot(10)));
    expect(selectCounts(store.getState()).UNKNOWN).toBe(0);
  });

  it('does not lose a delta that was applied before an older snapshot arrived', () => {
    const store = boardAt(10);
    store.dispatch(snapshotWanted());
    store.dispatch(deltaReceived(inAt(11)));
    store.dispatch(snapshotReceived(snapshot(10)));
    expect(store.getState().board.last).toBe(11);
    expect(selectCounts(store.getState()).IN).toBe(1);
  });

  it('does not take the deltas of a lost connection for newer than the next snapshot', () => {
    const store = boardAt(10);
    store.dispatch(snapshotWanted());
    store.dispatch(deltaReceived(inAt(13)));
    store.dispatch(disconnected(1));
    store.dispatch(snapshotReceived(snapshot(11)));
    store.dispatch(deltaReceived(inAt(12, 'e2')));
    store.dispatch(deltaReceived(inAt(13)));
    expect(store.getState().board.last).toBe(13);
    expect(selectCounts(store.getState()).IN).toBe(2);
  });

  it('begins anew with a snapshot of another epoch, even with lower numbers', () => {
    const store = boardAt(500);
    store.dispatch(snapshotWanted());
    store.dispatch(deltaReceived(inAt(501)));
    store.dispatch(snapshotReceived(snapshot(3, { epoch: 'two', rows: [row('e9')] })));
    expect(store.getState().board).toMatchObject({ epoch: 'two', last: 3 });
    expect(Object.keys(store.getState().board.rows)).toEqual(['e9']);
  });

  it('keeps the newest activity once, newest first, and no more than it shows', () => {
    const store = createStore();
    store.dispatch(snapshotReceived(snapshot(2, { activity: [activity(2), activity(1)] })));
    for (let seq = 3; seq <= ACTIVITY_SHOWN + 10; seq += 1) {
      store.dispatch(deltaReceived({ seq, activity: [activity(seq - 1), activity(seq)] }));
    }
    const numbers = store.getState().board.activity.map(({ seq }) => seq);
    expect(numbers).toHaveLength(ACTIVITY_SHOWN);
    expect(numbers[0]).toBe(ACTIVITY_SHOWN + 10);
    expect(new Set(numbers).size).toBe(ACTIVITY_SHOWN);
  });

  it('keeps activities of one number apart by their kind', () => {
    const store = boardAt(2);
    const entries = [activity(3), activity(3, { kind: 'EMPLOYEE_JOINED' })];
    store.dispatch(deltaReceived({ seq: 3, activity: entries }));
    store.dispatch(deltaReceived({ seq: 3, activity: entries }));
    expect(store.getState().board.activity.map(({ kind }) => kind)).toEqual(['PUNCH_IN', 'EMPLOYEE_JOINED']);
  });

  it('keeps the inbox, oldest first', () => {
    const store = createStore();
    store.dispatch(
      snapshotReceived(snapshot(1, { pendingLeave: [leave('b', { submittedAt: '2026-11-22T09:00:00Z' })] })),
    );
    store.dispatch(deltaReceived({ seq: 2, pendingLeave: { upsert: [leave('a')] } }));
    expect(selectInbox(store.getState()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('keeps a request that was settled in its place, until the list is cleared', () => {
    const store = createStore();
    store.dispatch(snapshotReceived(snapshot(1, { pendingLeave: [leave('a'), leave('b'), leave('c')] })));
    store.dispatch(deltaReceived({ seq: 2, pendingLeave: { remove: ['b', 'nobody'] } }));
    store.dispatch(snapshotReceived(snapshot(3, { pendingLeave: [leave('c')] })));
    expect(selectInbox(store.getState()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(selectPendingCount(store.getState())).toBe(1);
    store.dispatch(settledLeaveCleared(['a']));
    expect(selectInbox(store.getState()).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('says who decided, for the request and for the activity', () => {
    const store = createStore();
    const boss = row('m1', { displayName: 'Marta' });
    store.dispatch(snapshotReceived(snapshot(1, { rows: [boss], pendingLeave: [leave('a')] })));
    store.dispatch(leaveDecided({ id: 'a', status: 'pending', seq: 1 }));
    expect(store.getState().board.verdicts).toEqual({});
    store.dispatch(leaveDecided({ id: 'a', status: 'rejected', decidedBy: 'm1', seq: 2 }));
    expect(store.getState().board.verdicts.a).toEqual({ seq: 2, status: 'REJECTED', decidedBy: 'm1' });
    expect(selectDecidedBy(store.getState())).toEqual({ 2: 'Marta' });
  });

  it('knows the next change by the clock', () => {
    const store = createStore();
    expect(selectNextChangeAt(store.getState())).toBeNull();
    const rows = ['2026-11-24', '2026-11-23'].map((day, index) =>
      row(`e${index}`, { nextChangeAt: `${day}T23:00:00Z` }),
    );
    store.dispatch(snapshotReceived(snapshot(1, { rows: [...rows, row('e9')] })));
    expect(selectNextChangeAt(store.getState())).toBe('2026-11-23T23:00:00Z');
  });

  it('is forgotten when its reader signs out', () => {
    const store = boardAt(10);
    store.dispatch(signedOut(null));
    expect(store.getState().board).toMatchObject({ epoch: null, rows: {} });
  });
});

describe('the filters', () => {
  const people = [
    row('e1', { displayName: 'Lucía Muñoz', presence: 'IN', siteId: 'madrid', since: '2026-11-22T08:00:00Z' }),
    row('e2', { displayName: 'Bruno Vidal', presence: 'IN', siteId: 'mexico', since: '2026-11-22T09:00:00Z' }),
    row('e3', { displayName: 'Clara Ruiz', departmentId: 'support' }),
  ];
  const shown = (filters: Parameters<typeof filtersChanged>[0]) => {
    const store = createStore();
    store.dispatch(snapshotReceived(snapshot(1, { rows: people })));
    store.dispatch(filtersChanged(filters));
    return selectVisibleRows(store.getState()).map(({ employeeId }) => employeeId);
  };

  it.each([
    [{}, ['e2', 'e3', 'e1']],
    [{ text: 'munoz' }, ['e1']],
    [{ text: ' E3 ' }, ['e3']],
    [{ presence: 'IN' as const }, ['e2', 'e1']],
    [{ presence: 'IN' as const, site: 'madrid' }, ['e1']],
    [{ department: 'support' }, ['e3']],
    [{ sort: 'recent' as const }, ['e2', 'e1', 'e3']],
    [{ text: 'nobody' }, []],
  ])('%o shows %o', (filters, expected) => {
    expect(shown(filters)).toEqual(expected);
  });
});
