import type { Numbered } from './messages';

export type Verdict = 'apply' | 'drop' | 'gap';

/**
 * The rule of the live feed. `prev` is not always `seq - 1`, because not every audience hears
 * every entry.
 *
 * @param last the last number that was applied; 0 when nothing was
 */
export function judge(last: number, entry: Numbered): Verdict {
  if (entry.seq <= last) {
    return 'drop';
  }
  return entry.prev <= last ? 'apply' : 'gap';
}
