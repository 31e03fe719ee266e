// Every screen in every state, by hand: what the pictures and the accessibility check look at.
import type { Route } from '../app/route.ts';
import type { Boot } from '../core/client.ts';
import type { HandMade } from '../core/mock.ts';
import type { AppView, CherishView, Device, InvitationEnd, InvitationView, JoiningEnd, JoiningView, MendingView, NotificationsView, OpenUpView, Question, RecoveringView, RecoveryView, Thanks, TodayView } from '../core/types.ts';
import type { Kept } from '../notify/kept.ts';
import type { Reminder } from '../remind/reminder.ts';
import { all_prompts } from '../text/deck.ts';
import { ago, kDay, kHour, kMinute, kNow } from './clock.ts';
import { cherish_scenes, kCherished, kNothingCherished } from './cherish.ts';
import { feeling_scenes, goodnews, kFeelings, touches } from './feelings.ts';
import { kListening, listen_scenes } from './listen.ts';
import { rooms } from './rooms.ts';


export interface Scene {
  route: Route;
  views: HandMade;
  boot?: Boot;
  fault?: string;
  persistent?: boolean;
  update?: boolean;
  given?: string;
  /** Buttons pressed, by their names, before the picture is taken. */
  press?: string[];
  /** What is typed into fields, by their labels, after that. */
  write?: Record<string, string>;
  /** Choices made, by the beginnings of their names. */
  choose?: string[];
  /** Buttons pressed after that. */
  then?: string[];
  /** Refusals. */
  refuse?: Record<string, string>;
  /** Views that change under the screen, last of all. */
  after?: HandMade;
  /** Without a network; whether this page may use the camera; as an iPhone's browser tab; whether it may show notifications. */
  device?: { offline?: true; no_camera?: true; iphone?: true; notifications?: NotificationPermission | 'none' };
  /** As if so much of this piece had gone by already; ms. */
  gone?: { key: string; ms: number };
  /** How this device is called; nothing is offered if there is nothing here. */
  kept?: Partial<Kept>;
}

const app = (more: Partial<AppView> = {}): AppView => ({
  phase: 'paired', name: 'Sam', partner: 'Noa', relay: 'https://attune.example.org',
  sync: { connection: 'online', on_this_phone: 0, resting: 0, busy: false, coming: null },
  recovery: 'confirmed', invitation: 'none', offers: 0, reading_only: false, closed: false, notices: [], undo: null, ...more,
});
const alone = (more: Partial<AppView> = {}) => app({ phase: 'alone', partner: null, recovery: 'none', ...more });
const fresh = (more: Partial<AppView> = {}) => app({ phase: 'fresh', name: null, partner: null, relay: '', recovery: 'none', ...more });

const today = (more: Partial<TodayView> = {}): TodayView => ({ first_steps: [], awaiting: [], since: [], suggestion: 'thank', ...more });
const steps = (...done: boolean[]): TodayView['first_steps'] => [
  { step: 'thank', done: done[0] ?? false }, { step: 'answer', done: done[1] ?? false }, { step: 'phrase', done: done[2] ?? false },
];

const thanks = (more: Partial<Thanks>): Thanks => ({
  item: 'T1', by_me: false, at: ago(26 * kHour), mark: 'safe', opened: true,
  did: 'You rang my mother back when I had no words left.', says: 'You are patient with people I love, even when they are hard work.', felt: 'I could breathe again.',
  edited: [], taken_back: 'no', answer: null, ...more,
});
const kClosed = thanks({ item: 'T2', opened: false, did: '', says: '', felt: '', at: ago(2 * kHour) });
const kMine = thanks({
  item: 'T3', by_me: true, at: ago(3 * kDay), did: 'You let me sleep on Sunday and took the whole morning.', says: 'You are generous.', felt: 'I felt looked after.',
  edited: [{ did: 'You let me sleep on Sunday.', says: '', felt: 'That was nice.', at: ago(3 * kDay + kHour) }],
  answer: { tap: 'warmed', words: 'It was a good morning for us, too.', at: ago(2 * kDay), by_me: false },
});
const kKeptByMe = thanks({ item: 'T4', taken_back: 'kept-by-me', at: ago(5 * kDay), did: 'You waited at the station in the rain.', says: 'You are reliable.', felt: '' });
const kGone = thanks({ item: 'T5', taken_back: 'gone', opened: false, did: '', says: '', felt: '', at: ago(6 * kDay) });
const kPending = thanks({ item: 'T6', by_me: true, mark: 'on-this-phone', at: ago(2000), did: 'You kept dinner warm without a word about the time.', says: '', felt: '' });
const cherish = (list: Thanks[], kept: CherishView['kept'] = []): CherishView => ({ thanks: list, kept });
const kKept: CherishView['kept'][number] = { item: 'K1', did: 'You laughed at the tax form until I laughed as well.', says: 'You are playful.', felt: 'The evening turned round.', at: ago(9 * kDay), mark: 'safe', sent: false, offered: false };

const kBefore: CherishView['kept'][number] = { ...kKept, item: 'O1', did: 'You rang my mother back when I had no words left.', says: 'You are patient.', felt: 'I could breathe again.', at: ago(2 * kDay), offered: true };

