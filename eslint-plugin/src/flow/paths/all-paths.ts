// What comes first on each path? The one question behind "does every path from A to the end of B
// pass C", "is there a path on which D comes before C", and "can an iteration pass no C".
//
//   const ends = pathEnds({
//     sourceCode,
//     within: block,                       // paths start at its beginning, end where control leaves it
//     event: (node) =>                     // asked when a node has been evaluated, operands first
//       node === declarator ? 'open' : joins.has(node) ? 'finish' : undefined,
//   });
//
// A path is *open* from an `open` event to the next `close` or `finish`. Each place where an open
// path meets an `offence`, or leaves `within`, is an end: `{ kind, node, certain }`. No end: on
// every path from A, C comes first. Which kinds of end matter is the rule's business:
// require-join looks at `end`, `return`, `break` and `continue`, and lets `throw` go;
// a loop's iteration that passes no C is an `end` or a `continue` of its body.
//
// The road not taken: ESLint's own code paths. They end with the function and not with a block;
// a `break` in them jumps over the `finally` around it; after a `finally` they no longer tell a
// `return` from a `throw`; an error reaches `catch` from the first name in the `try` only, which
// makes `try { await group.join() } catch {}` a path without a join; and their events cost every
// file something, where a walk costs only those that have a candidate.
import type { TSESTree } from '@typescript-eslint/utils';

import { EXPRESSIONS } from './expressions.js';
import type { PathEnd, PathQuestion } from './path-question.js';
import { LOOP_STATEMENTS } from './loop-statements.js';
import { STATEMENTS } from './statements.js';
import { Walk } from './walk.js';

const HANDLERS = new Map([...EXPRESSIONS, ...STATEMENTS, ...LOOP_STATEMENTS]);

/** More tests that occur twice are not combined: each doubles the work. */
const MOST_REPEATED_TESTS = 3;

/** The ends of the open paths of a question, in the order of the text. */
export function pathEnds(question: PathQuestion): readonly PathEnd[] {
  const walk = new Walk(question, new Map(), HANDLERS);
  const ends = walk.run();
  const tests = walk.repeatedTests.slice(0, MOST_REPEATED_TESTS);
  if (ends.length === 0 || tests.length === 0) return ends;
  const confirmed = certainEndsFor(question, tests);
  return ends.map((end) => ({ ...end, certain: end.certain && confirmed.has(end.node) }));
}

/** Whether any path may end: where none does, nobody need ask how certain that is. */
export function hasEnds(question: PathQuestion): boolean {
  return new Walk(question, new Map(), HANDLERS).run().length > 0;
}

/**
 * The ends that are reached with a test that occurs twice having one value all the time:
 *
 *     if (live) group.createTask(poll);
 *     if (!live) return;                   // ← no path from the task leads here
 */
function certainEndsFor(
  question: PathQuestion,
  tests: readonly string[],
): ReadonlySet<TSESTree.Node> {
  const confirmed = new Set<TSESTree.Node>();
  for (let values = 0; values < 2 ** tests.length; values++) {
    const fixed = new Map(tests.map((test, bit) => [test, (values & (2 ** bit)) !== 0]));
    for (const { node, certain } of new Walk(question, fixed, HANDLERS).run()) {
      if (certain) confirmed.add(node);
    }
  }
  return confirmed;
}
