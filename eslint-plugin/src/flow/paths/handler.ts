// For walk.ts: how a kind of node takes part in a walk, and what it may ask of it.
import type { TSESTree } from '@typescript-eslint/utils';

import type { PathQuestion } from './path-question.js';
import type { States } from './states.js';
import type { Kind, WaysOut } from './ways-out.js';

/** How a kind of node passes states on: what it is given, to what comes out at its end. */
export type Handler = (node: never, states: States, walk: Walker) => States;

/** What a test is taken to give: on this walk, and on open paths. */
export interface Assumption {
  readonly always: boolean | undefined;
  readonly whileOpen: boolean | undefined;
}

/** The walk, as the nodes on its way see it. */
export interface Walker {
  readonly question: PathQuestion;
  /** Paths that have left where they were. Who they belong to takes them out. */
  readonly leaving: WaysOut;
  /** States in which the optional chain around has stopped at a `?.`. */
  stopped: States;
  /** Walks a node. States in, states out. */
  node(node: TSESTree.Node | null | undefined, states: States): States;
  nodes(nodes: readonly (TSESTree.Node | null)[], states: States): States;
  /** The node's own event, once its operands are there; and the error it may end in instead. */
  evaluated(node: TSESTree.Node, states: States): States;
  leave(kind: Kind, node: TSESTree.Node, states: States, label?: string): 0;
  /** Walks code of whose `leaving` some may belong to what is around it. */
  apart<Result>(code: (leaving: WaysOut) => Result): { result: Result; leaving: WaysOut };
  /** Walks code whose errors go to a `catch` or a `finally`. */
  guarded(node: TSESTree.Node, states: States): States;
  assumption(test: TSESTree.Node, text: string | undefined): Assumption;
}
