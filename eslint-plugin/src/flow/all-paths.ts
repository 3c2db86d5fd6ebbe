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

import type { SourceCode } from '../syntax/variable.js';
import type { Answer } from '../types/types.js';
import { Walk } from './walk.js';

/**
 * - `open`: paths are open from here
 * - `restart`: `open`, and an offence for a path that is open already
 * - `close`: no longer open; a later `open` opens the path again
 * - `finish`: nothing that comes later on this path matters
 * - `offence`: an end, on paths that are open; they are closed
 * - `notice`: an end, on paths that are open; they stay open
 * - `doubt`: open paths stay open, but what they lead to is no longer certain
 */
export type PathEvent = 'close' | 'doubt' | 'finish' | 'notice' | 'offence' | 'open' | 'restart';

export interface PathQuestion {
  readonly sourceCode: SourceCode;
  /** A block, a loop's body, a function, a program, a class's static block or field value. */
  readonly within: TSESTree.Node;
  /**
   * What evaluating a node does to the path. Nested functions are not entered: they are nodes of
   * their own, evaluated where they are made. A `for await` is evaluated at each of its steps.
   */
  event(node: TSESTree.Node): PathEvent | undefined;
  /** Whether paths are open from the start of `within`. */
  readonly isOpen?: boolean;
  /**
   * What a test gives while the path is open, where that is known: for `if (p) await p`, say
   * `true` to `p`, and the path that skips the await does not exist.
   */
  assume?(test: TSESTree.Node): boolean | undefined;
  /**
   * Whether evaluating a node may throw into a `catch` or `finally` of `within`. By default calls,
   * `new`, `await`, `yield` and `import()` do, and reading a member may. A `throw` always does.
   */
  mayThrow?(node: TSESTree.Node): Answer | undefined;
}

/**
 * Where an open path ends, and the node that ends it:
 * - `event`: the node of the offence or the notice
 * - `end`: control falls out of `within`, which is the node
 * - `return`: the statement, or the body of an arrow function
 * - `break`, `continue`: the statement, when it leads out of `within`
 * - `throw`: the statement. Errors that come out of calls are no end of their own.
 */
export interface PathEnd {
  readonly kind: 'break' | 'continue' | 'end' | 'event' | 'return' | 'throw';
  readonly node: TSESTree.Node;
  /**
   * `false`: the path may not exist. It took a `switch` without a default past all cases, an
   * error that may never come, went through a `doubt`, or contradicts itself (`if (x) open(); if
   * (!x) return;`).
   */
  readonly certain: boolean;
}

/** More tests that occur twice are not combined: each doubles the work. */
const MOST_REPEATED_TESTS = 3;

/** The ends of the open paths of a question, in the order of the text. */
export function pathEnds(question: PathQuestion): readonly PathEnd[] {
  const walk = new Walk(question, new Map());
  const ends = walk.run();
  const tests = walk.repeatedTests.slice(0, MOST_REPEATED_TESTS);
  if (ends.length === 0 || tests.length === 0) return ends;
  const confirmed = certainEndsFor(question, tests);
  return ends.map((end) => ({ ...end, certain: end.certain && confirmed.has(end.node) }));
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
    for (const { node, certain } of new Walk(question, fixed).run()) {
      if (certain) confirmed.add(node);
    }
  }
  return confirmed;
}
