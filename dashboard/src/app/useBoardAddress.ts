import { useEffect } from 'react';
import { boardAddress, filtersIn } from '../state/boardAddress';
import { selectFilters } from '../state/boardSelectors';
import { filtersChanged } from '../state/boardSlice';
import { useAppDispatch, useAppSelector } from '../state/hooks';

/** Browsers allow an address to be changed so many times only; nobody shares one while typing. */
const WRITTEN_AFTER_MS = 400;

/** Keeps the filters in the address, so that a reload and a link show the same board. */
export function useBoardAddress(shown: boolean, hash: string): void {
  const dispatch = useAppDispatch();
  const filters = useAppSelector(selectFilters);
  useEffect(() => {
    if (shown) {
      dispatch(filtersChanged(filtersIn(hash)));
    }
  }, [dispatch, shown, hash]);
  useEffect(() => {
    if (!shown) {
      return;
    }
    const timer = setTimeout(() => {
      const address = boardAddress(filters);
      if (window.location.hash.slice(1) !== address && (window.location.hash !== '' || address.includes('?'))) {
        history.replaceState(history.state, '', `#${address}`);
      }
    }, WRITTEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [shown, filters]);
}
