// Moving between places. Each step is one entry of the browser's history, so its back gesture works; nothing goes into the address.
import type { Route } from './route.ts';

interface Entry { route: Route; depth: number }

export class Nav {
  #entry = $state.raw<Entry>({ route: { to: 'today' }, depth: 0 });
  /** Set once a screen was shown: from then on the title of each new one takes the focus. */
  shown = false;
  /** Set by the first screen, be it that of the opening: what comes after another one fades in. */
  painted = false;

  constructor() {
    const kept: unknown = history.state;
    if (is_entry(kept)) this.#entry = kept;
    else history.replaceState(this.#entry, '');
    window.addEventListener('popstate', (event) => {
      if (!is_entry(event.state)) return;
      this.#entry = event.state;
    });
  }

  get route(): Route {
    return this.#entry.route;
  }

  go(route: Route): void {
    this.#entry = { route, depth: this.#entry.depth + 1 };
    history.pushState(this.#entry, '');
  }

  /** Takes the place of this one: what came before stays one step back. */
  replace(route: Route): void {
    this.#entry = { route, depth: this.#entry.depth };
    history.replaceState(this.#entry, '');
  }

  /** One step back, or to `otherwise` when this was the first place of the visit. */
  back(otherwise: Route): void {
    if (this.#entry.depth > 0) history.back();
    else this.replace(otherwise);
  }
}

function is_entry(state: unknown): state is Entry {
  return typeof state === 'object' && state !== null && 'route' in state && 'depth' in state;
}
