// For all-paths.ts: what is asked of the paths of a piece of code, and what comes back.
import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../../syntax/variable.js';
import type { Answer } from '../../types/types.js';

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
  /** For a question that is asked of many things in a large function: all that it is about. */
  readonly only?: PathPlaces;
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
   * With `only` it is asked of what holds code too: `'no'` where nothing in it throws.
   */
  mayThrow?(node: TSESTree.Node): Answer | undefined;
}

/** Places in the text, each in its order. Code without any of them is passed over. */
export interface PathPlaces {
  /** Where the nodes start that open paths or finish them. */
  readonly always: readonly number[];
  /** Where the others start that `event` or `assume` has something to say of, on open paths. */
  readonly whileOpen: readonly number[];
  /** Whether `event` may have something to say of whatever waits, too. */
  readonly withWaits: boolean;
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
