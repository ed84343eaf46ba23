import { useEffect, useReducer, useState } from 'react';
import { useLiveClient } from '../connection/liveClientContext';
import type { Presence } from '../protocol/messages';
import type { PunchEvent } from '../protocol/outboxEntry';
import { isClosed, PUNCH_PAUSE_MS } from '../protocol/punchPause';
import { useAppSelector } from '../state/hooks';
import { currentLocation } from './geolocation';

const LABELS: Record<PunchEvent, string> = { punch_in: 'Punch in', punch_out: 'Punch out' };
const DONE_LABELS: Record<PunchEvent, string> = { punch_in: 'Punched in', punch_out: 'Punched out' };

export function PunchButtons({ presence }: { presence: Presence | null }) {
  const client = useLiveClient();
  const pressed = useAppSelector((state) => state.outbox.pressed);
  const connecting = useAppSelector((state) => state.connection.phase === 'connecting');
  const loading = useAppSelector((state) => state.connection.phase === 'live' && !state.me.loaded);
  const closed = usePunchPause(pressed?.at);
  const [withLocation, setWithLocation] = useState(false);
  const [locating, setLocating] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const punch = async (event: PunchEvent) => {
    const pressedAt = Date.now();
    setProblem(null);
    if (!withLocation) {
      void client?.outbox.punch(event);
      return;
    }
    setLocating(true);
    const place = await currentLocation();
    setLocating(false);
    if (place.kind === 'found') {
      void client?.outbox.punch(event, place.location, pressedAt);
    } else {
      setProblem(place.problem);
    }
  };

  // Without a connection nobody knows which of the two is next.
  const events: PunchEvent[] =
    presence === null ? ['punch_in', 'punch_out'] : [presence === 'IN' ? 'punch_out' : 'punch_in'];
  const waiting = presence === null && (connecting || loading);
  const shown = waiting ? events.slice(0, 1) : events;
  return (
    <>
      <div className="punch-buttons">
        {shown.map((event) => (
          <button
            key={shown.length === 1 ? 'next' : event}
            type="button"
            className="punch-button"
            data-testid={shown.length === 1 ? 'punch-button' : `${event}-button`}
            data-next={event === 'punch_out' ? 'out' : 'in'}
            disabled={waiting || locating}
            aria-disabled={closed}
            aria-busy={locating}
            onClick={() => void punch(event)}
          >
            {locating ? 'Finding your location…' : closed && pressed !== null ? DONE_LABELS[pressed.event] : LABELS[event]}
          </button>
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={withLocation}
          disabled={locating}
          onChange={(event) => {
            setWithLocation(event.target.checked);
            setProblem(null);
          }}
        />
        Add my location
      </label>
      {problem !== null && (
        <p className="refusal" role="alert">
          {problem} Nothing was sent: punch without it, or try again.
        </p>
      )}
    </>
  );
}

/** Whether the last press was so short ago that another would be the same press. */
function usePunchPause(pressedAt: number | undefined): boolean {
  const [, readAgain] = useReducer((count: number) => count + 1, 0);
  const closed = isClosed(Date.now(), pressedAt);
  useEffect(() => {
    if (!closed || pressedAt === undefined) {
      return;
    }
    const timer = setTimeout(readAgain, pressedAt + PUNCH_PAUSE_MS - Date.now() + 1);
    return () => clearTimeout(timer);
  }, [closed, pressedAt]);
  return closed;
}
