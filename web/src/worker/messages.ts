// What page, worker and the workers of other tabs say to each other.

/** Something asked of the core, by whoever; the id is never used twice. */
export type Ask =
  | { ask: 'command'; id: string; name: string; args: unknown; hold: number }
  | { ask: 'view'; id: string; name: string; args: unknown };

/** The core's answer as JSON text: compared before it is parsed. */
export type Answer = { answer: string; reply: string };

export type Role = 'starting' | 'writer' | 'reader';
/** `readable`: there is a core that views can be asked of. `fault`: what stands in its way, a code of errors.json. */
export type WorkerStatus = { role: Role; readable: boolean; fault: string | null };

/** The page to its worker. `woke`: somebody is looking again. `token`: for the relay, which asks for it. `answers`: where the worker counts what it has answered. */
export type FromPage = Ask | { nudge: 'online' | 'offline' | 'woke' } | { token: string };
export type Beginning = { answers: Int32Array<SharedArrayBuffer> };
/** The worker to its page. */
export type ToPage = Answer | { changed: true } | { status: WorkerStatus };

/** Between the workers of all tabs. */
export type OnChannel =
  | { type: 'who' }
  | { type: 'beat'; writer: string; generation: number; readable: boolean; fault: string | null }
  | { type: 'changed'; generation: number }
  | { type: 'ask'; to: string; from: string; ask: Ask }
  | { type: 'answer'; to: string; answer: Answer }
  | { type: 'woke' }
  | { type: 'token'; token: string };

export const kChannel = 'attune';
/** The database that all is stored in. The worker's alone: a page looks only whether there is one. */
export const kDatabase = 'attune';
