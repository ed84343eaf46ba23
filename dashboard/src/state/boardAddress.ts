import { PRESENCES, type Presence } from '../protocol/messages';
import { NO_FILTERS, type Filters } from './boardSlice';

const PAGE = 'board';

/** The part of the address behind '#' that brings back the board as it is filtered now. */
export function boardAddress(filters: Filters): string {
  const { text, department, site, presence, sort } = filters;
  const query = new URLSearchParams();
  if (text !== '') query.set('find', text);
  if (department !== '') query.set('department', department);
  if (site !== '') query.set('site', site);
  if (presence !== null) query.set('presence', presence);
  if (sort !== NO_FILTERS.sort) query.set('sort', sort);
  return query.size === 0 ? PAGE : `${PAGE}?${query}`;
}

/** What an address says; what it does not know is no filter. */
export function filtersIn(address: string): Filters {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  const presence = query.get('presence');
  return {
    text: query.get('find') ?? '',
    department: query.get('department') ?? '',
    site: query.get('site') ?? '',
    presence: PRESENCES.includes(presence as Presence) ? (presence as Presence) : null,
    sort: query.get('sort') === 'recent' ? 'recent' : 'name',
  };
}

export function pageIn(address: string): string {
  return address.split('?')[0]!;
}
