// Whether both are in the room: what I say to the other phone, and what I hear from it. A pause of either is one of both.
import { onDestroy } from 'svelte';
import type { Core } from '../../core/client.ts';
import type { Item, OtherIs, Say } from '../../core/types.ts';
import { say } from './signals.ts';

const kSayEvery = 5_000; // ms; the other takes three missed ones for "unknown"
const kFirstWord = 6_000; // ms that a room that was just opened waits before it says that it hears nothing

export class Presence {
  /** What I say of myself; null: nothing is said, the session does not run, or it lies between us on one phone. */
  #mine = $state<'here' | 'paused' | 'away'>('here');
  #other = $state<OtherIs | null>(null);
  #patient = $state(true);
  #says = false;
  #core: Core;
  #item: Item;

  constructor(core: Core, item: Item) {
    this.#core = core;
    this.#item = item;
    const release = core.view('presence').subscribe((view) => {
      const heard = view && view.item === item ? view.other : null;
      // Whose phone had paused, or was put away, and falls silent is no more here than before: a hidden page may not speak.
      if (heard !== 'unknown' || this.by_other === null) this.#other = heard;
      if (this.#other !== null && this.#other !== 'unknown') this.#patient = false;
    });
    const waiting = setTimeout(() => (this.#patient = false), kFirstWord);
    // A page that is hidden says so once: in another tab of this device the room may be in sight.
    const beating = setInterval(() => this.#mine !== 'away' && this.#tell(this.#mine), kSayEvery);
    const seen = () => this.#seen();
    document.addEventListener('visibilitychange', seen);
    addEventListener('pagehide', seen);
    onDestroy(() => {
      release();
      clearTimeout(waiting);
      clearInterval(beating);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('pagehide', seen);
      this.#tell('left');
    });
    this.#seen();
  }

  /** Whether there is somebody to tell: not at the table, and not in a time-out. */
  set says(on: boolean) {
    if (on === this.#says) return;
    if (!on) this.#tell('left');
    this.#says = on;
    if (on) this.#tell(this.#mine);
  }

  get by_me(): boolean {
    return this.#mine !== 'here';
  }
  /** What the other's phone has said, as far as it pauses the room for both. */
  get by_other(): 'paused' | 'away' | null {
    return this.#other === 'paused' || this.#other === 'away' ? this.#other : null;
  }
  get paused(): boolean {
    return this.by_me || this.by_other !== null;
  }
  /** To be said gently, and nothing more: nothing waits for it. */
  get not_seen(): 'unknown' | 'left' | null {
    if (this.#other === 'left') return 'left';
    return this.#other === 'unknown' && !this.#patient ? 'unknown' : null;
  }

  pause(): void {
    this.#become('paused');
  }
  go_on(): void {
    this.#become(document.visibilityState === 'hidden' ? 'away' : 'here');
  }

  /** The page is hidden (another app, a call, the screen off), or it is back. Who had paused still has. */
  #seen(): void {
    const hidden = document.visibilityState === 'hidden';
    if (hidden && this.#mine === 'here') this.#become('away');
    else if (!hidden && this.#mine === 'away') this.#become('here');
  }
  #become(what: 'here' | 'paused' | 'away'): void {
    if (this.#mine === what) return;
    this.#mine = what;
    this.#tell(what);
  }
  #tell(what: Say): void {
    if (this.#says) say(this.#core, this.#item, what);
  }
}
