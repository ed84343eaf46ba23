import { describe, expect, it } from 'vitest';
import { createStore } from './store';
import type { OwnRecords } from '../protocol/ownRecords';
import type { Entry } from '../protocol/outboxEntry';
import { entry, leave, row, session } from '../testing/samples';
import {
  attendanceUpdated,
  entryAnswered,
  feedPositionHeard,
  ownLeaveUpdated,
  ownRecordsAsked,
  ownRecordsReceived,
  ownRecordsWanted,
} from './meSlice';
import { outboxRead } from './outboxSlice';
import { selectOpenSession, selectOutSince, selectOwnPresence, selectPresentSince } from './ownPresence';

function records(
  seq: number,
  more: Partial<{ sessions: ReturnType<typeof session>[]; leave: ReturnType<typeof leave>[] }> = {},
): OwnRecords {
  return { seq, sessions: more.sessions ?? [], leave: more.leave ?? [], presence: row('e1') };
}

function loaded(seq: number, more: Parameters<typeof records>[1] = {}) {
  const store = createStore();
  store.dispatch(ownRecordsAsked());
  store.dispatch(ownRecordsReceived(records(seq, more)));
  return store;
}

const punchIn = entry({ event: 'punch_in', payload: { employeeId: 'e1' } });
const stored = (punch: Entry, id: string, seq = 6): Entry => ({
  ...punch,
  state: 'stored',
  receipt: { id, seq, countedAt: '2026-11-22T08:00:00Z' },
});

describe('own presence', () => {
  it('is not claimed before it is known', () => {
    expect(selectOwnPresence(createStore().getState())).toBeNull();
  });

  it('is IN with an open session, whatever the last reading said', () => {
    expect(selectOwnPresence(loaded(5, { sessions: [session('ws-1')] }).getState())).toBe('IN');
  });

  it('is as the last punch that waits says', () => {
    const store = loaded(5);
    store.dispatch(outboxRead([punchIn]));
    expect(selectOwnPresence(store.getState())).toBe('IN');
    expect(selectPresentSince(store.getState())).toBe('2026-11-22T08:00:00.000Z');
    store.dispatch(outboxRead([punchIn, entry({ position: 2, event: 'punch_out', payload: { employeeId: 'e1' } })]));
    expect(selectOwnPresence(store.getState())).toBe('OUT');
  });

  it('follows a confirmed punch before the feed tells of it', () => {
    const store = loaded(5);
    store.dispatch(entryAnswered(stored(punchIn, 'ws-1')));
    expect(selectOwnPresence(store.getState())).toBe('IN');
    store.dispatch(
      attendanceUpdated({
        id: 'ws-1',
        employeeId: 'e1',
        punchInTime: '2026-11-22T08:00:01Z',
        punchOutTime: null,
        seq: 6,
      }),
    );
    expect(store.getState().me.sessions).toHaveLength(1);
    expect(selectOpenSession(store.getState())?.punchInTime).toBe('2026-11-22T08:00:01Z');
  });

  it('is OUT once the session is closed', () => {
    const store = loaded(5, { sessions: [session('ws-1')] });
    store.dispatch(
      attendanceUpdated({
        id: 'ws-1',
        employeeId: 'e1',
        punchInTime: '2026-11-22T08:00:00Z',
        punchOutTime: '2026-11-22T16:00:00Z',
        seq: 9,
      }),
    );
    expect(selectOwnPresence(store.getState())).toBe('OUT');
  });

  it('agrees with the refusal of a punch, and is read again', () => {
    const refused = (code: string, more: object): Entry => ({ ...punchIn, state: 'refused', refusal: { code, ...more } });
    const store = loaded(5);
    const openSession = { sessionId: 'ws-1', since: '2026-11-22T07:00:00Z' };
    store.dispatch(entryAnswered(refused('ALREADY_PUNCHED_IN', { openSession })));
    expect(selectOwnPresence(store.getState())).toBe('IN');
    expect(store.getState().me.stale).toBe(true);
    const lastSession = { ...openSession, until: '2026-11-22T08:00:00Z' };
    store.dispatch(entryAnswered(refused('NOT_PUNCHED_IN', { lastSession })));
    expect(selectOwnPresence(store.getState())).toBe('OUT');
  });
});

