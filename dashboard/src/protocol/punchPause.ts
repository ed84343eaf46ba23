/** So long after a punch the button is closed to another, in every window. */
export const PUNCH_PAUSE_MS = 2_000;

/** A press from the future is of a clock that was set back, and closes nothing. */
export function isClosed(at: number, pressedAt: number | undefined): boolean {
  return pressedAt !== undefined && pressedAt <= at && at - pressedAt < PUNCH_PAUSE_MS;
}
