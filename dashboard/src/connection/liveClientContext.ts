import { createContext, useContext } from 'react';
import type { LiveClient } from './liveClient';

export const LiveClientContext = createContext<LiveClient | null>(null);

/** Null only before the first effect has run. */
export function useLiveClient(): LiveClient | null {
  return useContext(LiveClientContext);
}
