// The reminders that are shown here, when Attune is open. They lie among the drafts of this device. Of those that are to
// call it the server is told the times, and nothing else.
import { onDestroy } from 'svelte';
import type { Core } from '../core/client.ts';
import type { NotificationsView } from '../core/types.ts';
import { is_on } from '../notify/attend.ts';
import { after, call_times, is_due, read, type Reminder } from './reminder.ts';

const kKey = 'reminders';
const kLookEvery = 20_000; // ms

export class Reminders {
  all = $state.raw<Reminder[]>([]);
  now = $state(Date.now());
  #core: Core;
  #known = false;
  #calling: NotificationsView | undefined;

  constructor(core: Core) {
    this.#core = core;
    const ticking = setInterval(() => (this.now = Date.now()), kLookEvery);
    const release = core.view('draft', { key: kKey }).subscribe((view) => {
      if (view === undefined) return;
      this.all = read(view.text);
      this.#known = true;
      this.#tell();
    });
    const release_calling = core.view('notifications').subscribe((view) => {
      this.#calling = view;
      this.#tell();
    });
    onDestroy(() => {
      clearInterval(ticking);
      release();
      release_calling();
    });
  }

  /** The times, where they are others than before: one was made, seen, let go, or has gone by. */
  #tell(): void {
    if (!this.#known || !this.#calling || !is_on(this.#calling)) return;
    const now = Date.now();
    const times = call_times(this.all, now);
    const told = this.#calling.times.filter((time) => time * 1000 > now);
    if (times.join() !== told.join()) void this.#core.command('space.wake-at', { times });
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
  /** Those of a session go once it is at another time, or over. `at`: when the open one goes on; ms, null: it has no time. */
  mind_session(session: string | null, at: number | null): void {
    const stale = (one: Reminder) => one.session !== undefined && (one.session !== session || one.next !== at);
    if (this.all.some(stale)) void this.#keep(this.all.filter((one) => !stale(one)));
  }
  /** Whether it calls this device as well. */
  call(id: string, call: boolean): Promise<boolean> {
    return this.#keep(this.all.map((one) => (one.id === id ? { ...one, call } : one)));
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
