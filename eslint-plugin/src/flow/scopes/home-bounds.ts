// What lies in the block or the function that a group ends with, and what lives longer.
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isFunction, isInside } from '../../syntax/enclosing.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';

export class HomeBounds {
  /** The function that a `return` has to leave to leave the home as well. */
  readonly run: TSESTree.Node;
  readonly #home: TSESTree.Node;
  readonly #sourceCode: SourceCode;

  constructor(home: TSESTree.Node, sourceCode: SourceCode) {
    this.run = isFunction(home) ? home : enclosingRun(home);
    this.#home = home;
    this.#sourceCode = sourceCode;
  }

  /** Whether a function is made in the home, and may be called when that has ended. */
  isClosure(node: TSESTree.Node): boolean {
    return node !== this.run && isInside(node, this.#home);
  }

  /** The variable of the home that a name, or what a member belongs to, stands for. */
  variableInside(node: TSESTree.Node): Variable | undefined {
    const root = rootOf(node);
    const variable = root.type === 'Identifier' ? variableOf(root, this.#sourceCode) : undefined;
    return variable !== undefined && this.#isInHome(variable) ? variable : undefined;
  }

  /** Whether what a name or a member belongs to lives longer than the home. */
  isOutside(node: TSESTree.Node): boolean {
    const root = rootOf(node);
    if (root.type === 'Identifier') return this.variableInside(root) === undefined;
    return root.type === 'ThisExpression' && this.#isThisOutside(root);
  }

  /** Declared in the home; or before it, in the same function, and used nowhere else. */
  #isInHome(variable: Variable): boolean {
    if (variable.defs.length === 0) return false;
    if (variable.defs.every(({ name }) => isInside(name, this.#home))) return true;
    const isOfRun = variable.defs.every(
      ({ name, type }) => type === 'Variable' && enclosingRun(name) === this.run,
    );
    return (
      isOfRun &&
      variable.references.every(
        ({ identifier, init }) => init === true || isInside(identifier, this.#home),
      )
    );
  }

  /** Functions and classes that the home makes have a `this` of their own; arrows have not. */
  #isThisOutside(node: TSESTree.Node): boolean {
    for (let around = node.parent; around != null; around = around.parent) {
      const hasThis = isFunction(around) && around.type !== 'ArrowFunctionExpression';
      if (hasThis || around.type === 'ClassBody') return !isInside(around, this.#home);
    }
    return true;
  }
}

/** `state` of `state.current.task`. */
function rootOf(node: TSESTree.Node): TSESTree.Node {
  let root = unwrapped(node);
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  return root;
}
