// Where a property is read, by its name alone: `this.jobs`, `other['jobs']`, `const { jobs } = x`.
// Of whose property it is only types could tell; a rule that asks here takes every mention for one
// of its own, and so errs on the side of silence.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { isInside } from './enclosing.js';
import { propertyName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { outermost } from './wrappers.js';

/** `x.name`, or the part of a pattern that takes it: `{ name: local }`. */
export type PropertyMention = TSESTree.MemberExpression | TSESTree.Property;

const known = new WeakMap<SourceCode, ReadonlyMap<string, readonly PropertyMention[]>>();

/** The reads of a property of this name in a class or a file. Mere assignments to it are none. */
export function mentionsOfProperty(
  name: string,
  within: TSESTree.Node,
  sourceCode: SourceCode,
): readonly PropertyMention[] {
  const byName = known.get(sourceCode) ?? collect(sourceCode);
  known.set(sourceCode, byName);
  const here = inside.get(within) ?? new Map<string, readonly PropertyMention[]>();
  inside.set(within, here);
  const mentions =
    here.get(name) ?? (byName.get(name) ?? []).filter((mention) => isInside(mention, within));
  here.set(name, mentions);
  return mentions;
}

/** Each part of what a property holds is asked about. */
const inside = new WeakMap<TSESTree.Node, Map<string, readonly PropertyMention[]>>();

function collect(sourceCode: SourceCode): ReadonlyMap<string, readonly PropertyMention[]> {
  const byName = new Map<string, PropertyMention[]>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    const name = isMention(node) ? propertyName(node) : undefined;
    if (name === undefined) continue;
    const mentions = byName.get(name) ?? [];
    mentions.push(node as PropertyMention);
    byName.set(name, mentions);
  }
  return byName;
}

const computed = new WeakMap<TSESTree.Node, boolean>();

/** Whether a class reads properties of itself by names that only the run knows: `this[key]`. */
export function readsByComputedName(owner: TSESTree.Node, sourceCode: SourceCode): boolean {
  const reads = computed.get(owner) ?? findsComputedName(owner, sourceCode);
  computed.set(owner, reads);
  return reads;
}

function findsComputedName(owner: TSESTree.Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(owner, sourceCode)) {
    const isOwn = node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
    if (isOwn && propertyName(node) === undefined) return true;
  }
  return false;
}

function isMention(node: TSESTree.Node): node is PropertyMention {
  if (node.type === 'Property') return node.parent.type === 'ObjectPattern';
  if (node.type !== 'MemberExpression') return false;
  const { parent } = outermost(node);
  const isWritten = parent?.type === 'AssignmentExpression' && parent.left === outermost(node);
  return (
    !isWritten ||
    (parent.operator !== '=' && outermost(parent).parent?.type !== 'ExpressionStatement')
  );
}
