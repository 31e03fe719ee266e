// Whatever the other sent and I have not opened: one envelope each, the newest first.
import type { Route } from '../app/route.ts';
import type { At, Item, Views } from '../core/types.ts';
import type { IconName } from '../design/Icon.svelte';
import { t, type TextKey } from '../text/text.ts';

interface Closed { kind: ClosedKind; item: Item; at: At }
export type ClosedKind = 'thanks' | 'noticed' | 'letter' | 'feeling' | 'news';
type Of<N extends keyof Views> = Views[N]['value'] | undefined;

interface Given { item: Item; by_me: boolean; opened: boolean; taken_back: string; at: At }
const closed = (kind: ClosedKind, all: readonly Given[] | undefined): Closed[] =>
  (all ?? []).filter((one) => !one.by_me && !one.opened && one.taken_back === 'no').map(({ item, at }) => ({ kind, item, at }));

/** A letter whose day has not come is no envelope to be opened yet. */
export function all_closed(of: { cherish: Of<'cherish'>; noticed: Of<'noticed'>; letters: Of<'letters'>; feelings: Of<'feelings'>; goodnews: Of<'goodnews'> }): Closed[] {
  return [
    ...closed('thanks', of.cherish?.thanks),
    ...closed('noticed', of.noticed?.noticed),
    ...closed('letter', of.letters?.letters.filter((one) => one.state === 'ready')),
    ...closed('feeling', of.feelings?.shared),
    ...closed('news', of.goodnews?.news),
  ].sort((a, b) => b.at.ms - a.at.ms);
}

export const closed_text: Record<ClosedKind, TextKey> = {
  thanks: 'today.awaits.thanks', noticed: 'today.awaits.noticed', letter: 'today.awaits.letter', feeling: 'feelings.closed', news: 'goodnews.closed',
};
export const closed_icon: Record<ClosedKind, IconName> = { thanks: 'cherish', noticed: 'noticed', letter: 'letter', feeling: 'feeling', news: 'news' };
export const closed_route = (one: { kind: ClosedKind; item: Item }): Route =>
  one.kind === 'thanks' ? { to: 'open-thanks', item: one.item } : { to: one.kind, item: one.item };
export const closed_name = (one: { kind: ClosedKind }, who: { other: string; Other: string }): string => t(closed_text[one.kind], who);
