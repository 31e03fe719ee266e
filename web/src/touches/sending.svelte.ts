// Sending a touch: what is left of today, and when the next one can go, each said before it is tried.
import { Doing, live, partner, type Room } from '../app/room.svelte.ts';
import type { Route } from '../app/route.ts';
import type { Touch } from '../core/types.ts';
import { is_today, t, tn } from '../text/text.ts';

const kLook = 1000; // ms between two looks at the clock, while one has to wait
const kFewLeft = 5;

export class Sending {
  readonly doing: Doing;
  #room: Room;
  #view;
  #now = $state(Date.now());

  constructor(room: Room) {
    this.#room = room;
    this.doing = new Doing(room.core);
    this.#view = live(room.core, 'touches');
    $effect(() => {
      const next_at = this.#view.current?.next_at ?? 0;
      this.#now = Date.now();
      if (next_at <= Date.now()) return;
      const ticking = setInterval(() => {
        this.#now = Date.now();
        if (!this.waits) clearInterval(ticking);
      }, kLook);
      return () => clearInterval(ticking);
    });
  }

  get view() {
    return this.#view.current;
  }
  get waits(): boolean {
    return (this.view?.next_at ?? 0) > this.#now;
  }
  get may(): boolean {
    return !this.#room.app.reading_only && !this.waits && !this.#full;
  }
  /** None is left, and it is still the day they were sent on. */
  get #full(): boolean {
    const last = this.view?.touches.find(({ by_me }) => by_me);
    return this.view?.left_today === 0 && (last === undefined || is_today(last.at));
  }
  /** What was sent a moment ago. */
  get just(): Touch | null {
    return this.waits ? (this.view?.touches.find(({ by_me }) => by_me)?.touch ?? null) : null;
  }
  /** What there is to say before one sends; empty: nothing. */
  get says(): string {
    const left = this.view?.left_today;
    if (this.#room.app.reading_only) return t('sync.reading-only');
    if (this.#full) return t('touches.enough');
    if (this.waits) return t('touches.next');
    return left !== undefined && left > 0 && left <= kFewLeft ? tn('touches.left', left) : '';
  }

  /** Says to who cannot see it why a tap did nothing. */
  explain(): void {
    this.#room.announcer.say(this.says);
  }
  /** True once it is on its way. */
  async send(touch: Touch, from: Route, words = '', drafts: { key: string; text: string }[] = []): Promise<boolean> {
    if (!this.may) {
      this.explain();
      return false;
    }
    const done = await this.doing.run('touches.send', { touch, ...(words !== '' && { words }) });
    if (!done) return false;
    this.#now = Date.now();
    this.#room.outbox.remember(done.value.command, from, drafts);
    this.#room.announcer.say(t('feelings.shared', partner(this.#room)));
    return true;
  }
}
