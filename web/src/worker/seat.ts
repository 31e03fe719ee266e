// One writer in a browser profile (PROTOCOL.md 12). Whoever holds the exclusive lock has the seat; the others wait
// for it. Who has it gives a sign of life; when that stays away for ten seconds (a frozen tab keeps its lock), the
// lock is taken from it.

export const kLockName = 'attune/writer';
export const kBeatEvery = 2_000;
const kListenEvery = 1_000;
const kSilentTicks = 10;

export interface Locks {
  request(
    name: string,
    options: { mode: 'exclusive'; signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

export class Seat {
  readonly #locks: Locks;
  readonly #taken: () => Promise<void>;
  readonly #lost: () => void;
  #silence = 0;
  #listening: ReturnType<typeof setInterval> | undefined;
  #waiting: AbortController | null = null;
  #leave: (() => void) | null = null;

  /** `taken`: this worker writes from now on. `lost`: it does no longer, and waits again. */
  constructor(locks: Locks, taken: () => Promise<void>, lost: () => void) {
    this.#locks = locks;
    this.#taken = taken;
    this.#lost = lost;
  }

  get held(): boolean {
    return this.#leave !== null;
  }

  wait(): void {
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#silence = 0;
    clearInterval(this.#listening);
    // Ticks are counted, not time: a worker that was frozen itself has heard nothing, and must not conclude from it.
    this.#listening = setInterval(() => {
      this.#silence += 1;
      if (this.#silence >= kSilentTicks) this.#steal();
    }, kListenEvery);
    this.#request({ mode: 'exclusive', signal: waiting.signal });
  }

  /** The one that has the seat gave a sign of life. */
  heard(): void {
    this.#silence = 0;
  }

  /** Gives the seat up, or stops acting as if one had it. */
  leave(): void {
    const leave = this.#leave;
    this.#leave = null;
    leave?.();
  }

  #steal(): void {
    clearInterval(this.#listening);
    this.#waiting?.abort();
    this.#request({ mode: 'exclusive', steal: true });
  }

  #request(options: { mode: 'exclusive'; signal?: AbortSignal; steal?: boolean }): void {
    let had = false;
    const over = () => {
      if (!had) return;
      had = false;
      this.leave();
      this.#lost();
      this.wait();
    };
    this.#locks
      .request(kLockName, options, async () => {
        clearInterval(this.#listening);
        this.#waiting = null;
        had = true;
        const left = new Promise<void>((resolve) => (this.#leave = resolve));
        await this.#taken();
        await left;
      })
      // Rejected: either this wait was broken off in favour of stealing, or the lock was stolen.
      .then(over, over);
  }
}
