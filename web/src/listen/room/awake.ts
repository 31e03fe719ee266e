// Keeps the screen on while the room is open. Where a browser has no such lock, the phone does as it is set.
import { onDestroy } from 'svelte';

export class Awake {
  #on = false;
  #lock: WakeLockSentinel | null = null;
  #asking = false;

  constructor() {
    // A page that is hidden loses the lock.
    const seen = () => this.#mind();
    document.addEventListener('visibilitychange', seen);
    onDestroy(() => {
      document.removeEventListener('visibilitychange', seen);
      this.keep(false);
    });
  }

  keep(on: boolean): void {
    this.#on = on;
    this.#mind();
  }

  #mind(): void {
    if (!this.#on) {
      void this.#lock?.release().catch(() => undefined);
      this.#lock = null;
      return;
    }
    if (this.#asking || document.visibilityState !== 'visible' || (this.#lock && !this.#lock.released)) return;
    const locks = (navigator as { wakeLock?: WakeLock }).wakeLock;
    if (!locks) return;
    this.#asking = true;
    void locks.request('screen').then(
      (lock) => {
        this.#asking = false;
        this.#lock = lock;
        this.#mind(); // it may be wanted no more, or be lost already
      },
      () => (this.#asking = false), // refused at a low battery: the room goes on without
    );
  }
}
