// The phone itself as the jar: shaken, it gives one. Only once a person has switched it on, since an iPhone asks then.
import { onDestroy } from 'svelte';

const kHard = 14; // m/s² between two readings: a shake of the hand, no step on the stairs
const kTimes = 3; // that often
const kWithin = 900; // ms
const kRest = 1_200; // ms until the next

interface Asking { requestPermission?: () => Promise<'granted' | 'denied'> }

/** Whether this is a thing one shakes: it knows of motion, and it is held by a finger. */
export const can_shake = (): boolean => 'DeviceMotionEvent' in window && matchMedia('(pointer: coarse)').matches;

export class Shaking {
  on = $state(false);
  refused = $state(false);
  #shaken: () => void;
  #last: { x: number; y: number; z: number } | null = null;
  #hits: number[] = [];
  #rests_until = 0;

  constructor(shaken: () => void) {
    this.#shaken = shaken;
    onDestroy(() => this.off());
  }

  /** Has to be called by a tap. */
  async ask(): Promise<void> {
    const { requestPermission } = DeviceMotionEvent as unknown as Asking;
    const answer = requestPermission ? await requestPermission.call(DeviceMotionEvent).catch(() => 'denied' as const) : 'granted';
    this.refused = answer !== 'granted';
    if (this.refused) return;
    this.on = true;
    addEventListener('devicemotion', this.#moved);
  }
  off(): void {
    this.on = false;
    removeEventListener('devicemotion', this.#moved);
  }

  #moved = (event: DeviceMotionEvent): void => {
    const { x, y, z } = event.accelerationIncludingGravity ?? {};
    if (x == null || y == null || z == null) return;
    const last = this.#last;
    this.#last = { x, y, z };
    if (!last || Math.hypot(x - last.x, y - last.y, z - last.z) < kHard) return;
    const now = Date.now();
    this.#hits = [...this.#hits.filter((at) => now - at < kWithin), now];
    if (this.#hits.length < kTimes || now < this.#rests_until) return;
    this.#hits = [];
    this.#rests_until = now + kRest;
    this.#shaken();
  };
}
