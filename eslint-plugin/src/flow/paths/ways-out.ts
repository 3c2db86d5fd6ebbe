// The paths that leave a piece of code before its end, by where they lead and in which states.
//
//   try {
//     if (a) return;       ┐ one way: both `return` in the same states
//     if (b) return;       ┘
//     throw new Error();     another
//   } finally {
//     done();              ← comes once for each way, however many statements take it
//   }
//
// Of `try` in `try`, or of loops in each other, each would hand on all that has left those in it.
import type { TSESTree } from '@typescript-eslint/utils';

import type { States } from './states.js';

export type Kind = 'break' | 'continue' | 'error' | 'return' | 'throw';

export interface Way {
  readonly kind: Kind;
  readonly label: string | undefined;
  readonly states: States;
  readonly nodes: Nodes;
}

/** The statements that take a way: joined without looking at any of them. */
type Nodes = TSESTree.Node | Joined;

class Joined {
  readonly first: Nodes;
  readonly second: Nodes;

  constructor(first: Nodes, second: Nodes) {
    this.first = first;
    this.second = second;
  }
}

export class WaysOut {
  /** Shared with others that have joined it, and never changed in its place. */
  #ways: readonly Way[] = [];

  /** The states of errors, which come from no statement that anybody asks for. */
  get errors(): States {
    return this.#ways.find(({ kind }) => kind === 'error')?.states ?? 0;
  }

  add(way: Way): void {
    if (way.states === 0) return;
    const same = this.#ways.find((known) => isSame(known, way));
    if (same === undefined) this.#ways = [...this.#ways, way];
    else this.#ways = this.#ways.map((known) => (known === same ? both(known, way) : known));
  }

  join(others: WaysOut): void {
    if (this.#ways.length === 0) this.#ways = others.#ways;
    else for (const way of others.#ways) this.add(way);
  }

  /** Takes out the paths that belong here. */
  take(belongs: (way: Way) => boolean): States {
    let states: States = 0;
    this.#ways = this.#ways.filter((way) => {
      const isTaken = belongs(way);
      if (isTaken) states |= way.states;
      return !isTaken;
    });
    return states;
  }

  /** All of them after they have come through some code. */
  through(code: (states: States) => States): WaysOut {
    const out = new WaysOut();
    for (const way of this.#ways) out.add({ ...way, states: code(way.states) });
    return out;
  }

  /** Each statement that takes a way, once for each. */
  *ends(): Generator<{ readonly way: Way; readonly node: TSESTree.Node }> {
    for (const way of this.#ways) {
      for (const node of nodesOf(way.nodes)) yield { way, node };
    }
  }
}

/** Where an error came from is never asked: one way holds all of a stretch of code. */
function isSame(one: Way, other: Way): boolean {
  if (one.kind !== other.kind || one.label !== other.label) return false;
  return one.kind === 'error' || one.states === other.states;
}

function both(one: Way, other: Way): Way {
  if (one.kind === 'error') return { ...one, states: one.states | other.states };
  if (one.nodes === other.nodes) return one;
  return { ...one, nodes: new Joined(one.nodes, other.nodes) };
}

/** What has been joined twice, as what leaves a loop that goes round twice, is gone through once. */
function* nodesOf(nodes: Nodes): Generator<TSESTree.Node> {
  const seen = new Set<Nodes>();
  const waiting = [nodes];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Joined) waiting.push(next.first, next.second);
    else yield next;
  }
}
