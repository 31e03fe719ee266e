// Listen, around its room: what is open in each of its states, asking, what was held, the cards, the round alone.
import type { Route } from '../app/route.ts';
import type { HandMade } from '../core/mock.ts';
import type { AppView, Held, IdeaView, Listening, ListenView, PieceView, TodayView } from '../core/types.ts';
import { ago, kDay, kHour, kMinute, kNow } from './clock.ts';
import type { Scene } from './scenes.ts';

export const listening = (more: Partial<Listening> = {}): Listening => ({
  item: 'L1', how: 'two-phones', stage: 'proposed', by_me: false, asked_by_me: false, when: null, at: ago(2 * kMinute), mark: 'safe', seconds: 45,
  where: 'here', asked: 'asked-1', i_am_ready: false, other_ready: null, other_ready_at: null, about: null, words: '', floor: 'nobody', i_speak: false,
  first_turn: true, smaller: false, not_yet: 0, step: 0, pieces: [], until: null, time_out_by_me: false, my_thanks: null, their_thanks: null, i_keep: null, ...more,
});
export const held = (more: Partial<Held> = {}): Held => ({
  item: 'H1', how: 'two-phones', end: 'finished', ended_by_me: false, at: ago(2 * kDay), mark: 'safe',
  my_thanks: { item: 'TY1', text: 'Thank you for not jumping in when I went quiet.', can_take_back: true },
  their_thanks: { item: 'TY2', text: 'You asked about the part I had skipped. Thank you.', can_take_back: false }, pieces: [], understood: null, ...more,
});
const piece = (move: PieceView['move'], by_me: boolean, text: string): PieceView => ({ move, by_me, text, at: ago(9 * kDay) });
const kPieces: PieceView[] = [
  piece('piece', true, 'When you answered the mail at breakfast I stopped telling you about the call.'),
  piece('said-back', false, 'You were in the middle of something that mattered, and I looked away.'),
  piece('almost', true, 'And I felt silly for having begun.'),
  piece('said-back', false, 'You felt silly, as if it had not been worth saying.'),
  piece('made-sense', false, 'It makes sense that you stop, when I am only half there.'),
  piece('imagined', false, 'I imagine you felt small.'),
];
const kIdeas: IdeaView[] = [
  { item: 'I1', by_me: true, text: 'Phones in the drawer until nine', at: ago(2 * kDay), mark: 'safe' },
  { item: 'I2', by_me: false, text: 'Who calls the school', at: ago(16 * kDay), mark: 'safe' },
];
const kHeld: Held[] = [
  held({ understood: 6 }),
  held({ item: 'H2', how: 'typed', at: ago(9 * kDay), pieces: kPieces, my_thanks: { item: 'TY3', text: '', can_take_back: true } }),
  held({ item: 'H3', how: 'table', at: ago(16 * kDay), my_thanks: null, their_thanks: { item: 'TY4', text: '', can_take_back: false } }),
  held({ item: 'H4', end: 'stopped', at: ago(30 * kDay), my_thanks: null, their_thanks: null }),
  held({ item: 'H5', at: ago(61 * kDay) }),
];
export const kListening: ListenView = { open: null, held: kHeld, ideas: kIdeas };
export const kNothingHeld: ListenView = { open: null, held: [], ideas: [] };
const at = (ms: number) => ({ ms: kNow + ms, offset: 0 });
const kEvening = at(23 * kHour + 26 * kMinute); // tomorrow, 20:30

interface Helpers {
  two: (more: HandMade) => HandMade;
  one: (more?: HandMade) => HandMade;
  closed: (more?: Partial<AppView>) => HandMade;
  app: (more?: Partial<AppView>) => AppView;
  today: (more?: Partial<TodayView>) => TodayView;
  granted: (more?: Partial<Scene>) => Scene;
}

