// How to listen, from content/<language>/: cards of a minute, and rounds to practise alone. Apart from the other texts,
// since nobody needs them before the room itself is there.
import listening from '../../../content/en/listening.json';

/** What somebody said, and how it was given back. */
export interface Example { said: string; heard: string; note?: string }
export interface Card { id: string; title: string; text: string; example: Example }
export interface Round { id: string; said: string; look_for: string[]; example: string }

export function cards(): readonly Card[] {
  return listening.cards;
}

export function rounds(): readonly Round[] {
  return listening.practice;
}
