// A sentence being written. It lies on the device (encrypted, by the core) a moment after each key, so a closed tab loses nothing.
import { onDestroy } from 'svelte';
import type { Core } from '../core/client.ts';

const kPause = 300; // ms after the last key

export class Draft {
  readonly key: string;
  #core: Core;
  #text = $state('');
  #kept = $state('');
  #touched = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #release: () => void;
  readonly #leave = () => this.flush();

  constructor(core: Core, key: string, start = '') {
    this.#core = core;
    this.key = key;
    this.#text = start;
    // What was written before comes in once, and never over what is being written now.
    this.#release = core.view('draft', { key }).subscribe((view) => {
      if (view === undefined) return;
      this.#kept = view.text;
      if (!this.#touched && view.text !== '') this.#text = view.text;
    });
    addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
    onDestroy(() => {
      this.flush();
      this.#release();
      removeEventListener('pagehide', this.#leave);
      document.removeEventListener('visibilitychange', this.#leave);
    });
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#touched = true;
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), kPause);
  }

  /** True once what stands in the field lies on the device. */
  get is_kept(): boolean {
    return this.#text !== '' && this.#kept === this.#text;
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#touched || this.#text === this.#kept) return;
    this.#kept = this.#text;
    void this.#core.command('space.draft', { key: this.key, text: this.#text });
  }

  /** The text has gone where it belongs: nothing is left in the field or on the device. */
  clear(): void {
    this.text = '';
    this.flush();
  }
}
