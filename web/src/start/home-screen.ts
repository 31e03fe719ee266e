// An iPhone empties what a tab stored after a week without a visit; on the Home Screen it stays.
const kSkipped = 'in-tab';

/** A tab there also shows no notifications. */
export function in_apple_tab(): boolean {
  const apple_touch = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
  return apple_touch && !('standalone' in navigator && navigator.standalone === true);
}

export function may_be_emptied(): boolean {
  try {
    return in_apple_tab() && sessionStorage.getItem(kSkipped) === null;
  } catch {
    return false;
  }
}

export function go_on_in_tab(): void {
  try {
    sessionStorage.setItem(kSkipped, '1');
  } catch {
    // Then it is shown again at the next visit.
  }
}
