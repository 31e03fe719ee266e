// The room Cherish by hand: what was noticed, the jar, the gesture menu and letters, for two and alone.
import type { Route } from '../app/route.ts';
import type { HandMade } from '../core/mock.ts';
import type { AppView, FeelingsView, GestureView, GesturesView, GoodNewsView, JarView, LetterView, LettersView, NoticedOneView, NoticedView, TodayView, Treasure } from '../core/types.ts';
import { ago, kDay, kHour, kMinute, kNow } from './clock.ts';
import type { Scene } from './scenes.ts';

const at = (ms: number) => ({ ms: kNow + ms, offset: 0 });
const morning = (days: number) => ({ ms: Date.UTC(2026, 4, 19 + days, 8), offset: 0 });

export const noticed_one = (more: Partial<NoticedOneView> = {}): NoticedOneView => ({
  item: 'N1', by_me: false, at: ago(3 * kHour), mark: 'safe', opened: true, effort: 'ef-meals', words: '', taken_back: 'no', answer: null, ...more,
});
const kAnswered = noticed_one({ item: 'N2', by_me: true, at: ago(2 * kDay), effort: 'ef-bins', answer: { tap: 'warmed', words: 'I thought nobody had seen.', at: ago(kDay), by_me: false } });
export const kNoticed: NoticedView = {
  noticed: [
    noticed_one(), kAnswered, noticed_one({ item: 'N3', at: ago(6 * kDay), effort: null, words: 'You rang the bank and stayed on the line for an hour', answer: { tap: 'smiled', words: '', at: ago(5 * kDay), by_me: true } }),
    noticed_one({ item: 'N4', by_me: true, at: ago(9 * kDay), effort: 'ef-soft-voice' }), noticed_one({ item: 'N5', at: ago(12 * kDay), effort: 'ef-plants' }),
    noticed_one({ item: 'N6', by_me: true, at: ago(15 * kDay), effort: 'ef-dishes' }), noticed_one({ item: 'N7', at: ago(20 * kDay), taken_back: 'gone', opened: false, effort: null }),
  ],
  recent: [{ effort: 'ef-bins', words: '' }, { effort: 'ef-soft-voice', words: '' }, { effort: null, words: 'You oiled the door that woke me' }],
  own: [{ item: 'E1', text: 'You answered the group chat for us both', listed: true, mark: 'safe' }, { item: 'E2', text: 'You looked up the train twice', listed: false, mark: 'safe' }],
  hidden: ['ef-dog', 'ef-pills'],
};
export const kNothingNoticed: NoticedView = { noticed: [], recent: [], own: [], hidden: [] };

const treasure = (more: Partial<Treasure>): Treasure => ({ item: 'T1', kind: 'thanks', text: '', says: '', felt: '', effort: null, at: ago(kDay), ...more });
export const kJar: JarView = {
  entries: [
    treasure({ item: 'N1', kind: 'noticed', effort: 'ef-meals', at: ago(3 * kHour) }),
    treasure({ item: 'T1', text: 'You rang my mother back when I had no words left.', says: 'You are patient with people I love, even when they are hard work.', felt: 'I could breathe again.', at: ago(26 * kHour) }),
    treasure({ item: 'T4', text: 'You waited at the station in the rain.', says: 'You are reliable.', at: ago(5 * kDay) }),
    treasure({ item: 'N3', kind: 'noticed', text: 'You rang the bank and stayed on the line for an hour', at: ago(6 * kDay) }),
    treasure({ item: 'K1', kind: 'kept', text: 'You laughed at the tax form until I laughed as well.', says: 'You are playful.', felt: 'The evening turned round.', at: ago(9 * kDay) }),
  ],
  hidden: [],
};
export const kEmptyJar: JarView = { entries: [], hidden: [] };
/** As after twelve years of it. */
export const full_jar = (many: number): JarView => ({
  entries: Array.from({ length: many }, (_, index) => treasure({ item: `F${index}`, text: `You did small thing number ${index}, and said nothing of it.`, says: 'You are attentive.', felt: 'It was easier after that.', at: ago(index * kDay) })),
  hidden: [],
});
const kSpans = [{ item: 'S1', from: Date.UTC(2026, 1, 2), to: Date.UTC(2026, 2, 16) - 1 }];

