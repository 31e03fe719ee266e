// A page that shows any scene on request: window.show(name). Only the pictures and the accessibility check use it.
import { flushSync, mount, tick, unmount } from 'svelte';
import App from '../app/App.svelte';
import { MockCore } from '../core/mock.ts';
import type { Commands } from '../core/types.ts';
import '../design/tokens.css';
import '../design/fonts/fonts.css';
import '../design/base.css';
import { scenes } from './scenes.ts';

declare global {
  interface Window {
    scenes: string[];
    show(name: string): Promise<void>;
  }
}

let shown: Record<string, unknown> | undefined;
const target = document.getElementById('app');

window.scenes = Object.keys(scenes);
window.show = async (name) => {
  const scene = scenes[name];
  if (!scene || !target) throw new Error(`There is no scene “${name}”.`);
  if (shown) await unmount(shown);
  history.replaceState({ route: scene.route, depth: 1 }, '');
  const core = new MockCore(scene.views);
  if (scene.boot) core.boot.set(scene.boot);
  if (scene.fault) core.fault.set(scene.fault);
  if (scene.persistent !== undefined) core.persistent.set(scene.persistent);
  if (scene.update) core.update.set(true);
  for (const [command, code] of Object.entries(scene.refuse ?? {})) core.replies[command as keyof Commands] = { ok: false, code };
  shown = mount(App, { target, props: { core, invitation: scene.given ?? null } });
  flushSync();
  for (const label of scene.press ?? []) {
    const named = [...document.querySelectorAll<HTMLElement>('button, summary')].filter((one) => one.offsetParent !== null || one.getClientRects().length > 0)
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(label));
    if (!named) throw new Error(`${name}: nothing is named “${label}”.`);
    named.click();
    await tick();
    await new Promise((done) => setTimeout(done, 20));
  }
  for (const [label, text] of Object.entries(scene.write ?? {})) {
    const named = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label);
    const field = named && document.getElementById(named.htmlFor);
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error(`${name}: there is no field “${label}”.`);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => setTimeout(done, 50));
  }
  await document.fonts.ready;
};
