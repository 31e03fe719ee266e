// Which language the app speaks, and which way it is written. English is the only one so far, and no screen offers a
// choice. `en-x-rtl` is nobody's language: the pseudo-locale (pseudo.ts), for whoever writes it into this browser's
// storage by hand, as a test does that walks through the app from right to left.
const kKey = 'language';
export const kEnglish = { tag: 'en', direction: 'ltr' } as const;
export const kPseudo = { tag: 'en-x-rtl', direction: 'rtl' } as const;
export type Language = typeof kEnglish | typeof kPseudo;

export function kept_language(): Language {
  try {
    return localStorage.getItem(kKey) === kPseudo.tag ? kPseudo : kEnglish;
  } catch {
    return kEnglish;
  }
}

/** Before the first screen. English is there already; anything else is fetched, and kept for opening offline. */
export async function speak(language: Language): Promise<void> {
  if (language === kPseudo) (await import('./speak-pseudo.ts')).speak_pseudo();
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
}
