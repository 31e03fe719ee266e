// The big line of a face, and the one below it.
import { t, type TextKey } from '../../text/text.ts';
import type { Asking, Running } from './faces.ts';

/** To be read aloud: with a stop before what follows. */
export const stopped = (line: string): string => (line === '' || /[.?…]$/.test(line) ? line : `${line}.`);

export interface How {
  other: string;
  Other: string;
  typed: boolean;
  /** The piece goes round once more. */
  again: boolean;
  asking: Asking;
}

export function title_of(face: Running, how: How): string {
  const who = { other: how.other, Other: how.Other };
  if (how.asking === 'instead') return t('listen.room.instead.title');
  if (how.asking === 'missed') return t('listen.room.missed.title');
  if (how.typed) {
    if (face === 'spoken.mine') return t('listen.room.wrote', who);
    if (face === 'given-back.mine') return t('listen.room.heard', who);
    if (face === 'feeling-given.mine') return t('listen.room.imagines', who);
  } else if (how.again && face === 'spoken.theirs') return t('listen.room.spoken.theirs.again.title');
  return t(`listen.room.${face}.title`, who);
}

/** Faces that read otherwise in writing. */
const kTyped: Partial<Record<Running, TextKey>> = {
  'speaking.mine': 'listen.room.speaking.mine.typed',
  'speaking.theirs': 'listen.room.speaking.theirs.typed',
  'given-back.theirs': 'listen.room.given-back.theirs.typed',
  'given-back.mine': 'listen.room.given-back.mine.typed',
  'feeling-given.mine': 'listen.room.feeling-given.mine.typed',
};

export function lead_of(face: Running, how: How & { swap: boolean; smaller: boolean }): string {
  const who = { other: how.other, Other: how.Other };
  if (how.asking === 'instead') return how.typed ? '' : t('listen.room.instead.lead');
  if (how.asking === 'missed') return '';
  if (how.swap && face === 'speaking.mine') return t('listen.room.swap.mine', who);
  if (how.swap && face === 'speaking.theirs') return t('listen.room.swap.theirs', who);
  if (how.smaller && face === 'speaking.mine') return t('listen.room.smaller.mine');
  if (how.typed) {
    if (face === 'spoken.mine') return how.again ? t('listen.room.spoken.mine.again.typed') : '';
    if (face === 'making-sense.mine' || face === 'imagining.mine') return t(`listen.room.${face}.lead`, who);
    const key = kTyped[face];
    if (key) return t(key, who);
  } else if (how.again && (face === 'spoken.mine' || face === 'spoken.theirs')) return t(`listen.room.${face}.again.lead`, who);
  return t(`listen.room.${face}.lead`, who);
}
