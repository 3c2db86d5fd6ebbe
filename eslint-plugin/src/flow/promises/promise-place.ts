// What there is to know of the place where promises are kept: a name, or what a name or a field
// holds. It is found once for all promises that are put there, however many they are.
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside, type RunNode } from '../../syntax/enclosing.js';
import { placesOf } from '../../syntax/first-from.js';
import { exitOf, type LoopExit } from '../../syntax/loop-exit.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { type LoopDoubts, loopDoubts } from '../paths/loop-doubts.js';
import { type Use, usesOf } from '../paths/uses-of.js';
import { loopThrough } from './gone-through.js';
import type { Mentions } from './promise-owner.js';
import type { Holding, NameStore } from './promise-store.js';
import { couldTake, isTaken } from './promise-use.js';

/** Where a promise is kept, as a function sees it. */
export interface PromisePlace {
  readonly isContainer: boolean;
  readonly mentions: ReadonlySet<TSESTree.Node>;
  /** The nodes with which somebody takes it. */
  readonly takers: ReadonlySet<TSESTree.Node>;
  /** Where a loop goes through a collection, and awaits one after the other: all of them, or until it is left. */
  readonly loops: ReadonlyMap<TSESTree.Node, LoopExit | undefined>;
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
  const { isContainer, part, variable } = store;
  const all = couldTake(usesOf(variable, run, sourceCode), part, ({ name }) => name);
  const uses = all.filter(({ name }) => isTaken(name, store, sourceCode));
  const closures = uses.filter(({ at, name }) => at !== name);
  const common = commonOf(variable);
  return place({
    ...common,
    isContainer,
    takers: uses.map(({ at }) => at),
    loops: isContainer ? loopsAt(all, sourceCode) : new Map(),
    captured: closures.reduce((first, { at }) => Math.min(first, at.range[0]), Infinity),
  });
}

function loopsAt(uses: readonly Use[], sourceCode: SourceCode): PromisePlace['loops'] {
  return new Map(
    uses.flatMap(({ at, name }) => {
      const loop = at === name ? loopThrough(name, sourceCode) : undefined;
      return loop === undefined ? [] : [[at, exitOf(loop, sourceCode)] as const];
    }),
  );
}

const ofMentions = new WeakMap<Mentions, PromisePlace>();

/** A field, or a name of the code around. */
export function placeOfMentions({ isContainer }: Holding, mentions: Mentions): PromisePlace {
  const known = ofMentions.get(mentions);
  if (known !== undefined) return known;
  const { all, taken } = mentions;
  const mentioned = sets.get(all) ?? new Set(all);
  sets.set(all, mentioned);
  const found = place({
    isContainer,
    mentions: mentioned,
    takers: taken,
    loops: new Map(),
    assignments: new Map(),
    captured: Infinity,
  });
  ofMentions.set(mentions, found);
  return found;
}

/** All parts of what a name holds have the same mentions. */
const sets = new WeakMap<readonly TSESTree.Node[], ReadonlySet<TSESTree.Node>>();

interface Parts extends Omit<PromisePlace, 'at' | 'doubts' | 'takers'> {
  readonly takers: readonly TSESTree.Node[];
}

function place({ takers, ...parts }: Parts): PromisePlace {
  const doubts = loopDoubts(takers);
  const at = placesOf([
    ...takers,
    ...parts.loops.keys(),
    ...doubts.keys(),
    ...parts.assignments.keys(),
  ]);
  return { ...parts, doubts, takers: new Set(takers), at };
}

type Common = Pick<PromisePlace, 'assignments' | 'mentions'>;

/** What all parts of what a name holds have in common. */
const commons = new WeakMap<Variable, Common>();

function commonOf(variable: Variable): Common {
  const known = commons.get(variable);
  if (known !== undefined) return known;
  const common = {
    assignments: assignmentsTo(variable),
    mentions: new Set(variable.references.map(({ identifier }): TSESTree.Node => identifier)),
  };
  commons.set(variable, common);
  return common;
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
