import { describe, expect, it } from 'vitest';
import { first_unknown, word_list, words_in } from './words.ts';

const list = await word_list();

describe('Words being typed', () => {
  it('are found whatever stands between them: numbers, dots, commas, lines', () => {
    expect(words_in('1. Garden\n2) copper,window;  olive')).toEqual(['garden', 'copper', 'window', 'olive']);
  });
  it('that are all on the list are left alone', () => {
    expect(list).toHaveLength(2048);
    expect(first_unknown('garden copper window olive', list)).toBeNull();
    expect(first_unknown('', list)).toBeNull();
  });
  it('are not corrected before they are finished', () => {
    expect(first_unknown('garden copp', list)).toBeNull();
    expect(first_unknown('garden coppx', list)?.word).toBe('coppx');
    expect(first_unknown('garden copp ', list)?.word).toBe('copp');
  });
  it('with a slip of the pen are told with the word that was meant', () => {
    for (const [slip, meant] of [['gardn', 'garden'], ['windwo', 'window'], ['oliive', 'olive'], ['copper', null], ['vlevet', 'velvet']] as const)
      expect(first_unknown(`${slip} `, list)?.suggestion ?? null, slip).toBe(meant);
    expect(first_unknown('gardening ', list)?.suggestion).toBe('garden');
  });
  it('that are near to none are only named', () => {
    expect(first_unknown('xylophonist ', list)).toEqual({ word: 'xylophonist', suggestion: null });
  });
});
