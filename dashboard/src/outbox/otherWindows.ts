/** What the windows of one browser do together for one outbox. */
export interface OtherWindows {
  /** Has the work done while no other window does any for the same outbox. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Says that the outbox has changed. */
  announce(): void;
  /** Called when another window has said so. */
  onAnnounced(listener: () => void): void;
  close(): void;
}

export function otherWindows(owner: string): OtherWindows {
  const name = `outbox ${owner}`;
  const channel = new BroadcastChannel(name);
  return {
    // Locks exist in secure contexts only; without them two windows may send the same entry, and it counts once.
    alone: (work) => (navigator.locks === undefined ? work() : navigator.locks.request(name, work)),
    announce: () => channel.postMessage(null),
    onAnnounced: (listener) => channel.addEventListener('message', listener),
    close: () => channel.close(),
  };
}
