// While Attune is open: what was to be noticed is taken away, and the relay is told where this browser can be called now. A
// browser may end a subscription or move it, and a person may forbid notifications in its settings.
import type { Core } from '../core/client.ts';
import type { NotificationsView } from '../core/types.ts';
import { kSubscribeAgain } from '../sw/messages.ts';
import { ability, subscribe } from './push.ts';
import { clear_shown } from './shown.ts';

/** Whether this device is to be called, as far as it knows. */
export const is_on = (view: NotificationsView | undefined): boolean =>
  view !== undefined && (view.state === 'on' || view.state === 'on-this-phone' || view.state === 'stale' || view.state === 'refused');

/** Until released. */
export function attend(core: Core): () => void {
  let view: NotificationsView | undefined;
  let due = true; // once at the start, and whenever something may have changed
  let looking = false;
  let told: string | null = null;

  async function look(): Promise<void> {
    const now = view;
    if (!due || looking || !now) return;
    if (!is_on(now)) {
      due = false; // whoever switches it on subscribes as well
      return;
    }
    const { key } = now;
    const allowed = ability() === 'granted';
    if (allowed && key === null) return; // the relay says it once it is there
    due = false;
    looking = true;
    if (allowed && key !== null) {
      const found = await subscribe(key).catch(() => null); // without an address it is tried again at the next look
      if (found && (found.endpoint !== told || now.state === 'stale')) {
        told = found.endpoint;
        await core.command('space.push-set', found);
      }
    } else {
      await core.command('space.push-clear', {});
    }
    looking = false;
    void look();
  }
  function again(): void {
    due = true;
    void look();
  }

  const release = core.view('notifications').subscribe((next) => {
    if (next?.state === 'stale' && view?.state !== 'stale') due = true;
    view = next;
    void look();
  });
  const seen = () => {
    if (document.visibilityState !== 'visible') return;
    void clear_shown();
    again();
  };
  const heard = (event: MessageEvent) => {
    if (event.data === kSubscribeAgain) again();
  };
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  document.addEventListener('visibilitychange', seen);
  workers?.addEventListener('message', heard);
  if (document.visibilityState === 'visible') void clear_shown();
  return () => {
    release();
    document.removeEventListener('visibilitychange', seen);
    workers?.removeEventListener('message', heard);
  };
}
