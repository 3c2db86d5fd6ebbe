import { unlessRefused } from './failure.js';

/** Runs a question to the checker's process, and says it when the process cannot answer. */
export type Ask = <Answer>(question: () => Answer) => Answer;

/** A question whose answer is asked for once. */
export type AskedOnce<Key, Answer> = (key: Key) => Answer;

/**
 * A question that is asked once. There are types that the checker fails on: 7.0 has no answer to what
 * the parts are of `names.match(/x/g) || []`. Of such nothing is known.
 */
export function askedOnce<Key, Answer>(
  ask: Ask,
  question: (key: Key) => Answer,
  otherwise: () => Answer,
): AskedOnce<Key, Answer> {
  const answers = new Map<Key, Answer>();
  return (key) => {
    if (answers.has(key)) return answers.get(key)!;
    const answer = unlessRefused(
      () => ask(() => question(key)),
      () => ask(otherwise),
    );
    answers.set(key, answer);
    return answer;
  };
}
