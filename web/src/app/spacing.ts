// How much room letters, words, lines and paragraphs have. Kept in this browser only.
export type Spacing = 'usual' | 'open';
const kKey = 'spacing';

export function kept_spacing(): Spacing {
  try {
    return localStorage.getItem(kKey) === 'open' ? 'open' : 'usual';
  } catch {
    return 'usual';
  }
}

export function show_spacing(spacing: Spacing): void {
  const root = document.documentElement;
  if (spacing === 'usual') root.removeAttribute('data-spacing');
  else root.dataset.spacing = spacing;
}

export function keep_spacing(spacing: Spacing): void {
  show_spacing(spacing);
  try {
    if (spacing === 'usual') localStorage.removeItem(kKey);
    else localStorage.setItem(kKey, spacing);
  } catch {
    // A browser that stores nothing shows it until the page is closed.
  }
}
