import { describe, expect, it } from 'vitest';
import { full_date_of, helplines, type Helpline } from '../text/text.ts';
import { countries, day, dialled, sites } from './countries.ts';

const line = (country: string, name: string, service = 'A line'): Helpline => ({ country, name, service, phone: '116 016', sources: ['https://example.org/'], read: '2026-11-24' });
const codes = (lines: Helpline[], languages: string[]) => countries(lines, languages).map(({ code }) => code);
const kThree = [line('AT', 'Austria'), line('NZ', 'New Zealand'), line('SE', 'Sweden')];

describe('The countries with help', () => {
  it('stand by name, and those of the browser’s languages come first', () => {
    expect(codes([...kThree].reverse(), ['en'])).toEqual(['AT', 'NZ', 'SE']);
    expect(codes(kThree, ['sv-SE', 'en-NZ', 'de'])).toEqual(['SE', 'NZ', 'AT']);
    expect(codes(kThree, ['not a language', 'fr-FR'])).toEqual(['AT', 'NZ', 'SE']);
  });
  it('hold all their services', () => {
    expect(countries([line('AT', 'Austria', 'One'), line('AT', 'Austria', 'Two')], [])).toMatchObject([{ code: 'AT', lines: [{ service: 'One' }, { service: 'Two' }] }]);
  });
  it('are those of the list, with numbers a phone can dial', () => {
    for (const country of countries(helplines(), navigator.languages)) for (const { phone } of country.lines) expect(dialled(phone)).toMatch(/^tel:\+?\d{3,15}$/);
    expect(dialled('020-50 50 50')).toBe('tel:020505050');
  });
  it('say where their lines were read, and on which day', () => {
    expect(full_date_of(day('2026-11-24'))).toContain('24');
    expect(sites(['https://www.example.org/a', 'https://example.org/b', 'http://example.com/'])).toBe('example.org, example.com');
  });
});
