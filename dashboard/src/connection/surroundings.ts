/** What the browser says of the network and the window. */
export interface Surroundings {
  /** Whether somebody may be looking. */
  visible(): boolean;
  /** @returns ends the listening */
  listen(on: { offline: () => void; online: () => void; shown: () => void }): () => void;
}

export const browserSurroundings: Surroundings = {
  visible: () => document.visibilityState === 'visible',
  listen({ offline, online, shown }) {
    const visibilityChanged = () => {
      if (document.visibilityState === 'visible') {
        shown();
      }
    };
    window.addEventListener('offline', offline);
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', visibilityChanged);
    return () => {
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', visibilityChanged);
    };
  },
};
