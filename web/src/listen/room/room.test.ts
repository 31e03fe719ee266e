// The listening room as each of the two meets it: what is on the screen at every stage, what is not, and what a tap sends.
import { describe, expect, it } from 'vitest';
import { core, press, put_away, scene, settle, show, title, write } from '../../app/whole_app.ts';
import type { Reply } from '../../core/types.ts';
import { kSpoken, kTyped, presence } from '../../shots/rooms.ts';
import { scenes } from '../../shots/scenes.ts';
import { error_text, t } from '../../text/text.ts';
import { kNoa, kMoment, kPause, kStop, buttons, fields, main, spoken_aloud, done, becomes, anew, look, pass } from './in_the_room.ts';

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
      await look();
      await press(label);
      expect(done(), name).toEqual([{ name: command, args: { session: 'L1', step: kSpoken[name]?.step ?? 0, ...args } }]);
    }
  });
  it('giving back is done aloud, and the button says that it is done; in writing it is what gives it back', async () => {
    for (const [name, label] of [['room-spoken-mine', t('listen.room.do.back')], ['table-spoken-mine', t('listen.room.do.back')], ['typed-spoken-mine', t('listen.room.do.back.typed')]] as const) {
      await anew(name);
      expect(buttons(), name).toContain(label);
    }
    expect(t('listen.room.do.back')).not.toBe(t('listen.room.do.back.typed'));
  });
  it('something else is said first, and moves on only then', async () => {
    scene('room-feeling-given-mine');
    await look();
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
    await look();
    await press(t('listen.room.do.thank', kNoa));
    expect(done()).toEqual([{ name: 'listen.thank', args: { session: 'L1' } }]);
    await anew('room-thanking');
    await look();
    write(t('listen.room.field.thanks'), ' You stayed. ');
    await press(t('listen.room.do.thank', kNoa));
    expect(done()).toEqual([{ name: 'listen.thank', args: { session: 'L1', text: 'You stayed.' } }]);
    expect(core.draft('listen.L1.thanks')).toBe('');
  });
  it('an idea is noted for a talk later', async () => {
    scene('room-thanking');
    await look();
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
    await look();
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([]);
    write(t('listen.room.field.piece'), 'On Saturday.');
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([{ name: 'listen.piece', args: { session: 'L1', step: 0, text: 'On Saturday.' } }]);
    expect(core.draft('listen.L1.piece')).toBe('');
  });
  it('what is longer than there is room for is not sent', async () => {
    scene('typed-speaking-mine');
    await look();
    write(t('listen.room.field.piece'), 'é'.repeat(1001));
    await press(t('listen.room.do.piece'));
    expect(done()).toEqual([]);
  });
  it('almost asks what was missed', async () => {
    scene('typed-given-back-mine');
    await look();
    await press(t('listen.room.do.almost'));
    expect(done()).toEqual([]);
    await pass(700);
    write(t('listen.room.field.missed'), 'Too late to be asked.');
    await press(t('listen.room.do.tell', kNoa));
    expect(done()).toEqual([{ name: 'listen.confirm', args: { session: 'L1', step: 2, heard: 'almost', text: 'Too late to be asked.' } }]);
  });
  it('what was begun for one answer goes when another is taken', async () => {
    for (const [name, open, field, answer, key] of [
      ['given-back-mine', t('listen.room.do.almost'), t('listen.room.field.missed'), t('listen.room.do.yes'), 'missed'],
      ['given-back-mine', t('listen.room.do.almost'), t('listen.room.field.missed'), t('listen.room.do.not-yet'), 'missed'],
      ['feeling-given-mine', t('listen.room.do.else'), t('listen.room.field.instead'), t('listen.room.do.right'), 'instead'],
    ] as const) {
      await anew(`typed-${name}`);
      await look();
      await press(open);
      write(field, 'Too late');
      await press(t('common.back'));
      expect(core.draft(`listen.L1.${key}`)).toBe('Too late');
      await look();
      await press(answer);
      expect(core.draft(`listen.L1.${key}`), answer).toBe('');
    }
  });
  it('shows the words of the other, what was missed in them, and what it is instead', async () => {
    scene('typed-given-back-mine');
    expect(title()).toBe(t('listen.room.heard', kNoa));
    expect(document.querySelector('main blockquote')?.textContent).toContain('You felt left out');
    const quoted = () => [...document.querySelectorAll('main figure')].map((one) => one.textContent).join();
    await anew('typed-spoken-again');
    expect(quoted()).toContain('Too late to be asked.');
    await anew('typed-speaking-instead');
    expect(quoted()).toContain('Tired, mostly.');
  });
  it('a sentence begun is there again after the tab was closed', async () => {
    scene('typed-speaking-mine');
    write(t('listen.room.field.piece'), 'On Satur');
    await settle();
    expect(core.draft('listen.L1.piece')).toBe('On Satur');
    await put_away();
    document.body.replaceChildren();
    show({ to: 'listening' }, { ...scenes['typed-speaking-mine']!.views, drafts: { 'listen.L1.piece': 'On Satur' } });
    expect(document.querySelector('textarea')?.value).toBe('On Satur');
  });
  it('a refusal never loses what was written', async () => {
    scene('typed-speaking-mine');
    await look();
    core.replies['listen.piece'] = { ok: false, code: 'listening-moved-on' };
    write(t('listen.room.field.piece'), 'On Saturday.');
    await press(t('listen.room.do.piece'));
    expect(document.querySelector('textarea')?.value).toBe('On Saturday.');
    expect(core.draft('listen.L1.piece')).toBe('On Saturday.');
    expect(main()).toContain(t('listen.room.late'));
    await becomes({ how: 'typed', ...kTyped['spoken-theirs'] });
    expect(main()).toContain(t('listen.room.late'));
    await becomes({ how: 'typed', ...kTyped['speaking-mine'], step: 4 });
    expect(main()).not.toContain(t('listen.room.late'));
    expect(document.querySelector('textarea')?.value).toBe('On Saturday.');
    await look();
    core.replies['listen.piece'] = { ok: false, code: 'disk-full' };
    await press(t('listen.room.do.piece'));
    expect(core.draft('listen.L1.piece')).toBe('On Saturday.');
    expect(main()).toContain(error_text('disk-full').what);
  });
  it('keeping the pieces is asked of each, and neither answer is the bigger one', async () => {
    scene('typed-keeping');
    await look();
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
  it('or one that was meant for the screen ahead of the room is no move, here or at the table', async () => {
    for (const name of ['room-speaking-mine', 'table-speaking-mine', 'room-time-out']) {
      await anew(name);
      await press(name === 'room-time-out' ? t('listen.room.do.ready') : t('listen.room.do.piece'));
      expect(done(), name).toEqual([]);
      await look();
      await press(name === 'room-time-out' ? t('listen.room.do.ready') : t('listen.room.do.piece'));
      expect(done(), name).toHaveLength(1);
    }
  });
  it('is not a second move while the first is under way', async () => {
    scene('room-given-back-mine');
    await look();
    let answer: (reply: Reply) => void = () => {};
    core.replies['listen.confirm'] = new Promise((resolve) => (answer = resolve));
    await press(t('listen.room.do.yes'));
    await press(t('listen.room.do.not-yet'));
    answer({ ok: true, value: {} });
    await settle();
    expect(done()).toHaveLength(1);
  });
  it('leaves the sign that it is under way on the button that was tapped', async () => {
    for (const [name, command, label] of [['room-given-back-mine', 'listen.confirm', t('listen.room.do.not-yet')], ['typed-keeping', 'listen.keep', t('listen.room.do.let-go')]] as const) {
      await anew(name);
      await look();
      core.replies[command] = new Promise(() => {});
      await press(label);
      expect([...document.querySelectorAll('main .button[aria-disabled]')].map((one) => one.textContent?.trim()), name).toEqual([label]);
    }
  });
  it('does not press what has come into its place since', async () => {
    scene('room-given-back-mine');
    await look();
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
      await look();
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
  it('that was refused is about this screen: it says so in no other, and in no sheet that is opened after', async () => {
    scene('room-speaking-mine');
    await look();
    core.replies['listen.piece'] = { ok: false, code: 'disk-full' };
    const seen = () => document.body.textContent?.includes(error_text('disk-full').what);
    await press(t('listen.room.do.piece'));
    expect(seen()).toBe(true);
    await press(kMoment);
    expect(seen()).toBe(false);
    document.querySelector('dialog')?.close();
    await settle();
    await press(t('listen.room.do.piece'));
    expect(seen()).toBe(true);
    await becomes({ ...kSpoken['spoken-theirs'] });
    expect(seen()).toBe(false);
  });
  it('in writing that came too late is told in a sentence, and never by a code', async () => {
    scene('typed-speaking-mine');
    await look();
    core.replies['listen.piece'] = { ok: false, code: 'listening-moved-on' };
    write(t('listen.room.field.piece'), 'On Saturday.');
    await press(t('listen.room.do.piece'));
    await press(kMoment);
    expect(document.querySelector('dialog .notice')).toBeNull();
    await becomes({ how: 'typed', stage: 'time-out', floor: 'nobody', until: { ms: Date.now() + 900_000, offset: 0 } });
    expect(document.querySelector('.notice')).toBeNull();
  });
  it('that was refused as late, without words, is not worth a line', async () => {
    scene('room-speaking-mine');
    await look();
    core.replies['listen.piece'] = { ok: false, code: 'listening-moved-on' };
    await press(t('listen.room.do.piece'));
    expect(document.querySelector('.notice')).toBeNull();
  });
});
