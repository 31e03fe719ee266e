// How I am, good news and touches: what one sends, what has come, what is in the room.
import type { Route } from '../app/route.ts';
import type { HandMade } from '../core/mock.ts';
import type { AppView, FeelingsView, GoodNewsOneView, GoodNewsView, NotedFeelingView, SharedFeelingView, TodayView, TouchesView, TouchView } from '../core/types.ts';
import { ago, kDay, kHour, kMinute, kNow } from './clock.ts';
import type { Scene } from './scenes.ts';

export const feeling = (more: Partial<SharedFeelingView> = {}): SharedFeelingView => ({
  item: 'F1', by_me: false, at: ago(40 * kMinute), mark: 'safe', opened: true, feelings: ['low-tired', 'warm-longing'], line: 'Long day, and the bus stood for an hour.', wish: 'hold-me', taken_back: 'no', answer: null, ...more,
});
const noted = (more: Partial<NotedFeelingView> = {}): NotedFeelingView => ({ item: 'FN1', feelings: ['uneasy-worried'], line: 'About the letter, still.', at: ago(2 * kDay), mark: 'safe', ...more });
const kMine = feeling({ item: 'F2', by_me: true, at: ago(26 * kHour), feelings: ['glad-relieved'], line: 'The results are in.', wish: 'ask-me', answer: { response: 'asking', words: 'All of it, please.', at: ago(25 * kHour), by_me: false } });
export const feelings = (more: Partial<FeelingsView> = {}): FeelingsView => ({ shared: [kMine, feeling({ item: 'F3', at: ago(4 * kDay), feelings: ['calm-at-home'], line: '', wish: 'just-so-you-know' })], noted: [noted()], ...more });
export const kFeelings = feelings({ shared: [feeling({ opened: false, feelings: [], line: '', wish: 'just-so-you-know' }), ...feelings().shared] });

export const news = (more: Partial<GoodNewsOneView> = {}): GoodNewsOneView => ({
  item: 'G1', by_me: false, at: ago(3 * kHour), mark: 'safe', opened: true, sort: 'work', text: 'They want the small version first, in autumn, and they want me to build it.', taken_back: 'no', asked: null, told: null, evening: 'none', felt_good: false, offered: 0, ...more,
});
const kAsked = { questions: ['nq-work-1', 'nq-work-3'], words: '', at: ago(2 * kHour) };
const kTold = { words: 'On the stairs, with my coat half on. I sat down on the step.', at: ago(kHour) };
const kMyNews = news({ item: 'G2', by_me: true, at: ago(5 * kHour), sort: 'joy', text: 'The first swifts are back over the yard.', asked: { questions: ['nq-joy-2'], words: 'How many were there?', at: ago(4 * kHour) } });
export const goodnews = (...list: GoodNewsOneView[]): GoodNewsView => ({ news: list.length > 0 ? list : [news({ opened: false, text: '', sort: 'joy' }), kMyNews] });

export const touch = (more: Partial<TouchView> = {}): TouchView => ({ item: 'TO1', touch: 'squeeze', words: '', by_me: false, at: ago(20 * kMinute), mark: 'safe', felt: true, ...more });
export const touches = (more: Partial<TouchesView> = {}): TouchesView => ({
  touches: [touch(), touch({ item: 'TO2', touch: 'thought', by_me: true, at: ago(3 * kHour) }), touch({ item: 'TO3', touch: 'love', words: 'I love you, on plain weekdays too.', at: ago(20 * kHour) }), touch({ item: 'TO4', touch: 'hug', by_me: true, at: ago(26 * kHour) })],
  muted_until: null, next_at: 0, left_today: 30, ...more,
});
const comes = (...list: Partial<TouchView>[]): TouchesView => touches({ touches: [...list.map((one, at) => touch({ item: `NEW${at}`, felt: false, at: ago((at + 1) * 20_000), ...one })), ...touches().touches] });

interface Helpers {
  two: (more: HandMade) => HandMade;
  one: (more?: HandMade) => HandMade;
  closed: (more?: Partial<AppView>) => HandMade;
  app: (more?: Partial<AppView>) => AppView;
  today: (more?: Partial<TodayView>) => TodayView;
}

