/** Further than a person would follow names; a program that a program has written may go on. */
const MOST = 200;

/**
 * How deep a question is in itself: one that leads from name to name, from function to function. The
 * stack has an end, and where it ends the rule says nothing of the whole file.
 */
export class Depth {
  #depth = 0;

  /** The answer; the other one, where it is asked from too deep. */
  within<Answer>(question: () => Answer, otherwise: Answer): Answer {
    if (this.#depth >= MOST) return otherwise;
    this.#depth++;
    try {
      return question();
    } finally {
      this.#depth--;
    }
  }
}
