import { useAppDispatch, useAppSelector } from '../state/hooks';
import { Icon } from '../ui/Icon';
import { titled } from '../ui/words';
import { selectDepartments, selectFilters, selectSites, selectTotal, selectVisibleRows } from '../state/boardSelectors';
import { filtersChanged, filtersCleared, type SortBy } from '../state/boardSlice';

export function FilterBar() {
  const dispatch = useAppDispatch();
  const filters = useAppSelector(selectFilters);
  const departments = useAppSelector(selectDepartments);
  const sites = useAppSelector(selectSites);
  const shown = useAppSelector(selectVisibleRows).length;
  const total = useAppSelector(selectTotal);
  const filtered = filters.text !== '' || filters.department !== '' || filters.site !== '' || filters.presence !== null;
  return (
    <div className="filters" role="search">
      <label className="searchbox">
        <Icon name="search" />
        <span className="unseen">Find a person</span>
        <input
          type="search"
          placeholder="Find a person"
          value={filters.text}
          onChange={(event) => dispatch(filtersChanged({ text: event.target.value }))}
          data-testid="filter-text"
        />
      </label>
      <Choice
        label="Department"
        all="All departments"
        value={filters.department}
        options={departments}
        onChange={(department) => dispatch(filtersChanged({ department }))}
      />
      <Choice
        label="Site"
        all="All sites"
        value={filters.site}
        options={sites}
        onChange={(site) => dispatch(filtersChanged({ site }))}
      />
      <label className="choice">
        <span className="unseen">Sort by</span>
        <select
          value={filters.sort}
          onChange={(event) => dispatch(filtersChanged({ sort: event.target.value as SortBy }))}
        >
          <option value="name">By name</option>
          <option value="recent">Latest first</option>
        </select>
      </label>
      <span className="filters-result" role="status">
        {filtered && (
          <>
            {shown} of {total}
            <button type="button" className="quiet" onClick={() => dispatch(filtersCleared())}>
              Clear
            </button>
          </>
        )}
      </span>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  return (
    <label className="choice">
      <span className="unseen">{label}</span>
      <select
        value={value}
        data-chosen={value !== '' || undefined}
        onChange={(event) => onChange(event.target.value)}
        data-testid={`filter-${label.toLowerCase()}`}
      >
        <option value="">{all}</option>
        {options.map((id) => (
          <option key={id} value={id}>
            {titled(id)}
          </option>
        ))}
      </select>
    </label>
  );
}
