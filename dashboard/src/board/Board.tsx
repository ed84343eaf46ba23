import { useState } from 'react';
import { useAppDispatch, useAppSelector, useNow } from '../state/hooks';
import { LeaveInbox } from '../leave/LeaveInbox';
import { ActivityStream } from './ActivityStream';
import { selectActivity, selectFilters, selectPendingCount, selectTotal, selectVisibleRows } from '../state/boardSelectors';
import { filtersCleared, selectBoardReady } from '../state/boardSlice';
import { Counts } from './Counts';
import { FilterBar } from './FilterBar';
import { Tile } from './Tile';

type Pane = 'people' | 'leave' | 'activity';

/** On a narrow screen one pane shows at a time, on a wide one all do. */
export function Board() {
  const [pane, setPane] = useState<Pane>('people');
  const ready = useAppSelector(selectBoardReady);
  const stale = useAppSelector((state) => state.connection.phase !== 'live');
  const waiting = useAppSelector(selectPendingCount);
  const total = useAppSelector(selectTotal);
  const panes: readonly { id: Pane; title: string; count?: number }[] = [
    { id: 'people', title: 'People', count: total },
    { id: 'leave', title: 'Leave', count: waiting },
    { id: 'activity', title: 'Activity' },
  ];
  return (
    <div className="board" data-pane={pane} data-stale={stale || undefined}>
      <h1 className="unseen">Live board</h1>
      <Counts />
      <div className="panes" role="group" aria-label="Parts of the board">
        {panes.map(({ id, title, count }) => (
          <button key={id} type="button" aria-pressed={pane === id} onClick={() => setPane(id)}>
            {title}
            {count !== undefined && <span className="count">{count}</span>}
          </button>
        ))}
      </div>
      <section className="pane people-pane" aria-label="People">
        <FilterBar />
        {ready ? <Tiles /> : <Waiting />}
      </section>
      <aside className="side">
        <section className="pane panel leave-pane" aria-labelledby="inbox-title">
          <h2 id="inbox-title">
            Leave inbox <span className="count">{waiting}</span>
          </h2>
          <LeaveInbox />
        </section>
        <section className="pane panel activity-pane" aria-labelledby="activity-title">
          <h2 id="activity-title">Activity</h2>
          <ActivityWhenReady ready={ready} />
        </section>
      </aside>
    </div>
  );
}

function Tiles() {
  const dispatch = useAppDispatch();
  const rows = useAppSelector(selectVisibleRows);
  const filters = useAppSelector(selectFilters);
  const total = useAppSelector(selectTotal);
  const now = useNow(15_000);
  if (rows.length === 0) {
    return (
      <div className="empty">
        <p>
          {total === 0
            ? 'Nobody is registered yet. The first punch brings the first person.'
            : 'Nobody matches these filters.'}
        </p>
        {total > 0 && (
          <button type="button" className="plain" onClick={() => dispatch(filtersCleared())}>
            Clear filters
          </button>
        )}
      </div>
    );
  }
  return (
    <ul
      className="tiles"
      aria-label={`${rows.length} people, sorted by ${filters.sort === 'name' ? 'name' : 'latest change'}`}
    >
      {rows.map((row) => (
        <Tile key={row.employeeId} row={row} now={now} />
      ))}
    </ul>
  );
}

function ActivityWhenReady({ ready }: { ready: boolean }) {
  const entries = useAppSelector(selectActivity);
  return ready ? <ActivityStream entries={entries} /> : <p className="faint">Waiting for the board…</p>;
}

function Waiting() {
  return (
    <div className="tiles" role="status" aria-label="Waiting for the board">
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} className="tile tile-waiting" />
      ))}
    </div>
  );
}
