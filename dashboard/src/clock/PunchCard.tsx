import type { Presence, SignedIn } from '../protocol/messages';
import { useAppSelector, useNow } from '../state/hooks';
import { selectOwnPresence, selectOwnZone, selectPresentSince } from '../state/ownPresence';
import { Name } from '../ui/Name';
import { clockTime, foreignZone, PRESENCE_WORDS, since, stopwatch } from '../ui/words';
import { ClockWarning } from './ClockWarning';
import { PunchButtons } from './PunchButtons';
import { PunchNotes } from './PunchNotes';

const HEADLINES: Record<Presence, string> = {
  IN: 'You are in',
  OUT: 'You are out',
  ON_LEAVE: 'You are on leave',
  UNKNOWN: 'Your state is unknown',
};

export function PunchCard({ person }: { person: SignedIn }) {
  const presence = useAppSelector(selectOwnPresence);
  const from = useAppSelector(selectPresentSince);
  const zoneId = useAppSelector(selectOwnZone);
  const connecting = useAppSelector((state) => state.connection.phase === 'connecting');
  const unknown = connecting ? 'One moment…' : 'You are not connected';
  return (
    <section className="panel punch" aria-labelledby="own-presence" data-presence={presence ?? 'LOADING'}>
      <div className="punch-head">
        <h2 id="own-presence" data-testid="own-presence" data-presence={presence ?? 'LOADING'} aria-live="polite">
          {presence === null ? unknown : HEADLINES[presence]}
        </h2>
        <p className="punch-person">
          <Name of={person} />
        </p>
      </div>
      {presence === 'IN' && from !== null ? (
        <Running from={from} zoneId={zoneId} />
      ) : (
        <NotRunning presence={presence} from={from} zoneId={zoneId} />
      )}
      <PunchButtons presence={presence} />
      <ClockWarning />
      <PunchNotes zoneId={zoneId} />
    </section>
  );
}

function Running({ from, zoneId }: { from: string; zoneId: string | undefined }) {
  const now = useNow(1000);
  return (
    <div className="punch-state">
      <span className="punch-figure" role="timer">
        {stopwatch(from, now)}
      </span>
      <span className="punch-since">
        since <time dateTime={from}>{since(from, zoneId, now)}</time>
        <ZoneLabel now={now} zoneId={zoneId} />
      </span>
    </div>
  );
}

interface NotRunningProps {
  presence: Presence | null;
  from: string | null;
  zoneId: string | undefined;
}

function NotRunning({ presence, from, zoneId }: NotRunningProps) {
  const now = useNow(1000);
  return (
    <div className="punch-state">
      <span className="punch-figure punch-clock">{clockTime(now, zoneId)}</span>
      <span className="punch-since">
        {presence !== null && from !== null
          ? `${PRESENCE_WORDS[presence].toLowerCase()} since ${since(from, zoneId, now)}`
          : zoneId === undefined
            ? 'by this device'
            : 'your site’s time'}
        <ZoneLabel now={now} zoneId={zoneId} />
      </span>
    </div>
  );
}

/** Every time of the page is of the site's zone: said once, where the browser's is another. */
function ZoneLabel({ now, zoneId }: { now: number; zoneId: string | undefined }) {
  const zone = zoneId === undefined ? null : foreignZone(now, zoneId);
  return zone === null ? null : <span data-testid="own-zone"> {zone}</span>;
}
