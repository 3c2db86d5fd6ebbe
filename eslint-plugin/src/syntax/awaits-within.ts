import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from './enclosing.js';

/**
 * Which parts of a file await something, in the same run: a part of a function, of the program. Each
 * node is gone through once, however deep the code is.
 */
export class AwaitsWithin {
  readonly #first: Map<TSESTree.Node, TSESTree.AwaitExpression> = new Map();
  readonly #lastArguments: Map<TSESTree.Node, number> = new Map();

  add(awaiting: TSESTree.AwaitExpression): void {
    const run = enclosingRun(awaiting);
    let node: TSESTree.Node | undefined = awaiting;
    for (; node != null && node !== run && !this.#first.has(node); node = node.parent) {
      this.#first.set(node, awaiting);
    }
  }

  /** The first await in a node, that of a nested function aside. */
  firstIn(node: TSESTree.Node): TSESTree.AwaitExpression | undefined {
    return this.#first.get(node);
  }

  /** Whether an argument after that one awaits something. */
  isAfterArgument(
    call: TSESTree.CallExpression | TSESTree.NewExpression,
    argument: number,
  ): boolean {
    let last = this.#lastArguments.get(call);
    if (last === undefined) {
      last = call.arguments.length - 1;
      while (last >= 0 && !this.#first.has(call.arguments[last]!)) last--;
      this.#lastArguments.set(call, last);
    }
    return last > argument;
  }
}
