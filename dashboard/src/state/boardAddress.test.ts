import { expect, it } from 'vitest';
import { boardAddress, filtersIn, pageIn } from './boardAddress';
import { NO_FILTERS, type Filters } from './boardSlice';

it.each([
  NO_FILTERS,
  { text: 'Lucía & co?', department: 'r&d', site: 'madrid-hq', presence: 'ON_LEAVE', sort: 'recent' },
] as Filters[])('%o come back from their address', (filters) => {
  expect(filtersIn(boardAddress(filters))).toEqual(filters);
  expect(pageIn(boardAddress(filters))).toBe('board');
});

it('an address without filters is as short as it was', () => {
  expect(boardAddress(NO_FILTERS)).toBe('board');
});

it('what an address says wrongly is no filter', () => {
  expect(filtersIn('board?presence=ASLEEP&sort=shoe-size&x=1')).toEqual(NO_FILTERS);
});
