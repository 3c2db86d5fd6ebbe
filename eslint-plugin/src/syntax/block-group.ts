// Groups that a block ends: `await using group = new TaskGroup()`, and a group that a stack of the
// block owns, `const group = stack.use(new TaskGroup())`, as long as nobody takes the stack away.
import type { TSESTree } from '@typescript-eslint/utils';

import { MEMBER } from '../vocabulary.js';
import { enclosingBlock, enclosingRun } from './enclosing.js';
import { type FileNames, givesGroup } from './mooring-reference.js';
import { calledMember, propertyName } from './property-name.js';
import { onlyDefinition, type Variable, variableOf } from './variable.js';
import { outermost } from './wrappers.js';

export interface BlockGroup {
  readonly variable: Variable;
  /** The name where it is declared. */
  readonly name: TSESTree.Identifier;
  /** A block, a program, a static block; a loop or a `switch` when it is declared in its head. */
  readonly block: TSESTree.Node;
}

/** The group that a declarator opens, and the block at whose end it is disposed. */
export function blockGroup(
  declarator: TSESTree.VariableDeclarator,
  file: FileNames,
): BlockGroup | undefined {
  const { id, init, parent } = declarator;
  if (id.type !== 'Identifier' || init === null) return undefined;
  const isOwn = parent.kind === 'await using';
  const owned = isOwn ? { owner: parent, value: init } : ownedByStack(init, file);
  if (owned === undefined || !givesGroup(owned.value, file)) return undefined;
  const block = enclosingBlock(owned.owner);
  const variable = variableOf(id, file.sourceCode);
  return block && variable && { variable, name: id, block };
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
  if (declarator.parent.kind !== 'await using' || !isHere) return undefined;
  const stays = stack!.references.every((use) => use.init === true || isFilled(use.identifier));
  return stays ? { owner: declarator.parent, value } : undefined;
}

const FILLING: ReadonlySet<string | undefined> = new Set(['adopt', 'defer', MEMBER.use]);

/** `stack.use(…)` leaves the stack where it is; `stack.move()`, `return stack` do not. */
function isFilled(stack: TSESTree.Node): boolean {
  const { parent } = outermost(stack);
  return parent?.type === 'MemberExpression' && FILLING.has(propertyName(parent));
}
