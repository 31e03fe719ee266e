// What the tests of the room share: a clock of their own, what is on the screen, and what was sent.
import { afterEach, beforeEach, vi } from 'vitest';
import { core, put_away, scene, sent, settle } from '../../app/whole_app.ts';
import type { ListeningView } from '../../core/types.ts';
import { listen_view, listening } from '../../shots/rooms.ts';
import { names, t } from '../../text/text.ts';

export const kNoa = names('Noa'), kSam = names('Sam');
export const kMoment = t('listen.room.moment'), kPause = t('listen.room.pause'), kStop = t('listen.room.stop');
export const within = (selector: string) => [...document.querySelectorAll<HTMLElement>(`${selector} button`)].map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim());
/** What can be pressed in the room, without the two signs that stand on every screen. */
export const buttons = () => within('.quiet-room').filter((name) => name !== t('nav.safety') && name !== t('exit.button'));
export const fields = () => document.querySelectorAll('main textarea, main input');
export const main = () => document.querySelector('main')?.textContent ?? '';
export const spoken_aloud = () => document.querySelector('[aria-live]')?.textContent ?? '';
export const said = () => sent('signal.say').map(({ args }) => (args as { say: string }).say);
export const done = () => core.sent.filter(({ name }) => name !== 'space.draft' && (name as string) !== 'signal.say');
export const route = () => (history.state as { route: { to: string } }).route;
/** The session is somewhere else now. */
export async function becomes(more: Partial<ListeningView>) {
  core.set('listen', listen_view(listening(more)));
  await settle();
}
export async function hide(hidden: boolean) {
  Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
}

/** Long enough on the screen that a tap is meant for it. */
export const look = () => pass(700);
/** Another scene after this one. */
export async function anew(name: string) {
  await put_away();
  document.body.replaceChildren();
  scene(name);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
  vi.setSystemTime(Date.UTC(2026, 4, 19, 21, 4));
});
afterEach(async () => {
  await hide(false);
  await put_away();
  vi.useRealTimers();
  localStorage.clear();
});
export const pass = async (ms: number) => {
  vi.advanceTimersByTime(ms);
  await settle();
};
