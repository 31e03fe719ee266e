// One core and what it wants done. Every input (a command, a frame, a tick) runs to its end before the next begins:
// the call, then its effects in order, each Store flushed before the effect behind it. Views read between inputs,
// so no screen ever shows what is not stored yet.
//
// A log of ten years is not waited for: where a snapshot allows it, views are read as soon as the newest records are
// here, and between the thousands of older ones that follow. Inputs begin when all are.
//
// When a Store fails, nothing behind it is carried out, nothing is sent any more, and the core, which now knows more
// than this device keeps, is thrown away for a fresh one over what is stored. That one is read from only, until
// writing works again.
import type { Effect, Row } from './blob.ts';
import { Socket, type SocketEvents } from './socket.ts';
import { StorageFault, Superseded } from './storage.ts';
import type { Clock, CoreCalls } from './wasm.ts';

export interface Ports {
  /** A fresh core, nothing in it. */
  core(): Promise<CoreCalls>;
  storage: {
    probe(): Promise<void>;
    read(): Promise<Row[]>;
    read_early(): Promise<Row[] | null>;
    read_some(keys: readonly string[]): Promise<Row[]>;
    read_records(behind: string | null): Promise<Row[]>;
    write(rows: readonly Row[], receipt?: string): Promise<void>;
    done(receipt: string): boolean;
  };
  socket(events: SocketEvents): Pick<Socket, 'dial' | 'send' | 'hang_up' | 'drop' | 'give'>;
  clock(): Clock;
  /** Views may read differently now. */
  changed(): void;
  /** What stands in the way, a code of errors.json, or null; and whether views can be read. Called at each change. */
  state(fault: string | null, readable: boolean): void;
  /** Another worker writes now: this loop has ended. */
  superseded(): void;
}

const kAgainAfter = 15_000; // a full disk is looked at again
const kLongestTimer = 2 ** 31 - 1;

export const refused = (code: string) => JSON.stringify({ ok: false, code });
const kAccepted = '{"ok":true,"value":{}}';
const kRowsMissing = '{"ok":false,"rows":';
/** Who needs more rows than this, or more often, waits until all are here. */
const kMostFetched = 256;
const kMostRounds = 4;

/** Answers, or names the rows it would need. */
type View = () => readonly string[] | null;