export function listen_scenes({ two, one, closed, app, today, granted }: Helpers): Record<string, Scene> {
  const home: Route = { to: 'listen' };
  const with_open = (more: Partial<Listening>, scene: Partial<Scene> = {}): Scene => ({ route: home, views: two({ listen: { ...kListening, open: listening(more) } }), ...scene });
  const topic = { about: 'hear' as const, words: 'The call on Monday, and why I went quiet.' };
  const agreed = { stage: 'agreed' as const, when: kEvening, by_me: true, asked_by_me: true };
  const reminded = { listen: { ...kListening, open: listening(agreed) }, drafts: { reminders: JSON.stringify([{ id: 'r1', for: 'listen', every: 'once', next: kEvening.ms }]) } };
  const unnamed = { app: app({ partner: null }) };
  const ask: Route = { to: 'listen-ask' };
  return {
    listen: { route: home, views: two({}) },
    'listen-empty': { route: home, views: two({ listen: kNothingHeld }) },
    'listen-alone': { route: home, views: one() },
    'listen-closed': { route: home, views: closed() },
    'listen-idea': { route: home, views: two({}), press: ['Phones in the drawer'] },
    'listen-asked-now': with_open({}),
    'listen-asked-time': with_open({ when: kEvening }),
    'listen-asked-past': with_open({ when: ago(20 * kMinute), at: ago(3 * kHour) }),
    'listen-another-time': with_open({ when: kEvening }, { press: ['Pick a time'] }),
    'listen-asked-reading-only': { route: home, views: two({ app: app({ reading_only: true }), listen: { ...kListening, open: listening({}) } }) },
    'listen-mine': with_open({ by_me: true, asked_by_me: true, when: kEvening, i_speak: true, ...topic }),
    'listen-mine-now': with_open({ by_me: true, asked_by_me: true, mark: 'on-this-phone' }),
    'listen-topic': with_open({ by_me: true, asked_by_me: true, ...topic }, { press: ['Change it'] }),
    'listen-agreed': with_open({ ...agreed, i_speak: true, ...topic }),
    'listen-agreed-reminded': { route: home, views: two(reminded) },
    'listen-remind': with_open(agreed, { press: ['Remind me'] }),
    'listen-remind-here': granted({ route: home, views: two({ ...reminded, drafts: {}, notifications: { state: 'on', key: null, code: null, times: [], times_told: false } }), press: ['Remind me'], choose: ['Here, when'] }),
    'listen-due': with_open({ ...agreed, when: ago(kMinute) }),
    'listen-other-ready': with_open({ stage: 'agreed', when: ago(kMinute), other_ready: 'ready-1', other_ready_at: ago(kMinute), ...topic }),
    'listen-other-ready-old': with_open({ stage: 'agreed', when: ago(kHour), other_ready: 'ready-1', other_ready_at: ago(40 * kMinute) }),
    'listen-i-ready': with_open({ ...agreed, when: ago(kMinute), i_am_ready: true, ...topic }),
    'listen-i-ready-elsewhere': with_open({ ...agreed, when: ago(kMinute), i_am_ready: true, where: 'on-another' }),
    'listen-running': with_open({ stage: 'given-back', step: 2 }),
    'listen-elsewhere': with_open({ stage: 'spoken', where: 'on-another' }),
    'listen-on-theirs': with_open({ stage: 'spoken', how: 'table', where: 'on-theirs' }),
    'listen-stop': with_open({ stage: 'given-back' }, { press: ['Stop for today'] }),
    'listen-time-out': with_open({ stage: 'time-out', until: at(36 * kMinute), time_out_by_me: false }),
    'listen-time-out-mine': with_open({ stage: 'time-out', until: at(12 * kHour), time_out_by_me: true }),
    'listen-time-out-due': with_open({ stage: 'time-out', until: ago(kMinute) }),
    'listen-refused': with_open({}, { press: ['Now is good'], refuse: { 'listen.agree': 'listening-over' } }),
    'listen-gate': { route: ask, views: two({ listen: kNothingHeld }) },
    'listen-gate-answering': { route: home, views: two({ listen: { ...kNothingHeld, open: listening() } }), press: ['Now is good'] },
    'listen-ask': { route: ask, views: two({}) },
    'listen-ask-time': { route: ask, views: two({ drafts: { 'listen.topic': 'The call on Monday, and why I went quiet.' } }), choose: ['At a time'], then: ['Something I’d like'] },
    'listen-ask-typed': { route: ask, views: two(unnamed), choose: ['In writing'] },
    'listen-ask-table': { route: ask, views: two({}), choose: ['One phone'] },
    'listen-ask-only-table': { route: ask, views: two({ listen: { ...kListening, open: listening() } }) },
    'listen-ask-open': { route: ask, views: two({ listen: { ...kListening, open: listening({ stage: 'spoken' }) } }) },
    'listen-table-start': { route: ask, views: two({}), choose: ['One phone'], then: ['Lay it between you'] },
    'listen-table-half': { route: ask, views: two(unnamed), choose: ['One phone'], then: ['Lay it between you', 'Now is good'] },
    'listen-held': { route: { to: 'listen-held', item: 'H1' }, views: two({}) },
    'listen-held-new': { route: { to: 'listen-held', item: 'H1' }, views: two({ listen: { ...kListening, held: [held()] } }) },
    'listen-held-typed': { route: { to: 'listen-held', item: 'H2' }, views: two({}) },
    'listen-held-stopped': { route: { to: 'listen-held', item: 'H4' }, views: two({}) },
    'listen-held-gone': { route: { to: 'listen-held', item: 'H9' }, views: two({}) },
    'listen-held-take-back': { route: { to: 'listen-held', item: 'H1' }, views: two({}), press: ['Take it back'] },
    'listen-cards': { route: { to: 'listen-cards' }, views: two({}) },
    'listen-cards-last': { route: { to: 'listen-cards' }, views: one(), press: Array.from({ length: 5 }, () => 'Next card') },
    'listen-practice': { route: { to: 'listen-practice' }, views: one() },
    'listen-practice-example': {
      route: { to: 'listen-practice' }, views: two({}),
      write: { 'What you heard': 'You were stuck and could not let me know, and that made you snap.' }, then: ['See an example'],
    },
    'today-listening': { route: { to: 'today' }, views: two({
      today: today({ awaiting: [{ kind: 'listening', item: 'L1', prompt: null, at: ago(kMinute) }], since: [{ kind: 'listened', item: 'H1', prompt: null, at: ago(2 * kDay) }, { kind: 'listening-declined', item: 'L0', prompt: null, at: ago(3 * kDay) }] }),
      listen: { ...kListening, open: listening({ when: kEvening }) },
    }) },
  };
}
