// Where a call is handed a signal: as an argument, in options that are written out, or with a scope
// that is handed on whole.
//
//   load(signal)      load({ signal })      load(deadline)      load(options)
import type { TSESTree } from '@typescript-eslint/utils';

import { isLiteralValue } from '../../syntax/literal-value.js';
import { propertyName } from '../../syntax/property-name.js';
import { constantInit, localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts, SignalSlot, Types } from '../../types/types.js';
import { SIGNAL_PROPERTIES } from '../../vocabulary.js';
import type { OpenScopes } from '../scopes/open-scopes.js';

export interface HandedSignal {
  /** The signal, or what has it: a scope, options. */
  readonly value: TSESTree.Node;
  readonly slot: SignalSlot;
  /** How it is handed on: itself, as a property that is written out, or with all that has it. */
  readonly form: 'argument' | 'options' | 'property' | 'scope';
}

/** Names of parameters that are handed on as they came, with the signal in them. */
const OPTIONS = /^(config|context|ctx|init|options|opts|params|settings)$/i;

/** Names of fields that are a scope, or are handed on with the signal in them. */
const SCOPE_FIELD = /(config|context|controller|ctx|deadline|group|options|opts|scope)$/i;

interface Question {
  readonly sourceCode: SourceCode;
  readonly scopes: OpenScopes;
  readonly types: Types;
}

export function handedSignals(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  facts: CallFacts,
  question: Question,
): readonly HandedSignal[] {
  const opaque = opaqueArguments(call, facts);
  const slots = opaque.length > 0 ? likelySlots(opaque, question) : facts.signalSlots;
  return slots.flatMap((slot): HandedSignal[] => {
    const given = call.arguments[slot.argument];
    const node = given && unwrapped(given);
    if (node === undefined || isLiteralValue(node)) return [];
    if (slot.property === undefined) return [{ value: node, slot, form: 'argument' }];
    if (node.type === 'ObjectExpression') return inOptions(node, slot);
    const form = node.type === 'Identifier' ? formOf(node, question) : formOfField(node, question);
    return form === undefined ? [] : [{ value: node, slot, form }];
  });
}

/** The arguments of a call whose callee has no type: of these the values are asked about. */
export function opaqueArguments(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  { result, signalSlots }: CallFacts,
): readonly TSESTree.CallExpressionArgument[] {
  const isOpaque = result.isUntyped && signalSlots.length === 0;
  return isOpaque && call.arguments.every(({ type }) => type !== 'SpreadElement')
    ? call.arguments
    : [];
}

/** Where such a call would take a signal: what is called one, and what is one by its type. */
function likelySlots(
  given: readonly TSESTree.CallExpressionArgument[],
  { types }: Question,
): readonly SignalSlot[] {
  const values = types.values(given);
  return given.flatMap((_, argument) => [
    ...(values[argument]!.is('abortSignal') === 'yes' ? [{ argument, property: undefined }] : []),
    ...SIGNAL_PROPERTIES.map((property) => ({ argument, property })),
  ]);
}

function inOptions(node: TSESTree.ObjectExpression, slot: SignalSlot): HandedSignal[] {
  return node.properties.flatMap((property): HandedSignal[] => {
    const isHere = property.type === 'Property' && propertyName(property) === slot.property;
    if (!isHere || isLiteralValue(property.value)) return [];
    return [{ value: withoutFallback(property.value), slot, form: 'property' }];
  });
}

/** `signal` of `signal ?? null`, which a library may ask for. */
function withoutFallback(value: TSESTree.Node): TSESTree.Node {
  const node = unwrapped(value);
  if (node.type !== 'LogicalExpression' || node.operator !== '??') return node;
  return isLiteralValue(unwrapped(node.right)) ? unwrapped(node.left) : node;
}

function formOf(
  name: TSESTree.Identifier,
  { sourceCode, scopes, types }: Question,
): 'options' | 'scope' | undefined {
  const variable = localVariableOf(name, sourceCode);
  if (variable === undefined) return undefined;
  const bag = constantInit(variable);
  if (bag && unwrapped(bag).type === 'ObjectExpression') return 'options';
  const scope = scopes.of(variable);
  if (scope !== undefined && scope.kind !== 'signal') return 'scope';
  const isOptions = OPTIONS.test(name.name) && types.value(name).scope === 'yes';
  return isOptions ? 'options' : undefined;
}

/** `this.scope`, `this.#controller`. */
function formOfField(node: TSESTree.Node, { types }: Question): 'scope' | undefined {
  if (node.type !== 'MemberExpression' || !SCOPE_FIELD.test(propertyName(node) ?? '')) return;
  return types.value(node).scope === 'yes' ? 'scope' : undefined;
}

/** Whether a call may be handed a signal in a form that the text does not show. */
export function couldCarrySignal(
  { arguments: given }: TSESTree.CallExpression | TSESTree.NewExpression,
  slots: readonly SignalSlot[],
): boolean {
  if (given.some(({ type }) => type === 'SpreadElement')) return true;
  return slots.some(({ argument, property }) => {
    const node = given[argument] && unwrapped(given[argument]);
    if (node === undefined || PLAIN.has(node.type)) return false;
    if (node.type !== 'ObjectExpression') return true;
    return node.properties.some(
      (other) => other.type === 'SpreadElement' || propertyName(other) === property,
    );
  });
}

/** What is surely neither a signal nor options. */
const PLAIN: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'Literal',
  'TemplateLiteral',
]);
