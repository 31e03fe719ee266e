// Where a person can be. The place lives in history.state only: the address bar always shows the bare origin.
import type { AppView, Item } from '../core/types.ts';
import type { For } from '../remind/reminder.ts';

export type Route =
  | { to: 'doors' | 'start' | 'join' | 'before' }
  | { to: 'today' | 'practices' | 'us' | 'you' }
  | { to: 'cherish' | 'openup' | 'deck' | 'offers' | 'connected' }
  | { to: 'thank' | 'open-thanks' | 'edit-thanks'; item?: Item }
  | { to: 'question'; item: Item }
  | { to: 'write'; prompt: string }
  | { to: 'written'; item: Item }
  | { to: 'kept'; item: Item }
  | { to: 'thanks' | 'notice' | 'efforts' | 'jar' | 'gestures' | 'letters' | 'write-letter' }
  | { to: 'noticed' | 'letter'; item: Item }
  | { to: 'how-i-am' | 'good-news' | 'touches' }
  | { to: 'feeling' | 'news'; item: Item }
  | { to: 'listen' | 'listen-ask' | 'listening' | 'listen-cards' | 'listen-practice' }
  | { to: 'listen-held'; item: Item }
  | { to: 'in-person'; card: string }
  | { to: 'invite' | 'recovery' | 'devices' | 'add-device' | 'notifications' | 'step' | 'mend' | 'unsent' | 'safety' | 'about' }
  /** `what`: what it is to be for, where that is known already. */
  | { to: 'reminders'; what?: For };
export type Place = Route['to'];

/** The places of the bar at the thumb. */
export const kRoots = ['today', 'practices', 'us', 'you'] as const satisfies readonly Place[];
const kOutside: readonly Place[] = ['doors', 'start', 'join', 'before'];
const kAlways: readonly Place[] = ['safety', 'about'];
const kNeedTwo: readonly Place[] = ['offers', 'connected', 'question', 'listen-ask', 'listening', 'listen-held', 'notice', 'noticed', 'good-news', 'news', 'feeling', 'touches', 'in-person'];
const kNeedOne: readonly Place[] = ['invite'];
const kReadable: readonly Place[] = ['question', 'listen-held', 'noticed', 'news', 'feeling']; // in a space that is closed, too

export const is_root = (to: Place): boolean => (kRoots as readonly Place[]).includes(to);

/** The place that is really shown: what the phase of the space does not have falls back to its front door. */
export function place_for(phase: AppView['phase'], wanted: Route, closed = false): Route {
  if (kAlways.includes(wanted.to)) return wanted;
  if (phase === 'joining') return { to: 'join' };
  if (phase === 'recovering') return { to: 'before' };
  if (phase === 'fresh') return kOutside.includes(wanted.to) ? wanted : { to: 'doors' };
  if (wanted.to === 'join') return wanted; // who has a space already is told so there
  if (kOutside.includes(wanted.to)) return { to: 'today' };
  if (phase === 'alone' && kNeedTwo.includes(wanted.to) && !(closed && kReadable.includes(wanted.to))) return { to: 'today' };
  if (phase === 'paired' && kNeedOne.includes(wanted.to)) return { to: 'today' };
  return wanted;
}

/** Which room of the rail and which tab is lit. */
export function lit(to: Place): Place {
  switch (to) {
    case 'thank': case 'open-thanks': case 'edit-thanks': case 'kept': case 'thanks': case 'notice': case 'noticed': case 'efforts': case 'jar': case 'gestures': case 'letters': case 'letter': case 'write-letter':
    case 'how-i-am': case 'feeling': case 'good-news': case 'news': case 'touches': case 'in-person': return 'cherish';
    case 'deck': case 'question': case 'write': case 'written': return 'openup';
    case 'listen-ask': case 'listening': case 'listen-held': case 'listen-cards': case 'listen-practice': return 'listen';
    case 'step': return 'us';
    case 'recovery': case 'mend': case 'unsent': case 'devices': case 'add-device': case 'notifications': case 'reminders': case 'about': return 'you';
    case 'invite': case 'offers': case 'connected': case 'join': return 'today';
    default: return to;
  }
}