const question = (more: Partial<Question>): Question => ({
  item: 'Q1', prompt: 'ou-013', by_me: false, at: ago(5 * kHour), mark: 'safe', state: 'offered', seen: false, sealed_at: null, opened_at: null, mine: null, theirs: null, can_take_back: false, ...more,
});
const kMineText = 'That I was proud of you on Tuesday. You looked tired, so I just made tea.';
const kTheirText = 'That I’m scared about the move. You were so happy about the flat, and I didn’t want to be the one who spoils it.';
const kSealed = question({ state: 'mine-sealed', sealed_at: ago(13 * kMinute), mine: kMineText, can_take_back: true });
const kOpened = question({ item: 'Q2', state: 'opened', seen: true, sealed_at: ago(kHour), opened_at: ago(0), mine: kMineText, theirs: kTheirText });
const kReady = { ...kOpened, seen: false };
const openup = (questions: Question[], written: OpenUpView['written'] = []): OpenUpView => ({ questions, written });
const kWritten: OpenUpView['written'][number] = { item: 'W1', prompt: 'ou-002', text: 'The chair by the kitchen window. I sit there before anybody is awake, and listen to the pipes.', at: ago(4 * kDay), mark: 'safe', sent: false };

const kLink = 'https://attune.example.org/#join=1.q8Kxv0mZ1oTn4cJ7bWl2yRr5sUu9pEe3hHd6gGf0aAk.https%3A%2F%2Fattune.example.org';
const kWords = ['maple', 'lantern', 'quiet', 'harbour'];
const invitation = (more: Partial<InvitationView> = {}): InvitationView => ({ state: 'none', own_device: false, link: '', link_words: [], relay: 'https://attune.example.org', until: kNow + kDay, words: [], partner: null, ended: null, ...more });
const joining = (more: Partial<JoiningView> = {}): JoiningView => ({ state: 'none', own_device: false, answered: false, relay: 'https://attune.example.org', ready: true, words: [], done: 0, total: 0, ended: null, ...more });
const kTwelve = ['garden', 'copper', 'window', 'olive', 'tunnel', 'parade', 'velvet', 'amount', 'brick', 'salmon', 'winter', 'echo'];
const recovery = (more: Partial<RecoveryView> = {}): RecoveryView => ({ state: 'none', words: [], relay: 'https://attune.example.org', ask: [], choices: [], ...more });
const kShown = recovery({ state: 'shown', words: kTwelve, ask: [3, 8, 11], choices: ['olive', 'winter', 'basket', 'window', 'amount', 'ripple', 'candy', 'echo', 'tunnel'] });
const recovering = (more: Partial<RecoveringView> = {}): RecoveringView => ({ state: 'none', done: 0, total: 0, devices: [], code: null, ...more });
const device = (more: Partial<Device>): Device => ({ key: 'D1', name: '', added: null, changed: null, this_one: false, phrase: false, removing: false, ...more });
const kDevices = [
  device({ key: 'D1', name: 'Phone', added: ago(78 * kDay), this_one: true }),
  device({ key: 'D2', name: 'Laptop in the study', added: ago(71 * kDay), changed: ago(9 * kDay) }),
  device({ key: 'D3', added: ago(70 * kDay), phrase: true }),
];
const kTwentyFour = [...kTwelve, 'meadow', 'ladder', 'spoon', 'harbor', 'cradle', 'noodle', 'planet', 'walnut', 'fabric', 'mirror', 'gentle', 'ocean'];
const kOffers = { offers: [
  { item: 'O1', kind: 'thanks' as const, prompt: null, text: kBefore.did, at: kBefore.at }, // the first line only, as the core says it
  { item: 'O2', kind: 'answer' as const, prompt: 'ou-002', text: kWritten.text, at: ago(kDay) },
] };
const kStory = { moments: [
  { kind: 'answers' as const, item: 'Q2', prompt: 'ou-013', by_me: false, at: ago(2 * kHour) },
  { kind: 'thanks' as const, item: 'T1', prompt: null, by_me: false, at: ago(26 * kHour) },
  { kind: 'listened' as const, item: 'H1', prompt: null, by_me: false, at: ago(2 * kDay) },
  { kind: 'thanks' as const, item: 'T3', prompt: null, by_me: true, at: ago(3 * kDay) },
  { kind: 'answers' as const, item: 'Q3', prompt: 'ou-021', by_me: true, at: ago(24 * kDay) },
] };
const kStep = { position: 128, newest: 128, words: ['cedar', 'plain', 'orbit', 'mild'], code: 'attune-step.AAAAAAAAAIC0nLVqkq2oYd1ZpUoXq9Tt4fM3hH0r8Vb7sQe5wYx2Kg', check: 'none' as const };

const calling = (more: Partial<NotificationsView> = {}): NotificationsView => ({ state: 'off', key: `B${'k'.repeat(86)}`, code: null, times: [], times_told: false, ...more });

const kReminders: Reminder[] = [
  { id: 'r1', for: 'thank', every: 'week', next: kNow - kHour },
  { id: 'r2', for: 'question', every: 'once', next: kNow + 2 * kDay },
];

const mending = (state: MendingView['state'], more: Partial<MendingView> = {}): MendingView => ({ state, stream: 'S1', until: ago(2 * kDay), mine: 2, theirs: 1, ...more });
const kEarlier = { items: [
  { event: 'E1', kind: 'thanks' as const, prompt: null, by_me: true, text: 'You took the early train so that I could sleep.', at: ago(kDay) },
  { event: 'E2', kind: 'answer' as const, prompt: 'ou-013', by_me: false, text: kWritten.text, at: ago(26 * kHour) },
] };
const kUnsent = { refused: [
  { draft: 'refused/1', command: 'cherish.answer', at: ago(2 * kHour), texts: [{ field: 'words', text: 'It carried me through the whole week. I read it twice on the train.' }] },
  { draft: 'refused/2', command: 'cherish.edit', at: ago(kDay), texts: [{ field: 'did', text: kMine.did }, { field: 'says', text: kMine.says }] },
  { draft: 'refused/3', command: 'space.take-back', at: ago(2 * kDay), texts: [] },
] };

