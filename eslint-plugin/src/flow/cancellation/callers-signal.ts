// What the callers of a function have to do with the signal that it takes, by the code of its package:
//
//   await search(text);                                          nobody hands it one: it never aborts
//   const found = await search(text, signal);  if (signal.aborted) return;      it is asked afterwards
//   try { … } finally { await removeOverlay(page, signal); }     clean-up, which must not fail of it
import type { TSESTree } from '@typescript-eslint/utils';

import { packageCallers, type Caller, type Callers } from '../../project/package-callers.js';
import type { Place } from '../../project/project-place.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isFunction, type FunctionNode } from '../../syntax/enclosing.js';
import { isNullish } from '../../syntax/literal-value.js';
import { propertyName } from '../../syntax/property-name.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isInCleanup } from '../cleanup/in-cleanup.js';
import type { ReachableScope } from '../scopes/scope-in-reach.js';

interface Taken {
  readonly argument: number;
  /** Where the parameter has the signal, or is taken apart. */
  readonly property: string | undefined;
}

/** Whether no caller that is seen would miss a cancellation that ends in the function. */
export function isMissedByNobody(scope: ReachableScope, place: Place): boolean {
  const callers = callersOf(scope, place);
  if (callers === undefined || callers.isOpen || callers.seen.length === 0) return false;
  const taken = takenAt(scope, scope.run as FunctionNode);
  return (
    taken !== undefined &&
    callers.seen.every((each) => isHandedNone(each, taken) || isAskedAfter(each, taken))
  );
}

/** Whether it is a step of somebody's clean-up. */
export function isCalledInCleanup(scope: ReachableScope, place: Place): boolean {
  return callersOf(scope, place)?.seen.some(({ call }) => isInCleanup(call)) === true;
}

function callersOf({ run }: ReachableScope, place: Place): Callers | undefined {
  return isFunction(run) ? packageCallers(run, place) : undefined;
}

/** `signal`, `{ signal }`, `options` of which it is `options.signal`. */
function takenAt(
  { variable, signal }: ReachableScope,
  { params }: FunctionNode,
): Taken | undefined {
  const name = variable.identifiers[0];
  for (const [argument, parameter] of params.entries()) {
    const given = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (given === name) {
      const property = signal === variable.name ? undefined : signal.split(/\??\./).at(-1);
      return { argument, property };
    }
    if (given.type !== 'ObjectPattern') continue;
    const own = given.properties.find(
      (each): each is TSESTree.Property => each.type === 'Property' && each.value === name,
    );
    if (own !== undefined) return { argument, property: propertyName(own) };
  }
  return undefined;
}

function isHandedNone({ call }: Caller, { argument, property }: Taken): boolean {
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return false;
  const given = call.arguments[argument];
  if (given === undefined || isNullish(unwrapped(given))) return true;
  const node = unwrapped(given);
  if (property === undefined || node.type !== 'ObjectExpression') return false;
  return node.properties.every(
    (each) => each.type === 'Property' && propertyName(each) !== property,
  );
}

/** `if (signal.aborted) return;`, after the call that was handed it. */
function isAskedAfter(caller: Caller, taken: Taken): boolean {
  const { call, place } = caller;
  const signal = handedSignal(call, taken);
  if (signal === undefined) return false;
  const { sourceCode } = place;
  const text = plain(sourceCode.getText(signal));
  return [...descendants(enclosingRun(call), sourceCode, 'own')].some(
    (node) =>
      node.type === 'MemberExpression' &&
      node.range[0] > call.range[1] &&
      /^(aborted|throwIfAborted)$/.test(propertyName(node) ?? '') &&
      plain(sourceCode.getText(node.object)) === text,
  );
}

function handedSignal(
  { arguments: given }: TSESTree.CallExpression,
  { argument, property }: Taken,
): TSESTree.Node | undefined {
  const node = given[argument] && unwrapped(given[argument]);
  if (property === undefined || node?.type !== 'ObjectExpression') {
    return property === undefined ? node : undefined;
  }
  const own = node.properties.find(
    (each): each is TSESTree.Property =>
      each.type === 'Property' && propertyName(each) === property,
  );
  return own && unwrapped(own.value);
}

/** `context.signal` for `context?.signal`. */
function plain(text: string): string {
  return text.replaceAll(/[?!]/g, '');
}
