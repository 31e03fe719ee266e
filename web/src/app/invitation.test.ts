import { beforeEach, describe, expect, it } from 'vitest';
import { demo_words, find_invitation, only_here, take_from_address, typed_invitation } from './invitation.ts';

const kEnd = '#join=1.q8Kxv0mZ1oTn4cJ7bWl2yRr5sUu9pEe3hHd6gGf0aAk.https%3A%2F%2Fattune.example.org';

describe('An invitation', () => {
  it('is found in a whole message, alone, or by its end', () => {
    expect(find_invitation(`I have a link for you. https://app.example.org/${kEnd} `)).toBe(kEnd);
    expect(find_invitation(`(https://app.example.org/${kEnd}).`)).toBe(kEnd);
    expect(find_invitation(kEnd)).toBe(kEnd);
    expect(find_invitation(kEnd.slice(6))).toBe(kEnd);
  });
  it('that was cut short is still handed to the core, which says so', () => {
    expect(find_invitation('https://app.example.org/#join=1.abc')).toBe('#join=1.abc');
  });
  it('is not seen where there is none', () => {
    expect(find_invitation('https://example.org/')).toBeNull();
    expect(find_invitation('')).toBeNull();
  });
  it('has no room for recovery words, but on the computer itself, where a sample couple is tried out', () => {
    const words = ['abandon', 'ability', 'able', 'about', 'above', 'absent', 'absorb', 'abstract', 'absurd', 'abuse', 'access', 'accident'];
    const hash = `#demo=${words.join('-')}`;
    expect(demo_words({ hash, origin: 'http://127.0.0.1:8420' })).toBe(words.join(' '));
    expect(demo_words({ hash, origin: 'https://attune.example' })).toBeNull();
    expect(demo_words({ hash: `${hash}-more`, origin: 'http://localhost:8420' })).toBeNull();
    expect(demo_words({ hash: kEnd, origin: 'http://localhost:8420' })).toBeNull();
  });
  it('knows an address that another phone cannot reach', () => {
    expect(only_here('http://localhost:8420')).toBe(true);
    expect(only_here('https://attune.example.org')).toBe(false);
  });
});

describe('An invitation typed as words', () => {
  it('is told from a link, whatever stands between its words, with the address behind them or without', () => {
    expect(typed_invitation('Garden copper, window')).toEqual({ words: ['garden', 'copper', 'window'], relay: null });
    expect(typed_invitation('garden copper\nwindow\nhttps://attune.example.org')).toEqual({ words: ['garden', 'copper', 'window'], relay: 'https://attune.example.org' });
    expect(typed_invitation('garden copper localhost:8420 ')).toEqual({ words: ['garden', 'copper'], relay: 'localhost:8420' });
  });
  it('is not seen in a link, in the middle of a message or alone, nor in what is neither', () => {
    expect(typed_invitation(`I have a link for you. https://app.example.org/${kEnd}`)).toBeNull();
    expect(typed_invitation('https://example.org/holiday-pictures')).toBeNull();
    expect(typed_invitation('garden')).toBeNull();
    expect(typed_invitation('')).toBeNull();
    expect(typed_invitation('garden 12 copper')).toBeNull();
  });
});

describe('The address bar', () => {
  beforeEach(() => history.replaceState(null, '', '/'));
  it('keeps nothing of an invitation', () => {
    history.replaceState(null, '', `/${kEnd}`);
    expect(take_from_address()).toBe(kEnd);
    expect(location.href).not.toContain('join');
    expect(location.hash).toBe('');
  });
});
