import { useAppDispatch, useAppSelector } from '../state/hooks';
import { PRESENCES } from '../protocol/messages';
import { PRESENCE_WORDS } from '../ui/words';
import { selectCounts, selectFilters, selectTotal } from '../state/boardSelectors';
import { filtersChanged, selectBoardReady } from '../state/boardSlice';

/** How many people are where; each count is also the filter for it. */
export function Counts() {
  const dispatch = useAppDispatch();
  const counts = useAppSelector(selectCounts);
  const total = useAppSelector(selectTotal);
  const ready = useAppSelector(selectBoardReady);
  const { presence: chosen } = useAppSelector(selectFilters);
  const figure = (value: number) => (ready ? value : '–');
  return (
    <section className="counts" aria-label="How many people are where">
      {PRESENCES.map((presence) => (
        <button
          key={presence}
          type="button"
          className="counter"
          data-presence={presence}
          data-none={counts[presence] === 0 || undefined}
          aria-pressed={chosen === presence}
          onClick={() => dispatch(filtersChanged({ presence: chosen === presence ? null : presence }))}
        >
          <span className="counter-name">{PRESENCE_WORDS[presence]}</span>
          <span className="counter-figure" data-testid={`count-${presence}`}>
            {figure(counts[presence])}
          </span>
        </button>
      ))}
      <button
        type="button"
        className="counter"
        aria-pressed={chosen === null}
        onClick={() => dispatch(filtersChanged({ presence: null }))}
      >
        <span className="counter-name">Everybody</span>
        <span className="counter-figure" data-testid="count-total">
          {figure(total)}
        </span>
      </button>
      <svg className="proportions" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        {total > 0 &&
          PRESENCES.map((presence, index) => {
            const before = PRESENCES.slice(0, index).reduce((sum, earlier) => sum + counts[earlier], 0);
            return (
              <rect
                key={presence}
                data-presence={presence}
                x={(100 * before) / total}
                width={(100 * counts[presence]) / total}
                height="1"
              />
            );
          })}
      </svg>
    </section>
  );
}
