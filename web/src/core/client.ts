// What a screen may ask of the core: watch a view, send a command, know how the opening went. The worker's proxy keeps
// this promise in the app, the mock keeps it in tests and pictures.
import type { Commands, Reply, Views } from './types.ts';

/** Something that changes: calls back at once with what it is now, and again at every change, until released. */
export interface Source<T> {
  subscribe(run: (value: T) => void): () => void;
}

/** How far the core is. `code` is a key of errors.json; `params` fill the places in its sentences. */
export type Boot =
  | { state: 'opening' }
  | { state: 'ready' }
  | { state: 'failed'; code: string; params?: Record<string, string> };

export interface Core {
  boot: Source<Boot>;
  /** True where nothing of Attune was ever stored: what stands before a space can be shown while the core is still opening. */
  untouched: Source<boolean>;
  /** What keeps the core from writing while everything stays readable ("disk-full"), a key of errors.json; null: nothing. */
  fault: Source<string | null>;
  /** Whether the browser promised to keep what is stored; null until it has said. */
  persistent: Source<boolean | null>;
  /** True once a newer app lies ready; it starts only when `start_update` is called. */
  update: Source<boolean>;
  start_update(): void;
  /** Shows the relay what its owner gave; it is kept nowhere. What comes of it the views say. */
  give_token(token: string): void;

  /** The newest state of a view; undefined until it is known. */
  view<N extends keyof Views>(name: N, args?: Views[N]['args']): Source<Views[N]['value'] | undefined>;
  /**
   * Resolves once what the command wrote is on disk, or with the code of its refusal. Never rejects. A command under
   * way while another tab takes over the writing is not done twice; its value may then be {}: the views say what
   * became of it. `space.draft` may be called at every input: of one key's drafts only the newest waits.
   */
  command<N extends keyof Commands>(name: N, args: Commands[N]): Promise<Reply>;
}
