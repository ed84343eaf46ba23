import type { Numbered } from './messages';

/**
 * The rule of the live feed: entries come in order, and gaps are other people's events. An entry
 * without a number, as the guide's servers send it, is always new.
 *
 * @param last the number of the last entry that was applied; 0 for none
 */
export function isKnown(last: number, entry: Partial<Numbered>): boolean {
  return entry.seq !== undefined && entry.seq <= last;
}
