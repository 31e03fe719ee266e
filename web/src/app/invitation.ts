// The link as a person holds it: alone, in the middle of a message, or only its end.

/** The part that matters (`#join=…`), or null when there is none in the text. */
export function find_invitation(text: string): string | null {
  const found = /#join=[^\s<>"']+/.exec(text);
  if (found) return found[0].replace(/[.,;:!?)\]]+$/, '');
  const bare = /^\s*(?:join=)?(1\.[A-Za-z0-9_-]+\.\S+)\s*$/.exec(text);
  return bare ? `#join=${bare[1]}` : null;
}

export interface Typed {
  words: string[];
  /** The server's address, where it stands behind the words. */
  relay: string | null;
}

/** An invitation typed as words off another screen, or null where the text is something else. */
export function typed_invitation(text: string): Typed | null {
  if (find_invitation(text) !== null) return null;
  const parts = text.trim().split(/\s+/);
  const last = parts.at(-1) ?? '';
  const relay = parts.length > 2 && /[.:]./.test(last) ? last : null;
  const words = (relay === null ? parts : parts.slice(0, -1)).map((part) => part.toLowerCase().replace(/[,;.]$/, ''));
  return words.length > 1 && words.every((word) => /^\p{L}+$/u.test(word)) ? { words, relay } : null;
}

/** Takes an invitation out of the address bar at once, so that neither the history nor a glance at the screen keeps it. */
export function take_from_address(): string | null {
  const link = find_invitation(location.hash);
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return link;
}

/**
 * The words of a sample person, as `./run --demo` hands them out. Heeded on the computer itself only: from anywhere else
 * somebody could send a link with words of their own, and have a stranger write into a space that is not theirs.
 */
export function demo_words(address: { hash: string; origin: string }): string | null {
  const found = /^#demo=([a-z]+(?:-[a-z]+){11})$/.exec(address.hash);
  return found?.[1] !== undefined && only_here(address.origin) ? found[1].replaceAll('-', ' ') : null;
}

/** True for an address that another phone cannot reach. */
export function only_here(address: string): boolean {
  try {
    const { hostname } = new URL(address);
    return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
  } catch {
    return false;
  }
}

/** An address as people read it: without the scheme of a safe one. */
export function plain_address(address: string): string {
  return address.replace(/^https:\/\//, '');
}
