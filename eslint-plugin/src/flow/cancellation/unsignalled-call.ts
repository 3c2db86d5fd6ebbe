// Whether a call is surely handed no signal.
//
//   fetch(url)                       none
//   fetch(url, { method: 'POST' })   none; so too with these options in a constant
//   fetch(url, options)              perhaps: the options may carry one
//   got(url)                         none, though `got(options)` may have one
//   agent.run(query)                 no place for one: `run(query: string | RunOptions)` has no other
//   fetch(url, undefined)            the author has said that it is to have none
//   load()                           perhaps, where it is `(own = signal) => …`
//   fetch(request)                   perhaps, but for `const request = new Request(url)`
import type { TSESTree } from '@typescript-eslint/utils';

import { isGlobalName } from '../../syntax/mooring-reference.js';
import { calledFunction } from '../../syntax/own-method.js';
import { propertyName } from '../../syntax/property-name.js';
import { constantInit, localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { SignalSlot, Types, ValueFacts } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';
import { couldCarrySignal } from './handed-signals.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

interface Question {
  readonly sourceCode: SourceCode;
  readonly types: Types;
}

export function isUnsignalled(
  call: Call,
  slots: readonly SignalSlot[],
  { sourceCode, types }: Question,
): boolean {
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return false;
  const values = types.values(call.arguments);
  const isTakenByOther = ({ argument }: SignalSlot): boolean =>
    call.arguments[argument] !== undefined && isNoBag(values[argument]!);
  if (slots.every(isTakenByOther)) return false;
  const perhaps = slots.filter(
    (slot) =>
      isNull(call, slot) || (couldCarrySignal(call, [slot]) && !isNoBag(values[slot.argument]!)),
  );
  if (!perhaps.every((slot) => isPlainConstant(call, slot, sourceCode))) return false;
  if (slots.some((slot) => hasDefault(call, slot, { sourceCode, types }))) return false;
  return call.arguments.every((given, index) => {
    return !hasSignal(values[index]!) || isBareRequest(given, { sourceCode, types });
  });
}

/** A text, a stream, a URL, where another overload takes options: `got(url)`, `pipeline(from, to)`. */
function isNoBag(value: ValueFacts): boolean {
  return value.isPlain ? !value.isNullable : NO_BAG.some((name) => value.members(name).length > 0);
}

const NO_BAG = ['byteLength', 'href', 'on', 'pipe', 'pipeTo'];

function hasSignal(value: ValueFacts): boolean {
  return value.scope === 'yes' || value.is('abortSignal') === 'yes';
}

/** Whether the function is one of this file that takes a signal of its own accord where it is given none. */
function hasDefault(
  call: Call,
  { argument }: SignalSlot,
  { sourceCode, types }: Question,
): boolean {
  const parameter = calledFunction(call, sourceCode)?.params[argument];
  if (parameter?.type !== 'AssignmentPattern') return false;
  const { type } = unwrapped(parameter.right);
  const isGiven = type === 'Identifier' || type === 'MemberExpression';
  return isGiven && hasSignal(types.value(parameter.right));
}

function isNull(call: Call, { argument }: SignalSlot): boolean {
  const node = call.arguments[argument] && unwrapped(call.arguments[argument]);
  return node?.type === 'Literal' && node.value === null;
}

/** Options in a constant that has no signal, and that no line changes or hands on. */
function isPlainConstant(
  call: Call,
  { argument, property }: SignalSlot,
  sourceCode: SourceCode,
): boolean {
  const name = unwrapped(call.arguments[argument]!);
  const variable = name.type === 'Identifier' ? localVariableOf(name, sourceCode) : undefined;
  const init = variable && constantInit(variable);
  const options = init && unwrapped(init);
  if (options?.type !== 'ObjectExpression') return false;
  const isPlain = options.properties.every(
    (other) => other.type === 'Property' && !other.computed && propertyName(other) !== property,
  );
  return (
    isPlain &&
    variable!.references.every(({ identifier, init: isInit }) => isInit || identifier === name)
  );
}

/** `new Request(url, { method })`. */
function isBareRequest(given: TSESTree.Node, { sourceCode, types }: Question): boolean {
  const name = unwrapped(given);
  const variable = name.type === 'Identifier' ? localVariableOf(name, sourceCode) : undefined;
  const init = variable ? constantInit(variable) : name;
  const made = init && unwrapped(init);
  if (made?.type !== 'NewExpression' || !isGlobalName(made.callee, 'Request', sourceCode)) {
    return false;
  }
  const [url] = made.arguments;
  if (url === undefined || url.type === 'SpreadElement') return false;
  if (types.value(url).scope !== 'no') return false;
  return !couldCarrySignal(made, [{ argument: 1, property: MEMBER.signal }]);
}
