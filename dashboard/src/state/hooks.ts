import { useEffect, useState } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import { selectClockOffset } from './connectionSlice';
import type { AppDispatch, RootState } from './store';

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<RootState>();

/**
 * The server's clock in milliseconds, read again every so often.
 *
 * @param every milliseconds between two readings
 */
export function useNow(every: number): number {
  const offset = useAppSelector(selectClockOffset);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now + offset;
}

/** The part of the address after '#'. */
export function useHash(): string {
  const [hash, setHash] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const read = () => setHash(window.location.hash.slice(1));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return hash;
}
