// Many small choices made one after the other, faster than each is kept: the newest of each key shows at once, and they are
// kept in their turn. A second tap before that changes what is kept; it is no second sending.
import type { Core } from '../core/client.ts';
import type { Reply } from '../core/types.ts';

export class Wishes<T> {
  /** The code of the last refusal, a key of errors.json. What was refused shows as it is kept. */
  refused = $state<string | null>(null);
  #wished = $state.raw<ReadonlyMap<string, T>>(new Map());
  #core: Core;
  #keep: (core: Core, key: string, wish: T) => Promise<Reply>;
  #kept: (reply: Extract<Reply, { ok: true }>) => void;
  #running = false;

  constructor(core: Core, keep: (core: Core, key: string, wish: T) => Promise<Reply>, kept: (reply: Extract<Reply, { ok: true }>) => void = () => {}) {
    this.#core = core;
    this.#keep = keep;
    this.#kept = kept;
  }

  /** What is wished, or else what is kept. */
  of(key: string, kept: T): T {
    return this.#wished.has(key) ? (this.#wished.get(key) as T) : kept;
  }

  wish(key: string, wish: T): void {
    this.#put(key, wish);
    void this.#run();
  }

  #put(key: string, wish: T): void {
    this.#wished = new Map([...this.#wished].filter(([one]) => one !== key).concat([[key, wish]]));
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.refused = null;
    for (let next = this.#first(); next; next = this.#first()) {
      const [key, wish] = next;
      const reply = await this.#keep(this.#core, key, wish);
      if (reply.ok) this.#kept(reply);
      else this.refused = reply.code;
      // The view has what was kept by now; a newer wish for the same key stays, and has its turn.
      if (this.#wished.get(key) === wish) this.#wished = new Map([...this.#wished].filter(([one]) => one !== key));
    }
    this.#running = false;
  }
  #first(): [string, T] | undefined {
    return this.#wished.entries().next().value;
  }
}
