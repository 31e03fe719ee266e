// The screens of Later.svelte: fetched as soon as there is a space, so that they are here before a first tap.
import type { Component } from 'svelte';
import { kKeepWhole } from '../sw/messages.ts';
import type { Route } from './route.ts';

type Screens = Component<{ place: Route }>;

class Later {
  screens = $state.raw<Screens | null>(null);
  /** They did not come, though there is a network: the server may have another build by now. */
  missing = $state(false);
  #fetching: Promise<void> | null = null;

  /** Safe to call often. Without a network it is tried again once there is one. */
  fetch(): Promise<void> {
    this.#fetching ??= import('./Later.svelte').then(
      (module) => {
        this.screens = module.default;
        keep_whole();
      },
      () => {
        this.#fetching = null;
        this.missing = navigator.onLine;
        addEventListener('online', () => void this.fetch(), { once: true });
      },
    );
    return this.#fetching;
  }
}

/** From now on the app has to open whole without a network. */
function keep_whole(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  void workers?.ready?.then((registration) => registration.active?.postMessage(kKeepWhole));
}

export const later = new Later();
