// What a screen reader is told when something happens that the eye sees: one polite live region for the whole app.
export class Announcer {
  text = $state('');
  #odd = false;

  /** Says it once. The same words twice are said twice (an invisible mark at the end makes them differ). */
  say(text: string): void {
    this.#odd = !this.#odd;
    this.text = this.#odd ? text : `${text}\u200b`;
  }
}
