import type { Activity, LeaveStatus, Presence, Role } from '../protocol/messages';

const LOCALE = 'en-GB';
const MINUTE = 60_000;
const WITHIN_THE_WEEK = 6 * 24 * 60 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zoneId: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zoneId} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = inZone(zoneId, options);
    formats.set(key, known);
  }
  return known;
}

function inZone(zoneId: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...options, ...(zoneId !== undefined && { timeZone: zoneId }) });
  } catch {
    // A zone that this browser does not know must not take the board down.
    return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
  }
}

/** 09:02 */
export function clockTime(instant: string | number, zoneId?: string): string {
  return format(zoneId, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** 09:02:11 */
export function clockTimeExact(instant: string | number, zoneId?: string): string {
  return format(zoneId, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));
}

/** 09:02 on the same local day, Fri 09:02 within the week, else 20 Nov, 09:02 */
export function since(instant: string, zoneId: string | undefined, now: number): string {
  const day = format(zoneId, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const time = clockTime(instant, zoneId);
  if (day.format(new Date(instant)) === day.format(now)) {
    return time;
  }
  if (now - Date.parse(instant) < WITHIN_THE_WEEK) {
    return `${format(zoneId, { weekday: 'short' }).format(new Date(instant))} ${time}`;
  }
  return `${format(zoneId, { day: 'numeric', month: 'short' }).format(new Date(instant))}, ${time}`;
}

/** GMT+1, CET: only where the reader's own clock differs from that of the zone. */
export function foreignZone(instant: string | number, zoneId: string): string | null {
  if (clockTime(instant, zoneId) === clockTime(instant)) {
    return null;
  }
  const parts = format(zoneId, { timeZoneName: 'short', hour: '2-digit' }).formatToParts(new Date(instant));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zoneId;
}

/** 1 h 12 min; "now" below a minute */
export function elapsed(from: string | number, now: number): string {
  const minutes = Math.floor((now - new Date(from).getTime()) / MINUTE);
  if (minutes < 1) {
    return 'now';
  }
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  }
  return `${Math.floor(hours / 24)} d`;
}

/** 12 min, 1 h, 3 d; "now" below a minute */
export function ago(from: string | number, now: number): string {
  const hours = Math.floor((now - new Date(from).getTime()) / MINUTE / 60);
  return hours >= 1 && hours < 48 ? `${hours} h` : elapsed(from, now);
}

/** 7:04:09 */
export function stopwatch(from: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(from)) / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** 7 h 04 min */
export function workedTime(from: string, to: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE));
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** 10 min, 3 h, 2 d: roughly, of a length of time */
export function duration(milliseconds: number): string {
  return ago(0, milliseconds);
}

/** Mon 23 Nov */
export function localDay(date: string): string {
  return format('UTC', { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(`${date}T12:00:00Z`));
}

/** 23 Nov or 23 – 27 Nov or 30 Nov – 2 Dec; the year only where it is not this one */
export function dateRange(start: string, end: string, thisYear: number): string {
  const withYear = !start.startsWith(`${thisYear}-`) || !end.startsWith(`${thisYear}-`);
  const range = format('UTC', { day: 'numeric', month: 'short', ...(withYear && { year: 'numeric' as const }) });
  const [first, last] = [`${start}T12:00:00Z`, `${end}T12:00:00Z`].map((noon) => new Date(noon));
  return start === end ? range.format(first) : range.formatRange(first!, last!);
}

/** Calendar days, both ends included. */
export function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(`${end}T12:00:00Z`) - Date.parse(`${start}T12:00:00Z`)) / 86_400_000) + 1;
}

/** What turns the direction of the text behind it. */
const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SOMETHING_TO_SEE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The name to show: the id of whoever has a name that nobody can see. */
export function nameOf({ displayName, employeeId }: { displayName: string; employeeId: string }): string {
  const name = displayName.replace(DIRECTION_CONTROLS, '').trim();
  return SOMETHING_TO_SEE.test(name) ? name : employeeId;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const picked = words.length > 1 ? [words[0]!, words[words.length - 1]!] : words;
  return picked.map((word) => Array.from(word)[0]!.toUpperCase()).join('');
}

const ABBREVIATIONS = new Set(['hq', 'hr', 'it', 'uk', 'us', 'eu', 'qa']);

/** Names whose ids have no room for their accents. */
const SPELLINGS: Record<string, string> = {
  bogota: 'Bogotá',
  cadiz: 'Cádiz',
  leon: 'León',
  malaga: 'Málaga',
  medellin: 'Medellín',
  merida: 'Mérida',
};

/** madrid-hq → Madrid HQ: sites and departments are known to the page by their ids only. */
export function titled(id: string): string {
  return id
    .split(/[-_\s]+/)
    .filter((word) => word !== '')
    .map(
      (word) =>
        SPELLINGS[word.toLowerCase()] ??
        (ABBREVIATIONS.has(word.toLowerCase()) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)),
    )
    .join(' ');
}

/** ANNUAL_LEAVE → Annual leave */
export function sentence(id: string): string {
  const words = id
    .toLowerCase()
    .split(/[-_\s]+/)
    .join(' ');
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1);
}

export function coordinates(lat: number, lng: number): string {
  return `${degrees(lat)}, ${degrees(lng)}`;
}

function degrees(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

export const PRESENCE_WORDS: Record<Presence, string> = {
  IN: 'In',
  OUT: 'Out',
  ON_LEAVE: 'On leave',
  UNKNOWN: 'Unknown',
};

export const LEAVE_STATUS_WORDS: Record<LeaveStatus, string> = {
  PENDING: 'Pending',
  APPROVED: 'Approved',
  REJECTED: 'Rejected',
  WITHDRAWN: 'Withdrawn',
};

export const ROLE_WORDS: Record<Role, string> = {
  EMPLOYEE: 'Employee',
  MANAGER: 'Manager',
  HR: 'HR',
  AUDITOR: 'Auditor',
  ADMIN: 'Administrator',
  INTEGRATION: 'Integration',
};

const ACTIVITY_WORDS: Record<Activity['kind'], string> = {
  PUNCH_IN: 'punched in',
  PUNCH_OUT: 'punched out',
  SESSION_CORRECTED: 'had a session corrected',
  LEAVE_REQUESTED: 'asked for leave',
  LEAVE_APPROVED: 'had leave approved',
  LEAVE_REJECTED: 'had leave rejected',
  LEAVE_WITHDRAWN: 'withdrew a leave request',
  EMPLOYEE_JOINED: 'joined',
};

/** What somebody did, to be read after the name. */
export function deed(kind: Activity['kind']): string {
  return ACTIVITY_WORDS[kind] ?? sentence(kind).toLowerCase();
}

/** Without case and accents, so that "munoz" finds "Muñoz". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
