// The reminders that are shown here, when Attune is open. They lie among the drafts of this device.
import { onDestroy } from 'svelte';
import type { Core } from '../core/client.ts';
import { after, is_due, read, type Reminder } from './reminder.ts';

const kKey = 'reminders';
const kLookEvery = 20_000; // ms

export class Reminders {
  all = $state.raw<Reminder[]>([]);
  now = $state(Date.now());
  #core: Core;

  constructor(core: Core) {
    this.#core = core;
    const ticking = setInterval(() => (this.now = Date.now()), kLookEvery);
    const release = core.view('draft', { key: kKey }).subscribe((view) => {
      if (view !== undefined) this.all = read(view.text);
    });
    onDestroy(() => {
      clearInterval(ticking);
      release();
    });
  }

  get due(): Reminder[] {
    return this.all.filter((one) => is_due(one, this.now));
  }

  add(one: Reminder): Promise<boolean> {
    return this.#keep([...this.all, one]);
  }
  remove(id: string): Promise<boolean> {
    return this.#keep(this.all.filter((one) => one.id !== id));
  }
  /** It was seen: gone, or put off until its next time. */
  seen(id: string): Promise<boolean> {
    return this.#keep(this.all.flatMap((one) => (one.id === id ? (after(one, Date.now()) ?? []) : one)));
  }

  async #keep(all: Reminder[]): Promise<boolean> {
    this.all = all;
    const reply = await this.#core.command('space.draft', { key: kKey, text: all.length > 0 ? JSON.stringify(all) : '' });
    return reply.ok;
  }
}
