// What there is to know of the place where promises are kept: a name, or what a name or a field
// holds. It is found once for all promises that are put there, however many they are.
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside, type RunNode } from '../../syntax/enclosing.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { type LoopDoubts, loopDoubts } from '../paths/loop-doubts.js';
import { usesOf } from '../paths/uses-of.js';
import type { Mentions } from './promise-owner.js';
import type { Holding, NameStore } from './promise-store.js';
import { isTaken } from './promise-use.js';

/** Where a promise is kept, as a function sees it. */
export interface PromisePlace {
  readonly isContainer: boolean;
  readonly mentions: ReadonlySet<TSESTree.Node>;
  /** The nodes with which somebody takes it. */
  readonly takers: ReadonlySet<TSESTree.Node>;
  /** What decides whether a loop with a taker in it runs at all. */
  readonly doubts: LoopDoubts;
  /** The names to which something is assigned, and what it is. */
  readonly assignments: ReadonlyMap<TSESTree.Node, TSESTree.Node>;
  /** Where all of these start, in the order of the text. */
  readonly at: readonly number[];
  /** Where the first name stands that takes it in a closure. */
  readonly captured: number;
}

const ofNames = new WeakMap<Variable, Map<string, PromisePlace>>();

/** A name of the function, or of the module, that puts promises there. */
export function placeOfName(store: NameStore, run: RunNode, sourceCode: SourceCode): PromisePlace {
  const { isContainer, part, variable } = store;
  const ofName = ofNames.get(variable) ?? new Map<string, PromisePlace>();
  ofNames.set(variable, ofName);
  const key = `${isContainer} ${part}`;
  const place = ofName.get(key) ?? findPlace(store, run, sourceCode);
  ofName.set(key, place);
  return place;
}

function findPlace(store: NameStore, run: RunNode, sourceCode: SourceCode): PromisePlace {
  const { references } = store.variable;
  const uses = usesOf(store.variable, run, sourceCode).filter(({ name }) =>
    isTaken(name, store, sourceCode),
  );
  const closures = uses.filter(({ at, name }) => at !== name);
  return place({
    isContainer: store.isContainer,
    mentions: references.map(({ identifier }) => identifier as TSESTree.Node),
    takers: uses.map(({ at }) => at),
    assignments: assignmentsTo(store.variable),
    captured: closures.reduce((first, { at }) => Math.min(first, at.range[0]), Infinity),
  });
}

const ofMentions = new WeakMap<Mentions, PromisePlace>();

/** A field, or a name of the code around. */
export function placeOfMentions({ isContainer }: Holding, mentions: Mentions): PromisePlace {
  const known = ofMentions.get(mentions);
  if (known !== undefined) return known;
  const { all, taken } = mentions;
  const assignments = new Map<TSESTree.Node, TSESTree.Node>();
  const found = place({
    isContainer,
    mentions: all,
    takers: taken,
    assignments,
    captured: Infinity,
  });
  ofMentions.set(mentions, found);
  return found;
}

interface Parts {
  readonly isContainer: boolean;
  readonly mentions: readonly TSESTree.Node[];
  readonly takers: readonly TSESTree.Node[];
  readonly assignments: ReadonlyMap<TSESTree.Node, TSESTree.Node>;
  readonly captured: number;
}

function place({ mentions, takers, ...parts }: Parts): PromisePlace {
  const doubts = loopDoubts(takers);
  const at = [...takers, ...doubts.keys(), ...parts.assignments.keys()];
  return {
    ...parts,
    doubts,
    mentions: new Set(mentions),
    takers: new Set(takers),
    at: at.map(({ range }) => range[0]).sort((a, b) => a - b),
  };
}

function assignmentsTo(variable: Variable): ReadonlyMap<TSESTree.Node, TSESTree.Node> {
  return new Map(
    variable.references.flatMap(({ identifier, init, writeExpr }) => {
      const { parent } = identifier as TSESTree.Node;
      const isPlain = parent?.type === 'AssignmentExpression' && parent.operator === '=';
      return init !== true && isPlain && writeExpr ? [[identifier, writeExpr] as const] : [];
    }),
  );
}

/** Whether a node puts something else in the place of a promise. */
export function replaces(
  node: TSESTree.Node,
  started: TSESTree.Node,
  { assignments }: PromisePlace,
): boolean {
  const value = assignments.get(node);
  return value !== undefined && !isInside(started, value);
}
