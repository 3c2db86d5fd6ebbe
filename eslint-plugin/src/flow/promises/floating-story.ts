// What a report says of a promise that floats.
import type { TSESTree } from '@typescript-eslint/utils';

import { calleeText } from '../../syntax/callee-text.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { settlesOnSuccess } from '../../syntax/told-end.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import type { Floating, FloatingPromise } from './floating-promise.js';
import { type DropMistake, mistakeOfDrop } from './mistakes.js';

/**
 * The mistake that it is, or else how it floats; `over` where its work is over at once, `untold` where
 * who waits for it hears of its success only.
 */
export type DropMessage = DropMistake | Floating | 'over' | 'untold';

export function messageOfDrop(found: FloatingPromise, place: TypedPlace): DropMessage {
  const mistake = mistakeOfDrop(found, place);
  const { floating, value } = found;
  const isPlain = mistake === undefined || mistake === 'floating';
  if (isPlain && UNTOLD.has(floating) && isUntold(value.node, place)) return 'untold';
  if (mistake !== undefined) return mistake;
  // `void debounced()`, which gives nothing before its first run; `void session?.end().catch(report)`
  // has somebody for its error.
  if (floating === 'void' && isPerhaps(value.node, place) && !isErrorHandled(value.node, place)) {
    return 'maybe';
  }
  return floating === 'floating' && isOverAtOnce(value.node, place) ? 'over' : floating;
}

const UNTOLD: ReadonlySet<Floating> = new Set(['chain', 'floating', 'void']);

/** `new Promise((resolve) => { load().then(resolve); })`. */
function isUntold(node: TSESTree.Node, { sourceCode }: TypedPlace): boolean {
  return settlesOnSuccess(chainOf(node), sourceCode);
}

function isPerhaps(node: TSESTree.Node, { types }: TypedPlace): boolean {
  if (unwrapped(node).type !== 'CallExpression') return false;
  return types.value(node).insteadOfPromise !== undefined;
}

/** Of the call that a message names: itself, the one that is handed the promise, or the function. */
export function namedCallee(
  { value: { by, node } }: FloatingPromise,
  message: DropMessage,
  sourceCode: SourceCode,
): string | undefined {
  const call = message === 'forgotten' ? unwrapped(node) : takerOf(by, node);
  return call?.type === 'CallExpression' ? calleeText(call, sourceCode) : undefined;
}

function takerOf(by: TSESTree.Node, node: TSESTree.Node): TSESTree.Node | undefined {
  const around = enclosingFunction(node);
  return by.type === 'CallExpression' ? by : around && consumerOf(around).by;
}
