// A tap is shown before the screen it leads to is made.
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { kLeaving } from './exit.ts';

const frames: (() => void)[] = [];
vi.mock('./paint.ts', () => ({ after_paint: (run: () => void) => frames.push(run) }));
const { Nav } = await import('./nav.svelte.ts');
const painted = () => frames.splice(0).forEach((run) => run());

describe('A step', () => {
  beforeEach(() => {
    frames.length = 0;
    history.replaceState({ route: { to: 'today' }, depth: 3 }, '');
  });

  it('is one of the history at once, lights up the bar at once, and has its screen once that has been painted', () => {
    const nav = new Nav();
    nav.go({ to: 'us' });
    expect(history.state).toEqual({ route: { to: 'us' }, depth: 4 });
    expect([nav.towards.to, nav.route.to]).toEqual(['us', 'today']);
    painted();
    expect([nav.towards.to, nav.route.to]).toEqual(['us', 'us']);
  });
  it('is one step, however quickly one taps twice; another tap leads elsewhere', () => {
    const nav = new Nav();
    const before = history.length;
    nav.go({ to: 'today' });
    expect(history.length - before, 'to where one is').toBe(0);
    nav.go({ to: 'thank' });
    nav.go({ to: 'thank' });
    expect(history.length - before).toBe(1);
    nav.go({ to: 'deck' });
    painted();
    expect(history.state).toEqual({ route: { to: 'deck' }, depth: 5 });
    expect(nav.route.to).toBe('deck');
  });
  it('does not come back when something else took its place meanwhile', () => {
    const nav = new Nav();
    nav.go({ to: 'thank' });
    nav.replace({ to: 'join' });
    painted();
    expect(history.state).toEqual({ route: { to: 'join' }, depth: 4 });
    nav.go({ to: 'us' });
    dispatchEvent(new PopStateEvent('popstate', { state: { route: { to: 'today' }, depth: 3 } }));
    painted();
    expect([nav.towards.to, nav.route.to]).toEqual(['today', 'today']);
  });
  it('does not come once the page is being left', () => {
    const nav = new Nav();
    nav.go({ to: 'us' });
    dispatchEvent(new Event(kLeaving));
    painted();
    expect(nav.route.to).toBe('today');
  });
});

describe('Having been painted', () => {
  it('is waited for only where somebody looks', async () => {
    const { after_paint } = await vi.importActual<typeof import('./paint.ts')>('./paint.ts');
    const run = vi.fn();
    const next: FrameRequestCallback[] = [];
    const frame = () => next.splice(0).forEach((each) => each(0));
    vi.stubGlobal('requestAnimationFrame', (each: FrameRequestCallback) => next.push(each));
    after_paint(run);
    frame();
    expect(run, 'in the frame that shows the tap').not.toHaveBeenCalled();
    frame();
    expect(run, 'in the one behind it').toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    after_paint(run);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
