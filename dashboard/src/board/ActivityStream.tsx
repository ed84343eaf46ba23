import { selectDecidedBy } from '../state/boardSelectors';
import { useAppSelector, useNow } from '../state/hooks';
import type { Activity, ActivityKind } from '../protocol/messages';
import { Icon, type IconName } from '../ui/Icon';
import { Name } from '../ui/Name';
import { ago, clockTimeExact, dateRange, deed, sentence } from '../ui/words';
import { activityKey } from '../state/boardSlice';

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

/** Read out on demand only: a board of many people says something every second. */
export function ActivityStream({ entries }: { entries: readonly Activity[] }) {
  const now = useNow(15_000);
  const deciders = useAppSelector(selectDecidedBy);
  return (
    <div
      className="activity"
      role="log"
      aria-live="off"
      aria-label="Latest activity"
      tabIndex={0}
      data-testid="activity"
    >
      <ol>
        {entries.map((entry) => (
          <li key={activityKey(entry)} data-kind={entry.kind} data-seq={entry.seq}>
            <Icon name={ICONS[entry.kind] ?? 'person'} />
            <span className="activity-words">
              <strong>
                <Name of={entry} />
              </strong>{' '}
              {deed(entry.kind)}
              <ActivityDetail entry={entry} year={new Date(now).getFullYear()} />
              <Decider name={deciders[entry.seq]} />
            </span>
            <time dateTime={entry.at} title={clockTimeExact(entry.at)}>
              {ago(entry.at, now)}
            </time>
          </li>
        ))}
      </ol>
      {entries.length === 0 && <p className="faint">Nothing has happened yet.</p>}
    </div>
  );
}

function Decider({ name }: { name: string | undefined }) {
  return name === undefined ? null : (
    <span className="activity-detail">
      {' · by '}
      <bdi>{name}</bdi>
    </span>
  );
}

/** "vacation 2026-12-01 – 2026-12-04", the detail of an entry about leave */
const LEAVE_DETAIL = /^(.*) (\d{4}-\d\d-\d\d) – (\d{4}-\d\d-\d\d)$/;

function ActivityDetail({ entry, year }: { entry: Activity; year: number }) {
  const parts = entry.detail == null ? null : LEAVE_DETAIL.exec(entry.detail);
  if (parts === null) {
    // Other details are ids, which say nothing to people.
    return null;
  }
  const [, type, start, end] = parts;
  return (
    <span className="activity-detail">
      {' '}
      {sentence(type!).toLowerCase()}, {dateRange(start!, end!, year)}
    </span>
  );
}
