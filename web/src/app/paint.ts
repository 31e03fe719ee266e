/**
 * Runs it in the frame behind the next one, when that is on the screen; at once where nobody sees any. (Behind the next
 * one's own code it would still run before that has been shown.)
 */
export function after_paint(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(() => requestAnimationFrame(run));
  else run();
}
