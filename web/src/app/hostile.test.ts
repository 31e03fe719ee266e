// What a hostile relay does, as the threat model's table says it: every sentence there is one that a screen shows.
import { readFileSync } from 'node:fs';
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { MockCore, type HandMade } from '../core/mock.ts';
import { scenes } from '../shots/scenes.ts';
import App from './App.svelte';

const table = /<!-- hostile-table[^]*?<!-- \/hostile-table -->/.exec(readFileSync('../docs/THREAT_MODEL.md', 'utf8'))?.[0] ?? '';
const said = new Map([...table.matchAll(/\| `([a-z.-]+)`: ([^|]+) \|/g)].map((found) => [found[1] ?? '', found[2] ?? '']));

let app: Record<string, unknown> | undefined;
afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
});

/** What stands on the screen after a few seconds. */
async function shown(scene: string, more: (views: HandMade) => HandMade = (views) => views): Promise<string> {
  const found = scenes[scene];
  if (!found) throw new Error(scene);
  vi.useFakeTimers();
  window.scrollTo = () => {};
  history.replaceState({ route: found.route, depth: 1 }, '');
  app = mount(App, { target: document.body, props: { core: new MockCore(more(found.views)), invitation: null } });
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(1000);
    flushSync();
    await tick();
  }
  return document.body.textContent ?? '';
}

function with_app(more: Partial<NonNullable<HandMade['app']>>): (views: HandMade) => HandMade {
  return (views) => {
    if (!views.app) throw new Error('no view');
    return { ...views, app: { ...views.app, ...more } };
  };
}

it('what a hostile relay does is said on the screen in the words of the threat model', async () => {
  expect([...said.keys()]).toContain('server-fault');
  for (const [code, sentence] of said) {
    let text: string;
    if (code === 'sync.unreachable') {
      text = await shown('today-full', with_app({ sync: { connection: 'offline', on_this_phone: 0, resting: 0, busy: false, coming: null } }));
    } else if (code === 'step.not-yet.title') {
      text = await shown('step-not-yet');
    } else {
      text = await shown('today-full', with_app({ notices: [{ id: 'n1', code, at: { ms: 0, offset: 0 } }] }));
    }
    expect(text, code).toContain(sentence);
    if (app) await unmount(app);
    app = undefined;
    document.body.replaceChildren();
  }
});
