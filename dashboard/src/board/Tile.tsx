import { memo, useEffect, useRef, useState } from 'react';
import type { PresenceRow } from '../protocol/messages';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { Name } from '../ui/Name';
import { coordinates, elapsed, nameOf, PRESENCE_WORDS, since, titled } from '../ui/words';

const NOTICED_FOR_MS = 2500;

/** One person of the board; the times of all are those of the reader. */
export const Tile = memo(function Tile({ row, now }: { row: PresenceRow; now: number }) {
  const changed = useChanged(row);
  const where = [row.departmentId, row.siteId]
    .filter((id) => id !== null)
    .map(titled)
    .join(' · ');
  return (
    <li
      className="tile"
      data-testid={`tile-${row.employeeId}`}
      data-presence={row.presence}
      data-changed={changed || undefined}
    >
      <Avatar name={nameOf(row)} presence={row.presence} />
      <div className="tile-words">
        <div className="tile-line">
          <span className="tile-name" title={nameOf(row)}>
            <Name of={row} />
          </span>
          <span className="tile-presence">{PRESENCE_WORDS[row.presence]}</span>
        </div>
        <div className="tile-line tile-since">
          {row.since === null ? (
            <span>{row.presence === 'OUT' ? 'No punch yet' : '–'}</span>
          ) : (
            <time dateTime={row.since}>{since(row.since, undefined, now)}</time>
          )}
          {row.since !== null && <span className="tile-elapsed">{elapsed(row.since, now)}</span>}
        </div>
        <div className="tile-where" title={where}>
          {where === '' ? row.employeeId : where}
        </div>
        {row.location !== null && (
          <div className="tile-place">
            <Icon name="pin" />
            <span className="unseen">Location of the last punch: </span>
            {coordinates(row.location.lat, row.location.lng)}
            {row.location.accuracy != null && <span> ±{Math.round(row.location.accuracy)} m</span>}
          </div>
        )}
      </div>
    </li>
  );
});

/** True for a moment after the tile's presence or its start changed. */
function useChanged(row: PresenceRow): boolean {
  const state = `${row.presence} ${row.since}`;
  const before = useRef(state);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (before.current === state) {
      return;
    }
    before.current = state;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), NOTICED_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return changed;
}
