import type { Question } from '../core/types.ts';
import { t, when } from '../text/text.ts';

/** Bytes of an answer (PROTOCOL: the sealed box is of one size). */
export const kAnswerBytes = 4096;

type Who = { other: string; Other: string };

/** One line about where a question stands, never about what the other has or has not done. */
export function state_line(question: Question, who: Who): string {
  switch (question.state) {
    case 'offered': return question.by_me ? t('openup.offered.by-you', { when: when(question.at) }) : t('openup.offered.by-other', { ...who, when: when(question.at) });
    case 'mine-sealed': return question.sealed_at ? t('openup.sealed.yours.date', { when: when(question.sealed_at) }) : t('openup.sealing');
    case 'opening': return t('openup.opening');
    case 'opened': return !question.seen ? t('openup.ready.title') : question.opened_at ? t('openup.opened.date', { when: when(question.opened_at) }) : t('openup.history.title');
    case 'not-opened': return t('openup.not-opened');
    case 'withheld': return t('openup.withheld');
  }
}

/** Whether it still wants something of me, or of time; the rest is history. */
export function is_current(question: Question): boolean {
  return question.state === 'offered' || question.state === 'mine-sealed' || question.state === 'opening' || (question.state === 'opened' && !question.seen);
}
