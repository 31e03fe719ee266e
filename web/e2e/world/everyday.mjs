// The small things of every day, as a person does them.
import { content, t } from './texts.mjs';

export const { families } = content('feelings.json');
export const { efforts, gestures, loves, news, touches } = content('cherish.json');

/** One of several that can be chosen, however many may be. */
export const choice = (phone, name) =>
  phone.page.getByRole('checkbox', { name }).or(phone.page.getByRole('radio', { name })).or(phone.page.getByRole('button', { name })).filter({ visible: true }).first();
const begins = (text) => new RegExp(`^${text}`);

/** Picks one feeling, from anywhere inside. */
export async function pick(phone, family, feeling) {
  await phone.go('today');
  await phone.tap('feelings.room');
  await phone.at('feelings.title');
  await choice(phone, begins(family.name)).click();
  await choice(phone, begins(feeling.name)).click();
}

/** Keeps for oneself how one is, with a line. */
export async function note_how(phone, line) {
  await pick(phone, families[0], families[0].feelings[0]);
  await phone.tap('feelings.go-on');
  await phone.write('feelings.line', line);
  await choice(phone, begins(t('feelings.for-me'))).click();
  await phone.tap('feelings.for-me');
  await phone.sees('feelings.noted');
}

/** A day so far from now, as a date field takes it. */
export function day(ahead) {
  const then = new Date();
  then.setDate(then.getDate() + ahead);
  return `${then.getFullYear()}-${String(then.getMonth() + 1).padStart(2, '0')}-${String(then.getDate()).padStart(2, '0')}`;
}

/** Seals a letter for three days from now; `holder` is me or app. */
export async function seal_letter(phone, words, holder) {
  await phone.room('cherish');
  await phone.tap('letters.title');
  await phone.tap('letters.write');
  await phone.write('letters.text', words);
  await phone.write('letters.day', day(3));
  await phone.page.getByRole('radio', { name: begins(t(`letters.holder.${holder}`)) }).click();
  await phone.tap(holder === 'me' ? 'letters.seal.keep' : 'letters.seal.send');
}

/** Puts an effort on one's own list. */
export async function list_effort(phone, words) {
  await phone.room('cherish');
  await phone.tap('noticed.title');
  await phone.tap('noticed.list.edit');
  await phone.write('noticed.list.add', words);
  await phone.tap('noticed.list.put');
  await phone.page.getByRole('switch', { name: begins(words) }).waitFor();
}
