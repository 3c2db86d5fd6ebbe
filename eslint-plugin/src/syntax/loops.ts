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