const gesture = (liking: GestureView['liking'], id: string | null, text = ''): GestureView => ({ gesture: id, own: id === null ? `own-${text}` : null, text, liking, at: ago(4 * kDay), mark: 'safe' });
export const kMenu: GesturesView = {
  mine: [gesture('love', 'ge-hand'), gesture('love', 'ge-tea'), gesture('sometimes', 'ge-midday'), gesture('not-now', 'ge-forehead'), gesture('love', null, 'A window opened before I wake')],
  theirs: [gesture('sometimes', 'ge-note'), gesture('love', 'ge-door-hug'), gesture('love', 'ge-outside'), gesture('not-now', 'ge-hair'), gesture('love', null, 'The bike pumped up on Sundays'), gesture('sometimes', 'ge-voice')],
  not_shown: 0,
};
export const kNoMenu: GesturesView = { mine: [], theirs: [], not_shown: 0 };

export const letter = (more: Partial<LetterView> = {}): LetterView => ({
  item: 'P1', by_me: false, at: ago(40 * kDay), mark: 'safe', opened: false, state: 'ready', opens: morning(0), held_by_me: false, text: '', taken_back: 'no', ...more,
});
const kLetterText = 'By the time you read this the move is over, and there is a kettle somewhere in one of the boxes.\n\nI want to remember how you sang in the empty kitchen.';
const kReady = letter();
const kHeld = letter({ item: 'P2', by_me: true, opened: true, state: 'held', held_by_me: true, at: ago(2 * kDay), opens: morning(219), text: kLetterText });
const kClosedMine = letter({ item: 'P3', by_me: true, opened: true, state: 'closed', at: ago(10 * kDay), opens: morning(61), text: 'For the morning of your exam: you have done this before.' });
const kClosedTheirs = letter({ item: 'P4', state: 'closed', at: ago(5 * kDay), opens: { ...morning(120), offset: 120 } });
const kOpen = letter({ item: 'P5', opened: true, state: 'open', at: ago(90 * kDay), opens: morning(-30), text: kLetterText });
const kOpenMine = letter({ item: 'P6', by_me: true, opened: true, state: 'open', held_by_me: true, at: ago(200 * kDay), opens: morning(-60), text: 'Happy birthday. I wrote this in November, with the window open.' });
export const kLetters: LettersView = { letters: [kHeld, kClosedTheirs, kClosedMine, kReady, kOpen, kOpenMine] };
export const kNoLetters: LettersView = { letters: [] };

const kNoFeelings: FeelingsView = { shared: [], noted: [] };
const kNoNews: GoodNewsView = { news: [] };
export const kCherished: HandMade = { noticed: kNoticed, jar: kJar, gestures: kMenu, letters: kLetters, feelings: kNoFeelings, goodnews: kNoNews };
export const kNothingCherished: HandMade = { noticed: kNothingNoticed, jar: kEmptyJar, gestures: kNoMenu, letters: kNoLetters, feelings: kNoFeelings, goodnews: kNoNews };

interface Helpers {
  two: (more: HandMade) => HandMade;
  one: (more?: HandMade) => HandMade;
  closed: (more?: Partial<AppView>) => HandMade;
  app: (more?: Partial<AppView>) => AppView;
  today: (more?: Partial<TodayView>) => TodayView;
  checked: (more: object) => HandMade;
}

