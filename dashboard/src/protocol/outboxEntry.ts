import type { Location, RefusalBody } from './messages';

export type PunchEvent = 'punch_in' | 'punch_out';

export interface LeaveForm {
  leaveType: string;
  startDate: string;
  endDate: string;
  reason: string;
}

/** What a person can ask of the server; its commandId, and the time of a punch, are the entry's. */
export type Command =
  | { event: PunchEvent; payload: { employeeId: string; location?: Location } }
  | { event: 'leave_request'; payload: LeaveForm & { employeeId: string } }
  | { event: 'leave_withdraw'; payload: { id: string } }
  | { event: 'leave_approve'; payload: { id: string; approved: boolean; comment?: string } };

/** Waiting was never sent, sent was never answered: it may be stored and is sent again. */
export type EntryState = 'waiting' | 'sent' | 'stored' | 'refused';

export interface Receipt {
  /** Of the work session or the leave request. */
  id: string;
  seq?: number;
  /** Of a punch: as it was sent. */
  timestamp?: string;
  /** Of a punch: the instant that counts for the hours. */
  countedAt?: string;
}

interface EntryFields {
  /** The place in the order of sending; given by the store. */
  position: number;
  /** The company and person that it belongs to. */
  owner: string;
  commandId: string;
  /** In milliseconds of this device's clock, as are the other instants here. */
  pressedAt: number;
  dueAt: number;
  answeredAt: number | null;
  /** The server's clock minus this device's; null until it is known. Fixed when it is first sent. */
  clockOffset: number | null;
  state: EntryState;
  /** Of a punch: its own time counts and not the server's receipt. */
  offline: boolean;
  receipt: Receipt | null;
  refusal: RefusalBody | null;
}

export type Entry = EntryFields & Command;
export type NewEntry = Omit<EntryFields, 'position'> & Command;
export type Punch = Extract<Entry, { event: PunchEvent }>;

export function isPunch(entry: Entry): entry is Punch {
  return entry.event === 'punch_in' || entry.event === 'punch_out';
}

export function isUnanswered({ state }: Entry): boolean {
  return state === 'waiting' || state === 'sent';
}

/** The instant of the press by the server's clock, as far as it is known. */
export function pressTime({ pressedAt, clockOffset }: Entry): string {
  return new Date(pressedAt + (clockOffset ?? 0)).toISOString();
}

export function ownerOf({ companyId, employeeId }: { companyId: string; employeeId: string }): string {
  return JSON.stringify([companyId, employeeId]);
}

/** What travels: the same at every repeat, but for the mark of a punch whose answer did not come. */
export function payloadOf(entry: Entry): object {
  const payload = { ...entry.payload, commandId: entry.commandId };
  return isPunch(entry)
    ? { ...payload, timestamp: pressTime(entry), ...(entry.offline && { offline: true as const }) }
    : payload;
}
