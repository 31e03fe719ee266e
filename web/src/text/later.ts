// The texts of rooms that nobody needs before there is a space (scripts/texts.mjs). Who imports this has them.
import later from '../../../content/en/texts.json?later';
import { add_texts } from './text.ts';

add_texts(later);
