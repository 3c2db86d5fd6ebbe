import type { TSESTree } from '@typescript-eslint/utils';

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

/** What has a range, and is to have a location. */
interface Ranged {
  range: readonly [number, number] | TSESTree.Range;
}

/**
 * Where the lines of a text begin. Nodes and tokens get their `loc` from here when somebody reads
 * it: a rule reads that of what it reports, and ESLint that of the program.
 */
export class Lines {
  readonly #starts: readonly number[];
  readonly #prototype: object;

  constructor(text: string) {
    const starts = [0];
    for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK)) {
      starts.push(index + lineBreak.length);
    }
    this.#starts = starts;
    const locationOf = ({ range }: Ranged): TSESTree.SourceLocation => ({
      start: this.positionOf(range[0]),
      end: this.positionOf(range[1]),
    });
    this.#prototype = Object.defineProperty({}, 'loc', {
      enumerable: true,
      get(this: Ranged) {
        return keepLocation(this, locationOf(this));
      },
      set(this: Ranged, location: TSESTree.SourceLocation) {
        keepLocation(this, location);
      },
    });
  }

  positionOf(index: number): TSESTree.Position {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - starts[low]! };
  }

  /** Gives a `loc`. */
  locate<Node extends object>(node: Node): Node & { loc: TSESTree.SourceLocation } {
    return Object.setPrototypeOf(node, this.#prototype) as Node & { loc: TSESTree.SourceLocation };
  }

  locateAll<Node extends object>(nodes: Node[]): (Node & { loc: TSESTree.SourceLocation })[] {
    return nodes.map((node) => this.locate(node));
  }
}

function keepLocation(node: object, location: TSESTree.SourceLocation): TSESTree.SourceLocation {
  const property = { value: location, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(node, 'loc', property);
  return location;
}
