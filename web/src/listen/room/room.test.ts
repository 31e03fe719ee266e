// The listening room as each of the two meets it: what is on the screen at every stage, what is not, and what a tap sends.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { button, core, press, put_away, scene, sent, settle, show, title, write } from '../../app/whole_app.ts';
import type { ListeningView, Reply } from '../../core/types.ts';
import { kSpoken, kTyped, listen_view, listening, presence } from '../../shots/rooms.ts';
import { scenes } from '../../shots/scenes.ts';
import { error_text, names, t } from '../../text/text.ts';

const kNoa = names('Noa'), kSam = names('Sam');
const kMoment = t('listen.room.moment'), kPause = t('listen.room.pause'), kStop = t('listen.room.stop');
const within = (selector: string) => [...document.querySelectorAll<HTMLElement>(`${selector} button`)].map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim());
/** What can be pressed in the room, without the two signs that stand on every screen. */
const buttons = () => within('.quiet-room').filter((name) => name !== t('nav.safety') && name !== t('exit.button'));
const fields = () => document.querySelectorAll('main textarea, main input');
const main = () => document.querySelector('main')?.textContent ?? '';
const spoken_aloud = () => document.querySelector('[aria-live]')?.textContent ?? '';
const said = () => sent('signal.say').map(({ args }) => (args as { say: string }).say);
const done = () => core.sent.filter(({ name }) => name !== 'space.draft' && (name as string) !== 'signal.say');
const route = () => (history.state as { route: { to: string } }).route;
/** The session is somewhere else now. */
async function becomes(more: Partial<ListeningView>) {
  core.set('listen', listen_view(listening(more)));
  await settle();
}
async function hide(hidden: boolean) {
  Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
}

