// That the gate has been passed is known to this page alone, as long as it lives: nothing is stored and nobody is told.
let passed = false;

export const gate = {
  /** Before the first session that was ever held. */
  stands: (held: number): boolean => held === 0 && !passed,
  pass: (): void => void (passed = true),
  /** As after opening Attune anew. */
  close: (): void => void (passed = false),
};
