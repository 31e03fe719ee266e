// Where a page's questions go: to the core, if this worker has the seat, else to the worker that has it. A question
// stays open until it is answered; when the writer changes it is put again, and `receipt`s keep a command from being
// done twice. So a tab never notices which of them writes.
import { Loop, refused, type Ports } from './loop.ts';
import { kBeatEvery, Seat, type Locks } from './seat.ts';
import { StorageFault } from './storage.ts';
import type { Answer, Ask, FromPage, OnChannel, ToPage, WorkerStatus } from './messages.ts';

export interface Channel {
  postMessage(message: OnChannel): void;
  onmessage: ((event: MessageEvent<OnChannel>) => unknown) | null;
}

export type OwnStorage = Ports['storage'] & { take_over(): Promise<void>; readonly generation: number; close(): void };

export interface Surroundings {
  locks: Locks;
  channel: Channel;
  page(message: ToPage): void;
  /** Opens this device's storage; takes it over, so that nobody else writes. */
  storage(): Promise<OwnStorage>;
  core: Ports['core'];
  socket: Ports['socket'];
  clock: Ports['clock'];
}

export class Desk {
  readonly #around: Surroundings;
  readonly #me = crypto.randomUUID();
  readonly #seat: Seat;
  readonly #open = new Map<string, Ask>();
  #loop: Loop | null = null;
  #close: () => void = () => {};
  #generation = 0;
  #writer: string | null = null;
  #status: WorkerStatus = { role: 'starting', readable: false, fault: null };
  #beating: ReturnType<typeof setInterval> | undefined;
  #turn = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#seat = new Seat(
      around.locks,
      () => this.#taken(),
      () => this.#lost(),
    );
    around.channel.onmessage = (event) => this.#heard(event.data);
  }

  start(): void {
    this.#seat.wait();
    this.#around.channel.postMessage({ type: 'who' });
  }

  page(message: FromPage): void {
    if ('ask' in message) {
      this.#open.set(message.id, message);
      this.#put(message);
    } else if ('token' in message) {
      if (this.#loop) this.#loop.give(message.token);
      else this.#around.channel.postMessage({ type: 'token', token: message.token });
    } else if (message.nudge === 'woke') {
      if (this.#loop) this.#loop.tick();
      else this.#around.channel.postMessage({ type: 'woke' });
    } else if (message.nudge === 'offline') {
      this.#loop?.offline();
    } else {
      this.#loop?.online();
    }
  }

  /** Whether the worker that writes has got so far that it answers, be it with a refusal. */
  get #answering(): boolean {
    return this.#status.readable || this.#status.fault !== null;
  }

  #put(ask: Ask): void {
    if (this.#loop) {
      void this.#answer(this.#loop, ask).then((answer) => this.#answered(answer));
    } else if (this.#writer && this.#answering) {
      this.#around.channel.postMessage({ type: 'ask', to: this.#writer, from: this.#me, ask });
    } else if (this.#status.role === 'writer' && this.#status.fault) {
      this.#answered({ answer: ask.id, reply: refused(this.#status.fault) });
    }
    // else: it is put as soon as somebody writes
  }

  async #answer(loop: Loop, ask: Ask): Promise<Answer> {
    const reply =
      ask.ask === 'view' ? await loop.view(ask.name, ask.args) : await loop.command(ask.id, ask.name, ask.args, ask.hold);
    return { answer: ask.id, reply };
  }

  #answered(answer: Answer): void {
    if (this.#open.delete(answer.answer)) this.#around.page(answer);
  }

  #heard(message: OnChannel): void {
    switch (message.type) {
      case 'who':
        if (this.#loop) this.#beat();
        break;
      case 'beat':
        // A worker that was frozen while the seat was taken from it may not have noticed yet.
        if (this.#loop || message.generation < this.#generation) break;
        this.#seat.heard();
        this.#follow(message);
        break;
      case 'changed':
        if (message.generation === this.#generation && !this.#loop) this.#around.page({ changed: true });
        break;
      case 'ask':
        if (message.to === this.#me && this.#loop) {
          const { from } = message;
          void this.#answer(this.#loop, message.ask).then((answer) =>
            this.#around.channel.postMessage({ type: 'answer', to: from, answer }),
          );
        }
        break;
      case 'answer':
        if (message.to === this.#me) this.#answered(message.answer);
        break;
      case 'woke':
        this.#loop?.tick();
        break;
      case 'token':
        this.#loop?.give(message.token);
        break;
    }
  }

  #follow(beat: { writer: string; generation: number; readable: boolean; fault: string | null }): void {
    const news = this.#writer !== beat.writer || !this.#answering;
    this.#writer = beat.writer;
    this.#generation = beat.generation;
    this.#say({ role: 'reader', readable: beat.readable, fault: beat.fault });
    if (!news || !this.#answering) return;
    for (const ask of this.#open.values()) this.#put(ask);
    this.#around.page({ changed: true });
  }

  /** This worker writes from now on. */
  async #taken(): Promise<void> {
    const turn = ++this.#turn;
    this.#writer = null;
    this.#say({ role: 'writer', readable: false, fault: null });
    let storage: OwnStorage;
    try {
      storage = await this.#around.storage();
      await storage.take_over();
    } catch (error) {
      // Without storage there is no core: whatever is asked is answered with that.
      if (turn !== this.#turn) return;
      this.#say({ role: 'writer', readable: false, fault: error instanceof StorageFault ? error.code : 'storage-unavailable' });
      for (const ask of this.#open.values()) this.#put(ask);
      return;
    }
    if (turn !== this.#turn) return storage.close(); // stolen meanwhile
    this.#generation = storage.generation;
    const loop = new Loop({
      ...this.#around,
      storage,
      changed: () => {
        this.#around.page({ changed: true });
        this.#around.channel.postMessage({ type: 'changed', generation: this.#generation });
      },
      state: (fault, readable) => {
        this.#say({ role: 'writer', readable, fault });
        this.#beat();
      },
      superseded: () => this.#seat.leave(),
    });
    this.#loop = loop;
    this.#close = () => {
      loop.end();
      storage.close();
    };
    this.#beat();
    this.#beating = setInterval(() => this.#beat(), kBeatEvery);
    loop.start();
    for (const ask of this.#open.values()) this.#put(ask);
  }

  #lost(): void {
    this.#turn += 1;
    clearInterval(this.#beating);
    this.#close();
    this.#close = () => {};
    this.#loop = null;
    this.#writer = null;
    this.#say({ role: 'starting', readable: false, fault: null });
    this.#around.channel.postMessage({ type: 'who' });
  }

  #beat(): void {
    const { readable, fault } = this.#status;
    this.#around.channel.postMessage({ type: 'beat', writer: this.#me, generation: this.#generation, readable, fault });
  }

  #say(status: WorkerStatus): void {
    const { role, readable, fault } = this.#status;
    if (status.role === role && status.readable === readable && status.fault === fault) return;
    this.#status = status;
    this.#around.page({ status });
  }
}
