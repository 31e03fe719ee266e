// What was just sent and can still be undone: undoing puts the words back as drafts and returns to where they were written.
import type { Core } from '../core/client.ts';
import type { Route } from './route.ts';

interface Sent { route: Route; drafts: { key: string; text: string }[] }

export class Outbox {
  /** The sending whose five seconds were last announced: said once, on whatever screen one is. */
  announced: string | null = null;
  #core: Core;
  #sent = new Map<string, Sent>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Remembers, for as long as the page lives, what a sending was made of. */
  remember(command: string | undefined, route: Route, drafts: { key: string; text: string }[]): void {
    if (command) this.#sent.set(command, { route, drafts: drafts.filter((draft) => draft.text !== '') });
  }

  /** Undoes a sending. Gives the place to return to, or null when it had left already or nothing was written for it. */
  async undo(command: string): Promise<{ done: boolean; route: Route | null }> {
    const reply = await this.#core.command('space.undo', { command });
    const sent = this.#sent.get(command);
    this.#sent.delete(command);
    if (!reply.ok) return { done: false, route: null };
    if (!sent) return { done: true, route: null };
    for (const draft of sent.drafts) await this.#core.command('space.draft', draft);
    return { done: true, route: sent.route };
  }
}
