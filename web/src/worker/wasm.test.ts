// @vitest-environment node
// The built module behind its typed calls: what the shell and the core say to each other, byte for byte.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Effect, Row } from './blob.ts';
import { instantiate, type CoreCalls } from './wasm.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(readFileSync(new URL('../../../build/wasm/attune.wasm', import.meta.url)));
});

const clock = { ms: 1_700_000_000_000, offset: 60 };
const relay = 'https://relay.example';
const value = (reply: string) => (JSON.parse(reply) as { ok: boolean; value: Record<string, unknown> }).value;
const stored = (effects: Effect[]) => effects.flatMap((effect) => (effect.kind === 'store' ? effect.rows : []));

/** What a device keeps after these effects. */
function keep(rows: Map<string, Row>, effects: Effect[]): void {
  for (const row of stored(effects)) {
    if (row.value) rows.set(row.key, row);
    else rows.delete(row.key);
  }
}

async function started(): Promise<{ core: CoreCalls; rows: Map<string, Row>; effects: Effect[] }> {
  const core = await instantiate(module);
  const rows = new Map<string, Row>();
  core.open(clock, []);
  keep(rows, core.effects());
  core.command(clock, 'space.start', { relay, name: 'Ada' }, 0);
  const effects = core.effects();
  keep(rows, effects);
  return { core, rows, effects };
}

describe('the module', () => {
  test('imports the five calls of the shim and nothing else', () => {
    const names = WebAssembly.Module.imports(module).map((each) => each.name);
    expect(names.filter((name) => !['random_get', 'clock_time_get', 'fd_write', 'fd_close', 'fd_seek'].includes(name))).toEqual([]);
  });

  test('opens fresh on nothing', async () => {
    const core = await instantiate(module);
    expect(JSON.parse(core.open(clock, []))).toMatchObject({ ok: true });
    expect(value(core.view(clock, 'app', {}))).toMatchObject({ phase: 'fresh' });
  });

  test('stores a start before it dials, and sends only once connected', async () => {
    const { core, effects } = await started();
    const kinds = effects.map((effect) => effect.kind);
    expect(kinds.indexOf('store')).toBeGreaterThanOrEqual(0);
    expect(kinds.indexOf('dial')).toBeGreaterThan(kinds.indexOf('store'));
    expect(effects.find((effect) => effect.kind === 'dial')).toEqual({ kind: 'dial', relay });
    expect(kinds).not.toContain('send');
    core.connected(clock);
    expect(core.effects().map((effect) => effect.kind)).toContain('send');
  });

  test('knows itself again from what it stored, and every character of a draft', async () => {
    const { core, rows } = await started();
    const text = 'été — “quoted” \\ \n 🌧';
    core.command(clock, 'space.draft', { key: 'thank.did', text }, 0);
    keep(rows, core.effects());
    const again = await instantiate(module);
    expect(JSON.parse(again.open(clock, [...rows.values()]))).toMatchObject({ ok: true });
    expect(value(again.view(clock, 'app', {}))).toMatchObject({ phase: 'alone', name: 'Ada', relay });
    expect(value(again.view(clock, 'draft', { key: 'thank.did' }))).toEqual({ text });
  });

  test('knows every one of more rows than are handed over at once', async () => {
    const { core, rows } = await started();
    for (let each = 0; each < 4_500; each += 1) core.command(clock, 'space.draft', { key: `thank.${each}`, text: `${each}` }, 0);
    keep(rows, core.effects());
    const again = await instantiate(module);
    expect(JSON.parse(again.open(clock, [...rows.values()]))).toMatchObject({ ok: true });
    for (const each of [0, 1_999, 2_000, 4_499]) {
      expect(value(again.view(clock, 'draft', { key: `thank.${each}` }))).toEqual({ text: `${each}` });
    }
  });

  test('refuses by a code what it does not know, and damage', async () => {
    const { core, rows } = await started();
    expect(JSON.parse(core.command(clock, 'space.no-such-thing', {}, 0))).toMatchObject({ ok: false });
    const [key] = [...rows.keys()].filter((each) => each === 'profile');
    const damaged = [...rows.values()].map((row) => (row.key === key ? { ...row, value: new Uint8Array([1, 2, 3]) } : row));
    expect(JSON.parse((await instantiate(module)).open(clock, damaged))).toEqual({ ok: false, code: 'storage-corrupt' });
  });

  test('takes its chance from the browser: two starts have no byte of a key in common', async () => {
    const asked = vi.spyOn(crypto, 'getRandomValues');
    const [one, two] = [await started(), await started()];
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
    const wrap = (rows: Map<string, Row>) => Buffer.from(rows.get('wrap')!.value!).toString('hex');
    expect(wrap(one.rows)).not.toBe(wrap(two.rows));
  });

  test('takes a frame that is none for a fault of the server and hangs up', async () => {
    const { core } = await started();
    core.connected(clock);
    core.effects();
    core.frame(clock, crypto.getRandomValues(new Uint8Array(40)));
    expect(core.effects().map((effect) => effect.kind)).toContain('hang-up');
  });
});
