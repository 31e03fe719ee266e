// The time of one small piece, for Timer.svelte. It stands still while nobody speaks, and goes on where it was.
const kLook = 250; // ms between two looks at the clock
/** From here to the end the ring is drawn thicker, where it has more than twice that; ms. */
const kLast = 10_000;

// The piece that was last begun, so that a room one comes back to goes on where it was. Gone with the page.
let last = { key: '', ms: 0 };
/** As if so much of a piece had gone by already; ms. */
export function begun_at(key: string, ms: number): void {
  last = { key, ms };
}

export class Ring {
  ms = $state(0);
  total = $state(1);
  running = $state(false);
  /** Called once each per piece, when half of its time has gone, and at its end. */
  onhalf: () => void = () => {};
  onend: () => void = () => {};
  #key = '';
  #since = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  get part(): number {
    return Math.min(1, this.ms / this.total);
  }
  get last_ten(): boolean {
    return this.total > 2 * kLast && this.total - this.ms <= kLast && this.ms > 0;
  }
  get over(): boolean {
    return this.ms >= this.total;
  }

  /** Another piece, with its own time; the same one again changes nothing. */
  piece(key: string, total: number): void {
    if (key === this.#key) return;
    this.stop();
    this.#key = key;
    this.total = total;
    this.ms = last.key === key ? last.ms : 0;
    last = { key, ms: this.ms };
  }

  /** The piece that was begun last, for whoever comes back to it once it has been said. */
  same(key_begins: string, total: number): void {
    if (this.#key === '' && last.key.startsWith(key_begins)) this.piece(last.key, total);
  }

  /** `wait`: ms until it begins to move, while something else still does. */
  run(wait = 0): void {
    if (this.running || this.over) return;
    this.running = true;
    this.#since = performance.now() + wait;
    this.#ticking = setInterval(() => this.#look(), kLook);
  }

  stop(): void {
    if (this.running) this.#look();
    this.running = false;
    clearInterval(this.#ticking);
  }

  #look(): void {
    const now = performance.now();
    if (now <= this.#since) return;
    const before = this.ms;
    this.ms = Math.min(this.total, before + now - this.#since);
    this.#since = now;
    last = { key: this.#key, ms: this.ms };
    if (before < this.total / 2 && this.ms >= this.total / 2) this.onhalf();
    if (!this.over) return;
    this.running = false;
    clearInterval(this.#ticking);
    this.onend();
  }
}