const full_today = today({
  awaiting: [
    { kind: 'answers', item: 'Q2', prompt: 'ou-013', at: ago(kHour) },
    { kind: 'thanks', item: 'T2', prompt: null, at: ago(2 * kHour) },
    { kind: 'question', item: 'Q4', prompt: 'ou-008', at: ago(3 * kHour) },
  ],
  since: [{ kind: 'thanks-answered', item: 'T3', prompt: null, at: ago(5 * kHour) }, { kind: 'taken-back', item: 'T5', prompt: null, at: ago(6 * kHour) }],
  suggestion: 'question',
});
const everything: HandMade = {
  app: app(), today: full_today, cherish: cherish([kPending, kClosed, thanks({}), kMine, kKeptByMe, kGone], [kKept, kBefore]),
  openup: openup([question({ item: 'Q4', prompt: 'ou-008' }), kReady, kSealed, question({ item: 'Q3', prompt: 'ou-021', state: 'opened', seen: true, opened_at: ago(24 * kDay) })], [kWritten]),
  invitation: invitation(), joining: joining(), recovery: recovery({ state: 'confirmed' }), devices: { devices: kDevices }, story: kStory, step: kStep, offers: kOffers,
  notifications: calling(), unsent: { refused: [] }, listen: kListening, ...kCherished,
  feelings: kFeelings, goodnews: goodnews(), touches: touches(),
};
const two = (more: HandMade): HandMade => ({ ...everything, ...more });
const one = (more: HandMade = {}): HandMade => ({
  app: alone(), today: today({ first_steps: steps(), suggestion: 'thank' }), cherish: cherish([]), openup: openup([]), invitation: invitation(), joining: joining(), recovery: recovery(),
  devices: { devices: kDevices.slice(0, 1) }, story: { moments: [] }, notifications: calling({ state: 'unknown', key: null }), listen: { open: null, held: [], ideas: [] },
  ...kNothingCherished, feelings: { shared: [], noted: [] }, ...more,
});
const none = (more: HandMade = {}): HandMade => ({ app: fresh(), today: today(), joining: joining(), recovering: recovering(), ...more });
const unchecked = (more: Partial<NonNullable<AppView['sync']['coming']>>): AppView['sync'] => ({
  connection: 'online', on_this_phone: 0, resting: 0, busy: true, coming: { done: 41_200, total: 100_310, reading: false, checking: true, entering: true, ...more },
});
/** A new device of mine that shows what another one has seen. */
const checked = (more: Partial<NonNullable<AppView['sync']['coming']>>, views: HandMade = {}): HandMade =>
  two({ app: app({ sync: unchecked(more) }), joining: joining({ state: 'approved', own_device: true, words: kWords }), ...views });
/** The same where what this view is of has not come. */
function not_here(name: keyof HandMade, views = checked({})): HandMade {
  const { [name]: _, ...others } = views;
  return others;
}
const invited = (more: Partial<InvitationView>) => one({ app: alone({ invitation: more.state ?? 'none' }), invitation: invitation(more) });
const adding = (more: Partial<InvitationView>): Scene => ({
  route: { to: 'add-device' },
  views: two({ app: app({ invitation: more.state ?? 'none' }), invitation: invitation({ own_device: true, link: kLink, link_words: kTwentyFour, ...more }) }),
});
/** Closed, by whoever: alone again, with everything that was said. */
const closed = (more: Partial<AppView> = {}): HandMade =>
  two({ app: app({ phase: 'alone', reading_only: true, closed: true, ...more }), today: today({ first_steps: steps(true, true, true) }), offers: { offers: [] } });
/** A device that may show notifications, and is called by its relay. */
const called = (more: Partial<Scene> = {}): Scene => ({ route: { to: 'notifications' }, views: two({ notifications: calling({ state: 'on' }) }), device: { notifications: 'granted' }, ...more });
const not_called = (more: HandMade, device: Scene['device'] = {}): Scene => ({ route: { to: 'notifications' }, views: two(more), device });
const joiner = (more: Partial<JoiningView>) => none({ app: fresh({ phase: more.state === 'ended' ? 'fresh' : 'joining' }), joining: joining(more) });

// Every way it can end, so that one more in the core is one that is missing here.
const kInvitationEnds: Record<InvitationEnd, true> = { expired: true, declined: true, 'second-request': true, 'different-words': true, cancelled: true, 'bad-request': true };
const kJoiningEnds: Record<JoiningEnd, true> = {
  'already-started': true, 'link-short': true, 'link-altered': true, 'link-used': true, 'link-expired': true, 'link-unknown': true, declined: true, 'different-words': true, refused: true, 'no-answer': true,
};
function ends<E extends string>(every: Record<E, true>, name: string, scene: (end: E) => Scene): Record<string, Scene> {
  return Object.fromEntries((Object.keys(every) as E[]).map((end) => [`${name}-${end}`, scene(end)]));
}

