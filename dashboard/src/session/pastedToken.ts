import { ROLES, type SignedIn } from '../protocol/messages';
import { claimsOf, personOf } from './storedSession';

/** An expiry in that time may be one of a clock that is wrong; the server knows. */
const CLOCKS_MAY_DIFFER_MS = 24 * 3_600_000;

export type Pasted = { kind: 'person'; person: SignedIn } | { kind: 'problem'; problem: string };

/**
 * What somebody pasted as their access token, with what commonly comes along: "Bearer", quotes, line breaks.
 *
 * @param now by this device's clock, in milliseconds
 */
export function readPasted(text: string, now: number): Pasted {
  const token = text
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .replace(/["'\s]/g, '');
  const person = personOf(token);
  if (person === null) {
    return problem('This is not an access token of this system: one is three parts with dots between them.');
  }
  if (!ROLES.includes(person.role)) {
    return problem(`This access token is for the role “${person.role}”, which this system does not know.`);
  }
  const expiresAt = expiryOf(token);
  if (expiresAt !== null && expiresAt < now - CLOCKS_MAY_DIFFER_MS) {
    return problem('This access token has expired. Get a new one from your HR system.');
  }
  return { kind: 'person', person };
}

function problem(words: string): Pasted {
  return { kind: 'problem', problem: words };
}

/** Milliseconds; null when the token does not say. */
function expiryOf(token: string): number | null {
  const { exp } = claimsOf(token) ?? {};
  return typeof exp === 'number' ? exp * 1000 : null;
}
