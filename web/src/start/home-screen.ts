// An iPhone empties what a tab stored after a week without a visit; on the Home Screen it stays.
const kSkipped = 'in-tab';

export function may_be_emptied(): boolean {
  const apple_touch = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
  const standalone = 'standalone' in navigator && navigator.standalone === true;
  try {
    return apple_touch && !standalone && sessionStorage.getItem(kSkipped) === null;
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