/** Another scene after this one. */
async function anew(name: string) {
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
const pass = async (ms: number) => {
  vi.advanceTimersByTime(ms);
  await settle();
};

describe('In a spoken session', () => {
  /** Big button first. Nothing here: nothing but a pause and a moment. */
  const kCan: Record<string, string[]> = {
    'speaking-mine': [t('listen.room.do.piece')],
    'smaller-mine': [t('listen.room.do.piece')],
    'spoken-mine': [t('listen.room.do.back')],
    'given-back-mine': [t('listen.room.do.yes'), t('listen.room.do.almost'), t('listen.room.do.not-yet')],
    'smaller-offered': [t('listen.room.do.smaller')],
    'more-mine': [t('listen.room.do.more'), t('listen.room.do.all')],
    'making-sense-mine': [t('listen.room.do.said')],
    'imagining-mine': [t('listen.room.do.said')],
    'feeling-given-mine': [t('listen.room.do.right'), t('listen.room.do.else')],
    thanking: [t('listen.room.do.thank', kNoa), t('listen.room.idea')],
  };
  for (const name of Object.keys(kSpoken)) {
    it(`${name}: there is what may be done now, and nothing else`, () => {
      scene(`room-${name}`);
      expect(buttons()).toEqual([kPause, ...(kCan[name] ?? []), kMoment, ...(name === 'smaller-offered' ? [kStop] : [])]);
      expect(fields()).toHaveLength(name === 'thanking' ? 1 : 0);
      expect(document.querySelectorAll('.button.floor')).toHaveLength(kCan[name] ? 1 : 0);
      expect(document.querySelector('[role="img"][aria-label]')?.getAttribute('aria-label')).toBe(
        name.endsWith('-mine') ? t('listen.room.floor.mine') : name.endsWith('-theirs') ? t('listen.room.floor.theirs', kNoa) : t('listen.room.floor.nobody'),
      );
    });
  }

  it('each tap sends its move, made in sight of this step', async () => {
    const kMoves: [string, string, string, object][] = [
      ['speaking-mine', t('listen.room.do.piece'), 'listen.piece', {}],
      ['spoken-mine', t('listen.room.do.back'), 'listen.say-back', {}],
      ['given-back-mine', t('listen.room.do.yes'), 'listen.confirm', { heard: 'yes' }],
      ['given-back-mine', t('listen.room.do.almost'), 'listen.confirm', { heard: 'almost' }],
      ['given-back-mine', t('listen.room.do.not-yet'), 'listen.confirm', { heard: 'not-yet' }],
      ['smaller-offered', t('listen.room.do.smaller'), 'listen.smaller', {}],
      ['more-mine', t('listen.room.do.more'), 'listen.more', { more: true }],
      ['more-mine', t('listen.room.do.all'), 'listen.more', { more: false }],
      ['making-sense-mine', t('listen.room.do.said'), 'listen.make-sense', {}],
      ['imagining-mine', t('listen.room.do.said'), 'listen.imagine', {}],
      ['feeling-given-mine', t('listen.room.do.right'), 'listen.name-feeling', { right: true }],
    ];
    for (const [name, label, command, args] of kMoves) {
      await anew(`room-${name}`);
      await press(label);
      expect(done(), name).toEqual([{ name: command, args: { session: 'L1', step: kSpoken[name]?.step ?? 0, ...args } }]);
    }
  });
  it('something else is said first, and moves on only then', async () => {
    scene('room-feeling-given-mine');
    await press(t('listen.room.do.else'));
    expect(done()).toEqual([]);
    expect(title()).toBe(t('listen.room.instead.title'));
    await pass(700);
    await press(t('listen.room.do.said'));
    expect(done()).toEqual([{ name: 'listen.name-feeling', args: { session: 'L1', step: 6, right: false } }]);
  });
  it('a piece that goes round again says so to both, without a verdict', async () => {
    scene('room-given-back-mine');
    await becomes({ ...kSpoken['spoken-theirs'], step: 3 });
    expect(title()).toBe(t('listen.room.spoken.theirs.again.title'));
    await becomes({ ...kSpoken['spoken-mine'], step: 5, not_yet: 2 });
    expect(main()).toContain(t('listen.room.spoken.mine.again.lead', kNoa));
    expect(main()).not.toMatch(/wrong|fail|\d/i);
  });
  it('says kindly that they change places', async () => {
    scene('room-feeling-given-theirs');
    await becomes({ stage: 'speaking', floor: 'mine', step: 7, first_turn: false });
    expect(main()).toContain(t('listen.room.swap.mine', kNoa));
  });
  it('a thank-you goes with words or without, and then only the other is awaited', async () => {
    scene('room-thanking');
    await press(t('listen.room.do.thank', kNoa));
    expect(done()).toEqual([{ name: 'listen.thank', args: { session: 'L1' } }]);
    await anew('room-thanking');
    write(t('listen.room.field.thanks'), ' You stayed. ');
    await press(t('listen.room.do.thank', kNoa));
    expect(done()).toEqual([{ name: 'listen.thank', args: { session: 'L1', text: 'You stayed.' } }]);
    expect(core.draft('listening.L1.thanks')).toBe('');
  });
  it('an idea is noted for a talk later', async () => {
    scene('room-thanking');
    await press(t('listen.room.idea'));
    write(t('listen.room.idea.label'), 'Who books what');
    await press(t('listen.room.idea.go'));
    expect(done()).toEqual([{ name: 'listen.idea', args: { session: 'L1', text: 'Who books what' } }]);
    expect(spoken_aloud()).toContain(t('listen.room.idea.noted'));
  });
});

describe('In a typed session', () => {
  const kFields: Record<string, string> = {
    'speaking-mine': t('listen.room.field.piece'), 'speaking-instead': t('listen.room.field.piece'),
    'spoken-mine': t('listen.room.field.back'), 'spoken-again': t('listen.room.field.back'), 'making-sense-mine': t('listen.room.field.sense'),
  };
  for (const name of Object.keys(kTyped)) {
    it(`${name}: only who has the floor has a field`, () => {
      scene(`typed-${name}`);
      expect([...document.querySelectorAll('main label')].map((one) => one.textContent)).toEqual(kFields[name] ? [kFields[name]] : []);
      expect(fields()).toHaveLength(kFields[name] ? 1 : 0);
      if (name.endsWith('-theirs') || name === 'kept') expect(buttons()).toEqual([kPause, kMoment]);
    });
  }
  it('the big button waits for words, and sends them', async () => {
    scene('typed-speaking-mine');
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([]);
    write(t('listen.room.field.piece'), 'On Saturday.');
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([{ name: 'listen.piece', args: { session: 'L1', step: 0, text: 'On Saturday.' } }]);
    expect(core.draft('listening.L1.piece')).toBe('');
  });
  it('what is longer than there is room for is not sent', async () => {
    scene('typed-speaking-mine');
    write(t('listen.room.field.piece'), 'é'.repeat(1001));
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([]);
  });
  it('almost asks what was missed', async () => {
    scene('typed-given-back-mine');
    await press(t('listen.room.do.almost'));
    expect(done()).toEqual([]);
    await pass(700);
    write(t('listen.room.field.missed'), 'Too late to be asked.');
    await press(t('listen.room.do.tell', kNoa));
    expect(done()).toEqual([{ name: 'listen.confirm', args: { session: 'L1', step: 2, heard: 'almost', text: 'Too late to be asked.' } }]);
  });
  it('shows the words of the other, what was missed in them, and what it is instead', async () => {
    scene('typed-given-back-mine');
    expect(title()).toBe(t('listen.room.heard', kNoa));
    expect(document.querySelector('main blockquote')?.textContent).toContain('You felt left out');
    await anew('typed-spoken-again');
    expect(main()).toContain('Too late to be asked.');
    await anew('typed-speaking-instead');
    expect(main()).toContain('Tired, mostly.');
  });
  it('a sentence begun is there again after the tab was closed', async () => {
    scene('typed-speaking-mine');
    write(t('listen.room.field.piece'), 'On Satur');
    await settle();
    expect(core.draft('listening.L1.piece')).toBe('On Satur');
    await put_away();
    document.body.replaceChildren();
    show({ to: 'listening' }, { ...scenes['typed-speaking-mine']!.views, drafts: { 'listening.L1.piece': 'On Satur' } });
    expect(document.querySelector('textarea')?.value).toBe('On Satur');
  });
  it('a refusal never loses what was written', async () => {
    scene('typed-speaking-mine');
    core.replies['listen.piece'] = { ok: false, code: 'listening-moved-on' };
    write(t('listen.room.field.piece'), 'On Saturday.');
    await press(t('listen.room.do.piece'));
    expect(document.querySelector('textarea')?.value).toBe('On Saturday.');
    expect(core.draft('listening.L1.piece')).toBe('On Saturday.');
    expect(main()).toContain(t('listen.room.late'));
    core.replies['listen.piece'] = { ok: false, code: 'disk-full' };
    await press(t('listen.room.do.piece'));
    expect(core.draft('listening.L1.piece')).toBe('On Saturday.');
    expect(main()).toContain(error_text('disk-full').what);
  });
  it('keeping the pieces is asked of each, and neither answer is the bigger one', async () => {
    scene('typed-keeping');
    expect([...document.querySelectorAll('main .button.outline')].map((one) => one.textContent?.trim())).toEqual([t('listen.room.do.keep'), t('listen.room.do.let-go')]);
    await press(t('listen.room.do.let-go'));
    expect(done()).toEqual([{ name: 'listen.keep', args: { session: 'L1', keep: false } }]);
  });
  it('a turn is announced, and the title takes the focus, but no private word is said aloud', async () => {
    scene('typed-speaking-theirs');
    await becomes({ how: 'typed', ...kTyped['spoken-mine'] });
    expect(spoken_aloud()).toContain(t('listen.room.wrote', kNoa));
    expect(spoken_aloud()).not.toContain('Saturday');
    expect(document.activeElement).toBe(document.querySelector('h1'));
    expect(document.title).not.toContain('Saturday');
  });
  it('who is writing goes on writing while the other’s phone is quiet', async () => {
    scene('typed-writing');
    core.set('presence' as 'app', presence('away')['presence' as 'app'] as never);
    await settle();
    expect(fields()).toHaveLength(1);
    expect(main()).toContain(t('listen.room.paused.away', kNoa));
  });
});

describe('A second tap', () => {
  it('is not a second move while the first is under way', async () => {
    scene('room-given-back-mine');
    let answer: (reply: Reply) => void = () => {};
    core.replies['listen.confirm'] = new Promise((resolve) => (answer = resolve));
    await press(t('listen.room.do.yes'));
    await press(t('listen.room.do.not-yet'));
    answer({ ok: true, value: {} });
    await settle();
    expect(done()).toHaveLength(1);
  });
  it('does not press what has come into its place since', async () => {
    scene('room-given-back-mine');
    await press(t('listen.room.do.yes'));
    await becomes({ ...kSpoken['more-mine'] });
    await press(t('listen.room.do.more'));
    expect(done()).toHaveLength(1);
    await pass(700);
    await press(t('listen.room.do.more'));
    expect(done().map(({ name }) => name)).toEqual(['listen.confirm', 'listen.more']);
  });
  it('on “go on” is not a piece that was said', async () => {
    for (const name of ['room-speaking-mine', 'table-speaking-mine']) {
      await anew(name);
      await press(kPause);
      await press(t('listen.room.go-on'));
      await press(t('listen.room.do.piece'));
      expect(done(), name).toEqual([]);
    }
  });
  it('is none where somebody wants to stop: that is never too fast', async () => {
    scene('room-speaking-theirs');
    await press(kMoment);
    await becomes({ ...kSpoken['spoken-mine'] });
    await press('Back today');
    expect(done().map(({ name }) => name)).toEqual(['listen.time-out']);
  });
  it('that was refused as late, without words, is not worth a line', async () => {
    scene('room-speaking-mine');
    core.replies['listen.piece'] = { ok: false, code: 'listening-moved-on' };
    await press(t('listen.room.do.piece'));
    expect(document.querySelector('.notice')).toBeNull();
  });
});

describe('The ring', () => {
  const ring = () => document.querySelector<HTMLElement>('[data-timer]')?.dataset.timer;
  const gone = () => Number(document.querySelector('.gone')?.getAttribute('stroke-dasharray')?.split(' ')[0] ?? 0) / (2 * Math.PI * 96);
  const begin = async () => {
    show({ to: 'listening' }, { ...scenes['room-speaking-mine']!.views, listen: listen_view(listening({ item: `L${Math.random()}` })) });
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
    await press(t('listen.room.go-on'));
    expect(said()).toEqual(['here', 'paused', 'here']);
    expect(done()).toEqual([]);
  });
  it('the other’s pause is one of both: nothing can be pressed but the ways out', async () => {
    for (const [name, line] of [['paused', t('listen.room.paused.theirs', kNoa)], ['away', t('listen.room.paused.away', kNoa)]] as const) {
      await anew(`room-paused-${name === 'paused' ? 'theirs' : 'away'}`);
      expect(main()).toContain(line);
      expect(buttons()).toEqual([kPause, kMoment, kStop]);
    }
  });
  it('that the other is not heard is said gently after a while, and everything stays usable', async () => {
    show({ to: 'listening' }, { ...scenes['room-speaking-mine']!.views, ...presence('unknown') });
    expect(main()).not.toContain(t('listen.room.not-seen.unknown', kNoa));
    await pass(6_500);
    expect(main()).toContain(t('listen.room.not-seen.unknown', kNoa));
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
  it('says when it goes on; who is back says so; nobody is heard from meanwhile', async () => {
    scene('room-time-out');
    expect(title()).toMatch(/^Back/);
    expect(spoken_aloud()).toContain(t('listen.room.time-out.lead.mine'));
    expect(fields()).toHaveLength(0);
    await press(t('listen.room.do.ready'));
    expect(done()).toEqual([{ name: 'listen.ready', args: { session: 'L1' } }]);
    await pass(20_000);
    expect(said()).toEqual([]);
    await anew('room-time-out-back');
    expect(() => button(t('listen.room.do.ready'))).toThrow();
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
  it('or finishing leads to what is kept of it, and nothing that was written stays on this device', async () => {
    show({ to: 'listening' }, { ...scenes['typed-speaking-mine']!.views, drafts: { 'listening.L1.piece': 'On Satur', 'listening.L1.back': 'x' } });
    core.set('listen', { open: null, ideas: [], held: [{ item: 'L1', how: 'typed', end: 'stopped', ended_by_me: false, at: { ms: 0, offset: 0 }, mark: 'safe', my_thanks: null, their_thanks: null, pieces: [], understood: null }] });
    await settle();
    expect(route()).toEqual({ to: 'listen-held', item: 'L1' });
    expect([core.draft('listening.L1.piece'), core.draft('listening.L1.back')]).toEqual(['', '']);
    expect(spoken_aloud()).toContain(t('listen.room.over.stopped'));
  });
});

describe('A session on another device', () => {
  it('of mine goes on here with one tap', async () => {
    scene('room-on-another');
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
    expect(spoken_aloud()).toContain(`Noa: ${t('listen.room.spoken.mine.title')}`);
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
