// A page that shows any scene on request: window.show(name). Only the pictures and the accessibility check use it.
// With ?rtl it is in the pseudo-locale, with ?open there is more room between letters, words and lines.
import { flushSync, mount, tick, unmount } from 'svelte';
import App from '../app/App.svelte';
import { later } from '../app/later.svelte.ts';
import { show_spacing } from '../app/spacing.ts';
import { MockCore } from '../core/mock.ts';
import type { AppView, Commands } from '../core/types.ts';
import '../design/tokens.css';
import '../design/fonts/fonts.css';
import '../design/base.css';
import { begun_at } from '../design/ring.svelte.ts';
import { kNothingKept, write_kept } from '../notify/kept.ts';
import { word_list } from '../recovery/words.ts';
import { plain } from '../text/pseudo.ts';
import { speak_pseudo } from '../text/speak-pseudo.ts';
import { scenes, type Scene } from './scenes.ts';

declare global {
  interface Window {
    scenes: Record<string, Scene>;
    show(name: string): Promise<void>;
  }
}

const asked = new URLSearchParams(location.search);
if (asked.has('rtl')) {
  speak_pseudo();
  document.documentElement.dir = 'rtl';
}
if (asked.has('open')) show_spacing('open');

const push_manager = window.PushManager;
let shown: Record<string, unknown> | undefined;
const target = document.getElementById('app');

/** What this device says about itself for one scene; the browser's own words stand behind it. */
function be_device({ no_camera, iphone, notifications = 'default' }: NonNullable<Scene['device']>): void {
  const devices = navigator.mediaDevices as Partial<MediaDevices>;
  delete devices.getUserMedia;
  if (no_camera) devices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  Object.defineProperty(Notification, 'permission', { value: notifications, configurable: true });
  Notification.requestPermission = () => Promise.resolve(Notification.permission);
  if (notifications === 'none') delete (window as Partial<typeof globalThis>).PushManager;
  else window.PushManager = push_manager;
  delete (navigator as { userAgent?: string }).userAgent;
  if (iphone) Object.defineProperty(navigator, 'userAgent', { value: 'iPhone', configurable: true });
}

/** The next picture is drawn, and whatever moves has come to rest. */
async function still(): Promise<void> {
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
}

const named = (label: string) =>
  [...document.querySelectorAll<HTMLElement>('button, summary')]
    .find((one) => one.getClientRects().length > 0 && plain(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(label));

async function press(labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    const button = named(label);
    if (!button) throw new Error(`Nothing is named “${label}”.`);
    await settled();
    button.click();
    await tick();
    await still();
  }
}

/** A room takes no tap that may have been meant for what stood there before. */
async function settled(): Promise<void> {
  while (document.querySelector('main[data-settled=false]')) await new Promise(requestAnimationFrame);
}

window.scenes = scenes;
window.show = async (name) => {
  const scene = scenes[name];
  if (!scene || !target) throw new Error(`There is no scene “${name}”.`);
  if (shown) await unmount(shown);
  if (!target.isConnected) document.body.append(target); // quick exit leaves nothing behind
  be_device(scene.device ?? {});
  await write_kept({ ...kNothingKept, offered: true, ...scene.kept });
  begun_at(scene.gone?.key ?? '', scene.gone?.ms ?? 0);
  history.replaceState({ route: scene.route, depth: 1 }, '');
  const core = new MockCore(scene.views);
  if (scene.boot) core.boot.set(scene.boot);
  if (scene.fault) core.fault.set(scene.fault);
  if (scene.persistent !== undefined) core.persistent.set(scene.persistent);
  if (scene.update) core.update.set(true);
  for (const [command, code] of Object.entries(scene.refuse ?? {})) core.replies[command as keyof Commands] = { ok: false, code };
  await later.fetch();
  shown = mount(App, { target, props: { core, invitation: scene.given ?? null } });
  flushSync();
  await press(scene.press ?? []);
  for (const label of scene.choose ?? []) {
    const choice = [...document.querySelectorAll('label')].find((one) => plain(one.textContent ?? '').trim().startsWith(label));
    if (!choice) throw new Error(`There is no choice “${label}”.`);
    choice.click();
    await tick();
    await still();
  }
  if (scene.write) await word_list(); // from here on it is there at once
  for (const [label, text] of Object.entries(scene.write ?? {})) {
    const found = [...document.querySelectorAll('label')].find((one) => plain(one.textContent ?? '').trim().startsWith(label));
    const field = found && document.getElementById(found.htmlFor);
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error(`There is no field “${label}”.`);
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await tick();
    await still();
  }
  await press(scene.then ?? []);
  for (const [view, value] of Object.entries(scene.after ?? {})) core.set(view as 'app', value as AppView);
  await tick();
  await still();
};
