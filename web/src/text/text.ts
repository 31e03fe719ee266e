// Every word a person reads comes from content/<language>/: this is the only place that looks it up.
import errors from '../../../content/en/errors.json';
import help from '../../../content/en/help.json';
import texts from '../../../content/en/texts.json';
import type { At } from '../core/types.ts';

type Entry = keyof typeof texts;
/** Keys whose text has a form for one and a form for more. */
type CountOf<K> = K extends `${infer Base}.other` ? (`${Base}.one` extends Entry ? Base : never) : never;
export type CountKey = CountOf<Entry>;
export type TextKey = Exclude<Entry, `${CountKey}.one` | `${CountKey}.other`>;
export type Params = Record<string, string | number>;
export interface ErrorText { what: string; safe: string; do: string }
/** Somebody to turn to: a service in a country, how to reach it, and on which pages that was read when (a date as YYYY-MM-DD). */
export interface Helpline {
  country: string; name: string; service: string; phone: string;
  text?: string; web?: string; hours?: string; languages?: string; for?: string;
  sources: string[]; read: string;
}

/** The language of the texts. One so far; dates follow the reader's own variety of it. */
export const language = 'en';
const locale = navigator.languages.find((l) => l.split('-')[0] === language) ?? 'en-GB';
const plural = new Intl.PluralRules(locale);
const figures = new Intl.NumberFormat(locale);

function fill(text: string, params?: Params): string {
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole;
    return typeof value === 'number' ? figures.format(value) : value;
  });
}

/** Those that come later (later.ts). */
export function add_texts(more: Record<string, string>): void {
  Object.assign(texts, more);
}

export function add_errors(more: Record<string, ErrorText>): void {
  Object.assign(errors, more);
}

export function t(key: TextKey, params?: Params): string {
  return fill(texts[key], params);
}

/** A text that depends on a count; {n} is filled in. */
export function tn(key: CountKey, n: number, params?: Params): string {
  const form = plural.select(n) === 'one' ? (`${key}.one` as const) : (`${key}.other` as const);
  return fill(texts[form], { n, ...params });
}

/** What the partner is called, at the start of a sentence and inside one. */
export function names(partner: string | null | undefined): { other: string; Other: string } {
  return partner ? { other: partner, Other: partner } : { other: t('partner.unnamed'), Other: t('partner.unnamed.start') };
}

/** The sentences of an error code; one that came with a newer core has the sentences of something unknown. */
export function error_text(code: string, params?: Params): ErrorText {
  const entry = (errors as Record<string, ErrorText>)[code] ?? errors['unknown-code'];
  return { what: fill(entry.what, params), safe: fill(entry.safe, params), do: fill(entry.do, params) };
}

/** Where help is, by country. They are here from the first moment, as all texts are: nothing is fetched for them. */
export function helplines(): readonly Helpline[] {
  return help;
}

// ---------------------------------------------------------------------------------------------------------- times

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
const day_year = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const weekday_alone = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' });

const ms_of = (at: At | number): number => (typeof at === 'number' ? at : at.ms);
const day_start = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

export function time_of(at: At | number): string {
  return clock.format(ms_of(at));
}

export function date_of(at: At | number, now = Date.now()): string {
  const ms = ms_of(at);
  return (new Date(ms).getFullYear() === new Date(now).getFullYear() ? day : day_year).format(ms);
}

/** With its year, for what is read years later. */
export function full_date_of(at: At | number): string {
  return day_year.format(ms_of(at));
}

export function weekday_of(at: At | number): string {
  return weekday.format(ms_of(at));
}

export function weekday_name(at: At | number): string {
  return weekday_alone.format(ms_of(at));
}

export function month_of(at: At | number): string {
  return month.format(ms_of(at));
}

/** In the reader's own time: "just now", "today, 21:04", "yesterday, 21:04", "2 March, 21:04". */
export function when(at: At | number, now = Date.now()): string {
  const ms = ms_of(at);
  const time = time_of(ms);
  if (Math.abs(now - ms) < 60_000) return t('time.just-now');
  const days = Math.round((day_start(ms) - day_start(now)) / 86_400_000);
  if (days === 0) return t('time.today', { time });
  if (days === -1) return t('time.yesterday', { time });
  if (days === 1) return t('time.tomorrow', { time });
  return t('time.date', { date: date_of(ms, now), time });
}

/** A text that has a line to itself, which begins with a capital. */
export function starting(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/** Whether it is today, for lines that name the hour only then. */
export function is_today(at: At | number, now = Date.now()): boolean {
  return day_start(ms_of(at)) === day_start(now);
}

/** Which of the four greetings fits the hour. */
export function greeting(name: string | null, now = Date.now()): string {
  const hour = new Date(now).getHours();
  const part = hour < 5 || hour >= 23 ? 'night' : hour < 11 ? 'morning' : hour < 17 ? 'day' : 'evening';
  return name ? t(`today.greeting.${part}.name`, { name }) : t(`today.greeting.${part}`);
}
