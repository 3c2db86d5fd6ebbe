// Which parts of a function a call can come to, where it writes out what the conditions ask about:
//
//   save(page, false);     async function save(page: Page, isNow = true) {
//                            page.saved = true;
//                            if (isNow) await write(page);          // not this one
//                          }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { type FunctionNode, isFunction } from './enclosing.js';
import { GivenValues } from './given-values.js';
import type { SourceCode } from './variable.js';

type Node = TSESTree.Node;

/** Functions whose text is longer are not looked through for each of their calls. */
const LONGEST = 10_000;

/** Whether a part of the function can be come to; `undefined` where that is so of all of them. */
export function reachedWith(
  called: FunctionNode,
  given: readonly Node[],
  sourceCode: SourceCode,
): ((part: Node) => boolean) | undefined {
  const [start, end] = called.range;
  if (called.body.type !== 'BlockStatement' || end - start > LONGEST) return undefined;
  const missed = new Missed(called, new GivenValues(called, given, sourceCode), sourceCode);
  if (missed.parts.size === 0) return undefined;
  return (part) => {
    for (let at = part; at !== called && at.parent != null; at = at.parent) {
      if (missed.parts.has(at)) return false;
    }
    return true;
  };
}

/** The parts that are not come to. */
class Missed {
  readonly parts: Set<Node> = new Set();
  readonly #values: GivenValues;
  readonly #leaving: Map<Node, boolean> = new Map();

  constructor(called: FunctionNode, values: GivenValues, sourceCode: SourceCode) {
    this.#values = values;
    const isClosed = (node: Node): boolean => isFunction(node) || this.parts.has(node);
    for (const node of descendants(called.body, sourceCode, isClosed)) {
      if (!this.parts.has(node)) this.#look(node);
    }
  }

  #look(node: Node): void {
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression': {
        const holds = this.#values.holds(node.test);
        if (holds === undefined) return;
        const missed = holds ? node.alternate : node.consequent;
        if (missed !== null) this.parts.add(missed);
        return;
      }
      case 'LogicalExpression': {
        const holds = node.operator === '??' ? undefined : this.#values.holds(node.left);
        if (holds === (node.operator === '||')) this.parts.add(node.right);
        return;
      }
      case 'BlockStatement': {
        const last = node.body.findIndex((each) => this.#leaves(each));
        if (last !== -1) node.body.slice(last + 1).forEach((each) => this.parts.add(each));
        return;
      }
      default:
    }
  }

  /** Whether what stands after a statement is not come to. */
  #leaves(statement: Node): boolean {
    const known = this.#leaving.get(statement);
    if (known !== undefined) return known;
    const found = this.#findLeaving(statement);
    this.#leaving.set(statement, found);
    return found;
  }

  #findLeaving(statement: Node): boolean {
    switch (statement.type) {
      case 'ReturnStatement':
      case 'ThrowStatement':
        return true;
      case 'BlockStatement':
        return statement.body.some((each) => this.#leaves(each));
      case 'IfStatement': {
        const holds = this.#values.holds(statement.test);
        const { alternate, consequent } = statement;
        const [then, otherwise] = [
          this.#leaves(consequent),
          alternate ? this.#leaves(alternate) : false,
        ];
        return holds === undefined ? then && otherwise : holds ? then : otherwise;
      }
      default:
        return false;
    }
  }
}
