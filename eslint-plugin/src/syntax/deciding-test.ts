// The tests that decide whether code runs, and what they say where it does:
//
//   if (!signal) return load(id);              runs when `!signal` holds
//   signal ? send(signal) : send()             `send()` runs when `signal` does not
//   signal.aborted || (await save());          runs when `signal.aborted` does not
import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

export interface DecidingTest {
  readonly test: Node;
  /** Whether it holds where the code runs. */
  readonly holds: boolean;
}

/** The test of what is around some code, where the code is what the test decides about. */
export function testOver(code: Node, around: Node): DecidingTest | undefined {
  switch (around.type) {
    case 'ConditionalExpression':
    case 'IfStatement':
      if (around.test === code) return undefined;
      return { test: around.test, holds: around.consequent === code };
    case 'LogicalExpression':
      if (around.right !== code || around.operator === '??') return undefined;
      return { test: around.left, holds: around.operator === '&&' };
    default:
      return undefined;
  }
}

/**
 * Whether a part of a test says something, by whether that part holds: of `!a` when it does not, `a`
 * does, and of `a && b` when it does, both do.
 */
export function isSaidIn(
  { test, holds }: DecidingTest,
  says: (part: Node, holds: boolean) => boolean,
): boolean {
  const node = unwrapped(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    return isSaidIn({ test: node.argument, holds: !holds }, says);
  }
  if (node.type === 'LogicalExpression' && node.operator === (holds ? '&&' : '||')) {
    return [node.left, node.right].some((part) => isSaidIn({ test: part, holds }, says));
  }
  return says(node, holds);
}