export function feeling_scenes({ two, one, closed, app, today }: Helpers): Record<string, Scene> {
  const how: Route = { to: 'how-i-am' };
  const opened = (more: Partial<SharedFeelingView>, views: HandMade = {}): Scene => ({ route: { to: 'feeling', item: more.item ?? 'F1' }, views: two({ feelings: feelings({ shared: [feeling(more)] }), ...views }) });
  const told = (more: Partial<GoodNewsOneView>, scene: Partial<Scene> = {}): Scene => ({ route: { to: 'news', item: more.item ?? 'G1' }, views: two({ goodnews: goodnews(news(more)) }), ...scene });
  const to_touches = (more: Partial<TouchesView> = {}, scene: Partial<Scene> = {}): Scene => ({ route: { to: 'touches' }, views: two({ touches: touches(more) }), ...scene });
  const pulse = (...list: Partial<TouchView>[]): Scene => ({ route: { to: 'today' }, views: two({ touches: comes(...list) }) });
  const in_person = (card: string, scene: Partial<Scene> = {}): Scene => ({ route: { to: 'in-person', card }, views: two({}), ...scene });
  const chosen = { 'feeling.picked': 'low-tired warm-longing' };
  const at = (kind: TodayView['awaiting'][number]['kind'], item: string, hours: number) => ({ kind, item, prompt: null, at: ago(hours * kHour) });
  const came = (kind: TodayView['since'][number]['kind'], item: string, hours: number) => ({ kind, item, prompt: null, at: ago(hours * kHour) });
  return {
    'how-i-am': { route: how, views: two({ feelings: feelings() }) },
    'how-i-am-first': { route: how, views: two({ feelings: { shared: [], noted: [] } }) },
    'how-i-am-alone': { route: how, views: one({ feelings: { shared: [], noted: [noted()] } }) },
    'how-i-am-alone-chosen': { route: how, views: one({ drafts: chosen }) },
    'how-i-am-family': { route: how, views: two({ feelings: feelings() }), choose: ['Low'] },
    'how-i-am-chosen': { route: how, views: two({ drafts: chosen }) },
    'how-i-am-three': { route: how, views: two({ drafts: chosen }), choose: ['Drained'] },
    'how-i-am-say': { route: how, views: two({ drafts: chosen }), press: ['Go on'] },
    'how-i-am-hold-me': { route: how, views: two({ drafts: { ...chosen, 'feeling.for': 'hold-me', 'feeling.line': 'Long day.' } }), press: ['Go on'] },
    'how-i-am-say-unnamed': { route: how, views: two({ app: app({ partner: null }), drafts: { ...chosen, 'feeling.for': 'ask-me' } }), press: ['Go on'] },
    'how-i-am-refused': { route: how, views: two({ drafts: { ...chosen, 'feeling.for': 'ask-me' } }), press: ['Go on', 'Share'], refuse: { 'feelings.share': 'disk-full' } },
    'how-i-am-kept': { route: how, views: two({ feelings: feelings(), drafts: chosen }), press: ['Keep for me'] },
    'how-i-am-reading-only': { route: how, views: two({ app: app({ reading_only: true }), drafts: { ...chosen, 'feeling.for': 'ask-me' } }), press: ['Go on'] },
    'how-i-am-closed': { route: how, views: closed() },
    'feeling-closed': opened({ opened: false, feelings: [], line: '' }),
    'feeling-hold-me': opened({}),
    'feeling-answering': { ...opened({ wish: 'ask-me', feelings: ['glad-relieved'] }), press: ['Tell me more', 'A few words'] },
    'feeling-know': opened({ wish: 'just-so-you-know', feelings: ['calm-at-home'], line: '' }),
    'feeling-answered': opened({ answer: { response: 'holding', words: '', at: ago(kMinute), by_me: true } }),
    'feeling-hug-sent': opened({}, { touches: touches({ touches: [touch({ by_me: true, touch: 'hug', at: ago(2000) })], next_at: kNow + 58_000 }) }),
    'feeling-mine': opened({ ...kMine, item: 'F1' }),
    'feeling-mine-take-back': { ...opened({ ...kMine, item: 'F1', answer: null }), press: ['Take it back'] },
    'feeling-gone': opened({ taken_back: 'gone', opened: false, feelings: [], line: '' }),
    'feeling-kept': opened({ taken_back: 'kept-by-me' }),
    'good-news': { route: { to: 'good-news' }, views: two({ goodnews: goodnews() }) },
    'good-news-written': { route: { to: 'good-news' }, views: two({ goodnews: { news: [] }, drafts: { 'goodnews.sort': 'joy', 'goodnews.text': 'The first swifts are back over the yard.' } }) },
    'good-news-refused': { route: { to: 'good-news' }, views: two({ drafts: { 'goodnews.sort': 'joy', 'goodnews.text': 'The swifts are back.' } }), press: ['Send to Noa'], refuse: { 'goodnews.share': 'disk-full' } },
    'news-closed': told({ opened: false, text: '' }),
    news: told({}),
    'news-asking': { ...told({}), choose: ['Where were you'] },
    'news-tonight': told({ evening: 'wanted' }),
    'news-asked': told({ asked: kAsked }),
    'news-told': told({ asked: kAsked, told: kTold, evening: 'talked' }),
    'news-mine': told({ ...kMyNews, asked: null }),
    'news-mine-asked': told({ ...kMyNews, evening: 'wanted' }),
    'news-mine-told': told({ ...kMyNews, told: { ...kTold, words: 'Five, and very loud.' }, felt_good: true }),
    'news-gone': told({ taken_back: 'gone', opened: false, text: '' }),
    touches: to_touches(),
    'touches-none': to_touches({ touches: [] }),
    'touches-sent': to_touches({ touches: [touch({ item: 'TO9', touch: 'hug', by_me: true, at: ago(3000), mark: 'on-this-phone' }), ...touches().touches], next_at: kNow + 57_000, left_today: 29 }),
    'touches-few': to_touches({ left_today: 2 }),
    'touches-enough': to_touches({ left_today: 0 }),
    'touches-love': to_touches({}, { press: ['I love you'] }),
    'touches-love-own': { ...to_touches({}, { press: ['I love you'] }), views: two({ touches: touches(), drafts: { 'touch.love': 'You, and the way you hum at the stove.' } }) },
    'touches-quiet': to_touches({ muted_until: kNow + kHour }),
    'touches-refused': to_touches({}, { press: ['Hug'], refuse: { 'touches.send': 'touch-too-soon' } }),
    'touches-reading-only': { route: { to: 'touches' }, views: two({ app: app({ reading_only: true }), touches: touches() }) },
    pulse: pulse({ touch: 'hug' }),
    'pulse-squeeze': pulse({ touch: 'squeeze' }, { touch: 'kiss' }, { touch: 'thought' }),
    'pulse-kiss': pulse({ touch: 'kiss' }),
    'pulse-love': pulse({ touch: 'love', words: 'I would pick you again, knowing all I know now.' }),
    'pulse-love-plain': pulse({ touch: 'love' }),
    'pulse-thought': pulse({ touch: 'thought' }),
    'in-person': in_person('hug'),
    'in-person-goodbye': in_person('goodbye'),
    'in-person-going': in_person('hug', { press: ['Begin'] }),
    'in-person-stopped': in_person('kiss', { press: ['Begin', 'Stop here'] }),
    'in-person-unknown': in_person('dance'),
    'today-small-things': { route: { to: 'today' }, views: two({
      feelings: kFeelings, goodnews: goodnews(), touches: touches(),
      today: today({
        awaiting: [at('feeling', 'F1', .6), at('good-news', 'G1', 3), at('tonight', 'G2', 4), at('noticed', 'N1', 5), at('letter', 'LE1', 30)],
        since: [came('feeling-answered', 'F2', 1), came('good-news-asked', 'G2', 2), came('good-news-told', 'G3', 3), came('noticed-answered', 'N2', 4), came('letter-closed', 'LE2', 5)],
      }),
    }) },
    'today-touch-sent': { route: { to: 'today' }, views: two({ today: today(), touches: touches({ touches: [touch({ item: 'TO9', touch: 'hug', by_me: true, at: ago(9000) })], next_at: kNow + 51_000 }) }) },
    'us-small-things': { route: { to: 'us' }, views: two({ story: { moments: [
      { kind: 'good-news', item: 'G1', prompt: null, by_me: false, at: ago(3 * kHour) },
      { kind: 'noticed', item: 'N1', prompt: null, by_me: true, at: ago(2 * kDay) },
      { kind: 'letter', item: 'LE1', prompt: null, by_me: false, at: ago(3 * kDay) },
      { kind: 'good-news', item: 'G2', prompt: null, by_me: true, at: ago(4 * kDay) },
    ] } }) },
  };
}
