import { useNow } from '../app/hooks';
import type { Activity, ActivityKind } from '../protocol/messages';
import { Icon, type IconName } from '../ui/Icon';
import { ago, clockTimeExact, deed } from '../ui/words';

const ICONS: Record<ActivityKind, IconName> = {
  PUNCH_IN: 'enter',
  PUNCH_OUT: 'leave',
  SESSION_CORRECTED: 'pen',
  LEAVE_REQUESTED: 'calendar',
  LEAVE_APPROVED: 'check',
  LEAVE_REJECTED: 'cross',
  LEAVE_WITHDRAWN: 'calendar',
  EMPLOYEE_JOINED: 'person',
};

export function ActivityStream({ entries }: { entries: readonly Activity[] }) {
  const now = useNow(15_000);
  return (
    <ol className="activity" role="log" aria-live="polite" aria-relevant="additions" tabIndex={0} aria-label="Latest activity" data-testid="activity">
      {entries.map((entry) => (
        <li key={entry.seq} data-kind={entry.kind} data-seq={entry.seq}>
          <Icon name={ICONS[entry.kind] ?? 'person'} />
          <span className="activity-words">
            <strong>{entry.displayName}</strong> {deed(entry.kind)}
            {typeof entry.detail === 'string' && entry.detail !== '' && (
              <span className="activity-detail"> {entry.detail}</span>
            )}
          </span>
          <time dateTime={entry.at} title={clockTimeExact(entry.at)}>
            {ago(entry.at, now)}
          </time>
        </li>
      ))}
      {entries.length === 0 && <li className="faint">Nothing has happened yet.</li>}
    </ol>
  );
}
