// The listening room by hand: every stage for each of the two, spoken, in writing and on the table.
import type { HandMade } from '../core/mock.ts';
import type { ListeningView, ListenView } from '../core/types.ts';
import type { PresenceView } from '../core/types.ts';
import type { Scene } from './scenes.ts';

const kNow = Date.UTC(2026, 4, 19, 21, 4);
const kItem = 'L1';
const at = (ms: number) => ({ ms, offset: 0 });

export const listening = (more: Partial<ListeningView> = {}): ListeningView => ({
  item: kItem, how: 'two-phones', stage: 'speaking', by_me: true, asked_by_me: true, when: null, at: at(kNow - 600_000), mark: 'safe', seconds: 45, where: 'here',
  asked: 'asked-1', i_am_ready: false, other_ready: null, other_ready_at: null, about: null, words: '', floor: 'mine', i_speak: true, first_turn: true, smaller: false, not_yet: 0, step: 0,
  pieces: [], until: null, time_out_by_me: false, my_thanks: null, their_thanks: null, i_keep: null, ...more,
});
export const listen_view = (open: ListeningView | null): ListenView => ({ open, held: [], ideas: [] });
export const presence = (other: PresenceView['other']): HandMade => ({ presence: { item: kItem, other } });

type Part = Partial<ListeningView>;
const speaker = (stage: ListeningView['stage'], floor: ListeningView['floor'], more: Part = {}): Part => ({ stage, floor, i_speak: true, ...more });
const listener = (stage: ListeningView['stage'], floor: ListeningView['floor'], more: Part = {}): Part => ({ stage, floor, i_speak: false, ...more });

const kPiece = 'On Saturday you had booked the trip already when I came home. I stood there with my coat on, and had nothing to say to it any more.';
const kBack = 'You felt left out when I booked Saturday, because it was the one day we had.';
const said = (move: ListeningView['pieces'][number]['move'], by_me: boolean, text: string) => ({ move, by_me, text, at: at(kNow - 60_000) });

/** Each stage for each of the two, spoken. */
export const kSpoken: Record<string, Part> = {
  'speaking-mine': speaker('speaking', 'mine'),
  'speaking-theirs': listener('speaking', 'theirs'),
  'spoken-mine': listener('spoken', 'mine', { step: 1 }),
  'spoken-theirs': speaker('spoken', 'theirs', { step: 1 }),
  'given-back-mine': speaker('given-back', 'mine', { step: 2 }),
  'given-back-theirs': listener('given-back', 'theirs', { step: 2 }),
  'smaller-offered': speaker('smaller-offered', 'nobody', { step: 7, not_yet: 3 }),
  'smaller-mine': speaker('speaking', 'mine', { step: 8, smaller: true }),
  'more-mine': speaker('more', 'mine', { step: 3 }),
  'more-theirs': listener('more', 'theirs', { step: 3 }),
  'making-sense-mine': listener('making-sense', 'mine', { step: 4 }),
  'making-sense-theirs': speaker('making-sense', 'theirs', { step: 4 }),
  'imagining-mine': listener('imagining', 'mine', { step: 5 }),
  'imagining-theirs': speaker('imagining', 'theirs', { step: 5 }),
  'feeling-given-mine': speaker('feeling-given', 'mine', { step: 6 }),
  'feeling-given-theirs': listener('feeling-given', 'theirs', { step: 6 }),
  thanking: { stage: 'thanking', floor: 'nobody', step: 14, first_turn: false },
  thanked: { stage: 'thanking', floor: 'nobody', step: 14, first_turn: false, my_thanks: '', their_thanks: null },
};
/** And in writing, where there is more to be seen. */
export const kTyped: Record<string, Part> = {
  'speaking-mine': speaker('speaking', 'mine'),
  'speaking-theirs': listener('speaking', 'theirs'),
  'spoken-mine': listener('spoken', 'mine', { step: 1, pieces: [said('piece', false, kPiece)] }),
  'spoken-again': listener('spoken', 'mine', { step: 3, pieces: [said('piece', false, kPiece), said('said-back', true, 'You were angry about the trip.'), said('almost', false, 'Not angry. Too late to be asked.')] }),
  'spoken-theirs': speaker('spoken', 'theirs', { step: 1, pieces: [said('piece', true, kPiece)] }),
  'given-back-mine': speaker('given-back', 'mine', { step: 2, pieces: [said('piece', true, kPiece), said('said-back', false, kBack)] }),
  'given-back-theirs': listener('given-back', 'theirs', { step: 2, pieces: [said('piece', false, kPiece), said('said-back', true, kBack)] }),
  'making-sense-mine': listener('making-sense', 'mine', { step: 4, pieces: [said('piece', false, kPiece), said('said-back', true, kBack), said('yes', false, '')] }),
  'imagining-theirs': speaker('imagining', 'theirs', { step: 5, pieces: [said('made-sense', false, 'it was our one day, and I had filled it before you were home.')] }),
  'feeling-given-mine': speaker('feeling-given', 'mine', { step: 6, pieces: [said('imagined', false, 'lonely, and a bit like a guest in it.')] }),
  'speaking-instead': speaker('speaking', 'mine', { step: 7, first_turn: false, pieces: [said('imagined', true, 'angry.'), said('something-else', false, 'Tired, mostly. And sad.')] }),
  keeping: { stage: 'keeping', floor: 'nobody', step: 14, first_turn: false, pieces: [said('piece', true, kPiece), said('said-back', false, kBack)], my_thanks: '', their_thanks: 'You stayed with it.' },
  kept: { stage: 'keeping', floor: 'nobody', step: 14, first_turn: false, my_thanks: '', their_thanks: '', i_keep: true },
};
const time_out = (more: Part = {}): Part => ({ stage: 'time-out', floor: 'nobody', step: 1, until: at(kNow + 30 * 60_000), time_out_by_me: true, ...more });

