import type { LeaveRequest, Page, Person, PresenceRow, RefusalBody, SignedIn, WorkSession } from '../protocol/messages';
import type { OwnRecords } from '../protocol/ownRecords';
import { readLeave, readRow, readSession } from '../protocol/reading';

const TIMEOUT_MS = 10_000;

export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly refusal: RefusalBody,
  ) {
    super(refusal.message ?? `The server answered ${status}.`);
  }
}

/** @throws RestError for every answer but a success; other errors mean that nobody answered */
async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/api/v1${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) {
    throw new RestError(response.status, await refusalOf(response));
  }
  return (await response.json()) as T;
}

async function refusalOf(response: Response): Promise<RefusalBody> {
  try {
    const problem = (await response.json()) as {
      code?: string;
      detail?: string;
      field?: string;
      correlationId?: string;
    };
    return {
      code: problem.code ?? `HTTP_${response.status}`,
      ...(problem.detail !== undefined && { message: problem.detail }),
      ...(problem.field !== undefined && { field: problem.field }),
      ...(problem.correlationId !== undefined && { correlationId: problem.correlationId }),
    };
  } catch {
    return { code: `HTTP_${response.status}` };
  }
}

export async function findDemoPeople(): Promise<Person[]> {
  return (await call<{ people: Person[] }>('/demo/people', {})).people;
}

export function signInAs(employeeId: string): Promise<SignedIn> {
  return call('/demo/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ employeeId }),
  });
}

export interface OwnRecordsSource {
  (token: string, employeeId: string): Promise<OwnRecords>;
}

export const fetchOwnRecords: OwnRecordsSource = async (token, employeeId) => {
  // A browser that revalidates gets 304 and hands out its old body, with the number of the first reading.
  const init: RequestInit = { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' };
  const self = `employeeId=${encodeURIComponent(employeeId)}`;
  const [sessions, leave, presence] = await Promise.all([
    call<Page<WorkSession>>(`/sessions?${self}&limit=20`, init),
    call<Page<LeaveRequest>>(`/leave-requests?${self}&limit=20`, init),
    call<Page<PresenceRow>>(`/presence?${self}&limit=1`, init),
  ]);
  const row = presence.items.find((item) => item.employeeId === employeeId);
  return {
    seq: Math.min(sessions.asOf.seq, leave.asOf.seq, presence.asOf.seq),
    sessions: sessions.items.map(readSession),
    leave: leave.items.map(readLeave),
    presence: row === undefined ? null : readRow(row),
  };
};
