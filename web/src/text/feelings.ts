// Feelings, from content/<language>/: families, and in each what it is like. Apart from the other texts, since nobody needs
// them before there is a space.
import content from '../../../content/en/feelings.json';
import { language, t } from './text.ts';

/** `like`: what it is like, in one line. */
export interface Feeling { id: string; name: string; like: string }
export interface Family extends Feeling { feelings: Feeling[] }

export function families(): readonly Family[] {
  return content.families;
}

export function feeling_of(id: string): Feeling | undefined {
  return content.families.flatMap(({ feelings }) => feelings).find((one) => one.id === id);
}

export function family_of(id: string): Family | undefined {
  return content.families.find(({ feelings }) => feelings.some((one) => one.id === id));
}

/** One feeling or two, as one says them; one from a newer content says so. */
export function feelings_text(ids: readonly string[]): string {
  const [first = t('app.newer'), second] = ids.map((id) => feeling_of(id)?.name ?? t('app.newer'));
  return second === undefined ? first : t('feelings.both', { first, second: second.toLocaleLowerCase(language) });
}
