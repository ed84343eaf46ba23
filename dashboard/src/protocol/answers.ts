import type { Answer, RefusalBody } from './messages';

/** How a command ended, as far as this window knows. */
export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; refusal: RefusalBody }
  /** It may or may not have been stored: repeat it with the same commandId. */
  | { kind: 'unknown' };

const OUTCOME_UNKNOWN = new Set(['UNAVAILABLE']);
const TRY_LATER = new Set(['RATE_LIMITED']);

export function outcomeOf<T>(answer: Answer<T> | undefined): Outcome<T> {
  if (answer === undefined || answer === null || typeof answer !== 'object') {
    return { kind: 'unknown' };
  }
  if (answer.ok) {
    return { kind: 'done', value: answer };
  }
  if (OUTCOME_UNKNOWN.has(answer.error.code) || TRY_LATER.has(answer.error.code)) {
    return { kind: 'unknown' };
  }
  return { kind: 'refused', refusal: answer.error };
}

const WORDS: Record<string, string> = {
  ALREADY_PUNCHED_IN: 'You are already punched in.',
  NOT_PUNCHED_IN: 'You are not punched in.',
  FUTURE_TIME: 'The clock of this device is ahead. Set it right and punch again.',
  TOO_OLD: 'This punch is too old to be taken.',
  OVERLAP: 'These days overlap another leave request.',
  SELF_APPROVAL: 'Nobody decides about their own leave.',
  ILLEGAL_TRANSITION: 'This request was decided or withdrawn in the meantime.',
  IDEMPOTENCY_CONFLICT: 'This was sent before with other contents. Reload the page and try again.',
  UNKNOWN_EMPLOYEE: 'This person is not known in the company.',
  UNKNOWN_LEAVE: 'This leave request does not exist any more.',
  NOT_FOUND: 'This does not exist any more.',
  UNAUTHENTICATED: 'Your sign-in has expired. Sign in again.',
  FORBIDDEN: 'Your role does not allow this.',
  TOO_LARGE: 'The text is too long.',
  RATE_LIMITED: 'Too many requests in a short time. Wait a moment.',
  UNREADABLE: 'Something stored about this person has to be repaired first. Tell your administrator.',
  UNAVAILABLE: 'The server cannot store anything right now.',
};

const PUNCH_WORDS: Record<string, string> = {
  TOO_OLD: 'This punch is too old to be taken. Ask HR to enter it.',
  OVERLAP: 'A later punch of yours counts already. Ask HR to correct the times.',
};

/** The refusal of a punch in a sentence for people. */
export function punchInWords(refusal: RefusalBody): string {
  return PUNCH_WORDS[refusal.code] ?? inWords(refusal);
}

/** A refusal in a sentence for people; shape errors keep the server's own words. */
export function inWords(refusal: RefusalBody): string {
  return WORDS[refusal.code] ?? refusal.message ?? 'The server refused this.';
}
