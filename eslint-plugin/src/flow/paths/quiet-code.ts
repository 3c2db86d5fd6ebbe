// Code that a walk may pass over: nothing leaves it, and the question has nothing to say of it, nor
// of its waiting, if it waits.
//
//   const p = load();      ← asked about
//   count += 1;            ┐
//   if (x) { log(x); }     │ quiet, however much of it there is
//   all.push(load());      ┘
//   await p;
//
// A function in which n promises are stored, or n groups are open at once, is walked n times.
// Without this, that is n² statements.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { isFunction } from '../../syntax/enclosing.js';
import { firstFrom } from '../../syntax/first-from.js';
import { haltsHere } from '../../syntax/halting-call.js';
import type { SourceCode } from '../../syntax/variable.js';
import { isWait } from '../../syntax/waits-in.js';
import type { PathPlaces } from './path-question.js';
import { OPEN, DOUBTFUL, type States } from './states.js';

type List = readonly (TSESTree.Node | null)[];

/** The statements of a list that are not quiet, as their places in it. */
interface Stirs {
  /** `[a, , b]`: there is no telling where its parts are. */
  readonly hasHole: boolean;
  /** That something leaves, or may. */
  readonly leaving: readonly number[];
  /** That something leaves, or waits. */
  readonly all: readonly number[];
}

/** The places of a question, and where a walk has to go for them. */
export class QuietCode {
  readonly #places: PathPlaces;
  readonly #index: Index;

  constructor(places: PathPlaces, sourceCode: SourceCode) {
    this.#places = places;
    this.#index = indexOf(sourceCode);
  }

  /** Whether a node says nothing to a walk that comes to it in these states. */
  isQuiet(node: TSESTree.Node, states: States): boolean {
    const { always, whileOpen, withWaits } = this.#places;
    const isOpen = (states & (OPEN | DOUBTFUL)) !== 0;
    if (!isOpen && isPast(node, always)) return true;
    if (this.#index.leaves(node) || (isOpen && withWaits && this.#index.waits(node))) return false;
    return !isIn(node, always) && !(isOpen && isIn(node, whileOpen));
  }

  /** The next statement to walk, from a place on; the length of the list for none. */
  next(list: List, place: number, states: States): number {
    const { all, hasHole, leaving } = this.#index.of(list);
    if (hasHole) return place;
    const from = list[place]?.range[0];
    if (from === undefined) return list.length;
    const { always, whileOpen, withWaits } = this.#places;
    const next = firstFrom(always, from);
    const isOpen = (states & (OPEN | DOUBTFUL)) !== 0;
    // No path is open: until one is, it matters only whether the code that opens one is reached.
    if (!isOpen && next === undefined) return list.length;
    const stir = firstFrom(isOpen && withWaits ? all : leaving, place) ?? list.length;
    const event = isOpen ? (firstFrom(whileOpen, from) ?? Infinity) : Infinity;
    return Math.min(stir, placeOf(list, Math.min(next ?? Infinity, event), place));
  }
}

function isPast({ range }: TSESTree.Node, places: readonly number[]): boolean {
  return range[0] > (places.at(-1) ?? -1);
}

function isIn({ range }: TSESTree.Node, places: readonly number[]): boolean {
  return (firstFrom(places, range[0]) ?? Infinity) < range[1];
}

/** The statement that a position lies in, no earlier than a place. */
function placeOf(list: List, position: number, place: number): number {
  if (position >= list.at(-1)!.range[1]) return list.length;
  let low = place;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle]!.range[0] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

class Index {
  readonly #waiting = new Set<TSESTree.Node>();
  readonly #leaving = new Set<TSESTree.Node>();
  readonly #lists = new WeakMap<List, Stirs>();

  constructor(sourceCode: SourceCode) {
    for (const node of descendants(sourceCode.ast, sourceCode)) {
      if (waits(node)) markAround(node, this.#waiting);
      if (leaves(node, sourceCode)) markAround(node, this.#leaving);
    }
  }

  waits(node: TSESTree.Node): boolean {
    return this.#waiting.has(node);
  }

  leaves(node: TSESTree.Node): boolean {
    return this.#leaving.has(node);
  }

  of(list: List): Stirs {
    let stirs = this.#lists.get(list);
    if (stirs === undefined) {
      const places = (has: (node: TSESTree.Node) => boolean): number[] =>
        list.flatMap((node, place) => (node !== null && has(node) ? [place] : []));
      stirs = {
        hasHole: list.includes(null),
        leaving: places((node) => this.#leaving.has(node)),
        all: places((node) => this.#leaving.has(node) || this.#waiting.has(node)),
      };
      this.#lists.set(list, stirs);
    }
    return stirs;
  }
}

const indexes = new WeakMap<object, Index>();

function indexOf(sourceCode: SourceCode): Index {
  let index = indexes.get(sourceCode.ast);
  if (index === undefined) {
    index = new Index(sourceCode);
    indexes.set(sourceCode.ast, index);
  }
  return index;
}

/** The node and what is around it, up to the function that it runs in. */
function markAround(node: TSESTree.Node, marked: Set<TSESTree.Node>): void {
  for (
    let around: TSESTree.Node | undefined = node;
    around != null && !marked.has(around) && (around === node || !isFunction(around));
    around = around.parent
  ) {
    marked.add(around);
  }
}

function waits(node: TSESTree.Node): boolean {
  return node.type === 'YieldExpression' || isWait(node);
}

function leaves(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  switch (node.type) {
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'DoWhileStatement':
    case 'WhileStatement':
      return node.test.type === 'Literal';
    case 'ForStatement':
      return node.test === null || node.test.type === 'Literal';
    case 'ExpressionStatement':
      return haltsHere(node.expression, sourceCode) !== 'no';
    default:
      return false;
  }
}
