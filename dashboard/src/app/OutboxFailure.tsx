import { useAppSelector } from '../state/hooks';

/** Only where the browser has no room or may keep nothing: then nothing is promised. */
export function OutboxFailure() {
  const failed = useAppSelector((state) => state.outbox.failed);
  return failed ? (
    <p className="notice" role="alert" data-testid="outbox-failure">
      This browser cannot keep what you ask for, so it was not sent. Free some space, or allow this site to keep data, and try
      again.
    </p>
  ) : null;
}
