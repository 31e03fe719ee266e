// The service worker of this build, and a newer one that waits. It takes over only when somebody asks for it, and
// only the tab that was asked reloads: no page ever loses a sentence to an update.
import { kStartNow } from '../sw/messages.ts';
import { own_script } from './trusted.ts';

/** Registers the service worker and tells when a newer build is ready. Answers with what starts that build. */
export function watch_for_updates(ready: () => void): () => void {
  let asked = false;
  let waiting: ServiceWorker | null = null;
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return () => location.reload();

  const found = (worker: ServiceWorker) => {
    if (!workers.controller) return; // the first one: it is this build
    waiting = worker;
    ready();
  };
  const had_one = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else if (had_one) ready(); // another tab started it; this page goes on with the build it has
  });
  workers
    .register(own_script('/sw.js'))
    .then((registration) => {
      if (registration.waiting) found(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed') found(worker);
        });
      });
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible' && navigator.onLine) registration.update().catch(() => {});
      });
    })
    .catch((error: unknown) => {
      // Without it the app works, but opens only with a network.
      console.warn(error);
    });

  return () => {
    asked = true;
    if (waiting?.state === 'installed') waiting.postMessage(kStartNow);
    else location.reload();
  };
}
