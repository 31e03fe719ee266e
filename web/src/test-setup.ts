// Component tests look at screens, not at how their file comes: it is here already, as it is for whoever has a space. And
// nothing is painted here, so nothing waits for that.
import { beforeAll, vi } from 'vitest';

vi.mock('./app/paint.ts', () => ({ after_paint: (run: () => void) => run() }));
// jsdom knows no media: no query matches.
if (typeof window !== 'undefined') window.matchMedia ??= (media) => Object.assign(new EventTarget(), { media, matches: false, onchange: null, addListener: () => {}, removeListener: () => {} });
// A test may name a text of a room before it begins.
if (typeof document !== 'undefined') await import('./text/later.ts');
beforeAll(async () => {
  if (typeof document !== 'undefined') await (await import('./app/later.svelte.ts')).later.fetch();
});
