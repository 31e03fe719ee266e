/** Runs it once the next frame is on the screen; at once where nobody sees one. */
export function after_paint(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(run));
  else run();
}
