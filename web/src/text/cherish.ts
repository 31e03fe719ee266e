// What the room Cherish offers ready-made, from content/<language>/: efforts, gestures, touches, ways to say love, cards for
// when both are in one room, and what to ask about good news. Apart from the other texts, since nobody needs it before there
// is a space. Items refer to these by their ids for ever; an id from a newer Attune is said to be one.
import content from '../../../content/en/cherish.json';
import type { Sort, Touch } from '../core/types.ts';
import { t } from './text.ts';

export const kEffortGroups = ['home', 'people', 'mind', 'money', 'us'] as const;
export type EffortGroup = (typeof kEffortGroups)[number];
/** Something the other does. `invisible`: nobody sees it being done. */
export interface Effort { id: string; group: EffortGroup; invisible: boolean; text: string }

export const kGestureGroups = ['touch', 'words', 'deeds', 'time', 'distance'] as const;
export type GestureGroup = (typeof kGestureGroups)[number];
export interface Gesture { id: string; group: GestureGroup; text: string }

export interface Love { id: string; text: string }
export interface InPersonCard { id: string; title: string; seconds: number; lead: string; steps: string[]; after: string }
export interface NewsSort { id: Sort; name: string; questions: { id: string; text: string }[] }

export const kTouches = ['squeeze', 'hug', 'kiss', 'love', 'thought'] as const satisfies readonly Touch[];

function by_id<T extends { id: string }>(all: readonly T[]): (id: string) => T | undefined {
  const map = new Map(all.map((one) => [one.id, one]));
  return (id) => map.get(id);
}

const kEfforts = content.efforts as readonly Effort[];
export const efforts = (): readonly Effort[] => kEfforts;
export const effort = by_id(kEfforts);
export const effort_text = (id: string): string => effort(id)?.text ?? t('app.newer');

const kGestures = content.gestures as readonly Gesture[];
export const gestures = (): readonly Gesture[] => kGestures;
export const gesture = by_id(kGestures);
export const gesture_text = (id: string): string => gesture(id)?.text ?? t('app.newer');

const touch_of = (touch: Touch) => content.touches.find((one) => one.id === touch);

export function touch_name(touch: Touch): string {
  return touch_of(touch)?.name ?? t('app.newer');
}

/** What is said when one arrives. */
export function arrives(touch: Touch, { Other }: { Other: string }): string {
  return (touch_of(touch)?.arrives ?? t('app.newer')).replace('{Other}', Other);
}

export function loves(): readonly Love[] {
  return content.loves;
}

export function in_person(): readonly InPersonCard[] {
  return content.cards;
}

export function news_sorts(): readonly NewsSort[] {
  return content.news as NewsSort[];
}

export function news_sort(sort: Sort): NewsSort | undefined {
  return news_sorts().find((one) => one.id === sort);
}

/** The two that are offered for one good news: the first at this place, counted round, the second behind it. */
export function offered_questions(sort: Sort, offered: number): { id: string; text: string }[] {
  const all = news_sort(sort)?.questions ?? [];
  return [0, 1].flatMap((behind) => all[(offered + behind) % all.length] ?? []);
}

export function news_question(id: string): string {
  return news_sorts().flatMap(({ questions }) => questions).find((one) => one.id === id)?.text ?? t('app.newer');
}
