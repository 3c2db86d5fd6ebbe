// Tests that ask whether a collection has something. Asked twice, both give the same, as long as
// nothing is awaited between them, and nothing is put into the collection or taken out of it:
//
//   if (pages.has(url)) return;
//   const page = load(url);
//   if (!pages.has(url)) pages.set(url, page);      // ← it always is
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { placeFrom } from '../../syntax/first-from.js';
import { calledMember } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';

export interface Membership {
  /** `pages` of `pages.has(url)`. */
  readonly collection: TSESTree.Node;
  readonly asked: TSESTree.Node;
}

export function membershipOf(test: TSESTree.Node): Membership | undefined {
  if (test.type !== 'CallExpression' || test.optional) return undefined;
  const member = calledMember(test);
  const [asked, ...others] = test.arguments;
  if (member?.name !== 'has' || asked === undefined || others.length > 0) return undefined;
  return { collection: member.object, asked };
}

/** The moment from which on the answer of a test has been the same: where the code stands there. */
export function sinceWhen(
  test: TSESTree.Node,
  { collection }: Membership,
  sourceCode: SourceCode,
): number {
  const { changes, waits } = momentsIn(enclosingRun(test), sourceCode);
  const changed = changes.get(sourceCode.getText(collection)) ?? [];
  return Math.max(lastBefore(changed, test), lastBefore(waits, test));
}

function lastBefore(places: readonly number[], { range }: TSESTree.Node): number {
  return places[placeFrom(places, range[0]) - 1] ?? 0;
}

/** Where a function waits, and where it changes a collection, by the text of that. */
interface Moments {
  readonly waits: readonly number[];
  readonly changes: ReadonlyMap<string, readonly number[]>;
}

/** Each test of a function asks. */
const known = new WeakMap<TSESTree.Node, Moments>();

function momentsIn(run: TSESTree.Node, sourceCode: SourceCode): Moments {
  const moments = known.get(run) ?? findMoments(run, sourceCode);
  known.set(run, moments);
  return moments;
}

const CHANGING: ReadonlySet<string | undefined> = new Set(['add', 'clear', 'delete', 'set']);

function findMoments(run: TSESTree.Node, sourceCode: SourceCode): Moments {
  const waits: number[] = [];
  const changes = new Map<string, number[]>();
  for (const node of descendants(run, sourceCode)) {
    if (node.type === 'AwaitExpression' || node.type === 'YieldExpression')
      waits.push(node.range[0]);
    const member = node.type === 'CallExpression' ? calledMember(node) : undefined;
    if (member === undefined || !CHANGING.has(member.name)) continue;
    const collection = sourceCode.getText(member.object);
    const places = changes.get(collection) ?? [];
    changes.set(collection, places);
    places.push(node.range[0]);
  }
  return { waits, changes };
}
