import { useAppSelector } from '../state/hooks';
import { selectOwnZone } from '../state/ownPresence';
import { clockTime, localDay, workedTime } from '../ui/words';

export function OwnSessions() {
  const sessions = useAppSelector((state) => state.me.sessions);
  const zoneId = useAppSelector(selectOwnZone);
  if (sessions.length === 0) {
    return <p className="faint">No work session yet.</p>;
  }
  return (
    <table className="sessions" data-testid="own-sessions">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">In</th>
          <th scope="col">Out</th>
          <th scope="col">Worked</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <th scope="row">
              {localDay(session.businessDate)}
              {session.corrected && <span className="badge">corrected</span>}
            </th>
            <td>
              <time dateTime={session.punchInTime}>{clockTime(session.punchInTime, zoneId)}</time>
            </td>
            <td>
              {session.punchOutTime === null ? (
                <span className="faint">open</span>
              ) : (
                <time dateTime={session.punchOutTime}>{clockTime(session.punchOutTime, zoneId)}</time>
              )}
            </td>
            <td>{session.punchOutTime === null ? '' : workedTime(session.punchInTime, session.punchOutTime)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
