// Sends what is done in a room. A tap that follows so fast that it was meant for what stood there before, in the room or ahead
// of it, does nothing, and what was written goes only once it has been taken.
import type { Draft } from '../../app/draft.svelte.ts';
import type { Core } from '../../core/client.ts';
import type { Commands, ListeningView } from '../../core/types.ts';
import { kDoes, type Act } from './faces.ts';

const kSecondTap = 600; // ms, as long as the floor takes to cross
/** Asked about in a sheet of their own, so never a second tap. */
const kAlways: readonly string[] = ['listen.stop', 'listen.time-out'];
/** Refusals of a tap that came too late, and of a second one: the screen shows already where things are. */
const kLate: readonly string[] = ['listening-moved-on', 'other-has-floor', 'nothing-said-yet', 'only-yes-moves-on', 'not-what-comes-now', 'said-already', 'in-time-out'];

export class Moves {
  /** The button whose tap is being sent. */
  acting = $state<Act | null>(null);
  /** What is being sent. */
  busy = $state<keyof Commands | null>(null);
  #refused = $state<string | null>(null);
  /** Words that came too late are still here. */
  late = $state(false);
  #core: Core;
  #session: () => ListeningView;
  /** Long enough on the screen that a tap is meant for what stands there. */
  settled = $state(false);
  #shown = '';
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(core: Core, session: () => ListeningView) {
    this.#core = core;
    this.#session = session;
  }

  /** The last refusal that is to be seen, a key of errors.json; it is about what was on the screen then. */
  get refused(): string | null {
    return this.#refused;
  }
  /** Something else is begun. */
  forgive(): void {
    this.#refused = null;
  }

  /** To be told at each change what is on the screen now. */
  shows(what: string): void {
    if (what === this.#shown) return;
    this.#shown = what;
    this.forgive();
    this.settled = false;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.settled = true), kSecondTap);
  }

  /** Whether it was taken. */
  async act(act: Act, draft?: Draft, more: object = {}): Promise<boolean> {
    const { command, args, moves, answers } = kDoes[act];
    const { item, step, asked } = this.#session();
    const text = draft?.text.trim() ?? '';
    const all = { session: item, ...(moves ? { step } : {}), ...(answers ? { asked } : {}), ...args, ...(text === '' ? {} : { text }), ...more };
    if (!this.#counts(command)) return false;
    this.acting = act;
    const taken = await this.send(command, all as Commands[typeof command], draft);
    this.acting = null;
    return taken;
  }

  #counts(name: keyof Commands): boolean {
    return this.busy === null && (this.settled || kAlways.includes(name));
  }

  async send<N extends keyof Commands>(name: N, args: Commands[N], draft?: Draft): Promise<boolean> {
    if (!this.#counts(name)) return false;
    this.busy = name;
    this.forgive();
    this.late = false;
    const reply = await this.#core.command(name, args);
    this.busy = null;
    // Taken is taken, be the screen here or not: what was written does not come back as if it had not been said.
    if (reply.ok) draft?.clear();
    else if (!kLate.includes(reply.code)) this.#refused = reply.code;
    else if (draft && draft.text.trim() !== '') this.late = true;
    return reply.ok;
  }
}