export const scenes: Record<string, Scene> = {
  loading: { route: { to: 'today' }, views: {}, boot: { state: 'opening' } },
  failed: { route: { to: 'today' }, views: {}, boot: { state: 'failed', code: 'storage-unavailable' } },
  'failed-two-tabs': { route: { to: 'today' }, views: {}, boot: { state: 'failed', code: 'another-tab' } },
  doors: { route: { to: 'doors' }, views: none() },
  install: { route: { to: 'doors' }, views: none(), device: { iphone: true } },
  start: { route: { to: 'start' }, views: none() },
  'start-offline': { route: { to: 'start' }, views: none(), device: { offline: true } },
  'start-refused': { route: { to: 'start' }, views: none(), press: ['Use another server', 'Start'], refuse: { 'space.start': 'bad-address' } },
  join: { route: { to: 'join' }, views: none() },
  'join-scan': { route: { to: 'join' }, views: none(), press: ['Scan'] },
  'join-no-camera': { route: { to: 'join' }, views: none(), press: ['Scan'], device: { no_camera: true } },
  'join-no-link': { route: { to: 'join' }, views: none(), given: '' },
  'join-looking': { route: { to: 'join' }, views: joiner({ state: 'looking', relay: location.origin }) },
  'join-looking-elsewhere': { route: { to: 'join' }, views: joiner({ state: 'looking' }) },
  'join-not-ready': { route: { to: 'join' }, views: joiner({ state: 'looking', ready: false }) },
  'join-with-space': { route: { to: 'join' }, views: one({ joining: joining({ state: 'looking' }) }) },
  'join-paired': { route: { to: 'join' }, views: everything },
  'join-asked': { route: { to: 'join' }, views: joiner({ state: 'asked' }) },
  'join-compare': { route: { to: 'join' }, views: joiner({ state: 'compare', words: kWords }) },
  'join-approved': { route: { to: 'join' }, views: joiner({ state: 'approved', words: kWords }) },
  'join-declined-late': { route: { to: 'join' }, views: joiner({ state: 'ended', ended: 'declined', answered: true }) },
  'invite-compare-withdraw': { route: { to: 'invite' }, views: invited({ state: 'compare', words: kWords, partner: 'Noa' }), press: ['Withdraw'] },
  ...ends(kJoiningEnds, 'join-ended', (ended) => ({ route: { to: 'join' }, views: joiner({ state: 'ended', ended }) })),
  'join-own': { route: { to: 'join' }, views: joiner({ state: 'looking', own_device: true, relay: location.origin }) },
  'join-own-elsewhere': { route: { to: 'join' }, views: joiner({ state: 'looking', own_device: true, ready: false }) },
  'join-own-asked': { route: { to: 'join' }, views: joiner({ state: 'asked', own_device: true }) },
  'join-own-compare': { route: { to: 'join' }, views: joiner({ state: 'compare', own_device: true, words: kWords }) },
  'join-own-approved': { route: { to: 'join' }, views: joiner({ state: 'approved', own_device: true, words: kWords }) },
  'join-own-over': { route: { to: 'join' }, views: joiner({ state: 'approved', own_device: true, words: kWords, done: 412, total: 1290 }) },
  'join-own-last': { route: { to: 'join' }, views: joiner({ state: 'approved', own_device: true, words: kWords, done: 1290, total: 1290 }) },
  'join-own-ended-fault': { route: { to: 'join' }, views: none({ app: fresh({ notices: [{ id: 'n1', code: 'server-fault', at: ago(kMinute) }] }), joining: joining({ state: 'ended', own_device: true, ended: 'refused' }) }) },
  ...ends(kJoiningEnds, 'join-own-ended', (ended) => ({ route: { to: 'join' }, views: joiner({ state: 'ended', own_device: true, ended }) })),
  'join-typing': { route: { to: 'join' }, views: none(), write: { 'Invitation link or words': 'garden copper windwo olive ' } },
  'join-typed': { route: { to: 'join' }, views: none(), write: { 'Invitation link or words': kTwentyFour.join(' ') } },
  'join-typed-wrong': { route: { to: 'join' }, views: none(), refuse: { 'space.join': 'link-altered' }, write: { 'Invitation link or words': kTwentyFour.join(' ') }, then: ['Look at it'] },
  'join-short': { route: { to: 'join' }, views: none(), given: '#join=1.abc', refuse: { 'space.join': 'link-short' } },
  before: { route: { to: 'before' }, views: none() },
  'before-unknown': { route: { to: 'before' }, views: none(), write: { 'Your twelve words': 'garden copper windwo olive tunnel ' } },
  'before-failed': { route: { to: 'before' }, views: none({ recovering: recovering({ state: 'failed', code: 'nothing-to-recover' }) }) },
  'before-connecting': { route: { to: 'before' }, views: none({ app: fresh({ phase: 'recovering' }), recovering: recovering({ state: 'connecting' }) }) },
  'before-reading': { route: { to: 'before' }, views: none({ app: fresh({ phase: 'recovering' }), recovering: recovering({ state: 'reading', done: 412, total: 1290 }) }) },
  'before-devices': { route: { to: 'before' }, views: none({ app: fresh({ phase: 'recovering' }), recovering: recovering({ state: 'devices', devices: kDevices }) }) },
  'before-finishing': { route: { to: 'before' }, views: none({ app: fresh({ phase: 'recovering' }), recovering: recovering({ state: 'finishing' }) }) },
  'today-alone': { route: { to: 'today' }, views: one() },
  'today-alone-begun': { route: { to: 'today' }, views: one({ today: today({ first_steps: steps(true, true) }) }) },
  'today-alone-answered': { route: { to: 'today' }, views: one({ app: alone({ invitation: 'compare' }), today: today({ first_steps: steps(true, false, true) }) }) },
  'today-alone-waiting': { route: { to: 'today' }, views: one({ app: alone({ invitation: 'waiting' }) }) },
  'today-alone-joining': { route: { to: 'today' }, views: one({ joining: joining({ state: 'asked' }) }) },
  'today-alone-at-risk': { route: { to: 'today' }, views: one({ today: today({ first_steps: steps(true) }) }), persistent: false },
  'today-preview': { route: { to: 'today' }, views: one(), press: ['What the other will see'] },
  'today-empty': { route: { to: 'today' }, views: two({ today: today() }) },
  'today-full': { route: { to: 'today' }, views: everything },
  'today-offers': { route: { to: 'today' }, views: two({ app: app({ offers: 2, recovery: 'none', partner: null, name: null }), today: today({ awaiting: [{ kind: 'offers', item: 'O1', prompt: null, at: ago(kDay) }] }) }) },
  'today-offline': { route: { to: 'today' }, views: two({ app: app({ sync: { connection: 'offline', on_this_phone: 2, resting: 1, busy: false, coming: null } }) }), device: { offline: true } },
  'today-undo': { route: { to: 'today' }, views: two({ app: app({ undo: { command: 'c1', kind: 'cherish.thank', until: kNow + 4000 }, sync: { connection: 'online', on_this_phone: 1, resting: 0, busy: false, coming: null } }) }) },
  'today-coming-over': { route: { to: 'today' }, views: two({ app: app({ name: 'Sam', partner: null, sync: { connection: 'online', on_this_phone: 0, resting: 0, busy: true, coming: { done: 41200, total: 100_310, reading: false, checking: false, entering: false } } }), today: today() }) },
  'today-coming-checked': { route: { to: 'today' }, views: checked({}) },
  'today-coming-checked-stop': { route: { to: 'today' }, views: checked({}), press: ['Stop bringing'] },
  'today-coming-checked-in': { route: { to: 'today' }, views: checked({ done: 99_800, entering: false }) },
  'today-coming-checked-last': { route: { to: 'today' }, views: checked({ done: 100_310 }) },
  'today-coming-checked-alone': { route: { to: 'today' }, views: one({ app: alone({ sync: unchecked({ done: 412, total: 1290 }) }), joining: joining({ state: 'approved', own_device: true, words: kWords }) }) },
  'thank-coming-checked': { route: { to: 'thank' }, views: checked({}), write: { 'What you did': 'You rang my mother back.' }, then: ['Send to Noa'], refuse: { 'cherish.thank': 'still-coming' } },
  'step-coming-checked': { route: { to: 'step' }, views: not_here('step') },
  'thanks-coming-checked': { route: { to: 'thanks' }, views: not_here('cherish') },
  'letter-coming-checked': { route: { to: 'open-thanks', item: 'T1' }, views: not_here('cherish') },
  'openup-coming-checked': { route: { to: 'openup' }, views: not_here('openup') },
  'question-coming-checked': { route: { to: 'question', item: 'Q1' }, views: not_here('openup') },
  'us-coming-checked': { route: { to: 'us' }, views: not_here('story') },
  'sync-checked': { route: { to: 'today' }, views: checked({}), press: ['Being checked'] },
  'today-coming-read': { route: { to: 'today' }, views: two({ app: app({ sync: { connection: 'online', on_this_phone: 0, resting: 0, busy: true, coming: { done: 100_310, total: 100_310, reading: true, checking: false, entering: false } } }), today: today() }) },
  'today-connecting': { route: { to: 'today' }, views: two({ app: app({ sync: { connection: 'connecting', on_this_phone: 0, resting: 0, busy: false, coming: null } }) }) },
  'today-not-member': { route: { to: 'today' }, views: two({ app: app({ reading_only: true, notices: [{ id: 'n1', code: 'not-a-member-any-more', at: ago(kHour) }, { id: 'n2', code: 'unknown-record-in-my-name', at: ago(kHour) }] }) }) },
  'today-closed': { route: { to: 'today' }, views: closed() },
  'today-closed-offline': { route: { to: 'today' }, views: closed({ sync: { connection: 'offline', on_this_phone: 1, resting: 0, busy: false, coming: null }, notices: [{ id: 'n1', code: 'refused-later', at: ago(kHour) }] }), device: { offline: true } },
  'today-device-waiting': { route: { to: 'today' }, views: one({ app: alone({ invitation: 'waiting' }), invitation: invitation({ state: 'waiting', own_device: true, link: kLink }) }) },
  'today-device-answered': { route: { to: 'today' }, views: two({ app: app({ invitation: 'compare' }), invitation: invitation({ state: 'compare', own_device: true, words: kWords }) }) },
  'today-token': { route: { to: 'today' }, views: one({ app: app({ phase: 'alone', partner: null, sync: { connection: 'online', on_this_phone: 1, resting: 0, busy: false, coming: null }, notices: [{ id: 'n1', code: 'registration-closed', at: ago(kHour) }] }) }), press: ['Show it to the server'] },
  'today-notices': { route: { to: 'today' }, views: two({ mending: mending('possible'), app: app({ reading_only: true, notices: [{ id: 'n1', code: 'fork', at: ago(kHour) }, { id: 'n2', code: 'relay-behind', at: ago(kHour) }] }) }), update: true, fault: 'disk-full' },
  'sync-sheet': { route: { to: 'today' }, views: two({ app: app({ sync: { connection: 'online', on_this_phone: 3, resting: 2, busy: false, coming: null } }) }), press: ['On this phone'] },
  'sync-safe': { route: { to: 'today' }, views: two({ app: app({ recovery: 'none' }) }), press: ['Safe'] },
  'sync-catching-up': { route: { to: 'today' }, views: two({ app: app({ sync: { connection: 'online', on_this_phone: 0, resting: 0, busy: true, coming: null } }) }), press: ['Safe'] },
  'today-asked-to-mend': { route: { to: 'today' }, views: two({ mending: mending('asked') }) },
  'you-mend': { route: { to: 'you' }, views: two({ mending: mending('possible') }) },
  'unsent-nothing': { route: { to: 'unsent' }, views: two({ unsent: { refused: [] } }) },
  unsent: { route: { to: 'unsent' }, views: two({ unsent: kUnsent }) },
  'unsent-let-go': { route: { to: 'unsent' }, views: two({ unsent: kUnsent }), press: ['Let go'] },
  'unsent-refused': { route: { to: 'unsent' }, views: two({ unsent: kUnsent }), press: ['Let go', 'Let them go'], refuse: { 'space.draft': 'disk-full' } },
  'you-unsent': { route: { to: 'you' }, views: two({ unsent: kUnsent }) },
  'today-refused-later': { route: { to: 'today' }, views: two({ app: app({ notices: [{ id: 'n1', code: 'refused-later', at: ago(kHour) }] }) }) },
  'mend-nothing': { route: { to: 'mend' }, views: two({ mending: mending('none', { until: null, mine: 0, theirs: 0 }) }) },
  'mend-possible': { route: { to: 'mend' }, views: two({ app: app({ reading_only: true }), mending: mending('possible') }) },
  'mend-refused': { route: { to: 'mend' }, views: two({ mending: mending('possible') }), press: ['Propose it to Noa'], refuse: { 'space.mend': 'nothing-to-mend' } },
  'mend-waiting': { route: { to: 'mend' }, views: two({ app: app({ reading_only: true }), mending: mending('waiting') }) },
  'mend-asked': { route: { to: 'mend' }, views: two({ mending: mending('asked', { mine: 1, theirs: 0 }) }) },
  'mend-done': { route: { to: 'mend' }, views: two({ mending: mending('done', { until: null, mine: 0, theirs: 0 }), earlier: kEarlier }) },
  recovery: { route: { to: 'recovery' }, views: one() },
  'recovery-confirmed': { route: { to: 'recovery' }, views: everything },
  'recovery-refused': { route: { to: 'recovery' }, views: one(), press: ['Show my words'], refuse: { 'space.phrase-show': 'disk-full' } },
  'recovery-words': { route: { to: 'recovery' }, views: one({ recovery: kShown }), press: ['Show my words'] },
  'recovery-check': { route: { to: 'recovery' }, views: one({ recovery: kShown }), press: ['Show my words', 'I have written them down', 'window', 'basket'] },
  'recovery-done': { route: { to: 'recovery' }, views: one({ recovery: kShown }), press: ['Show my words', 'I have written them down', 'window', 'amount', 'winter'] },
  invite: { route: { to: 'invite' }, views: invited({}) },
  'invite-offline': { route: { to: 'invite' }, views: one({ app: alone({ sync: { connection: 'offline', on_this_phone: 0, resting: 0, busy: false, coming: null } }) }), device: { offline: true } },
  'invite-waiting': { route: { to: 'invite' }, views: invited({ state: 'waiting', link: kLink }) },
  'invite-cancel': { route: { to: 'invite' }, views: invited({ state: 'waiting', link: kLink }), press: ['Withdraw'] },
  'invite-local': { route: { to: 'invite' }, views: invited({ state: 'waiting', link: kLink, relay: 'http://localhost:8420' }) },
  'invite-device-link': { route: { to: 'invite' }, views: invited({ state: 'waiting', own_device: true, link: kLink }) },
  'invite-after-closing': { route: { to: 'invite' }, views: closed() },
  'invite-compare': { route: { to: 'invite' }, views: invited({ state: 'compare', words: kWords, partner: 'Noa' }) },
  'invite-approved': { route: { to: 'invite' }, views: invited({ state: 'approved', words: kWords, partner: 'Noa' }) },
  ...ends(kInvitationEnds, 'invite-ended', (ended) => ({ route: { to: 'invite' }, views: invited({ state: 'ended', ended }) })),
  connected: { route: { to: 'connected' }, views: two({ app: app({ offers: 2 }) }) },
  'connected-waiting': { route: { to: 'connected' }, views: two({ app: app({ invitation: 'approved' }), invitation: invitation({ state: 'approved', words: kWords }) }) },
  'connected-wrong-person': { route: { to: 'connected' }, views: two({}), press: ['Leave this space'] },
  'offers-thanks': { route: { to: 'offers' }, views: two({}) },
  'offers-answer': { route: { to: 'offers' }, views: two({ offers: { offers: kOffers.offers.slice(1) } }) },
  'offers-done': { route: { to: 'offers' }, views: two({ offers: { offers: [] } }) },
  practices: { route: { to: 'practices' }, views: everything },
  'cherish-empty': { route: { to: 'thanks' }, views: one() },
  cherish: { route: { to: 'cherish' }, views: everything },
  'thank-empty': { route: { to: 'thank' }, views: two({}) },
  thank: { route: { to: 'thank' }, views: two({ drafts: { 'thank.did': 'You rang my mother back when I had no words left.', 'thank.says': 'You are patient. Even when people I love are hard work.', 'thank.felt': 'I could breathe again, and' } }) },
  'thank-alone': { route: { to: 'thank' }, views: one() },
  'thanks-edit': { route: { to: 'edit-thanks', item: 'T3' }, views: everything },
  'thanks-closed': { route: { to: 'open-thanks', item: 'T2' }, views: everything },
  'thanks-open': { route: { to: 'open-thanks', item: 'T1' }, views: everything, press: ['It warmed me', 'A few words'] },
  'thanks-mine': { route: { to: 'open-thanks', item: 'T3' }, views: everything },
  'thanks-take-back': { route: { to: 'open-thanks', item: 'T3' }, views: everything, press: ['Take it back'] },
  'thanks-taken-back': { route: { to: 'open-thanks', item: 'T4' }, views: everything },
  'thanks-gone': { route: { to: 'open-thanks', item: 'T5' }, views: everything },
  kept: { route: { to: 'kept', item: 'K1' }, views: everything },
  'openup-empty': { route: { to: 'openup' }, views: one() },
  openup: { route: { to: 'openup' }, views: everything },
  deck: { route: { to: 'deck' }, views: everything },
  'deck-alone': { route: { to: 'deck' }, views: one() },
  'deck-used': { route: { to: 'deck' }, views: two({ openup: openup(all_prompts().map((one, index) => question({ item: `Q${index}`, prompt: one.id, state: 'opened', seen: true }))) }) },
  write: { route: { to: 'write', prompt: 'ou-006' }, views: one() },
  written: { route: { to: 'written', item: 'W1' }, views: everything },
  answer: { route: { to: 'question', item: 'Q4' }, views: two({ drafts: { 'answer.Q4': 'The bakery on the other side of the river, early' } }) },
  'answer-empty': { route: { to: 'question', item: 'Q4' }, views: everything },
  'answer-reading-only': { route: { to: 'question', item: 'Q4' }, views: two({ app: app({ reading_only: true }) }) },
  sealed: { route: { to: 'question', item: 'Q1' }, views: everything },
  'sealed-undo': { route: { to: 'question', item: 'Q1' }, views: two({ app: app({ undo: { command: 'c1', kind: 'openup.answer', until: kNow + 4000 }, sync: { connection: 'online', on_this_phone: 1, resting: 0, busy: false, coming: null } }), openup: openup([{ ...kSealed, mark: 'on-this-phone', sealed_at: ago(1000) }]) }) },
  'sealed-take-back': { route: { to: 'question', item: 'Q1' }, views: everything, press: ['Take mine back'] },
  opening: { route: { to: 'question', item: 'Q1' }, views: two({ openup: openup([{ ...kSealed, state: 'opening', can_take_back: false }]) }) },
  ready: { route: { to: 'question', item: 'Q2' }, views: everything },
  revealed: { route: { to: 'question', item: 'Q2' }, views: everything, press: ['Open both'] },
  opened: { route: { to: 'question', item: 'Q2' }, views: two({ openup: openup([kOpened]) }) },
  'not-opened': { route: { to: 'question', item: 'Q2' }, views: two({ openup: openup([{ ...kOpened, state: 'not-opened', theirs: null }]) }) },
  withheld: { route: { to: 'question', item: 'Q2' }, views: two({ openup: openup([{ ...kOpened, state: 'withheld', theirs: null }]) }) },
  'question-gone': { route: { to: 'question', item: 'Q9' }, views: everything },
  ...cherish_scenes({ two, one, closed, app, today, checked }),
  ...listen_scenes({ two, one, closed, app, today, granted: called }),
  'us-alone': { route: { to: 'us' }, views: one() },
  us: { route: { to: 'us' }, views: everything },
  'us-empty': { route: { to: 'us' }, views: two({ story: { moments: [] } }) },
  'us-closed': { route: { to: 'us' }, views: closed() },
  'question-closed': { route: { to: 'question', item: 'Q4' }, views: closed() },
  'sealed-closed': { route: { to: 'question', item: 'Q1' }, views: closed() },
  'cherish-closed': { route: { to: 'cherish' }, views: closed() },
  'thanks-list-closed': { route: { to: 'thanks' }, views: closed() },
  'thank-closed': { route: { to: 'thank' }, views: closed() },
  step: { route: { to: 'step' }, views: everything },
  'step-scan': { route: { to: 'step' }, views: everything, press: ['Scan'] },
  'step-alone': { route: { to: 'step' }, views: one() },
  'step-same': { route: { to: 'step' }, views: two({ step: { ...kStep, check: 'same' } }) },
  'step-not-yet': { route: { to: 'step' }, views: two({ step: { ...kStep, check: 'not-there-yet' } }) },
  'step-different': { route: { to: 'step' }, views: two({ step: { ...kStep, check: 'different' } }) },
  you: { route: { to: 'you' }, views: everything },
  'you-alone': { route: { to: 'you' }, views: one() },
  'you-name': { route: { to: 'you' }, views: everything, press: ['Your name here'] },
  'you-spacing': { route: { to: 'you' }, views: everything, press: ['Room for reading'] },
  'you-theme': { route: { to: 'you' }, views: everything, press: ['Day or evening'] },
  devices: { route: { to: 'devices' }, views: everything },
  'devices-this': { route: { to: 'devices' }, views: everything, press: ['Phone'] },
  'devices-name': { route: { to: 'devices' }, views: everything, press: ['Laptop'] },
  'devices-remove': { route: { to: 'devices' }, views: everything, press: ['Laptop', 'Remove this device'] },
  'devices-remove-refused': { route: { to: 'devices' }, views: everything, press: ['Laptop', 'Remove this device', 'Remove this device'], refuse: { 'space.remove-device': 'disk-full' } },
  'devices-removing': { route: { to: 'devices' }, views: two({ devices: { devices: kDevices.map((one) => ({ ...one, removing: one.key === 'D2' })) } }) },
  'devices-removing-look': { route: { to: 'devices' }, views: two({ devices: { devices: kDevices.map((one) => ({ ...one, removing: one.key === 'D2' })) } }), press: ['Laptop'] },
  'devices-taken-out': { route: { to: 'devices' }, views: two({ app: app({ reading_only: true }), devices: { devices: kDevices.slice(1) } }) },
  'add-device': { ...adding({}), views: everything },
  'add-device-closed': { route: { to: 'add-device' }, views: closed({ sync: { connection: 'offline', on_this_phone: 0, resting: 0, busy: false, coming: null } }) },
  'add-device-partner-link': { route: { to: 'add-device' }, views: invited({ state: 'waiting', link: kLink }) },
  'add-device-waiting': adding({ state: 'waiting' }),
  'add-device-words': { ...adding({ state: 'waiting' }), press: ['No camera there'] },
  'add-device-cancel': { ...adding({ state: 'waiting' }), press: ['Withdraw'] },
  'add-device-compare': adding({ state: 'compare', words: kWords, partner: 'Tablet' }),
  'add-device-compare-unnamed': adding({ state: 'compare', words: kWords }),
  'add-device-approved': adding({ state: 'approved', words: kWords, partner: 'Tablet' }),
  'add-device-joined': { ...adding({ state: 'compare', words: kWords, partner: 'Tablet' }), after: { invitation: invitation({ state: 'joined', own_device: true, partner: 'Tablet' }) } },
  ...ends(kInvitationEnds, 'add-device-ended', (ended) => adding({ state: 'ended', ended })),
  notifications: not_called({}),
  'notifications-asking': not_called({ notifications: calling({ state: 'unknown', key: null }) }),
  'notifications-offline': not_called({ app: app({ sync: { connection: 'offline', on_this_phone: 0, resting: 0, busy: false, coming: null } }), notifications: calling({ state: 'unknown', key: null }) }, { offline: true }),
  'notifications-alone': { route: { to: 'notifications' }, views: one() },
  'notifications-closed': { route: { to: 'notifications' }, views: closed() },
  'notifications-unavailable': not_called({ notifications: calling({ state: 'unavailable', key: null }) }),
  'notifications-none': not_called({}, { notifications: 'none' }),
  'notifications-home-screen': not_called({}, { iphone: true }),
  'notifications-denied': not_called({}, { notifications: 'denied' }),
  'notifications-unanswered': { ...not_called({}), press: ['Notifications on this device'] },
  'notifications-no-address': { ...not_called({}, { notifications: 'granted' }), press: ['Notifications on this device'] },
  'notifications-refused': called({ views: two({ notifications: calling({ state: 'refused', code: 'push-endpoint' }) }) }),
  'notifications-on': called(),
  'notifications-on-here': called({ views: two({ notifications: calling({ state: 'on-this-phone' }) }) }),
  'notifications-quiet': called({ kept: { quiet: 'day', until: kNow + 20 * kHour, says: 'look' } }),
  'notifications-quiet-sheet': called({ kept: { quiet: 'evening', until: kNow + 8 * kHour }, press: ['Quiet'] }),
  'notifications-hours': called({ kept: { hours: { on: true, from: '22:00', to: '07:00' } } }),
  reminders: { route: { to: 'reminders' }, views: everything },
  'reminders-kept': { route: { to: 'reminders' }, views: two({ drafts: { reminders: JSON.stringify(kReminders) } }), press: ['Remind me here'] },
  'reminders-look': { route: { to: 'reminders' }, views: two({ drafts: { reminders: JSON.stringify(kReminders) } }), press: ['A thank-you'] },
  'reminders-call': called({ route: { to: 'reminders' }, press: ['Every day', 'Call this device then, too'] }),
  'reminders-called': called({
    route: { to: 'reminders' },
    views: two({ notifications: calling({ state: 'on' }), drafts: { reminders: JSON.stringify(kReminders.map((one) => ({ ...one, call: true }))) } }),
    press: ['A question for two'],
  }),
  'reminders-no-calls': { ...not_called({ notifications: calling(), drafts: { reminders: JSON.stringify(kReminders) } }), route: { to: 'reminders' } },
  'reminders-calendar': { route: { to: 'reminders' }, views: one(), press: ['Every week'], choose: ['In my own calendar'] },
  'today-reminders': { route: { to: 'today' }, views: two({ drafts: { reminders: JSON.stringify(kReminders) } }) },
  'you-notifications': called({ route: { to: 'you' } }),
  'today-notifications-offer': { route: { to: 'today' }, views: everything, kept: { offered: false } },
  leave: { route: { to: 'you' }, views: everything, press: ['Leave this space'] },
  'leave-offline': { route: { to: 'you' }, views: two({ app: app({ partner: null, sync: { connection: 'offline', on_this_phone: 0, resting: 0, busy: false, coming: null } }) }), press: ['Leave this space'], device: { offline: true } },
  ...feeling_scenes({ two, one, closed, app, today }),
  ...rooms(two),
  safety: { route: { to: 'safety' }, views: everything },
  'safety-country': { route: { to: 'safety' }, views: everything, press: ['Germany'] },
  'safety-opening': { route: { to: 'safety' }, views: {}, boot: { state: 'opening' } },
  'safety-failed': { route: { to: 'safety' }, views: {}, boot: { state: 'failed', code: 'storage-unavailable' } },
  about: { route: { to: 'about' }, views: everything },
};
