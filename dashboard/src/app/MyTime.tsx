import { useAppSelector } from '../state/hooks';
import { LeaveForm } from '../leave/LeaveForm';
import { OwnLeave } from '../leave/OwnLeave';
import type { SignedIn } from '../protocol/messages';
import { PunchCard } from '../clock/PunchCard';
import { OwnSessions } from '../clock/OwnSessions';

export function MyTime({ person }: { person: SignedIn }) {
  const loaded = useAppSelector((state) => state.me.loaded);
  const stale = useAppSelector((state) => state.connection.phase !== 'live');
  const absent = stale ? 'Shown when you are connected.' : 'One moment…';
  return (
    <div className="mytime" data-stale={stale || undefined}>
      <h1 className="unseen">My time</h1>
      <div className="mytime-column">
        <PunchCard person={person} />
        <section className="panel" aria-labelledby="sessions-title">
          <h2 id="sessions-title">Work sessions</h2>
          {loaded ? <OwnSessions /> : <p className="faint">{absent}</p>}
        </section>
      </div>
      <div className="mytime-column">
        <section className="panel" aria-labelledby="ask-title">
          <h2 id="ask-title">Ask for leave</h2>
          <LeaveForm />
        </section>
        <section className="panel" aria-labelledby="leave-title">
          <h2 id="leave-title">My leave requests</h2>
          {loaded ? <OwnLeave /> : <p className="faint">{absent}</p>}
        </section>
      </div>
    </div>
  );
}
