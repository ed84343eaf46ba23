import { useState } from 'react';
import { useAppSelector, useNow } from '../state/hooks';
import { useLiveClient } from '../connection/liveClientContext';
import type { Presence, SignedIn } from '../protocol/messages';
import type { PendingPunch } from '../protocol/pendingPunch';
import { clockTime, clockTimeExact, foreignZone, PRESENCE_WORDS, since, stopwatch } from '../ui/words';
import { currentLocation } from './geolocation';
import { selectOpenSession, selectOutSince, selectOwnPresence } from '../state/meSlice';

/** An answer takes milliseconds; after this long the person wants to know what happens. */
const WORRY_AFTER_MS = 3000;

const HEADLINES: Record<Presence, string> = {
  IN: 'You are in',
  OUT: 'You are out',
  ON_LEAVE: 'You are on leave',
  UNKNOWN: 'Your state is unknown',
};

export function PunchCard({ person }: { person: SignedIn }) {
  const client = useLiveClient();
  const presence = useAppSelector(selectOwnPresence);
  const open = useAppSelector(selectOpenSession);
  const outSince = useAppSelector(selectOutSince);
  const { row, pendingPunch, confirmation, refusal } = useAppSelector((state) => state.me);
  const live = useAppSelector((state) => state.connection.phase === 'live');
  const [withLocation, setWithLocation] = useState(false);
  const [locating, setLocating] = useState(false);
  const [locationProblem, setLocationProblem] = useState<string | null>(null);

  const goingOut = pendingPunch === null ? presence === 'IN' : pendingPunch.event === 'punch_out';
  const busy = locating || pendingPunch !== null;

  const punch = async () => {
    const event = goingOut ? 'punch_out' : 'punch_in';
    setLocationProblem(null);
    if (!withLocation) {
      client?.punch(event);
      return;
    }
    setLocating(true);
    const place = await currentLocation();
    setLocating(false);
    if (place.kind === 'found') {
      client?.punch(event, place.location);
    } else {
      setLocationProblem(place.problem);
    }
  };

  const zoneId = open?.zoneId ?? row?.zoneId;
  return (
    <section className="panel punch" aria-labelledby="own-presence" data-presence={presence ?? 'LOADING'}>
      <div className="punch-head">
        <h2 id="own-presence" data-testid="own-presence" data-presence={presence ?? 'LOADING'} aria-live="polite">
          {presence === null ? 'One moment…' : HEADLINES[presence]}
        </h2>
        <p className="punch-person">{person.displayName}</p>
      </div>
      {open !== null ? (
        <Running from={open.punchInTime} zoneId={open.zoneId} />
      ) : (
        <NotRunning
          presence={presence}
          since={presence === 'OUT' ? outSince : row?.presence === presence ? row?.since : null}
          zoneId={zoneId}
        />
      )}
      <button
        type="button"
        className="punch-button"
        data-testid="punch-button"
        data-next={goingOut ? 'out' : 'in'}
        disabled={presence === null || busy}
        aria-busy={busy}
        onClick={() => void punch()}
      >
        {locating ? 'Finding your location…' : busy ? (live ? 'Confirming…' : 'Waiting…') : goingOut ? 'Punch out' : 'Punch in'}
      </button>
      <label className="check">
        <input
          type="checkbox"
          checked={withLocation}
          disabled={busy}
          onChange={(event) => {
            setWithLocation(event.target.checked);
            setLocationProblem(null);
          }}
        />
        Add my location
      </label>
      <div className="punch-notes">
        {refusal !== null && (
          <p className="refusal" role="alert" data-testid="punch-refusal">
            {refusal}
          </p>
        )}
        {locationProblem !== null && (
          <p className="refusal" role="alert">
            {locationProblem} Nothing was sent: punch without it, or try again.
          </p>
        )}
        {!live && pendingPunch === null && (
          <p className="faint">You are not connected. A punch is kept on this device, with its time, and sent later.</p>
        )}
        {pendingPunch !== null && <NotConfirmed punch={pendingPunch} live={live} />}
        <p className="punch-confirmation" role="status" data-testid="punch-confirmation">
          {confirmation !== null && (
            <>
              {confirmation.event === 'punch_in' ? 'Punch in' : 'Punch out'} confirmed at{' '}
              <time dateTime={new Date(confirmation.confirmedAt).toISOString()}>
                {clockTimeExact(confirmation.confirmedAt)}
              </time>
            </>
          )}
        </p>
      </div>
    </section>
  );
}

function NotConfirmed({ punch, live }: { punch: PendingPunch; live: boolean }) {
  const offset = useAppSelector((state) => state.connection.clockOffset);
  const now = useNow(1000) - offset;
  const at = punch.payload.timestamp;
  if (live && now - Date.parse(at) < WORRY_AFTER_MS) {
    return null;
  }
  if (punch.payload.offline && !live) {
    return (
      <p className="notice" role="status" data-testid="punch-kept">
        Your punch of {clockTime(at)} is kept on this device. It is sent as soon as the connection is back, and counts at{' '}
        {clockTime(at)}.
      </p>
    );
  }
  return (
    <p className="notice" role="status">
      Your punch of {clockTime(at)} is not confirmed yet. It is sent again{' '}
      {live ? 'until the server answers' : 'as soon as the connection is back'}, and counts once.
    </p>
  );
}

function Running({ from, zoneId }: { from: string; zoneId: string }) {
  const now = useNow(1000);
  const zone = foreignZone(from, zoneId);
  return (
    <div className="punch-state">
      <span className="punch-figure" role="timer">
        {stopwatch(from, now)}
      </span>
      <span className="punch-since">
        since <time dateTime={from}>{since(from, zoneId, now)}</time>
        {zone !== null && ` ${zone}`}
      </span>
    </div>
  );
}

interface NotRunningProps {
  presence: Presence | null;
  since: string | null | undefined;
  zoneId: string | undefined;
}

function NotRunning({ presence, since: from, zoneId }: NotRunningProps) {
  const now = useNow(1000);
  return (
    <div className="punch-state">
      <span className="punch-figure punch-clock">{clockTime(now, zoneId)}</span>
      <span className="punch-since">
        {presence !== null && from && zoneId !== undefined
          ? `${PRESENCE_WORDS[presence].toLowerCase()} since ${since(from, zoneId, now)}`
          : 'your site’s time'}
      </span>
    </div>
  );
}
