import type { FunctionNode } from '../syntax/enclosing.js';

/**
 * What was found of functions, since each of their calls asks again. With a bound on how many functions
 * are looked into, one out of the other, the depth that was left is a part of the question: what was
 * found with little of it is no answer for who has more.
 */
export class FunctionAnswers {
  readonly #known: WeakMap<FunctionNode, Map<number | string, boolean>> = new WeakMap();

  of(node: FunctionNode, question: number | string, find: () => boolean): boolean {
    const answers = this.#known.get(node) ?? new Map<number | string, boolean>();
    this.#known.set(node, answers);
    const answer = answers.get(question) ?? find();
    answers.set(question, answer);
    return answer;
  }
}
