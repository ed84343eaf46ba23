import { io } from 'socket.io-client';
import type { LiveSocket } from './liveSocket';

/** A connection of one's own to the server that the page came from. */
export function openSocket(token: string): LiveSocket {
  return io({
    auth: { token },
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  });
}
