// What a function of the project does with the signal that it declares to take: where it reads it, and
// whether it ever does.
//
//   (url, options) => fetch(url, { method: options.method })     never
//   (url, { method }) => fetch(url, { method })
//   (url, _signal) => fetch(url)
//   (url) => fetch(url)                                         of an interface that has a signal too
import type { TSESTree } from '@typescript-eslint/utils';

import { FunctionAnswers } from '../../project/function-answers.js';
import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { findVariable, type SourceCode } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { SignalSlot } from '../../types/types.js';
import { handedArgument } from '../../syntax/handed-argument.js';

/**
 * Whether the code of a function never reads the signal that it declares to take. A body that does
 * nothing, or only throws, is there to be written by another class.
 */
export function isIgnored(
  { node, place }: ProjectFunction,
  slot: SignalSlot,
  depth: number,
): boolean {
  const { body } = node;
  if (body.type === 'BlockStatement' && body.body.every(({ type }) => type === 'ThrowStatement'))
    return false;
  if (place.sourceCode.getText(body).includes('arguments')) return false;
  if (node.params.length <= slot.argument) return !node.params.some(isRest);
  const parameter = withoutDefault(node.params[slot.argument]);
  if (parameter?.type === 'ObjectPattern') {
    const isWhole = parameter.properties.some(({ type }) => type === 'RestElement');
    if (!isWhole && takenBy(parameter, slot.property) === undefined) return true;
  }
  const uses = usesOfSignal(node, slot, place.sourceCode);
  if (uses === undefined) return false;
  const isBag = parameter?.type === 'Identifier' && slot.property !== undefined;
  return uses.every(
    (use) =>
      (isBag && isOtherRead(use, slot.property)) ||
      ignoresHanded(use, { ...slot, property: isBag ? slot.property : undefined }, place, depth),
  );
}

/** `options.method`, `options?.retries ?? 3`, `typeof query === 'string'`, `const { method } = options`. */
function isOtherRead(use: TSESTree.Node, property: string | undefined): boolean {
  const { parent } = outermost(use);
  switch (parent?.type) {
    case 'MemberExpression':
      return (
        unwrapped(parent.object) === use && ![undefined, property].includes(propertyName(parent))
      );
    case 'UnaryExpression':
      return true;
    case 'VariableDeclarator': {
      if (parent.id.type !== 'ObjectPattern') return false;
      const isWhole = parent.id.properties.some(({ type }) => type === 'RestElement');
      return !isWhole && takenBy(parent.id, property) === undefined;
    }
    default:
      return false;
  }
}

function ignoresHanded(use: TSESTree.Node, slot: SignalSlot, place: Place, depth: number): boolean {
  const handed = depth > 1 ? handedArgument(use) : undefined;
  const called = handed && projectFunction(handed.call, place);
  if (called === undefined) return false;
  const next = { ...slot, argument: handed!.argument };
  return known.of(called.node, slotAt(depth, next), () => isIgnored(called, next, depth - 1));
}

/** Of each function that is handed a signal on, by the depth and where it takes the signal. */
const known = new FunctionAnswers();

/** A method may have fewer parameters than the one of its interface: unless one stands for all of them. */
function isRest({ type }: TSESTree.Parameter): boolean {
  return type === 'RestElement';
}

function withoutDefault(parameter: TSESTree.Parameter | undefined): TSESTree.Node | undefined {
  return parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
}

/** The question of a slot, with the depth that is left to look, to keep its answer by. */
export function slotAt(depth: number, { argument, property }: SignalSlot): string {
  return `${depth} ${argument} ${property ?? ''}`;
}

/** Where the signal, or what has it, is read. `undefined` where that cannot be told. */
export function usesOfSignal(
  node: FunctionNode,
  { argument, property }: SignalSlot,
  sourceCode: SourceCode,
): readonly TSESTree.Node[] | undefined {
  const name = withoutDefault(node.params[argument]);
  const taken = name?.type === 'ObjectPattern' ? takenBy(name, property) : name;
  if (taken?.type !== 'Identifier') return undefined;
  const variable = findVariable(taken.name, sourceCode.getScope(node));
  return variable?.references.filter((each) => each.isRead()).map(({ identifier }) => identifier);
}

function takenBy(
  pattern: TSESTree.ObjectPattern,
  property: string | undefined,
): TSESTree.Node | undefined {
  const own = pattern.properties.find(
    (each): each is TSESTree.Property =>
      each.type === 'Property' && propertyName(each) === property,
  );
  return own?.value.type === 'AssignmentPattern' ? own.value.left : own?.value;
}
