// The questions of Open up. They come with the screens that need them (src/app/Later.svelte): nobody pairs by one.
import deck from '../../../content/en/decks/open-up.json';
import { t } from './text.ts';

/** `depth` 1 light, 2 personal, 3 tender; `minutes` is what both answers and a short talk take. */
export interface Prompt { id: string; depth: number; theme: string; mood: string; minutes: number; text: string }

const prompts: readonly Prompt[] = deck.prompts;
const by_id = new Map(prompts.map((prompt) => [prompt.id, prompt]));

export function all_prompts(): readonly Prompt[] {
  return prompts;
}

/** The wording of a prompt; one from a newer deck says so. */
export function prompt_text(id: string | null): string {
  if (id === null) return '';
  return by_id.get(id)?.text ?? t('app.newer');
}

/** What questions are about, in the order in which they come in the deck. */
export const themes: readonly string[] = [...new Set(prompts.map(({ theme }) => theme))];
export const moods: readonly string[] = [...new Set(prompts.map(({ mood }) => mood))];
