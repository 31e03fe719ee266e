// The countries with somebody to turn to, in the order in which they are offered.
import type { Helpline } from '../text/text.ts';

export interface Country { code: string; name: string; lines: Helpline[] }

/**
 * By name, those of the browser's languages first ("en-NZ" puts New Zealand there). That is all that is guessed: no place is
 * looked up, none is chosen, and nothing is stored.
 */
export function countries(lines: readonly Helpline[], languages: readonly string[]): Country[] {
  const found = new Map<string, Country>();
  for (const line of lines) {
    const country = found.get(line.country);
    if (country) country.lines.push(line);
    else found.set(line.country, { code: line.country, name: line.name, lines: [line] });
  }
  const near = languages.map(region_of);
  const rank = ({ code }: Country) => (near.includes(code) ? near.indexOf(code) : near.length);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function region_of(language: string): string {
  try {
    return new Intl.Locale(language).region ?? '';
  } catch {
    return '';
  }
}

/** What a telephone dials. */
export const dialled = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** The sites of some addresses, each once, as people say them. */
export function sites(addresses: readonly string[]): string {
  return [...new Set(addresses.map((address) => new URL(address).hostname.replace(/^www\./, '')))].join(', ');
}

/** A day of the list, as a moment of that day wherever one is. */
export const day = (date: string): number => Date.parse(`${date}T12:00`);
