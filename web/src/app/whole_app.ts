// The whole app over a core made by hand, for tests: what is on the screen, and what was sent.
import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import type { Boot } from '../core/client.ts';
import { MockCore, type HandMade } from '../core/mock.ts';
import type { AppView } from '../core/types.ts';
import { scenes } from '../shots/scenes.ts';
import App from './App.svelte';
import type { Route } from './route.ts';

let app: Record<string, unknown> | undefined;
export let core: MockCore;

beforeAll(() => {
  // jsdom shows no dialogs and does not scroll.
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; this.dispatchEvent(new Event('close')); };
  window.scrollTo = () => {};
});
beforeEach(() => document.body.replaceChildren());
afterEach(put_away);

export async function put_away(): Promise<void> {
  if (app) await unmount(app);
  app = undefined;
}
/** It has taken itself away: there is nothing left of it to be put away. */
export function has_gone(): void {
  app = undefined;
}
/** Once more over the same core. */
export function begin_again(): void {
  app = mount(App, { target: document.body, props: { core } });
  flushSync();
}

export function show(route: Route, views: HandMade, invitation: string | null = null, boot?: Boot): void {
  history.replaceState({ route, depth: 1 }, '');
  core = new MockCore(views);
  if (boot) core.boot.set(boot);
  app = mount(App, { target: document.body, props: { core, invitation } });
  flushSync();
}
export function scene(name: string): void {
  const found = scenes[name];
  if (!found) throw new Error(name);
  show(found.route, found.views, found.given ?? null, found.boot);
}
export function scene_again(name: string): void {
  if (app) void unmount(app);
  document.body.replaceChildren();
  scene(name);
}
/** The views change under the screen to those of another scene. */
export function become(name: string): void {
  const views = scenes[name]?.views;
  if (!views) throw new Error(name);
  for (const [view, value] of Object.entries(views)) if (view !== 'drafts') core.set(view as 'app', value as AppView);
}
export const title = () => document.querySelector('h1')?.textContent;
export function button(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(name));
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
}
export async function press(name: string): Promise<void> {
  button(name).click();
  await settle();
}
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await tick();
  await Promise.resolve();
  flushSync();
}
export const sent = (name: string) => core.sent.filter((one) => one.name === name);
export function write(label: string, text: string): void {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label);
  const field = found && document.getElementById(found.htmlFor);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error(`There is no field “${label}”.`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}
