// The texts of rooms that nobody needs before there is a space, and what practices refuse (scripts/texts.mjs). Who imports
// this has them.
import errors from '../../../content/en/errors.json?later';
import later from '../../../content/en/texts.json?later';
import { add_errors, add_texts } from './text.ts';

add_texts(later);
add_errors(errors);
