// All texts of the app in the pseudo-locale: they are looked up in these objects.
import cherish from '../../../content/en/cherish.json';
import deck from '../../../content/en/decks/open-up.json';
import errors from '../../../content/en/errors.json';
import errors_later from '../../../content/en/errors.json?later';
import feelings from '../../../content/en/feelings.json';
import help from '../../../content/en/help.json';
import listening from '../../../content/en/listening.json';
import texts from '../../../content/en/texts.json';
import later from '../../../content/en/texts.json?later';
import { pseudo_in } from './pseudo.ts';

/** Once, before the first screen. */
export function speak_pseudo(): void {
  pseudo_in(texts);
  pseudo_in(later);
  pseudo_in(errors);
  pseudo_in(errors_later);
  pseudo_in(deck.prompts, ['id', 'theme', 'mood']);
  pseudo_in(listening, ['id']);
  pseudo_in(feelings, ['id', 'language']);
  pseudo_in(cherish, ['id', 'group', 'language']);
  pseudo_in(help, ['country', 'service', 'phone', 'text', 'web', 'sources', 'read']);
}
