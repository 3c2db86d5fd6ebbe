// What a report says of a stored promise that is left alone, and whether that is a mistake in any
// program, as `recommended` asks.
import type { TSESTree } from '@typescript-eslint/utils';

import { calleeText } from '../../syntax/callee-text.js';
import { chainOf } from '../../syntax/promise-chain.js';
import type { SourceCode } from '../../syntax/variable.js';
import { isInHandler } from '../../syntax/where-nobody-waits.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import type { LeftAlone } from './left-alone.js';
import { isOneByOne } from './one-by-one.js';
import { serviceOf } from './service.js';
import type { StoredPromise } from './started-promise.js';

export type Story =
  | {
      readonly messageId: 'disposed' | 'ownerless' | 'ownerlessHandled' | 'tail';
      readonly data: Name;
    }
  | { readonly messageId: 'left' | 'leftHandled'; readonly data: Readonly<Record<'exit', string>> }
  | { readonly messageId: 'meanwhile'; readonly data: Readonly<Record<'other', string>> }
  | { readonly messageId: 'oneByOne'; readonly data: Readonly<Record<never, never>> }
  | {
      readonly messageId: 'service';
      readonly data: Readonly<Record<'end' | 'service', string>>;
    };

type Name = Readonly<Record<'name', string>>;

export function storyOf(left: LeftAlone, stored: StoredPromise, place: TypedPlace): Story {
  const { started } = stored;
  const { sourceCode } = place;
  const isHandled = isErrorHandled(started, place);
  if (left.by === 'disposal') return { messageId: 'disposed', data: { name: left.name } };
  if (left.by === 'nobody') {
    const { name } = left;
    if (isLink(started, name, sourceCode)) return { messageId: 'tail', data: { name } };
    return { messageId: isHandled ? 'ownerlessHandled' : 'ownerless', data: { name } };
  }
  const service = isHandled ? undefined : serviceOf(started, sourceCode);
  if (service !== undefined) {
    const { run, end } = service;
    const data = { service: calleeText(run, sourceCode), end: calleeText(end, sourceCode) };
    return { messageId: 'service', data };
  }
  const { kind, node } = left.end;
  if (isOneByOne(stored, left.end)) return { messageId: 'oneByOne', data: {} };
  if (kind === 'event' && (node.type === 'AwaitExpression' || node.type === 'ForOfStatement')) {
    const awaited = node.type === 'ForOfStatement' ? node.right : node.argument;
    return { messageId: 'meanwhile', data: { other: textOf(awaited, sourceCode) } };
  }
  const exit = node === started ? 'the next round of the loop' : exitText(kind, node);
  return { messageId: isHandled ? 'leftHandled' : 'left', data: { exit } };
}

/**
 * What is kept for later, and what runs until it is told to end, has an owner that no line shows;
 * where its error is handled it is only that nobody waits. In a user interface nobody waits for a
 * handler, and an error that is lost in it ends where one that it throws does.
 */
export function isMistake(stored: StoredPromise, left: LeftAlone, place: TypedPlace): boolean {
  if (isInHandler(stored.started, place)) return false;
  switch (storyOf(left, stored, place).messageId) {
    case 'left':
      return !isLeftByProgram(left);
    case 'disposed':
    case 'meanwhile':
    case 'oneByOne':
      return true;
    default:
      return false;
  }
}

/** `const running = main(); if (isShort) running.then(exit);`: the platform ends a program with its error. */
function isLeftByProgram(left: LeftAlone): boolean {
  return left.by === 'path' && left.end.kind === 'end' && left.end.node.type === 'Program';
}

/** `this.tail = this.tail.then(work)`. */
function isLink(started: TSESTree.Node, name: string, sourceCode: SourceCode): boolean {
  const { links, root } = chainOf(started);
  return links.length > 0 && sourceCode.getText(root) === name;
}

/** Longer texts of an expression make a message hard to read. */
const LONGEST_TEXT = 40;

function textOf(node: TSESTree.Node, sourceCode: SourceCode): string {
  const text = sourceCode.getText(node).replace(/\s+/g, ' ');
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

function exitText(kind: string, node: TSESTree.Node): string {
  if (node.type === 'ForOfStatement') return 'the loop';
  if (kind === 'end') return node.type === 'Program' ? 'the module' : 'the end of the function';
  const event = node.type === 'YieldExpression' ? 'the `yield`' : 'the assignment';
  const what = kind === 'event' ? event : `the \`${kind}\``;
  return `${what} in line ${node.loc.start.line}`;
}
