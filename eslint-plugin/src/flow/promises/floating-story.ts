// What a report says of a promise that floats.
import type { TSESTree } from '@typescript-eslint/utils';

import { calleeText } from '../../syntax/callee-text.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import type { Floating, FloatingPromise } from './floating-promise.js';
import { type DropMistake, mistakeOfDrop } from './mistakes.js';

/** The mistake that it is, or else how it floats; `over` where its work is over at once. */
export type DropMessage = DropMistake | Floating | 'over';

export function messageOfDrop(found: FloatingPromise, place: TypedPlace): DropMessage {
  const mistake = mistakeOfDrop(found, place);
  if (mistake !== undefined) return mistake;
  const { floating, value } = found;
  // `void debounced()`, which gives nothing before its first run; `void session?.end().catch(report)`
  // has somebody for its error.
  if (floating === 'void' && isPerhaps(value.node, place) && !isErrorHandled(value.node, place)) {
    return 'maybe';
  }
  return floating === 'floating' && isOverAtOnce(value.node, place) ? 'over' : floating;
}

function isPerhaps(node: TSESTree.Node, { types }: TypedPlace): boolean {
  if (unwrapped(node).type !== 'CallExpression') return false;
  return types.values([node])[0]!.insteadOfPromise !== undefined;
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