export class Loop {
  readonly #ports: Ports;
  readonly #socket: ReturnType<Ports['socket']>;
  readonly #views: View[] = [];
  readonly #inputs: (() => Promise<void>)[] = [];
  #running = false;
  #ended = false;
  #core: CoreCalls | null = null;
  #writing = false;
  #fault: string | null = null;
  #relay: string | null = null;
  #connection: 'none' | 'dialling' | 'open' = 'none';
  #alarm: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#socket = ports.socket({
      connected: () => this.#input((core, clock) => this.#met('open', () => core.connected(clock))),
      disconnected: () => this.#input((core, clock) => this.#met('none', () => core.disconnected(clock))),
      frame: (bytes) => this.#input((core, clock) => core.frame(clock, bytes)),
    });
  }

  /** Opens the core on what is stored. */
  start(): void {
    this.#enqueue(async () => {
      await this.#revive();
    });
  }

  /** The reply in JSON, once everything the command wanted done is done. `receipt` makes asking twice harmless. */
  command(receipt: string, name: string, args: unknown, hold: number): Promise<string> {
    return new Promise((resolve) => {
      this.#enqueue(async () => {
        if (this.#ports.storage.done(receipt)) return resolve(kAccepted);
        if (!this.#writing && !(await this.#revive())) {
          if (!this.#ended) resolve(refused(this.#fault ?? 'core-stopped'));
          return;
        }
        const reply = await this.#run((core, clock) => core.command(clock, name, args, hold), receipt);
        if (!this.#ended) resolve(reply);
      });
    });
  }

  view(name: string, args: unknown): Promise<string> {
    return new Promise((resolve) => {
      this.#views.push(() => {
        let reply: string;
        try {
          reply = this.#core ? this.#core.view(this.#ports.clock(), name, args) : refused(this.#fault ?? 'core-stopped');
        } catch (error) {
          reply = refused(this.#stopped(error));
        }
        if (reply.startsWith(kRowsMissing)) return (JSON.parse(reply) as { rows: string[] }).rows;
        resolve(reply);
        return null;
      });
      void this.#drain();
    });
  }

  /** The device woke up, or somebody is looking again. */
  tick(): void {
    this.#input((core, clock) => core.tick(clock));
  }

  offline(): void {
    this.#socket.drop();
  }

  /** A socket from before may be dead without knowing it; and nobody wants to wait for the next try. */
  online(): void {
    this.#socket.drop();
    this.#input((core, clock) => core.tick(clock));
    this.#enqueue(async () => {
      if (this.#writing && this.#relay && this.#connection === 'none') this.#dial(this.#relay);
    });
  }

  /** The relay asks for what its owner gave: it is dialled anew with that. */
  give(token: string): void {
    this.#enqueue(async () => {
      if (this.#relay) this.#socket.give(this.#relay, token);
    });
    this.online();
  }

  end(): void {
    this.#ended = true;
    this.#core = null;
    this.#writing = false;
    this.#socket.hang_up();
    clearTimeout(this.#alarm);
    clearTimeout(this.#again);
  }

  #met(connection: 'none' | 'open', told: () => string): string {
    this.#connection = connection;
    return told();
  }

  #input(call: (core: CoreCalls, clock: Clock) => string): void {
    this.#enqueue(async () => {
      if (this.#writing) await this.#run(call);
    });
  }

  #enqueue(job: () => Promise<void>): void {
    this.#inputs.push(job);
    void this.#drain();
  }

  async #drain(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (!this.#ended) {
      const view = this.#views.shift();
      if (view) {
        view();
        continue;
      }
      const input = this.#inputs.shift();
      if (!input) break;
      await input();
    }
    this.#running = false;
  }

  /** One input and its effects. */
  async #run(call: (core: CoreCalls, clock: Clock) => string, receipt?: string): Promise<string> {
    let reply: string;
    let effects: Effect[];
    try {
      reply = call(this.#core!, this.#ports.clock());
      effects = this.#core!.effects();
    } catch (error) {
      const code = this.#stopped(error);
      await this.#read_again();
      return refused(code);
    }
    const code = await this.#carry_out(effects, receipt);
    if (!code) return reply;
    await this.#read_again();
    return refused(code);
  }

  /** Answers with the code of what stopped it, if something did. */
  async #carry_out(effects: readonly Effect[], receipt?: string): Promise<string | null> {
    let unwritten = receipt;
    for (const effect of effects) {
      if (this.#ended) return null;
      switch (effect.kind) {
        case 'store':
          try {
            await this.#ports.storage.write(effect.rows, unwritten);
            unwritten = undefined;
          } catch (error) {
            return this.#failed(error);
          }
          break;
        case 'dial': this.#dial(effect.relay); break;
        case 'hang-up':
          this.#connection = 'none';
          this.#socket.hang_up();
          break;
        case 'send': this.#socket.send(effect.frame); break;
        case 'changed': this.#ports.changed(); break;
        case 'alarm': this.#wake_at(effect.at); break;
      }
    }
    return null;
  }

  #dial(relay: string): void {
    this.#relay = relay;
    this.#connection = 'dialling';
    this.#socket.dial(relay);
  }

  /** The core asks for a time once; so a timer that comes too early, or a clock set back, only means waiting on. */
  #wake_at(at: number): void {
    clearTimeout(this.#alarm);
    const left = at - this.#ports.clock().ms;
    this.#alarm = setTimeout(
      () => {
        if (this.#ports.clock().ms < at) this.#wake_at(at);
        else this.tick();
      },
      Math.min(Math.max(0, left), kLongestTimer),
    );
  }

  /** A fresh core that may write. False: something is still in the way, and named. */
  async #revive(): Promise<boolean> {
    try {
      await this.#ports.storage.probe();
    } catch (error) {
      this.#failed(error);
      if (!this.#core) await this.#read_again();
      return false;
    }
    if (!(await this.#open())) return false;
    const code = await this.#carry_out(this.#core!.effects());
    if (this.#ended) return false;
    if (code) {
      await this.#read_again();
      return false;
    }
    this.#writing = true;
    this.#tell(null);
    this.#ports.changed();
    return true;
  }

  /** A fresh core to read from; what it would do waits until `#revive`. */
  async #read_again(): Promise<void> {
    if (this.#ended) return;
    await this.#open();
    if (this.#ended) return;
    this.#tell(this.#fault);
    this.#ports.changed();
  }

  async #open(): Promise<boolean> {
    this.#core = null;
    try {
      const some = await this.#ports.storage.read_early();
      const core = await this.#ports.core();
      if (this.#ended) return false;
      let rows: Row[] = [];
      if (some && (JSON.parse(core.open_early(some)) as { ok: boolean }).ok) {
        if (!(await this.#hand_over_rest(core))) return false;
      } else {
        rows = await this.#ports.storage.read();
      }
      if (this.#ended) return false;
      const reply = JSON.parse(core.open(this.#ports.clock(), rows)) as { ok: boolean; code?: string };
      this.#core = reply.ok ? core : null;
      if (!reply.ok) this.#halt(reply.code ?? 'core-stopped');
    } catch (error) {
      this.#core = null;
      if (error instanceof StorageFault || error instanceof Superseded) this.#failed(error);
      else this.#stopped(error);
    }
    return this.#core !== null;
  }

  /** Views are answered meanwhile. False: it has ended, or the module has. */
  async #hand_over_rest(core: CoreCalls): Promise<boolean> {
    this.#core = core;
    this.#tell(this.#fault);
    this.#ports.changed();
    const patient: View[] = [];
    const going = () => !this.#ended && this.#core === core;
    for (let behind: string | null = null; ; ) {
      for (let round = 0; going() && this.#views.length > 0; round += 1) {
        const needed = new Set<string>();
        for (const view of this.#views.splice(0)) {
          const rows = view();
          if (!rows) continue;
          if (round < kMostRounds && rows.length <= kMostFetched) {
            this.#views.push(view);
            for (const row of rows) needed.add(row);
          } else {
            patient.push(view);
          }
        }
        if (needed.size === 0) break;
        const rows = await this.#ports.storage.read_some([...needed]);
        if (going()) core.hand_over(rows);
      }
      const rows: Row[] = going() ? await this.#ports.storage.read_records(behind) : [];
      const last = rows.at(-1);
      if (going() && last) core.hand_over(rows);
      behind = last?.key ?? null;
      if (!going() || !last) break;
    }
    this.#views.unshift(...patient);
    return going();
  }

  #failed(error: unknown): string | null {
    if (error instanceof Superseded) {
      this.end();
      this.#ports.superseded();
      return null;
    }
    const code = error instanceof StorageFault ? error.code : 'storage-unavailable';
    this.#halt(code);
    return code;
  }

  /** The module trapped, or could not be loaded: nothing it holds can be trusted any more. */
  #stopped(error: unknown): string {
    console.error(error);
    const code = error instanceof CoreMissing ? 'core-missing' : 'core-stopped';
    this.#core = null;
    this.#halt(code);
    return code;
  }

  #halt(fault: string): void {
    this.#writing = false;
    this.#connection = 'none';
    this.#socket.hang_up();
    clearTimeout(this.#alarm);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.#enqueue(async () => {
        if (!this.#writing) await this.#revive();
      });
    }, kAgainAfter);
    this.#tell(fault);
  }

  #tell(fault: string | null): void {
    this.#fault = fault;
    this.#ports.state(fault, this.#core !== null);
  }
}

/** The module could not be fetched: a first visit that lost its network half-way. */
export class CoreMissing extends Error {
  override name = 'CoreMissing';
}
