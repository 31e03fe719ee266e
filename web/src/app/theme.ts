// Day, evening, or as the device has it. Kept in this browser only.
export type Theme = 'auto' | 'day' | 'evening';
const kKey = 'theme';

export function kept_theme(): Theme {
  try {
    const kept = localStorage.getItem(kKey);
    return kept === 'day' || kept === 'evening' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function show_theme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'auto') root.removeAttribute('data-theme');
  else root.dataset.theme = theme;
}

export function keep_theme(theme: Theme): void {
  show_theme(theme);
  try {
    if (theme === 'auto') localStorage.removeItem(kKey);
    else localStorage.setItem(kKey, theme);
  } catch {
    // A browser that stores nothing shows it until the page is closed.
  }
}