export function cherish_scenes({ two, one, closed, app, today, checked }: Helpers): Record<string, Scene> {
  const to = (place: 'cherish' | 'thanks' | 'notice' | 'efforts' | 'jar' | 'gestures' | 'letters' | 'write-letter', views: HandMade, more: Partial<Scene> = {}): Scene => ({ route: { to: place }, views, ...more });
  const read_only = (more: HandMade = {}) => two({ app: app({ reading_only: true }), ...more });
  const of = (route: Route, views: HandMade, more: Partial<Scene> = {}): Scene => ({ route, views, ...more });
  const one_of = (view: NoticedOneView) => two({ noticed: { ...kNoticed, noticed: [view] } });
  const letter_of = (view: LetterView, more: Partial<Scene> = {}) => of({ to: 'letter', item: view.item }, two({ letters: { letters: [view] } }), more);
  const nothing = two({ ...kNothingCherished, cherish: { thanks: [], kept: [] } });
  return {
    'cherish-nothing': to('cherish', nothing),
    'cherish-alone': to('cherish', one()),
    'cherish-undo': to('cherish', two({
      app: app({ undo: { command: 'c1', kind: 'noticed.notice', until: kNow + 4000 }, sync: { connection: 'online', on_this_phone: 1, resting: 0, busy: false, coming: null } }),
      noticed: { ...kNoticed, noticed: [noticed_one({ item: 'N9', by_me: true, mark: 'on-this-phone', at: ago(1000) }), ...kNoticed.noticed] }, cherish: { thanks: [], kept: [] }, letters: kNoLetters,
    })),
    'thanks-list': to('thanks', two({})),
    notice: to('notice', two({})),
    'notice-nothing': to('notice', two({ noticed: kNothingNoticed })),
    'notice-words': to('notice', two({ drafts: { 'noticed.words': 'You carried the boxes up before I could' } })),
    'notice-refused': to('notice', two({ noticed: kNothingNoticed }), { press: ['You put the bins out'], refuse: { 'noticed.notice': 'disk-full' } }),
    'notice-reading-only': to('notice', read_only()),
    'notice-coming-checked': to('notice', (({ noticed: _, ...others }) => others)(checked({}))),
    efforts: to('efforts', two({})),
    'efforts-alone': to('efforts', one()),
    noticed: of({ to: 'noticed', item: 'N1' }, one_of(noticed_one()), { press: ['It warmed me'] }),
    'noticed-closed': of({ to: 'noticed', item: 'N1' }, one_of(noticed_one({ opened: false, effort: null })), { refuse: { 'space.open-item': 'disk-full' } }),
    'noticed-opening': of({ to: 'noticed', item: 'N1' }, one_of(noticed_one({ opened: false, effort: null })), { after: { noticed: kNoticed } }),
    'noticed-mine': of({ to: 'noticed', item: 'N2' }, two({})),
    'noticed-mine-take-back': of({ to: 'noticed', item: 'N2' }, two({}), { press: ['Take it back'] }),
    'noticed-gone': of({ to: 'noticed', item: 'N7' }, two({})),
    'noticed-copy': of({ to: 'noticed', item: 'N1' }, one_of(noticed_one({ taken_back: 'kept-by-me' }))),
    'noticed-none': of({ to: 'noticed', item: 'N99' }, two({})),
    'noticed-app-closed': of({ to: 'noticed', item: 'N3' }, closed()),
    jar: to('jar', two({})),
    'jar-drawn': to('jar', two({ jar: { ...kJar, entries: kJar.entries.slice(1, 2) } }), { press: ['Shake the jar'] }),
    'jar-drawn-again': to('jar', two({}), { press: ['Shake the jar', 'Another one'] }),
    'jar-empty': to('jar', two({ jar: kEmptyJar })),
    'jar-alone': to('jar', one(), { press: ['Show me two examples'] }),
    'jar-full': to('jar', two({ jar: full_jar(5_000) })),
    'jar-found': to('jar', two({}), { write: { 'Look for a word': 'rain' } }),
    'jar-found-none': to('jar', two({}), { write: { 'Look for a word': 'snow' } }),
    'jar-hide': to('jar', two({}), { press: ['Leave out a time'] }),
    'jar-hidden': to('jar', two({ jar: { ...kJar, hidden: kSpans } }), { press: ['Leave out a time'] }),
    'jar-all-hidden': to('jar', two({ jar: { entries: [], hidden: kSpans } })),
    'jar-hide-refused': to('jar', two({}), { press: ['Leave out a time', 'Leave it out'], refuse: { 'cherish.hide-span': 'bad-span' } }),
    gestures: to('gestures', two({})),
    'gestures-mine': to('gestures', two({}), { press: ['Mine'] }),
    'gestures-theirs-empty': to('gestures', two({ gestures: { ...kMenu, theirs: [] } }), { press: ['Noa’s menu'] }),
    'gestures-kept': to('gestures', two({ gestures: { ...kNoMenu, not_shown: 7 } })),
    'gestures-alone': to('gestures', one({ gestures: { mine: kMenu.mine.slice(0, 2), theirs: [], not_shown: 0 } })),
    'gestures-refused': to('gestures', two({ gestures: kNoMenu }), { press: ['Love it'], refuse: { 'gestures.say': 'disk-full' } }),
    'gestures-reading-only': to('gestures', read_only({ gestures: { ...kMenu, theirs: [] } })),
    'gestures-closed': to('gestures', closed()),
    'reminders-gesture': of({ to: 'reminders', what: 'gesture' }, two({})),
    letters: to('letters', two({})),
    'letters-empty': to('letters', two({ letters: kNoLetters })),
    'letters-alone': to('letters', one({ letters: { letters: [kHeld] } })),
    'letters-closed': to('letters', closed()),
    'letter-write': to('write-letter', two({ drafts: { 'letter.text': kLetterText } })),
    'letter-write-empty': to('write-letter', two({})),
    'letter-write-app': to('write-letter', two({ drafts: { 'letter.text': kLetterText, 'letter.day': '2026-12-24' } }), { choose: ['Held by the app'] }),
    'letter-write-alone': to('write-letter', one()),
    'letter-write-past': to('write-letter', two({ drafts: { 'letter.text': kLetterText, 'letter.day': '2026-05-19' } })),
    'letter-write-refused': to('write-letter', two({ drafts: { 'letter.text': kLetterText } }), { press: ['Seal it'], refuse: { 'letters.seal': 'bad-letter-date' } }),
    'letter-ready': letter_of(kReady),
    'letter-opening': letter_of(kReady, { press: ['Open it'], after: { letters: { letters: [{ ...kReady, opened: true, state: 'open', text: kLetterText }] } } }),
    'letter-held': letter_of(kHeld),
    'letter-held-read': letter_of(kHeld, { press: ['Read what you wrote'] }),
    'letter-held-due': letter_of({ ...kHeld, opens: at(-kMinute) }),
    'letter-withdraw': letter_of(kHeld, { press: ['Do not post it'] }),
    'letter-closed-mine': letter_of(kClosedMine),
    'letter-closed': letter_of(kClosedTheirs),
    'letter-open': letter_of(kOpen),
    'letter-open-mine': letter_of(kOpenMine),
    'letter-gone': letter_of({ ...kReady, taken_back: 'gone', text: '' }),
    'letter-none': of({ to: 'letter', item: 'P99' }, two({})),
    'today-cherished': of({ to: 'today' }, two({ today: today({
      awaiting: [{ kind: 'noticed', item: 'N1', prompt: null, at: ago(kHour) }, { kind: 'letter', item: 'P1', prompt: null, at: ago(2 * kHour) }],
      since: [{ kind: 'noticed-answered', item: 'N2', prompt: null, at: ago(3 * kHour) }, { kind: 'letter-closed', item: 'P4', prompt: null, at: ago(4 * kHour) }],
    }) })),
  };
}
