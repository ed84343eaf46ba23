import { asRole, type SignedIn } from '../protocol/messages';

const TOKEN = 'authToken';
const PERSON = 'authPerson';

/** Per window, so that two windows can be two people. */
export function storeSession(person: SignedIn, storage: Storage = sessionStorage): void {
  const { token, ...rest } = person;
  storage.setItem(TOKEN, token);
  storage.setItem(PERSON, JSON.stringify(rest));
}

export function loadSession(storage: Storage = sessionStorage): SignedIn | null {
  const token = storage.getItem(TOKEN);
  if (token === null) {
    return null;
  }
  try {
    const person = JSON.parse(storage.getItem(PERSON) ?? 'null') as Omit<SignedIn, 'token'> | null;
    return person === null ? personOf(token) : { ...person, token };
  } catch {
    return personOf(token);
  }
}

export function forgetSession(storage: Storage = sessionStorage): void {
  storage.removeItem(TOKEN);
  storage.removeItem(PERSON);
}

/**
 * Reads who a token is for, only to know what to show: the server alone decides whether it is valid.
 *
 * @returns null when the text is no token
 */
export function personOf(token: string): SignedIn | null {
  const claims = claimsOf(token);
  const employeeId = claims?.employeeId ?? claims?.id ?? claims?.sub;
  if (claims === null || employeeId === undefined || claims.companyId === undefined) {
    return null;
  }
  return {
    token,
    employeeId: String(employeeId),
    displayName: String(claims.name ?? employeeId),
    role: asRole(String(claims.role ?? 'EMPLOYEE')),
    companyId: String(claims.companyId),
    companyName: String(claims.companyName ?? claims.companyId),
  };
}

/** What a token says of itself; null when the text is no token. */
export function claimsOf(token: string): Record<string, unknown> | null {
  try {
    const base64 = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' ? (claims as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
