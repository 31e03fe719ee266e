// What every screen is given: the core, the way round, the voice for screen readers, and the app view they all need.
import { createContext, onDestroy } from 'svelte';
import { fromStore } from 'svelte/store';
import type { Core, Source } from '../core/client.ts';
import type { AppView, Commands, Reply, Views } from '../core/types.ts';
import { names } from '../text/text.ts';
import type { Announcer } from './announce.svelte.ts';
import type { Nav } from './nav.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';

export interface Room {
  readonly core: Core;
  readonly nav: Nav;
  readonly announcer: Announcer;
  readonly outbox: Outbox;
  readonly app: AppView;
  /** Until it has been seen: what has brought everything here, recovery words or another device, and how many devices were let go by it. */
  readonly returned: { by: 'words' | 'device' | null; let_go: number };
  /** The recovery words of a sample person, to be tried out with. */
  readonly words: string | null;
}

const [get_room, set_room] = createContext<Room>();
export { get_room, set_room };

/** A view as a value that screens read; undefined until the core has answered. */
export function live<N extends keyof Views>(core: Core, name: N, args?: Views[N]['args']): { readonly current: Views[N]['value'] | undefined } {
  return current_of(core.view(name, args));
}

export function current_of<T>(source: Source<T>): { readonly current: T } {
  return fromStore({ subscribe: (run: (value: T) => void) => source.subscribe(run) });
}

/** The partner's name for sentences: {other} inside one, {Other} at its start. */
export function partner(room: Room): { other: string; Other: string } {
  return names(room.app.partner);
}

/** Whom one writes to now: in a closed space that is nobody any more, though what was said keeps the name. */
export function addressee(room: Room): { other: string; Other: string } {
  return room.app.phase === 'paired' ? partner(room) : names(null);
}

/** Sends commands for one screen: one at a time, so that a second tap is not a second sending; a refusal stays to be shown. */
export class Doing {
  busy = $state<keyof Commands | null>(null);
  /** The code of the last refusal, a key of errors.json. */
  refused = $state<string | null>(null);
  #core: Core;
  #nav: Nav;
  #gone = false;

  constructor(core: Core) {
    this.#core = core;
    this.#nav = get_room().nav;
    onDestroy(() => (this.#gone = true));
  }

  /** The reply when it was done, null when it was refused, is still going on, or the screen was left meanwhile. */
  async run<N extends keyof Commands>(name: N, args: Commands[N]): Promise<Extract<Reply, { ok: true }> | null> {
    if (this.busy) return null;
    this.busy = name;
    this.refused = null;
    const from = this.#nav.towards;
    const reply = await this.#core.command(name, args);
    this.busy = null;
    if (!reply.ok) this.refused = reply.code;
    // Who has tapped elsewhere meanwhile is on the way there, though this screen still stands for a frame or two.
    const left = this.#gone || this.#nav.towards !== from;
    return reply.ok && !left ? reply : null;
  }
}
