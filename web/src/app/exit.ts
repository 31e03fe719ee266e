// Quick exit: at once a neutral page in place of this one. The only address outside that Attune ever opens.
const kElsewhere = 'https://www.bbc.com/weather';
const kTwice = 700; // ms between the two presses of Esc
const kLeft = 'left';

/** Said on the window right before it: a screen that is on its way does not come any more. */
export const kLeaving = 'leaving';

export function quick_exit(): void {
  window.dispatchEvent(new Event(kLeaving));
  try {
    sessionStorage.setItem(kLeft, '1');
  } catch {
    // Without it the back button shows Attune again; leaving still works.
  }
  document.title = '';
  document.body.replaceChildren(); // what was on the screen is gone before the network answers
  location.replace(kElsewhere);
}

/** True when the back button of a tab that was left this way leads here again: then nothing is shown and it goes on. */
export function stays_away(): boolean {
  try {
    if (sessionStorage.getItem(kLeft) === null) return false;
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (entry?.type === 'back_forward') return true;
    sessionStorage.removeItem(kLeft); // opened on purpose
    return false;
  } catch {
    return false;
  }
}

/** Listens for Esc pressed twice, on every screen, in fields and sheets too. */
export function watch_escape(exit: () => void): () => void {
  let last = -Infinity;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.repeat) return;
    if (event.timeStamp - last < kTwice) exit();
    last = event.timeStamp;
  };
  const back = (event: PageTransitionEvent) => {
    if (event.persisted && sessionStorage.getItem(kLeft) !== null) exit();
  };
  addEventListener('keydown', press, { capture: true });
  addEventListener('pageshow', back);
  return () => {
    removeEventListener('keydown', press, { capture: true });
    removeEventListener('pageshow', back);
  };
}

export { kElsewhere };
