import type { TSESTree } from '@typescript-eslint/utils';

import {
  enclosingRun,
  type FunctionNode,
  isFunction,
  type RunNode,
} from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { outermost } from '../../syntax/wrappers.js';

/** The function around a node, and those around it while each is one that only its own code calls. */
export function runsOf(node: TSESTree.Node, file: FileNames): readonly RunNode[] {
  const runs: RunNode[] = [];
  for (let run = enclosingRun(node); ; run = enclosingRun(run)) {
    runs.push(run);
    if (!isFunction(run) || !isLocal(run, file)) return runs;
  }
}

/** Each call in a function asks this of it. */
const locals = new WeakMap<FunctionNode, boolean>();

function isLocal(run: FunctionNode, file: FileNames): boolean {
  const known = locals.get(run);
  if (known !== undefined) return known;
  const answer = findWhetherLocal(run, file);
  locals.set(run, answer);
  return answer;
}

function findWhetherLocal(run: FunctionNode, { sourceCode }: FileNames): boolean {
  const holder = run.type === 'FunctionDeclaration' ? run : outermost(run).parent;
  if (holder?.type !== 'FunctionDeclaration' && holder?.type !== 'VariableDeclarator') return false;
  if (!isFunction(enclosingRun(holder))) return false;
  const [variable] = sourceCode.getDeclaredVariables(holder);
  return (
    variable?.references.every(({ identifier, init }) => {
      const { parent } = identifier;
      return init === true || (parent.type === 'CallExpression' && parent.callee === identifier);
    }) === true
  );
}
