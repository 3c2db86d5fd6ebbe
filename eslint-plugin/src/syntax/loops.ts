import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import { unwrapped } from './wrappers.js';

const LOOPS: ReadonlySet<string> = new Set([
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'WhileStatement',
]);

/** Whether a node is a statement whose body may run more than once. */
export function isLoop({ type }: TSESTree.Node): boolean {
  return LOOPS.has(type);
}

/** The names that a loop goes by: `rows: for (const row of table) { … }`. */
export function labelsOf(node: TSESTree.Node): readonly string[] {
  const labels: string[] = [];
  for (let label = node.parent; label?.type === 'LabeledStatement'; label = label.parent) {
    labels.push(label.label.name);
  }
  return labels;
}

/**
 * `for (let i = 0; i < files.length; i++) { …; if (i === files.length - 1) return ended(); }`: after a
 * round it is never the test that ends it.
 */
export function isLeftInLastRound({ body, test }: TSESTree.ForStatement): boolean {
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  if (last?.type !== 'IfStatement' || test?.type !== 'BinaryExpression') return false;
  const asked = unwrapped(last.test);
  if (test.operator !== '<' || asked.type !== 'BinaryExpression') return false;
  const end = unwrapped(asked.right);
  return (
    /^===?$/.test(asked.operator) &&
    end.type === 'BinaryExpression' &&
    end.operator === '-' &&
    end.right.type === 'Literal' &&
    end.right.value === 1 &&
    isSamePath(test.left, asked.left) &&
    isSamePath(test.right, end.left) &&
    leaves(last.consequent)
  );
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** `files.length` twice. */
function isSamePath(one: TSESTree.Node, other: TSESTree.Node): boolean {
  const [a, b] = [unwrapped(one), unwrapped(other)];
  if (a.type === 'Identifier') return b.type === 'Identifier' && a.name === b.name;
  if (a.type === 'ThisExpression') return b.type === 'ThisExpression';
  if (a.type !== 'MemberExpression' || b.type !== 'MemberExpression') return false;
  const name = propertyName(a);
  return name !== undefined && name === propertyName(b) && isSamePath(a.object, b.object);
}
