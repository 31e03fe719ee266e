// Around the turns: the ring, a pause of either, a time-out, stopping, other devices, and one phone on the table.
import { describe, expect, it, vi } from 'vitest';
import { button, core, press, put_away, scene, settle, show, title } from '../../app/whole_app.ts';
import type { ListeningView } from '../../core/types.ts';
import { kSpoken, listen_view, listening, presence } from '../../shots/rooms.ts';
import { scenes } from '../../shots/scenes.ts';
import { t } from '../../text/text.ts';
import { kNoa, kSam, kMoment, kPause, kStop, within, buttons, fields, main, spoken_aloud, said, done, route, becomes, hide, anew, look, pass } from './in_the_room.ts';

describe('The ring', () => {
  const ring = () => document.querySelector<HTMLElement>('[data-timer]')?.dataset.timer;
  const gone = () => Number(document.querySelector('.gone')?.getAttribute('stroke-dasharray')?.split(' ')[0] ?? 0) / (2 * Math.PI * 96);
  const begin = async (part: Partial<ListeningView> = {}) => {
    show({ to: 'listening' }, { ...scenes['room-speaking-mine']!.views, listen: listen_view(listening({ item: `L${Math.random()}`, ...part })) });
    await settle();
  };
  it('fills while somebody speaks, after the floor has crossed, and never counts', async () => {
    await begin();
    await pass(600);
    expect(gone()).toBe(0);
    await pass(22_500);
    expect(gone()).toBeCloseTo(0.5, 1);
    expect(main()).not.toMatch(/\d/);
  });
  it('says half and end politely, once, and is thicker in the last ten seconds', async () => {
    await begin();
    await pass(23_250);
    expect(spoken_aloud()).toContain(t('listen.room.ring.half'));
    expect(document.querySelector('.thick')).toBeNull();
    await pass(13_000);
    expect(document.querySelector('.thick')).not.toBeNull();
    await pass(10_000);
    expect(spoken_aloud()).toContain(t('listen.room.ring.end'));
    expect(main()).toContain(t('listen.room.ring.end'));
    expect(buttons()).toContain(t('listen.room.do.piece'));
  });
  it('says that the time is up to whoever speaks, and to nobody else', async () => {
    await begin(kSpoken['speaking-theirs']);
    await pass(46_000);
    expect(document.querySelector('.thick')).not.toBeNull();
    expect(main() + spoken_aloud()).not.toContain(t('listen.room.ring.end'));
    await put_away();
    await begin({ item: 'L2' });
    await pass(46_000);
    expect(main()).toContain(t('listen.room.ring.end'));
    await becomes({ item: 'L2', ...kSpoken['spoken-theirs'] });
    expect(main()).not.toContain(t('listen.room.ring.end'));
  });
  it('stands still in a pause, and goes on where it was', async () => {
    await begin();
    await pass(10_600);
    const before = gone();
    await press(kPause);
    expect(ring()).toBe('paused');
    await pass(60_000);
    expect(gone()).toBeCloseTo(before, 2);
    await press(t('listen.room.go-on'));
    await pass(5_000);
    expect(gone()).toBeGreaterThan(before);
    expect(gone()).toBeLessThan(before + 0.15);
  });
  it('goes on where it was when one comes back to the room', async () => {
    scene('room-speaking-mine');
    await pass(20_600);
    const before = gone();
    await anew('room-speaking-mine');
    expect(gone()).toBeCloseTo(before, 2);
  });
  it('makes no sound until one was chosen', async () => {
    const made = vi.fn();
    vi.stubGlobal('AudioContext', class { constructor() { made(); } });
    await begin();
    await pass(50_000);
    expect(made).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
  it('may sound from the next tap on, where that was chosen before', async () => {
    const resume = vi.fn(() => Promise.resolve());
    vi.stubGlobal('AudioContext', class { resume = resume; });
    localStorage.setItem('listening-sound', 'on');
    await begin();
    expect(resume).not.toHaveBeenCalled();
    await press(kPause);
    await press(t('listen.room.go-on'));
    expect(resume).toHaveBeenCalledTimes(1);
    await pass(50_000);
    expect(resume).toHaveBeenCalledTimes(2);
    vi.unstubAllGlobals();
  });
  it('steps once every five seconds where motion is reduced', async () => {
    vi.stubGlobal('matchMedia', (media: string) => Object.assign(new EventTarget(), { media, matches: media.includes('reduce') }));
    await begin();
    await pass(9_500);
    expect(gone()).toBeCloseTo(5 / 45, 3);
    await pass(1_500);
    expect(gone()).toBeCloseTo(10 / 45, 3);
    vi.unstubAllGlobals();
  });
  it('is not there in writing', () => {
    scene('typed-speaking-mine');
    expect(ring()).toBe('none');
  });
});

describe('Undistracted', () => {
  it('each says at once that they are here, then every five seconds', async () => {
    scene('room-speaking-mine');
    expect(said()).toEqual(['here']);
    await pass(15_000);
    expect(said()).toEqual(['here', 'here', 'here', 'here']);
  });
  it('a page that is hidden pauses both kindly, and goes on by itself when it is back', async () => {
    scene('room-speaking-mine');
    await hide(true);
    expect(said()).toEqual(['here', 'away']);
    expect(title()).toBe(t('listen.room.paused'));
    await pass(15_000); // said once: another tab may have the room in sight
    expect(said()).toEqual(['here', 'away']);
    await hide(false);
    expect(said()).toEqual(['here', 'away', 'here']);
    expect(title()).toBe(t('listen.room.speaking.mine.title'));
  });
  it('a pause that was tapped stays until it is ended, and says nothing to the core', async () => {
    scene('room-speaking-mine');
    await press(kPause);
    await hide(true);
    await hide(false);
    expect(title()).toBe(t('listen.room.paused'));
    expect(within('.foot')).toEqual([t('listen.room.go-on'), kMoment, kStop, t('common.today')]);
    await pass(5_000);
    await press(t('listen.room.go-on'));
    expect(said()).toEqual(['here', 'paused', 'paused', 'here']);
    expect(done()).toEqual([]);
  });
  it('the other’s pause is one of both: nothing can be pressed but the ways out', async () => {
    for (const [name, line] of [['paused', t('listen.room.paused.theirs', kNoa)], ['away', t('listen.room.paused.away', kNoa)]] as const) {
      await anew(`room-paused-${name === 'paused' ? 'theirs' : 'away'}`);
      expect(main()).toContain(line);
      expect(buttons()).toEqual([kMoment, kStop, t('common.today')]);
      // A phone that was put away falls silent, and is no more here for that.
      core.set('presence' as 'app', presence('unknown')['presence' as 'app'] as never);
      await settle();
      expect(main()).toContain(line);
      core.set('presence' as 'app', presence('here')['presence' as 'app'] as never);
      await settle();
      expect(main()).not.toContain(line);
    }
  });
  it('going on while the other has paused leaves the focus on the title', async () => {
    scene('room-speaking-mine');
    await press(kPause);
    core.set('presence' as 'app', presence('paused')['presence' as 'app'] as never);
    await settle();
    button(t('listen.room.go-on')).focus();
    await press(t('listen.room.go-on'));
    expect(title()).toBe(t('listen.room.paused'));
    expect(document.activeElement).toBe(document.querySelector('main h1'));
  });
  it('that the other is not heard is said gently after a while, and everything stays usable', async () => {
    show({ to: 'listening' }, { ...scenes['room-speaking-mine']!.views, ...presence('unknown') });
    expect(main()).not.toContain(t('listen.room.not-seen.unknown', kNoa));
    await pass(6_500);
    expect(main()).toContain(t('listen.room.not-seen.unknown', kNoa));
    expect(spoken_aloud()).toContain(t('listen.room.not-seen.unknown', kNoa));
    await press(t('listen.room.do.piece'));
    expect(done()).toHaveLength(1);
  });
  it('a signal that is refused, and a core that knows none, are harmless', async () => {
    scene('room-speaking-mine');
    core.replies['signal.say' as 'listen.piece'] = { ok: false, code: 'not-connected' };
    await pass(5_000);
    expect(document.querySelector('.notice')).toBeNull();
  });
  it('who leaves the room says so', async () => {
    scene('room-speaking-mine');
    const before = core;
    await put_away();
    expect((before.sent.at(-1)?.args as { say: string }).say).toBe('left');
  });
  it('keeps the screen on while it is open, and not in a pause', async () => {
    const release = vi.fn(() => Promise.resolve());
    const request = vi.fn(() => Promise.resolve({ released: false, release }));
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    scene('room-speaking-mine');
    await settle();
    expect(request).toHaveBeenCalledTimes(1);
    await press(kPause);
    expect(release).toHaveBeenCalledTimes(1);
    await press(t('listen.room.go-on'));
    expect(request).toHaveBeenCalledTimes(2);
    await put_away();
    expect(release).toHaveBeenCalledTimes(2);
    Reflect.deleteProperty(navigator, 'wakeLock');
  });
  it('asks for the screen once while it is not answered, and holds nothing afterwards', async () => {
    const release = vi.fn(() => Promise.resolve());
    let grant: () => void = () => {};
    const request = vi.fn(() => new Promise((resolve) => (grant = () => resolve({ released: false, release }))));
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
    scene('room-speaking-mine');
    await press(kPause);
    await press(t('listen.room.go-on'));
    expect(request).toHaveBeenCalledTimes(1);
    grant();
    await settle();
    await put_away();
    expect(request).toHaveBeenCalledTimes(1);
    expect(release).toHaveBeenCalledTimes(1);
    Reflect.deleteProperty(navigator, 'wakeLock');
  });
});

describe('A time-out', () => {
  it('is called with a return that the caller names', async () => {
    scene('room-speaking-theirs');
    await press(kMoment);
    [...document.querySelectorAll<HTMLInputElement>('dialog input[type=radio]')][4]?.click();
    await settle();
    await press('Back tomorrow');
    expect(done()).toEqual([{ name: 'listen.time-out', args: { session: 'L1', minutes: 1440 } }]);
  });
  it('at a time of one’s own is never shorter than a quarter of an hour', async () => {
    vi.setSystemTime(new Date(2026, 4, 19, 21, 4));
    scene('room-speaking-theirs');
    await press(kMoment);
    [...document.querySelectorAll<HTMLInputElement>('dialog input[type=radio]')].at(-1)?.click();
    await settle();
    const field = document.querySelector<HTMLInputElement>('dialog input[type=time]')!;
    const choose = async (time: string) => {
      field.value = time;
      field.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
    };
    await choose('21:10');
    await press(t('listen.room.moment.go', { when: '' }).trim());
    expect(done()).toEqual([]);
    await choose('21:00');
    await press(t('listen.room.moment.go', { when: '' }).trim());
    expect(done()).toEqual([{ name: 'listen.time-out', args: { session: 'L1', minutes: 1436 } }]);
  });
  it('until an hour on the next day is until that hour, also when the clocks change', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      vi.setSystemTime(new Date(2026, 2, 28, 21, 4)); // that night has an hour less
      scene('room-speaking-theirs');
      await press(kMoment);
      [...document.querySelectorAll<HTMLInputElement>('dialog input[type=radio]')].at(-1)?.click();
      await settle();
      const field = document.querySelector<HTMLInputElement>('dialog input[type=time]')!;
      field.value = '21:00';
      field.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
      await press(t('listen.room.moment.go', { when: '' }).trim());
      expect(done()).toEqual([{ name: 'listen.time-out', args: { session: 'L1', minutes: 23 * 60 - 4 } }]);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
  it('says when it goes on; who is back says so; nobody is heard from meanwhile', async () => {
    scene('room-time-out');
    await look();
    expect(title()).toMatch(/^Back/);
    expect(spoken_aloud()).toContain(t('listen.room.time-out.lead.mine'));
    expect(fields()).toHaveLength(0);
    await press(t('listen.room.do.ready'));
    expect(done()).toEqual([{ name: 'listen.ready', args: { session: 'L1', asked: 'asked-1' } }]);
    await pass(20_000);
    expect(said()).toEqual([]);
    await anew('room-time-out-back');
    expect(() => button(t('listen.room.do.ready'))).toThrow();
  });
  it('that both want is one: the sheet of the second goes when that of the first was taken', async () => {
    scene('room-speaking-theirs');
    button(kMoment).focus();
    await press(kMoment);
    await becomes({ stage: 'time-out', floor: 'nobody', until: { ms: Date.now() + 900_000, offset: 0 } });
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect(document.activeElement).toBe(document.querySelector('main h1'));
    expect(title()).toMatch(/^Back/);
    await press(kStop);
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('listen.room.stop.title'));
  });
  it('called out of a pause ends that pause: who is back has not paused as well', async () => {
    for (const how of ['two-phones', 'table'] as const) {
      await anew(how === 'table' ? 'table-speaking-mine' : 'room-speaking-mine');
      await press(kPause);
      await becomes({ how, stage: 'time-out', floor: 'nobody', until: { ms: Date.now() + 900_000, offset: 0 }, time_out_by_me: true });
      await becomes({ how });
      expect(main(), how).not.toContain(t('listen.room.paused'));
      expect(said(), how).toEqual(how === 'table' ? [] : ['here', 'paused', 'left', 'here']);
    }
  });
});

describe('Stopping', () => {
  it('is asked about once, and says what goes', async () => {
    scene('typed-speaking-theirs');
    await press(kMoment);
    [...document.querySelectorAll<HTMLElement>('dialog button')].find((one) => one.textContent?.trim() === kStop)?.click();
    await settle();
    expect(done()).toEqual([]);
    expect(document.querySelector('dialog[open]')?.textContent).toContain(t('listen.room.stop.typed'));
    [...document.querySelectorAll<HTMLElement>('dialog button')].find((one) => one.textContent?.trim() === kStop)?.click();
    await settle();
    expect(done()).toEqual([{ name: 'listen.stop', args: { session: 'L1' } }]);
  });
  it('or finishing leads to what is kept of it', async () => {
    scene('typed-speaking-mine');
    core.set('listen', { open: null, ideas: [], held: [{ item: 'L1', how: 'typed', end: 'stopped', ended_by_me: false, at: { ms: 0, offset: 0 }, mark: 'safe', my_thanks: null, their_thanks: null, pieces: [], understood: null }] });
    await settle();
    expect(route()).toEqual({ to: 'listen-held', item: 'L1' });
    expect(spoken_aloud()).toContain(t('listen.room.over.stopped'));
  });
  it('is not said to be understanding: neither is a session that was left behind', async () => {
    scene('room-speaking-mine');
    core.set('listen', { open: null, ideas: [], held: [{ item: 'L1', how: 'two-phones', end: 'left-behind', ended_by_me: false, at: { ms: 0, offset: 0 }, mark: 'safe', my_thanks: null, their_thanks: null, pieces: [], understood: null }] });
    await settle();
    expect(spoken_aloud()).toContain(t('listen.held.left'));
    expect(spoken_aloud()).not.toContain(t('listen.room.over'));
  });
});

describe('A session on another device', () => {
  it('of mine goes on here with one tap', async () => {
    scene('room-on-another');
    await look();
    expect(buttons()).toEqual([t('listen.room.here'), t('common.today'), kStop]);
    await press(t('listen.room.here'));
    expect(done()).toEqual([{ name: 'listen.here', args: { session: 'L1' } }]);
    expect(said()).toEqual([]);
  });
  it('that lies on the table can only be stopped', () => {
    scene('room-on-theirs');
    expect(title()).toBe(t('listen.room.on-theirs.title', kNoa));
    expect(buttons()).toEqual([t('common.today'), kStop]);
  });
});

describe('One phone on the table', () => {
  const halves = () => [...document.querySelectorAll<HTMLElement>('section.half')];
  it('has the half across first, by its name, and turns nothing in the markup but that', () => {
    scene('table-speaking-mine');
    expect(halves().map((one) => one.getAttribute('aria-label'))).toEqual([t('listen.room.table.side', { name: 'Noa' }), t('listen.room.table.yours')]);
  });
  for (const [name, part] of Object.entries(kSpoken))
    it(`${name}: only the half that has the floor can do something`, () => {
      scene(`table-${name}`);
      const [across, mine] = [within('.half.across'), within('.half.me')];
      if (part.floor === 'mine') expect([across.length, mine.length > 0]).toEqual([0, true]);
      else if (part.floor === 'theirs') expect([across.length > 0, mine.length]).toEqual([true, 0]);
      else expect(across.length).toBeGreaterThan(0);
      expect(document.querySelectorAll('.half.dark')).toHaveLength(part.floor === 'nobody' ? 0 : 1);
      expect(fields()).toHaveLength(0);
    });
  it('speaks to each by who the other is', () => {
    scene('table-speaking-mine');
    expect(halves().map((one) => one.querySelector('h2')?.textContent)).toEqual([t('listen.room.floor.theirs', kSam), t('listen.room.floor.mine')]);
  });
  it('takes a thank-you of each', async () => {
    scene('table-thanking');
    await look();
    halves()[0]?.querySelector('button')?.click();
    await settle();
    await becomes({ how: 'table', ...kSpoken.thanking, their_thanks: '' });
    expect(within('.half.across')).toEqual([]);
    await pass(700);
    halves()[1]?.querySelector('button')?.click();
    await settle();
    expect(done()).toEqual([{ name: 'listen.thank', args: { session: 'L1', across: true } }, { name: 'listen.thank', args: { session: 'L1' } }]);
  });
  it('passes the focus to the half that is lit, and says whose turn it is', async () => {
    scene('table-speaking-mine');
    await becomes({ how: 'table', ...kSpoken['spoken-theirs'] });
    expect(document.activeElement).toBe(halves()[0]?.querySelector('h2'));
    expect(spoken_aloud()).toContain(`Noa: ${t('listen.room.spoken.mine.title')}. ${t('listen.room.spoken.mine.lead')}`);
  });
  it('something else is asked aloud and with the focus, and there is a way back', async () => {
    for (const side of ['me', 'across'] as const) {
      await anew(`table-feeling-given-${side === 'me' ? 'mine' : 'theirs'}`);
      await look();
      await press(t('listen.room.do.else'));
      expect(spoken_aloud()).toContain(t('listen.room.instead.title'));
      expect(document.activeElement).toBe(document.querySelector(`[data-half="${side}"] h2`));
      expect(within(`.half.${side}`)).toEqual([t('listen.room.do.said'), t('common.back')]);
      expect(within(`.half.${side === 'me' ? 'across' : 'me'}`)).toEqual([]);
      await press(t('common.back'));
      expect(within(`.half.${side}`)).toEqual([t('listen.room.do.right'), t('listen.room.do.else')]);
      expect(document.activeElement).toBe(document.querySelector(`[data-half="${side}"] h2`));
      expect(done()).toEqual([]);
    }
  });
  it('tells no other phone anything, and can be paused from the middle', async () => {
    scene('table-speaking-mine');
    await press(kPause);
    await pass(20_000);
    expect(said()).toEqual([]);
    expect(halves().map((one) => one.querySelector('h2')?.textContent)).toEqual([t('listen.room.paused'), t('listen.room.paused')]);
    expect(within('.half.me')).toEqual([t('listen.room.go-on'), kMoment, kStop]);
  });
});