export function rooms(two: (more: HandMade) => HandMade): Record<string, Scene> {
  const room = (part: Part, more: Partial<Scene> = {}, views: HandMade = {}): Scene => ({
    route: { to: 'listening' }, views: two({ listen: listen_view(listening(part)), ...presence('here'), ...views }), gone: { key: `${kItem}/0`, ms: 28_000 }, ...more,
  });
  const typed = (part: Part, more: Partial<Scene> = {}) => room({ how: 'typed', ...part }, more);
  const table = (part: Part, more: Partial<Scene> = {}) => room({ how: 'table', ...part }, more);
  const then = (part: Part): HandMade => ({ listen: listen_view(listening(part)) });
  const all = (name: string, parts: Record<string, Part>, make: (part: Part) => Scene) => Object.fromEntries(Object.entries(parts).map(([key, part]) => [`${name}-${key}`, make(part)]));
  return {
    ...all('room', kSpoken, (part) => room(part)),
    'room-again-mine': room(speaker('given-back', 'theirs', { step: 2, i_speak: false }), { after: then(listener('spoken', 'mine', { step: 3, not_yet: 1 })) }),
    'room-again-theirs': room(speaker('given-back', 'mine', { step: 2 }), { after: then(speaker('spoken', 'theirs', { step: 3 })) }),
    'room-instead': room(speaker('feeling-given', 'mine', { step: 6 }), { press: ['Something else'] }),
    'room-swap-mine': room(listener('feeling-given', 'theirs', { step: 6 }), { after: then(speaker('speaking', 'mine', { step: 7, first_turn: false })) }),
    'room-last-ten': room(speaker('speaking', 'mine'), { gone: { key: `${kItem}/0`, ms: 38_000 } }),
    'room-over-time': room(speaker('speaking', 'mine', { mark: 'on-this-phone' }), { gone: { key: `${kItem}/0`, ms: 45_000 } }),
    'room-paused-mine': room(speaker('speaking', 'mine'), { press: ['Pause'] }),
    'room-paused-theirs': room(listener('speaking', 'theirs'), {}, presence('paused')),
    'room-paused-away': room(speaker('speaking', 'mine'), {}, presence('away')),
    'room-not-seen': room(listener('spoken', 'mine', { step: 1 }), { after: presence('unknown') }),
    'room-left': room(speaker('speaking', 'mine'), {}, presence('left')),
    'room-moment': room(listener('speaking', 'theirs'), { press: ['I need a moment'] }),
    'room-moment-own': room(listener('speaking', 'theirs'), { press: ['I need a moment'], choose: ['Another time'] }),
    'room-stop': room(speaker('speaking', 'mine', { how: 'typed' }), { press: ['I need a moment', 'Stop for today'] }),
    'room-refused': room(speaker('speaking', 'mine'), { press: ['That is one piece'], refuse: { 'listen.piece': 'reading-only' } }),
    'room-idea': room(kSpoken.thanking ?? {}, { press: ['Ideas'] }),
    'room-time-out': room(time_out()),
    'room-time-out-theirs': room(time_out({ time_out_by_me: false, other_ready: 'ready-1', until: at(kNow + 14 * 3_600_000) })),
    'room-time-out-due': room(time_out({ until: at(kNow - 60_000) })),
    'room-time-out-back': room(time_out({ until: at(kNow - 60_000), i_am_ready: true })),
    'room-on-another': room({ where: 'on-another' }),
    'room-on-theirs': room({ where: 'on-theirs', how: 'table', by_me: false }),
    'room-none': { route: { to: 'listening' }, views: two({ listen: listen_view(null) }) },
    ...all('typed', kTyped, (part) => typed(part)),
    'typed-writing': typed(speaker('speaking', 'mine'), { write: { 'Your piece': 'On Saturday you had booked the trip already when I came home.' } }),
    'typed-almost': typed(kTyped['given-back-mine'] ?? {}, { press: ['Almost'] }),
    'typed-late': typed(speaker('speaking', 'mine'), { write: { 'Your piece': 'On Saturday.' }, then: ['That is one piece'], refuse: { 'listen.piece': 'listening-moved-on' } }),
    'typed-away': typed(speaker('speaking', 'mine'), { after: presence('away') }),
    ...all('table', kSpoken, (part) => table(part)),
    'table-paused': table(speaker('speaking', 'mine'), { press: ['Pause'] }),
    'table-time-out': table(time_out()),
  };
}
