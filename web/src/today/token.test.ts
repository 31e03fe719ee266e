// A server that lets in only whom its owner gave a token, as a person meets it.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import App from '../app/App.svelte';
import { MockCore } from '../core/mock.ts';
import type { AppView } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import { error_text, t } from '../text/text.ts';

let core: MockCore;
let app: Record<string, unknown> | undefined;

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  window.scrollTo = () => {};
});
beforeEach(() => document.body.replaceChildren());
afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
});

const view = (): AppView => {
  const made = scenes['today-token']?.views.app;
  if (!made) throw new Error('no scene');
  return made;
};
const text = () => document.body.textContent ?? '';
async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await tick();
  flushSync();
}
async function show() {
  history.replaceState({ route: { to: 'today' }, depth: 1 }, '');
  core = new MockCore(scenes['today-token']?.views);
  app = mount(App, { target: document.body, props: { core } });
  await settle();
}
async function give(token: string) {
  const field = document.querySelector<HTMLInputElement>('main form input');
  if (!field) throw new Error('no field');
  field.value = token;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
  document.querySelector<HTMLElement>('main form button')?.click();
  await settle();
}

it('is asked for where the server says so, and shown to it alone', async () => {
  await show();
  expect(text()).toContain(error_text('registration-closed').do);
  await give(' open.sesame-1 ');
  expect(core.tokens).toEqual(['open.sesame-1']);
  expect(core.sent.filter(({ args }) => JSON.stringify(args).includes('sesame'))).toEqual([]);
  expect(document.querySelector('main form button')?.getAttribute('aria-disabled')).toBe('true');
  core.set('app', { ...view(), notices: [] });
  await settle();
  expect(document.querySelector('main form')).toBeNull();
});
it('that no server could have given is not shown to it', async () => {
  await show();
  for (const bad of ['', 'open sesame', 'a,b', '"a"', 'söt']) await give(bad);
  expect(core.tokens).toEqual([]);
  expect(text()).toContain(t('token.bad'));
});
it('that the server does not take can be given again', async () => {
  await show();
  await give('wrong');
  const [notice] = view().notices;
  if (!notice) throw new Error('no notice');
  core.set('app', { ...view(), notices: [{ ...notice, at: { ms: Date.now() + 1000, offset: 0 } }] });
  await settle();
  expect(text()).toContain(t('token.wrong'));
  await give('right');
  expect(core.tokens).toEqual(['wrong', 'right']);
});
