// Copying something to the clipboard, and saying that it was done.
import type { Announcer } from './announce.svelte.ts';

export class Copying {
  done = $state(false);
  #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  /** Where the browser does not allow it nothing happens: what was to be copied stands in a field, to be selected by hand. */
  async copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.done = true;
      this.#announcer.say(said);
    } catch {
      this.done = false;
    }
  }
}