describe('own updates', () => {
  it('that were heard already change nothing', () => {
    const store = loaded(5, { sessions: [session('ws-1')] });
    store.dispatch(
      attendanceUpdated({
        id: 'ws-1',
        employeeId: 'e1',
        punchInTime: null,
        punchOutTime: '2026-11-22T16:00:00Z',
        seq: 5,
      }),
    );
    expect(selectOpenSession(store.getState())).not.toBeNull();
  });

  it('are applied whatever numbers of other people lie between', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'rejected', seq: 900 }));
    expect(store.getState().me).toMatchObject({ last: 900, stale: false, leave: [{ status: 'REJECTED' }] });
  });

  it('about a request that is not shown have the records read again', () => {
    const store = loaded(5);
    store.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'pending', seq: 9 }));
    expect(store.getState().me).toMatchObject({ last: 9, stale: true });
  });

  it('that a reconnect sends again change nothing', () => {
    const store = loaded(5, { sessions: [session('ws-1')] });
    const out = { id: 'ws-1', employeeId: 'e1', punchOutTime: '2026-11-22T16:00:00Z', seq: 9 };
    store.dispatch(attendanceUpdated(out));
    const before = store.getState().me;
    store.dispatch(attendanceUpdated({ ...out, punchOutTime: null, seq: 7 }));
    store.dispatch(attendanceUpdated(out));
    expect(store.getState().me).toEqual(before);
  });

  it('without numbers are taken as they are', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'rejected', comment: 'sorry' }));
    expect(store.getState().me.leave[0]).toMatchObject({ status: 'REJECTED', comment: 'sorry' });
  });

  it('are not undone by a reading that is older than they are', () => {
    const store = loaded(5, { sessions: [session('ws-1')] });
    store.dispatch(
      attendanceUpdated({
        id: 'ws-1',
        employeeId: 'e1',
        punchInTime: null,
        punchOutTime: '2026-11-22T16:00:00Z',
        seq: 6,
      }),
    );
    store.dispatch(ownRecordsReceived(records(5, { sessions: [session('ws-1')] })));
    expect(selectOpenSession(store.getState())).toBeNull();
  });
});

describe('a reading', () => {
  it('is wanted again until it has reached what was heard', () => {
    const store = loaded(5);
    store.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'pending', seq: 9 }));
    for (const [seq, stale] of [
      [8, true],
      [9, false],
    ] as const) {
      store.dispatch(ownRecordsAsked());
      store.dispatch(ownRecordsReceived(records(seq, { leave: [leave('lv-1')] })));
      expect(store.getState().me).toMatchObject({ last: 9, stale, leave: { length: stale ? 0 : 1 } });
    }
  });

  it('is wanted again when something happens while it is under way', () => {
    const store = loaded(5);
    store.dispatch(ownRecordsAsked());
    store.dispatch(ownRecordsWanted());
    store.dispatch(ownRecordsReceived(records(5)));
    expect(store.getState().me.stale).toBe(true);
  });

  it('must reach where the feed goes on, because no entry tells what came before', () => {
    const store = loaded(5);
    store.dispatch(feedPositionHeard({ epoch: 'one', seq: 20 }));
    store.dispatch(ownRecordsReceived(records(12, { sessions: [session('ws-1')] })));
    expect(store.getState().me).toMatchObject({ last: 12, stale: true, sessions: [{ id: 'ws-1' }] });
    store.dispatch(ownRecordsAsked());
    store.dispatch(ownRecordsReceived(records(20)));
    expect(store.getState().me).toMatchObject({ last: 20, stale: false });
  });

  it('that is too old is better than none', () => {
    const store = createStore();
    store.dispatch(attendanceUpdated({ id: 'ws-2', employeeId: 'e1', punchInTime: '2026-11-22T08:00:00Z', seq: 9 }));
    for (const seq of [5, 6]) {
      store.dispatch(ownRecordsAsked());
      store.dispatch(ownRecordsReceived(records(seq, { sessions: [session('ws-1')] })));
      expect(store.getState().me).toMatchObject({ loaded: true, stale: true, sessions: [{ id: 'ws-1' }] });
    }
  });

  it('counts whatever its number once the numbers are others', () => {
    const store = loaded(500);
    store.dispatch(feedPositionHeard({ epoch: 'one', seq: 500 }));
    store.dispatch(feedPositionHeard({ epoch: 'two', seq: 2 }));
    store.dispatch(ownRecordsAsked());
    store.dispatch(ownRecordsReceived(records(2, { sessions: [session('ws-1')] })));
    expect(store.getState().me).toMatchObject({ last: 2, stale: false, sessions: [{ id: 'ws-1' }] });
  });
});

