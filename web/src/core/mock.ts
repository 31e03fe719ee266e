// A core without a core, for unit tests and pictures: views made by hand, commands written down. Never in the app itself.
import type { Boot, Core, Source } from './client.ts';
import type { Commands, Reply, Views } from './types.ts';

export class Settable<T> implements Source<T> {
  #runs = new Set<(value: T) => void>();
  constructor(public value: T) {}
  set(value: T): void {
    this.value = value;
    for (const run of [...this.#runs]) run(value);
  }
  subscribe(run: (value: T) => void): () => void {
    this.#runs.add(run);
    run(this.value);
    return () => this.#runs.delete(run);
  }
}

export type HandMade = { [N in Exclude<keyof Views, 'draft'>]?: Views[N]['value'] } & { drafts?: Record<string, string> };

export class MockCore implements Core {
  readonly boot = new Settable<Boot>({ state: 'ready' });
  readonly untouched = new Settable(false);
  readonly fault = new Settable<string | null>(null);
  readonly persistent = new Settable<boolean | null>(true);
  readonly update = new Settable(false);
  /** Every command sent, oldest first. */
  readonly sent: { name: keyof Commands; args: unknown }[] = [];
  /** What a command is answered; without an entry it is done. */
  replies: Partial<Record<keyof Commands, Reply | Promise<Reply>>> = {};
  #views = new Map<string, Settable<unknown>>();

  constructor(made: HandMade = {}) {
    for (const [name, value] of Object.entries(made)) if (name !== 'drafts') this.#place(name as keyof Views, {}).set(value);
    for (const [key, text] of Object.entries(made.drafts ?? {})) this.#place('draft', { key }).set({ text });
  }

  start_update(): void {}

  /** Every token given to the relay. */
  readonly tokens: string[] = [];
  give_token(token: string): void {
    this.tokens.push(token);
  }

  set<N extends Exclude<keyof Views, 'draft'>>(name: N, value: Views[N]['value']): void {
    this.#place(name, {}).set(value);
  }

  view<N extends keyof Views>(name: N, args: object = {}): Source<Views[N]['value'] | undefined> {
    return this.#place(name, args) as Source<Views[N]['value'] | undefined>;
  }

  command<N extends keyof Commands>(name: N, args: Commands[N]): Promise<Reply> {
    this.sent.push({ name, args });
    if (name === 'space.draft') {
      const { key, text } = args as Commands['space.draft'];
      this.#place('draft', { key }).set({ text });
    }
    return Promise.resolve(this.replies[name] ?? { ok: true, value: { command: 'c'.repeat(22) } });
  }

  draft(key: string): string {
    return (this.#place('draft', { key }).value as { text: string } | undefined)?.text ?? '';
  }

  #place(name: keyof Views, args: object): Settable<unknown> {
    const key = JSON.stringify([name, args]);
    let place = this.#views.get(key);
    if (!place) this.#views.set(key, (place = new Settable<unknown>(name === 'draft' ? { text: '' } : undefined)));
    return place;
  }
}
