const LOOKED_FOR_EVERY_MS = 3_600_000;
const ASKED_AGAIN_AFTER_MS = 30_000;

/**
 * Keeps the page in this browser, so that it opens without a network, and takes a new one when the server has it. Only
 * what is being typed would be lost by that: all that was pressed is in the outbox.
 */
export function keepUpToDate(): void {
  // Absent in insecure contexts, where browsers keep no pages.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined || import.meta.env.DEV) {
    return;
  }
  const isUpdate = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (isUpdate) {
      reloadWhenNothingIsTyped();
    }
  });
  void workers.register('/sw.js').then(
    (registration) => setInterval(() => registration.update().catch(() => {}), LOOKED_FOR_EVERY_MS),
    // Without it the page works as long as there is a network.
    () => {},
  );
}

function reloadWhenNothingIsTyped(): void {
  const fields = document.querySelectorAll<HTMLInputElement>('textarea, input[type=date]');
  if ([...fields].every(({ value }) => value === '')) {
    window.location.reload();
  } else {
    setTimeout(reloadWhenNothingIsTyped, ASKED_AGAIN_AFTER_MS);
  }
}
