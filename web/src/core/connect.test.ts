// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { Ask, FromPage } from '../worker/messages.ts';
import { never_stored, WorkerCore } from './connect.ts';

function pair(answers: (() => number) | null = null) {
  const asked: Ask[] = [];
  const core = new WorkerCore((message: FromPage) => {
    if ('ask' in message) asked.push(message);
  }, answers);
  const answer = (ask: Ask | undefined, value: unknown) =>
    core.heard({ answer: ask!.id, reply: JSON.stringify({ ok: true, value }) });
  return { core, asked, answer };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a view', () => {
  test('is pushed when it is known, and again only when it reads differently', async () => {
    const { core, asked, answer } = pair();
    const seen: unknown[] = [];
    core.view('today').subscribe((value) => seen.push(value));
    answer(asked[0], { a: 1 });
    await settle();
    for (const value of [{ a: 1 }, { a: 2 }]) {
      core.heard({ changed: true });
      answer(asked.at(-1), value);
      await settle();
    }
    expect(asked).toHaveLength(3);
    expect(seen).toEqual([undefined, { a: 1 }, { a: 2 }]);
  });

  test('is asked once for many changes while an answer is on its way, and never less', async () => {
    const { core, asked, answer } = pair();
    const seen: unknown[] = [];
    core.view('today').subscribe((value) => seen.push(value));
    for (let index = 0; index < 5; index += 1) core.heard({ changed: true });
    expect(asked).toHaveLength(1);
    answer(asked[0], 'before');
    await settle();
    expect(asked).toHaveLength(2);
    answer(asked[1], 'after');
    await settle();
    expect(seen).toEqual([undefined, 'before', 'after']);
  });

  test('is known at once to the second who looks, and asked no more when nobody does', async () => {
    const { core, asked, answer } = pair();
    const first = core.view('draft', { key: 'a' }).subscribe(() => {});
    answer(asked[0], { text: 'x' });
    await settle();
    const seen: unknown[] = [];
    const second = core.view('draft', { key: 'a' }).subscribe((value) => seen.push(value));
    expect(seen).toEqual([{ text: 'x' }]);
    first();
    second();
    core.heard({ changed: true });
    expect(asked).toHaveLength(1);
  });

  test('that is refused leaves what stood there', async () => {
    const { core, asked, answer } = pair();
    const seen: unknown[] = [];
    core.view('today').subscribe((value) => seen.push(value));
    answer(asked[0], 1);
    await settle();
    core.heard({ changed: true });
    core.heard({ answer: asked[1]!.id, reply: '{"ok":false,"code":"core-stopped"}' });
    await settle();
    expect(seen).toEqual([undefined, 1]);
  });
});

describe('a command', () => {
  test('can be undone for five seconds and brings back its reply', async () => {
    const { core, asked, answer } = pair();
    const reply = core.command('cherish.thank', { did: 'a', says: '', felt: '' });
    expect(asked[0]).toMatchObject({ ask: 'command', name: 'cherish.thank', hold: 5_000 });
    answer(asked[0], { command: 'c' });
    expect(await reply).toEqual({ ok: true, value: { command: 'c' } });
  });
  test('of a listening session goes at once: somebody is there and waits for it', () => {
    const { core, asked } = pair();
    void core.command('listen.agree', { session: 's', asked: 's', now: true });
    expect(asked[0]).toMatchObject({ ask: 'command', name: 'listen.agree', hold: 0 });
  });
});

describe('what is asked', () => {
  test('travels as plain data, whatever a screen holds it in', () => {
    const { core, asked } = pair();
    const picks = new Proxy([{ place: 3, word: 'harbour' }], {});
    void core.command('space.phrase-confirm', { picks });
    expect(structuredClone(asked[0]!.args)).toEqual({ picks: [{ place: 3, word: 'harbour' }] });
  });
});

describe('drafts', () => {
  test('go at once, and of those typed meanwhile only the newest follows', async () => {
    const { core, asked, answer } = pair();
    const replies = ['a', 'ab', 'abc', 'abcd'].map((text) => core.command('space.draft', { key: 'k', text }));
    void core.command('space.draft', { key: 'other', text: 'x' });
    expect(asked.map((ask) => ask.args)).toEqual([{ key: 'k', text: 'a' }, { key: 'other', text: 'x' }]);
    answer(asked[0], {});
    await settle();
    expect(asked.slice(2).map((ask) => ask.args)).toEqual([{ key: 'k', text: 'abcd' }]);
    answer(asked[2], {});
    await Promise.all(replies);
    void core.command('space.draft', { key: 'k', text: '' });
    expect(asked.at(-1)!.args).toEqual({ key: 'k', text: '' });
  });

  test('that still wait when the page is closed are handed over, and it stays until they are on disk', () => {
    let looks = 0;
    const { core, asked } = pair(() => Math.floor(looks++ / 10));
    for (const text of ['a', 'ab', 'abc']) void core.command('space.draft', { key: 'k', text });
    core.farewell();
    expect(asked.map((ask) => ask.args)).toEqual([{ key: 'k', text: 'a' }, { key: 'k', text: 'abc' }]);
    expect(looks).toBe(21); // until both were answered, and no longer
  });

  test('do not hold up a page that is closed for ever, nor at all where nothing is being written', async () => {
    let looks = 0;
    const { core, asked, answer } = pair(() => (looks++, 0));
    void core.command('space.draft', { key: 'k', text: 'a' });
    core.farewell();
    expect(looks).toBeGreaterThan(0);
    answer(asked[0], {});
    await settle();
    looks = 0;
    core.farewell();
    expect(looks).toBe(0);
  });
});

describe('a first visit', () => {
  test('is one where nothing was ever stored, and the browser says so soon', async () => {
    const found = (...names: string[]) => () => Promise.resolve(names.map((name) => ({ name, version: 1 })));
    expect(await never_stored(found())).toBe(true);
    expect(await never_stored(found('somebody-elses'))).toBe(true);
    expect(await never_stored(found('attune'))).toBe(false);
    expect(await never_stored(() => Promise.reject(new DOMException('', 'SecurityError')))).toBe(false);
    expect(await never_stored(undefined as never)).toBe(false); // Firefox 121 cannot say
    expect(await never_stored(() => new Promise(() => {}))).toBe(false);
  });
});

describe('what stands in the way', () => {
  test('is told as a failed start while nothing can be read, and as a fault where reading goes on', () => {
    const { core } = pair();
    core.heard({ status: { role: 'writer', readable: false, fault: null } });
    expect(core.boot.value).toEqual({ state: 'opening' });
    core.heard({ status: { role: 'writer', readable: false, fault: 'storage-corrupt' } });
    expect(core.boot.value).toEqual({ state: 'failed', code: 'storage-corrupt' });
    core.heard({ status: { role: 'writer', readable: true, fault: 'disk-full' } });
    expect([core.boot.value, core.fault.value]).toEqual([{ state: 'ready' }, 'disk-full']);
    core.heard({ status: { role: 'starting', readable: false, fault: null } });
    expect(core.boot.value).toEqual({ state: 'ready' }); // another tab takes over: what is shown stays
    core.heard({ status: { role: 'writer', readable: false, fault: 'disk-full' } }); // nor can anything be read
    expect([core.boot.value, core.fault.value]).toEqual([{ state: 'ready' }, 'disk-full']);
    core.heard({ status: { role: 'reader', readable: true, fault: null } });
    expect(core.fault.value).toBeNull();
  });
});
