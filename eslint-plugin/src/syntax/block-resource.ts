// What a block disposes at its end, last in first out: `using file = open()`, `await using group =
// new TaskGroup()`, and what a stack of the block owns, `const group = stack.use(new TaskGroup())`,
// as long as nobody takes the stack away.
import type { TSESTree } from '@typescript-eslint/utils';

import { MEMBER } from '../vocabulary.js';
import { enclosingBlock, enclosingRun } from './enclosing.js';
import { type FileNames, givesGroup } from './mooring-reference.js';
import { calledMember, propertyName } from './property-name.js';
import { onlyDefinition, type Variable, variableOf } from './variable.js';
import { outermost } from './wrappers.js';

export interface BlockResource {
  readonly variable: Variable;
  /** The name where it is declared. */
  readonly name: TSESTree.Identifier;
  readonly value: TSESTree.Node;
  /** The `using` that disposes it: its own, or that of the stack. */
  readonly owner: TSESTree.VariableDeclaration;
  /** A block, a program, a static block; a loop or a `switch` when it is declared in its head. */
  readonly block: TSESTree.Node;
}

/** What a declarator opens, when the block around it disposes that. */
export function blockResource(
  declarator: TSESTree.VariableDeclarator,
  file: FileNames,
): BlockResource | undefined {
  const { id, init, parent } = declarator;
  if (id.type !== 'Identifier' || init === null) return undefined;
  const isOwn = parent.kind === 'await using' || parent.kind === 'using';
  const owned = isOwn ? { owner: parent, value: init } : ownedByStack(init, file);
  const block = owned && enclosingBlock(owned.owner);
  const variable = variableOf(id, file.sourceCode);
  return owned && block && variable && { ...owned, variable, name: id, block };
}

/** The group that a declarator opens, when the block around it disposes that. */
export function blockGroup(
  declarator: TSESTree.VariableDeclarator,
  file: FileNames,
): BlockResource | undefined {
  const resource = blockResource(declarator, file);
  if (resource?.owner.kind !== 'await using') return undefined; // `using` cannot wait for tasks.
  return givesGroup(resource.value, file) ? resource : undefined;
}

/** `value` of `stack.use(value)`, and the `await using` that declares the stack. */
function ownedByStack(
  call: TSESTree.Expression,
  { sourceCode }: FileNames,
): { owner: TSESTree.VariableDeclaration; value: TSESTree.Node } | undefined {
  const member = calledMember(call);
  if (member?.name !== MEMBER.use || member.object.type !== 'Identifier') return undefined;
  const [value] = (call as TSESTree.CallExpression).arguments;
  const stack = variableOf(member.object, sourceCode);
  const declarator = stack && onlyDefinition(stack)?.node;
  if (value === undefined || declarator?.type !== 'VariableDeclarator') return undefined;
  const isHere = enclosingRun(declarator) === enclosingRun(call);
  const { kind } = declarator.parent;
  if ((kind !== 'await using' && kind !== 'using') || !isHere) return undefined;
  const stays = stack!.references.every((use) => use.init === true || isFilled(use.identifier));
  return stays ? { owner: declarator.parent, value } : undefined;
}

const FILLING: ReadonlySet<string | undefined> = new Set(['adopt', 'defer', MEMBER.use]);

/** `stack.use(…)` leaves the stack where it is; `stack.move()`, `return stack` do not. */
function isFilled(stack: TSESTree.Node): boolean {
  const { parent } = outermost(stack);
  return parent?.type === 'MemberExpression' && FILLING.has(propertyName(parent));
}
