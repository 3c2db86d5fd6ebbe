// The functions that are handed to calls which drop their promise, and what is known of each.
import { isWithoutResult, madeFunction } from '../../project/made-function.js';
import type { CallbackArgument, CallbackCall } from '../../syntax/callback-arguments.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { calledMember } from '../../syntax/property-name.js';
import { settlesLast } from '../../syntax/told-last.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { LISTENER_METHODS } from '../../vocabulary.js';
import { isOfMadeFunction } from './by-product.js';
import {
  type Dropping,
  type DroppingInput,
  droppingOf,
  type KnownBy,
  knownBy,
} from './dropping-call.js';
import { handlesErrors } from './error-handling.js';
import { givingCallbacks } from './giving-callback.js';
import { functionBehind, isNeedlesslyAsync, tellsOnItsOwn } from './handed-function.js';

export interface DroppedCallback {
  readonly argument: CallbackArgument;
  readonly dropping: Dropping;
  readonly knownBy: KnownBy;
  /** The function handles its errors itself, or its caller does: it is only that nobody waits. */
  readonly isHandled: boolean;
  /** The function is async, and has nothing to wait for. */
  readonly isNeedless: boolean;
  /** Its last step settles a promise: somebody waits for that. */
  readonly isTelling: boolean;
}

/** The arguments whose promise is dropped. */
export function droppedCallbacks(
  candidates: readonly CallbackArgument[],
  input: DroppingInput,
): readonly DroppedCallback[] {
  const { sourceCode, types } = input;
  const giving = givingCallbacks(candidates, input);
  const calls = types.calls(giving.map(({ call }) => call));
  return giving.flatMap((argument, position): DroppedCallback[] => {
    const facts = calls[position]!;
    const dropping = droppingOf(argument, facts, input);
    if (dropping === undefined) return [];
    const made = argument.isAsync ? undefined : madeFunction(argument.node, input);
    if (made !== undefined && isWithoutResult(made)) return [];
    const callback = functionBehind(argument.node, sourceCode);
    if (callback !== undefined && onlyCallsMade(callback, input)) return [];
    if (callback !== undefined && tellsOnItsOwn(callback, dropping, input)) return [];
    return [
      {
        argument,
        dropping,
        get knownBy() {
          return knownBy(argument, facts, input);
        },
        get isHandled() {
          const isHandledInside =
            callback !== undefined && handlesErrors({ node: callback, place: input });
          return isHandledInside || isCaptured(argument.call, sourceCode);
        },
        get isNeedless() {
          return callback !== undefined && isNeedlesslyAsync(callback, input);
        },
        get isTelling() {
          return callback !== undefined && settlesLast(callback, sourceCode);
        },
      },
    ];
  });
}

/** `() => saving('key')`, where `saving` is what `debounce` has made, whatever type it is cast to. */
function onlyCallsMade(callback: FunctionNode, input: DroppingInput): boolean {
  if (callback.async || callback.generator) return false;
  const { returned } = outcomeOf(callback, input.sourceCode);
  return (
    returned.length > 0 && returned.every((value) => isOfMadeFunction(unwrapped(value), input))
  );
}

/** `new EventEmitter({ captureRejections: true })` gives the errors of its listeners to that of `error`. */
function isCaptured(call: CallbackCall, sourceCode: SourceCode): boolean {
  const name = calledMember(call)?.name;
  return (
    name !== undefined &&
    LISTENER_METHODS.has(name) &&
    /captureRejection|nodejs\.rejection/.test(sourceCode.text)
  );
}
