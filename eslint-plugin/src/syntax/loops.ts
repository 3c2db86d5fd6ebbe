import type { TSESTree } from '@typescript-eslint/utils';

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
