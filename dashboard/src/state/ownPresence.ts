import { createSelector } from '@reduxjs/toolkit';
import { pressTime, type Punch } from '../protocol/outboxEntry';
import type { Presence } from '../protocol/messages';
import type { MeState } from './meSlice';
import { selectUnansweredPunches, type OutboxState } from './outboxSlice';

interface WithMe {
  me: MeState;
}

interface WithMeAndOutbox extends WithMe {
  outbox: OutboxState;
}

export const selectOpenSession = createSelector(
  [(state: WithMe) => state.me.sessions],
  (sessions) => sessions.find((session) => session.punchOutTime === null) ?? null,
);

/** Since when one is out: the last punch out, if that is newer than what the last reading said. */
export const selectOutSince = createSelector(
  [(state: WithMe) => state.me.sessions, (state: WithMe) => state.me.row],
  (sessions, row): string | null => {
    const read = row?.presence === 'OUT' ? row.since : null;
    const punched = sessions.reduce<string | null>(
      (last, { punchOutTime }) =>
        punchOutTime !== null && (last === null || punchOutTime > last) ? punchOutTime : last,
      null,
    );
    return read !== null && (punched === null || read > punched) ? read : punched;
  },
);

/** The open session decides; without one the clock and the leave do, as the server saw them. */
const selectKnownPresence = createSelector(
  [(state: WithMe) => state.me.loaded, (state: WithMe) => state.me.row, selectOpenSession],
  (loaded, row, open): Presence | null => {
    if (open !== null) {
      return 'IN';
    }
    if (!loaded) {
      return null;
    }
    return row?.presence === 'ON_LEAVE' || row?.presence === 'UNKNOWN' ? row.presence : 'OUT';
  },
);

/** The newest punch that was not answered yet: what the person sees is as if it had been. */
export const selectLastUnanswered = createSelector(
  [selectUnansweredPunches],
  (punches): Punch | null => punches[punches.length - 1] ?? null,
);

export const selectOwnPresence = createSelector(
  [(state: WithMeAndOutbox) => selectKnownPresence(state), selectLastUnanswered],
  (known, last): Presence | null => (last === null ? known : last.event === 'punch_in' ? 'IN' : 'OUT'),
);

/** Since when the shown presence holds; null where it is not told. */
export const selectPresentSince = createSelector(
  [
    (state: WithMeAndOutbox) => selectOwnPresence(state),
    selectLastUnanswered,
    selectOpenSession,
    selectOutSince,
    (state: WithMe) => state.me.row,
  ],
  (presence, last, open, outSince, row): string | null => {
    if (last !== null) {
      return pressTime(last);
    }
    if (open !== null) {
      return open.punchInTime;
    }
    return presence === 'OUT' ? outSince : row?.presence === presence ? row.since : null;
  },
);

/** The zone of one's own site; undefined before it is known. */
export const selectOwnZone = (state: WithMe): string | undefined =>
  state.me.row?.zoneId ?? state.me.sessions[0]?.zoneId;
