// Being called, as screens show and change it: what this browser may do, and how the person wants it.
import { onDestroy } from 'svelte';
import { kNothingKept, quiet_end, read_kept, rests, write_kept, type Kept, type Quiet } from './kept.ts';
import { ability, type Ability } from './push.ts';

export class Calls {
  ability = $state<Ability>(ability());
  kept = $state.raw<Kept>(kNothingKept);
  /** What was kept has been read. */
  known = $state(false);
  now = $state(Date.now());
  #written: Promise<void> = Promise.resolve();

  constructor() {
    const look = () => {
      this.now = Date.now();
      this.ability = ability();
    };
    // In a browser's settings it can be allowed or forbidden meanwhile.
    const ticking = setInterval(look, 10_000);
    document.addEventListener('visibilitychange', look);
    onDestroy(() => {
      clearInterval(ticking);
      document.removeEventListener('visibilitychange', look);
    });
    void read_kept().then((kept) => {
      this.kept = kept;
      this.known = true;
    });
  }

  get resting(): boolean {
    return rests(this.kept, this.now);
  }

  /** Another tab may have kept something else meanwhile: only what changes is written over. */
  keep(change: Partial<Kept>): Promise<void> {
    this.kept = { ...this.kept, ...change };
    this.#written = this.#written.then(async () => write_kept({ ...(await read_kept()), ...change }));
    return this.#written;
  }

  rest(quiet: Quiet): Promise<void> {
    this.now = Date.now();
    return this.keep({ quiet, until: quiet_end(quiet, this.now) });
  }

  look(): void {
    this.ability = ability();
  }
}
