/** What travels between the page and the server; instants are ISO 8601 in UTC, dates ISO local dates. */

export type Presence = 'IN' | 'OUT' | 'ON_LEAVE' | 'UNKNOWN';
export const PRESENCES: readonly Presence[] = ['IN', 'OUT', 'ON_LEAVE', 'UNKNOWN'];

export type Role = 'EMPLOYEE' | 'MANAGER' | 'HR' | 'AUDITOR' | 'ADMIN' | 'INTEGRATION';

export const ROLES: readonly Role[] = ['EMPLOYEE', 'MANAGER', 'HR', 'AUDITOR', 'ADMIN', 'INTEGRATION'];

/** WGS 84 degrees; accuracy is a radius in metres. */
export interface Location {
  lat: number;
  lng: number;
  accuracy?: number | null;
}

export interface PresenceRow {
  employeeId: string;
  displayName: string;
  departmentId: string | null;
  siteId: string | null;
  zoneId: string;
  presence: Presence;
  since: string | null;
  sessionId: string | null;
  location: Location | null;
  nextChangeAt: string | null;
}

export type LeaveStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

export interface LeaveRequest {
  id: string;
  employeeId: string;
  displayName: string;
  leaveType: string;
  startDate: string;
  endDate: string;
  reason: string | null;
  status: LeaveStatus;
  submittedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  comment: string | null;
}

export interface WorkSession {
  id: string;
  employeeId: string;
  businessDate: string;
  zoneId: string;
  punchInTime: string;
  punchOutTime: string | null;
  corrected: boolean;
}

export type ActivityKind =
  | 'PUNCH_IN'
  | 'PUNCH_OUT'
  | 'SESSION_CORRECTED'
  | 'LEAVE_REQUESTED'
  | 'LEAVE_APPROVED'
  | 'LEAVE_REJECTED'
  | 'LEAVE_WITHDRAWN'
  | 'EMPLOYEE_JOINED';

export interface Activity {
  seq: number;
  kind: ActivityKind;
  employeeId: string;
  displayName: string;
  at: string;
  detail?: string | null;
}

export interface Snapshot {
  epoch: string;
  seq: number;
  asOf: string;
  counts: Partial<Record<Presence, number>>;
  rows: PresenceRow[];
  pendingLeave: LeaveRequest[];
  activity: Activity[];
}

/** `seq` is the company's number of the event. Numbers are missing where others heard of it only. */
export interface Numbered {
  seq: number;
}

/** How the board changed: state, not history. `seq` is where it stands afterwards. */
export interface Delta extends Numbered {
  rows?: PresenceRow[];
  pendingLeave?: { upsert?: LeaveRequest[]; remove?: string[] };
  activity?: Activity[];
}

export interface AttendanceUpdate extends Partial<Numbered> {
  id: string;
  employeeId: string;
  punchInTime?: string | null;
  /** Absent while the session is open. */
  punchOutTime?: string | null;
  status?: string;
}

export interface LeaveUpdate extends Partial<Numbered>, Partial<Omit<LeaveRequest, 'id' | 'employeeId' | 'status'>> {
  id: string;
  employeeId?: string;
  /** Lower case on the socket, upper case over REST. */
  status: string;
}

export interface RefusalBody {
  code: string;
  message?: string;
  field?: string;
  commandId?: string;
  correlationId?: string;
  /** With ALREADY_PUNCHED_IN: the session that is open. */
  openSession?: { sessionId: string; since: string };
  /** With NOT_PUNCHED_IN: the session that ended last. */
  lastSession?: { sessionId: string; since: string; until: string };
}

/** A handshake that failed: with `data` the server refused it, without one it was not reached. */
export interface ConnectError {
  data?: RefusalBody;
}

export type Answer<T = object> = ({ ok: true } & T) | { ok: false; error: RefusalBody };

/** Where the feed goes on: said on every connection, and with `resync_required`. */
export interface FeedPosition {
  epoch: string;
  seq: number;
  serverTime?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** `seq` is the company's number that the read models had reached. */
  asOf: { validAt: string; knownAt: string; seq: number };
}

export interface Person {
  employeeId: string;
  displayName: string;
  role: Role;
  departmentId: string | null;
  siteId: string | null;
}

export interface SignedIn {
  token: string;
  employeeId: string;
  displayName: string;
  role: Role;
  companyId: string;
  companyName: string;
}

export function asRole(text: string): Role {
  return text.toUpperCase() as Role;
}

export function asLeaveStatus(text: string): LeaveStatus {
  return text.toUpperCase() as LeaveStatus;
}

export function seesBoard(role: Role): boolean {
  return role === 'MANAGER' || role === 'HR' || role === 'AUDITOR' || role === 'ADMIN';
}

/** Whether people of this role punch and ask for leave; an auditor changes nothing. */
export function hasOwnTime(role: Role): boolean {
  return role !== 'AUDITOR';
}

export function decidesLeave(role: Role): boolean {
  return role === 'MANAGER' || role === 'HR';
}
