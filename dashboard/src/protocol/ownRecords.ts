import type { LeaveRequest, PresenceRow, WorkSession } from './messages';

/** Everything the page shows about one's own time. */
export interface OwnRecords {
  /** The company's number that all of it shows. */
  seq: number;
  sessions: WorkSession[];
  leave: LeaveRequest[];
  presence: PresenceRow | null;
}
