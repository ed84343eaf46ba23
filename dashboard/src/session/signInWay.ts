const KEY = 'takesTokens';

/** What the server of this page was known to take, for when it cannot be asked: a token lets people punch offline. */
export function takesTokens(storage: Storage = localStorage): boolean {
  return storage.getItem(KEY) === 'true';
}

export function rememberTokens(takes: boolean, storage: Storage = localStorage): void {
  storage.setItem(KEY, String(takes));
}
