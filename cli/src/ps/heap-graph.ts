/** A heap snapshot of V8 as a graph. */

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
      readonly location_fields: readonly string[];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
  readonly locations: readonly number[];
}

/** Where an object comes from: of a function, and of what is in the middle of one, its first line. */
export interface Place {
  readonly scriptId: number;
  /** From 1. */
  readonly line: number;
}

/** An object in the heap. */
export type Node = number;

export interface Edge {
  /** The name of the field; its number where the engine gives none. */
  readonly name: string | number;
  readonly other: Node;
}

export class HeapGraph {
  readonly #snapshot: Snapshot;
  readonly #nodeSize: number;
  readonly #edgeSize: number;
  readonly #weak: number;
  readonly #named: ReadonlySet<number>;
  readonly #count: number;
  /** The first edge of each node, and one past the last of all. */
  readonly #firstEdge: Uint32Array;
  /** By node: where in `#retainers` the edges to it begin; those are places in the list of edges. */
  readonly #firstRetainer: Uint32Array;
  readonly #retainers: Uint32Array;
  readonly #retainerOf: Uint32Array;
  readonly #places = new Map<Node, Place>();

  constructor(text: string) {
    const snapshot = JSON.parse(text) as Snapshot;
    const { meta } = snapshot.snapshot;
    this.#snapshot = snapshot;
    this.#nodeSize = meta.node_fields.length;
    this.#edgeSize = meta.edge_fields.length;
    const types = meta.edge_types[0];
    this.#weak = types.indexOf('weak');
    this.#named = new Set(
      types.flatMap((type, index) => (type === 'element' || type === 'hidden' ? [] : [index])),
    );
    this.#count = snapshot.nodes.length / this.#nodeSize;
    this.#firstEdge = this.#countEdges(meta.node_fields.indexOf('edge_count'));
    [this.#firstRetainer, this.#retainers, this.#retainerOf] = this.#turnAround();
    this.#locate(meta.location_fields.length);
  }

  /** The objects that the inspector knows by these numbers. */
  find(ids: ReadonlySet<number>): Map<number, Node> {
    const found = new Map<number, Node>();
    const field = this.#snapshot.snapshot.meta.node_fields.indexOf('id');
    for (let node = 0; node < this.#count; node++) {
      const id = this.#snapshot.nodes[node * this.#nodeSize + field]!;
      if (ids.has(id)) found.set(id, node);
    }
    return found;
  }

  /** What the engine calls it: of an object its class, of a function its name. */
  nameOf(node: Node): string {
    return this.#snapshot.strings[this.#snapshot.nodes[node * this.#nodeSize + 1]!]!;
  }

  placeOf(node: Node): Place | undefined {
    return this.#places.get(node);
  }

  /** What it holds. Not what it holds weakly. */
  *edgesFrom(node: Node): Generator<Edge> {
    for (let edge = this.#firstEdge[node]!; edge < this.#firstEdge[node + 1]!; edge++) {
      const found = this.#edge(edge);
      if (found) yield found;
    }
  }

  /** What holds it. */
  *edgesTo(node: Node): Generator<Edge> {
    for (let at = this.#firstRetainer[node]!; at < this.#firstRetainer[node + 1]!; at++) {
      const found = this.#edge(this.#retainers[at]!);
      if (found) yield { name: found.name, other: this.#retainerOf[at]! };
    }
  }

  #edge(edge: number): Edge | undefined {
    const { edges, strings } = this.#snapshot;
    const at = edge * this.#edgeSize;
    const type = edges[at]!;
    if (type === this.#weak) return undefined;
    const name = edges[at + 1]!;
    return {
      name: this.#named.has(type) ? strings[name]! : name,
      other: this.#target(edge),
    };
  }

  #target(edge: number): Node {
    return this.#snapshot.edges[edge * this.#edgeSize + 2]! / this.#nodeSize;
  }

  #countEdges(field: number): Uint32Array {
    const first = new Uint32Array(this.#count + 1);
    for (let node = 0; node < this.#count; node++) {
      first[node + 1] = first[node]! + this.#snapshot.nodes[node * this.#nodeSize + field]!;
    }
    return first;
  }

  #turnAround(): [Uint32Array, Uint32Array, Uint32Array] {
    const edgeCount = this.#firstEdge[this.#count]!;
    const first = new Uint32Array(this.#count + 1);
    for (let edge = 0; edge < edgeCount; edge++) first[this.#target(edge) + 1]!++;
    for (let node = 0; node < this.#count; node++) first[node + 1]! += first[node]!;
    const free = first.slice();
    const retainers = new Uint32Array(edgeCount);
    const retainerOf = new Uint32Array(edgeCount);
    for (let node = 0; node < this.#count; node++) {
      for (let edge = this.#firstEdge[node]!; edge < this.#firstEdge[node + 1]!; edge++) {
        const at = free[this.#target(edge)]!++;
        retainers[at] = edge;
        retainerOf[at] = node;
      }
    }
    return [first, retainers, retainerOf];
  }

  #locate(size: number): void {
    const { locations } = this.#snapshot;
    for (let at = 0; at < locations.length; at += size) {
      const node = locations[at]! / this.#nodeSize;
      this.#places.set(node, { scriptId: locations[at + 1]!, line: locations[at + 2]! + 1 });
    }
  }
}
