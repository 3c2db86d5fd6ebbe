import fc from 'fast-check';

import { expressionsOf, leavesOf, parse, type Part, replacePart } from './parts.js';

/** One change of a program; numbers are taken modulo what there is to choose from. */
interface Change {
  readonly kind: 'delete' | 'double' | 'graft' | 'swap';
  readonly at: number;
  readonly other: number;
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    // Grafts leave a program that parses; of the others about every third does.
    kind: fc.constantFrom('graft', 'graft', 'graft', 'delete', 'double', 'swap'),
    at: fc.nat(),
    other: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
);

/**
 * Programs made of others: a token deleted, doubled or swapped, an expression with one of another
 * program in its place. A kind of seeds is drawn first, then one of them: among the thirty thousand
 * fixtures of a parser the rules' own programs would hardly be seen.
 */
export function mutatedPrograms(kinds: readonly (readonly string[])[]): fc.Arbitrary<string> {
  const seeds = kinds.filter(({ length }) => length > 0);
  const donors = seeds
    .flat()
    .flatMap((seed) =>
      expressionsOf(parse(seed, 'seed.tsx')).map(({ start, end }) => seed.slice(start, end)),
    );
  return fc
    .tuple(fc.oneof(...seeds.map((kind) => fc.constantFrom(...kind))), changes)
    .map(([seed, list]) => list.reduce((text, change) => apply(text, change, donors), seed));
}

function apply(text: string, { kind, at, other }: Change, donors: readonly string[]): string {
  const file = parse(text, 'mutated.tsx');
  const choose = (from: readonly Part[], index: number): Part | undefined =>
    from.length === 0 ? undefined : from[index % from.length];
  if (kind === 'graft') {
    const place = choose(expressionsOf(file), at);
    return place ? replacePart(text, place, `(${donors[other % donors.length]})`) : text;
  }
  const leaves = leavesOf(file);
  const leaf = choose(leaves, at);
  if (leaf === undefined) return text;
  const token = text.slice(leaf.start, leaf.end);
  switch (kind) {
    case 'delete':
      return replacePart(text, leaf);
    case 'double':
      return replacePart(text, leaf, `${token} ${token}`);
    case 'swap': {
      const [first, second] = [leaf, choose(leaves, other)!].sort((a, b) => a.start - b.start);
      if (first === second) return text;
      const moved = text.slice(first!.start, first!.end);
      const swapped = replacePart(text, second!, moved);
      return replacePart(swapped, first!, text.slice(second!.start, second!.end));
    }
  }
}