describe('a confirmation', () => {
  const confirm = (seq: number) =>
    entryAnswered(stored(punchIn, 'ws-2', seq));

  it('may overtake entries of lower numbers, and hides none of them', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(confirm(9));
    expect(store.getState().me.last).toBe(5);
    store.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'rejected', seq: 8 }));
    expect(store.getState().me).toMatchObject({ last: 8, leave: [{ status: 'REJECTED' }] });
  });

  it('is not undone by a reading that is older than it', () => {
    const store = loaded(5);
    store.dispatch(confirm(9));
    store.dispatch(ownRecordsReceived(records(8)));
    expect(selectOwnPresence(store.getState())).toBe('IN');
    expect(store.getState().me.stale).toBe(true);
  });
});

describe('what the server leaves out', () => {
  it('is an open session, not one that ended at no time', () => {
    const store = loaded(5);
    store.dispatch(
      attendanceUpdated({ id: 'ws-1', employeeId: 'e1', punchInTime: '2026-11-22T08:00:00Z', seq: 6 }),
    );
    expect(selectOwnPresence(store.getState())).toBe('IN');
  });

  it('is read again: whether a closed session was corrected, whether approved leave is today', () => {
    const closed = session('ws-1', { punchOutTime: '2026-11-22T16:00:00Z' });
    const corrected = loaded(5, { sessions: [closed] });
    corrected.dispatch(attendanceUpdated({ ...closed, punchOutTime: '2026-11-22T17:00:00Z', seq: 6 }));
    expect(corrected.getState().me.stale).toBe(true);

    const approved = loaded(5, { leave: [leave('lv-1')] });
    approved.dispatch(ownLeaveUpdated({ id: 'lv-1', employeeId: 'e1', status: 'approved', seq: 6 }));
    expect(approved.getState().me.stale).toBe(true);
  });
});

describe('out since', () => {
  it('is the last punch out where the reading is older', () => {
    const store = createStore();
    const read = records(5, { sessions: [session('ws-1')] });
    store.dispatch(
      ownRecordsReceived({ ...read, presence: row('e1', { presence: 'OUT', since: '2026-11-21T16:00:00Z' }) }),
    );
    expect(selectOutSince(store.getState())).toBe('2026-11-21T16:00:00Z');
    store.dispatch(
      attendanceUpdated({
        id: 'ws-1',
        employeeId: 'e1',
        punchInTime: '2026-11-22T08:00:00Z',
        punchOutTime: '2026-11-22T16:00:00Z',
        seq: 6,
      }),
    );
    expect(selectOutSince(store.getState())).toBe('2026-11-22T16:00:00Z');
  });
});

describe('a withdrawal', () => {
  const withdrawal = entry({ event: 'leave_withdraw', payload: { id: 'lv-1' } });

  it('shows as withdrawn once it is stored', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(entryAnswered(stored(withdrawal, 'lv-1')));
    expect(store.getState().me.leave[0]?.status).toBe('WITHDRAWN');
  });

  it('that is refused changes nothing', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(entryAnswered({ ...withdrawal, state: 'refused', refusal: { code: 'ILLEGAL_TRANSITION' } }));
    expect(store.getState().me.leave[0]?.status).toBe('PENDING');
  });
});
