// The words on the screens, looked up as the app looks them up: tests name things as a person reads them.
import { readFileSync } from 'node:fs';

export const content = (file) => JSON.parse(readFileSync(new URL(`../../../content/en/${file}`, import.meta.url), 'utf8'));
const texts = content('texts.json');
const errors = content('errors.json');
export const deck = content('decks/open-up.json').prompts;

/** From here on the words of the pseudo-locale, as an app speaks them that was asked for it (src/text/language.ts). */
export async function speak_pseudo() {
  const { pseudo_in } = await import('../../src/text/pseudo.ts');
  for (const table of [texts, errors]) pseudo_in(table);
  pseudo_in(deck, ['id', 'theme', 'mood']);
}

const fill = (text, params = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));

export function t(key, params) {
  if (!(key in texts)) throw new Error(`no text ${key}`);
  return fill(texts[key], params);
}

/** A text that depends on a count. */
export const tn = (key, n, params) => t(`${key}.${n === 1 ? 'one' : 'other'}`, { n, ...params });

/** What a fault says first. */
export function what(code, params) {
  if (!(code in errors)) throw new Error(`no error ${code}`);
  return fill(errors[code].what, params);
}

/** All three sentences of a fault. */
export const sentences = (code) => errors[code];

/** Places for the partner's name: {other} inside a sentence, {Other} at its start. */
export const called = (name) => (name ? { other: name, Other: name } : { other: t('partner.unnamed'), Other: t('partner.unnamed.start') });
