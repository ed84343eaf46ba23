import { describe, expect, it } from 'vitest';
import { createStore } from '../app/store';
import type { OwnRecords } from '../connection/rest';
import type { PendingPunch } from '../protocol/pendingPunch';
import { leave, row, session } from '../testing/samples';
import {
  attendanceUpdated,
  ownLeaveUpdated,
  ownRecordsReceived,
  punchConfirmed,
  punchPending,
  punchRefused,
  selectOpenSession,
  selectOutSince,
  selectOwnPresence,
  withdrawalAnswered,
  withdrawalSent,
} from './meSlice';

function records(
  seq: number,
  more: Partial<{ sessions: ReturnType<typeof session>[]; leave: ReturnType<typeof leave>[] }> = {},
): OwnRecords {
  const asOf = { validAt: '', knownAt: '', seq };
  return {
    sessions: { items: more.sessions ?? [], nextCursor: null, asOf },
    leave: { items: more.leave ?? [], nextCursor: null, asOf },
    presence: row('e1'),
  };
}

function loaded(seq: number, more: Parameters<typeof records>[1] = {}) {
  const store = createStore();
  store.dispatch(ownRecordsReceived(records(seq, more)));
  return store;
}

const punchIn: PendingPunch = {
  event: 'punch_in',
  payload: { employeeId: 'e1', timestamp: '2026-11-22T08:00:00Z', commandId: 'c1' },
};

describe('own presence', () => {
  it('is not claimed before it is known', () => {
    expect(selectOwnPresence(createStore().getState())).toBeNull();
  });

  it('is IN with an open session, whatever the last reading said', () => {
    expect(selectOwnPresence(loaded(5, { sessions: [session('ws-1')] }).getState())).toBe('IN');
  });

  it('follows a confirmed punch before the feed tells of it', () => {
    const store = loaded(5);
    store.dispatch(punchPending(punchIn));
    expect(selectOwnPresence(store.getState())).toBe('OUT');
    store.dispatch(
      punchConfirmed({ punch: punchIn, sessionId: 'ws-1', timestamp: '2026-11-22T08:00:00Z', confirmedAt: 1 }),
    );
    expect(selectOwnPresence(store.getState())).toBe('IN');
    expect(store.getState().me).toMatchObject({
      pendingPunch: null,
      confirmation: { event: 'punch_in', confirmedAt: 1 },
    });
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

  it('is read again after a refusal, because the page was wrong about it', () => {
    const store = loaded(5);
    store.dispatch(punchPending(punchIn));
    store.dispatch(punchRefused('You are already punched in.'));
    expect(store.getState().me).toMatchObject({
      pendingPunch: null,
      refusal: 'You are already punched in.',
      stale: true,
    });
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

  it('give way when the numbers began anew', () => {
    const store = loaded(500);
    for (let reading = 0; reading < 4; reading += 1) {
      store.dispatch(ownRecordsReceived(records(2, { sessions: [session('ws-1')] })));
    }
    expect(store.getState().me.last).toBe(2);
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
  it('shows as withdrawn once it is stored', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(withdrawalSent('lv-1'));
    expect(store.getState().me.withdrawals['lv-1']?.sending).toBe(true);
    store.dispatch(withdrawalAnswered({ id: 'lv-1', refusal: null }));
    expect(store.getState().me.leave[0]?.status).toBe('WITHDRAWN');
  });

  it('that is refused says why and changes nothing', () => {
    const store = loaded(5, { leave: [leave('lv-1')] });
    store.dispatch(withdrawalAnswered({ id: 'lv-1', refusal: 'decided' }));
    expect(store.getState().me.leave[0]?.status).toBe('PENDING');
    expect(store.getState().me.withdrawals['lv-1']?.refusal).toBe('decided');
  });
});
