// Loops that end only when somebody cancels them, and rounds of them that no cancellation can stop.
//
//   async function work({ signal }) {
//     for (;;) {
//       await step();                  // has no signal: it does not know
//       await sleep(1_000);            // nor does this
//     }                                // ← a round without a checkpoint
//   }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { pathEnds } from '../paths/all-paths.js';
import { isDoubt, loopDoubts } from '../paths/loop-doubts.js';
import type { PathEnd } from '../paths/path-question.js';

export type Loop = TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** `for (;;)`, `while (true)`, `do { … } while (true)`. */
export function isEndless({ test }: Loop): boolean {
  if (test === null) return true;
  const node = unwrapped(test);
  return node.type === 'Literal' && Boolean(node.value);
}

const NEXT_ROUND: ReadonlySet<PathEnd['kind']> = new Set(['continue', 'end']);

/** Whether a round can come to its end and pass nothing that could notice a cancellation. */
export function passesNoCheckpoint(
  loop: Loop,
  scopes: ReadonlySet<string>,
  sourceCode: SourceCode,
): boolean {
  const checkpoints = checkpointsOf(loop, scopes, sourceCode);
  // `for (; due > 0; due--) yield value;` may be known to run once at least.
  const doubts = { doubts: loopDoubts(checkpoints), from: loop.body };
  const ends = pathEnds({
    sourceCode,
    within: loop.body,
    isOpen: true,
    event: (node) =>
      checkpoints.has(node) ? 'finish' : isDoubt(node, doubts) ? 'doubt' : undefined,
  });
  return ends.some(
    ({ certain, kind, node }) =>
      certain && NEXT_ROUND.has(kind) && (node.type !== 'ContinueStatement' || node.label === null),
  );
}

/** Names of scopes, closures that may use one, and calls of what may know one. */
function checkpointsOf(
  loop: Loop,
  scopes: ReadonlySet<string>,
  sourceCode: SourceCode,
): ReadonlySet<TSESTree.Node> {
  return new Set(
    [...descendants(loop.body, sourceCode, 'own')].filter((node) => {
      if (node.type === 'Identifier') return scopes.has(node.name);
      if (node.type === 'ForOfStatement') return node.await;
      if (node.type === 'AwaitExpression') return mayKnow(unwrapped(node.argument), sourceCode);
      return node.type === 'YieldExpression' || node.type === 'ThisExpression';
    }),
  );
}

/**
 * What is awaited may know of the cancellation, by something that was made with the signal before:
 * an object, a promise, a function that another function has made.
 */
function mayKnow(awaited: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (awaited.type !== 'CallExpression') return true;
  const callee = unwrapped(awaited.callee);
  if (callee.type !== 'Identifier') return true;
  const variable = localVariableOf(callee, sourceCode);
  const isOfModule =
    variable?.scope.type === 'module' &&
    ['FunctionName', 'ImportBinding'].includes(variable.defs[0]!.type);
  return !isOfModule || !awaited.arguments.every((argument) => isPlain(unwrapped(argument)));
}

function isPlain({ type }: TSESTree.Node): boolean {
  return type === 'Literal' || type === 'TemplateLiteral';
}
