// A sentence being written. Each input goes to the device at once (encrypted, by the core), so a closed tab loses nothing.
import { onDestroy } from 'svelte';
import type { Core } from '../core/client.ts';

export class Draft {
  readonly key: string;
  #core: Core;
  #text = $state('');
  #kept = $state('');
  #touched = false;

  constructor(core: Core, key: string, start = '') {
    this.#core = core;
    this.key = key;
    this.begin(start);
    // What was written before comes in once, and never over what is being written now.
    const release = core.view('draft', { key }).subscribe((view) => {
      if (view === undefined) return;
      this.#kept = view.text;
      if (!this.#touched && view.text !== '') this.#text = view.text;
    });
    onDestroy(release);
  }

  /** What to begin with, where nothing was written yet. */
  begin(text: string): void {
    if (!this.#touched && this.#text === '') this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#touched = true;
    this.#text = text;
    void this.#keep(text);
  }

  /** True once what stands in the field lies on the device. */
  get is_kept(): boolean {
    return this.#text !== '' && this.#kept === this.#text;
  }

  /** The text has gone where it belongs: nothing is left in the field or on the device. */
  clear(): void {
    this.text = '';
  }

  async #keep(text: string): Promise<void> {
    const reply = await this.#core.command('space.draft', { key: this.key, text });
    if (reply.ok) this.#kept = text;
  }
}
