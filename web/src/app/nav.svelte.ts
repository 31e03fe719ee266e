// Moving between places. Each step is one entry of the browser's history, so its back gesture works; nothing goes into the address.
import { kLeaving } from './exit.ts';
import { after_paint } from './paint.ts';
import type { Route } from './route.ts';

interface Entry { route: Route; depth: number }

export class Nav {
  #entry = $state.raw<Entry>({ route: { to: 'today' }, depth: 0 });
  #ahead = $state.raw<Entry | null>(null);
  /** Set once a screen was shown: from then on the title of each new one takes the focus. */
  shown = false;
  /** Set by the first screen, be it that of the opening: what comes after another one fades in. */
  painted = false;

  constructor() {
    const kept: unknown = history.state;
    if (is_entry(kept)) this.#entry = kept;
    else history.replaceState(this.#entry, '');
    window.addEventListener('popstate', (event) => {
      if (is_entry(event.state)) this.#arrive(event.state);
    });
    window.addEventListener(kLeaving, () => (this.#ahead = null));
  }

  get route(): Route {
    return this.#entry.route;
  }

  /** Where one is going, in the moment between a tap and its screen; else where one is. The bar shows it at once. */
  get towards(): Route {
    return (this.#ahead ?? this.#entry).route;
  }

  /**
   * That the tap was felt is shown first, its screen comes behind it: making one takes a slow phone longer than a frame.
   * Where one is already, or going to, there is no step to take.
   */
  go(route: Route): void {
    if (JSON.stringify(this.towards) === JSON.stringify(route)) return;
    const entry = { route, depth: (this.#ahead ?? this.#entry).depth + 1 };
    this.#ahead = entry;
    history.pushState(entry, '');
    after_paint(() => {
      if (this.#ahead === entry) this.#arrive(entry);
    });
  }

  /** Takes the place of this one: what came before stays one step back. */
  replace(route: Route): void {
    this.#arrive({ route, depth: (this.#ahead ?? this.#entry).depth });
    history.replaceState(this.#entry, '');
  }

  /** One step back, or to `otherwise` when this was the first place of the visit. */
  back(otherwise: Route): void {
    if ((this.#ahead ?? this.#entry).depth > 0) history.back();
    else this.replace(otherwise);
  }

  #arrive(entry: Entry): void {
    this.#entry = entry;
    this.#ahead = null;
  }
}

function is_entry(state: unknown): state is Entry {
  return typeof state === 'object' && state !== null && 'route' in state && 'depth' in state;
}
