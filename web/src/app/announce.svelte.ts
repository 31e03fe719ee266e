// What a screen reader is told when something happens that the eye sees: one polite live region for the whole app.
const kBetween = 50; // ms: so that of two things said at once neither takes the other's place before it was heard

export class Announcer {
  text = $state('');
  #odd = false;
  #waiting: string[] = [];
  #just_said = false;

  /** Says it once, behind what was said in this very moment. The same words twice are said twice (an invisible mark at the end makes them differ). */
  say(text: string): void {
    if (this.#just_said) {
      this.#waiting.push(text);
      return;
    }
    this.#odd = !this.#odd;
    this.text = this.#odd ? text : `${text}\u200b`;
    this.#just_said = true;
    setTimeout(() => this.#go_on());
  }

  #go_on(): void {
    this.#just_said = false;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#just_said = true;
    setTimeout(() => {
      this.#just_said = false;
      this.say(next);
    }, kBetween);
  }
}
