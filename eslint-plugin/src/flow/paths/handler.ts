// For walk.ts: how a kind of node takes part in a walk, and what it may ask of it.
import type { TSESTree } from '@typescript-eslint/utils';

import type { PathQuestion } from './path-question.js';
import type { States } from './states.js';

/** How a kind of node passes states on: what it is given, to what comes out at its end. */
export type Handler = (node: never, states: States, walk: Walker) => States;

/** Paths on their way out: to the loop, the label, the catch, or the end that they belong to. */
export interface Leaving {
  readonly kind: 'break' | 'continue' | 'error' | 'return' | 'throw';
  readonly label: string | undefined;
  readonly node: TSESTree.Node;
  readonly states: States;
}

/** What a test is taken to give: on this walk, and on open paths. */
export interface Assumption {
  readonly always: boolean | undefined;
  readonly whileOpen: boolean | undefined;
}

/** The walk, as the nodes on its way see it. */
export interface Walker {
  readonly question: PathQuestion;
  /** Paths that have left where they were, innermost last. Who they belong to takes them out. */
  readonly leaving: Leaving[];
  /** States in which the optional chain around has stopped at a `?.`. */
  stopped: States;
  /** Walks a node. States in, states out. */
  node(node: TSESTree.Node | null | undefined, states: States): States;
  nodes(nodes: readonly (TSESTree.Node | null)[], states: States): States;
  /** The node's own event, once its operands are there; and the error it may end in instead. */
  evaluated(node: TSESTree.Node, states: States): States;
  leave(kind: Leaving['kind'], node: TSESTree.Node, states: States, label?: string): 0;
  /** Takes out the paths that have left since a mark and belong here. */
  take(mark: number, belongs: (leaving: Leaving) => boolean): States;
  /** Walks code whose errors go to a `catch` or a `finally`. */
  guarded(node: TSESTree.Node, states: States): States;
  assumption(test: TSESTree.Node, text: string | undefined): Assumption;
}
