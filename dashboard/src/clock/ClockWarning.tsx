import { selectClockOffset } from '../state/connectionSlice';
import { useAppSelector } from '../state/hooks';
import { duration } from '../ui/words';

const WORTH_SAYING_MS = 2 * 60_000;

/** A wrong clock keeps nobody from punching: the server's time is what counts. */
export function ClockWarning() {
  const offset = useAppSelector(selectClockOffset);
  if (Math.abs(offset) < WORTH_SAYING_MS) {
    return null;
  }
  return (
    <p className="notice" role="status" data-testid="clock-warning">
      The clock of this device is {duration(Math.abs(offset))} {offset < 0 ? 'ahead' : 'behind'}. Your punches get the right
      time; please set the clock.
    </p>
  );
}
