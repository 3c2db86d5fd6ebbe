// Tests that take an error for a cancellation by what it is called.
//
//   error.name === 'AbortError'      error.code !== 'ABORT_ERR'      error instanceof DOMException
//   error instanceof Error && error.name === 'AbortError'            one test, reported once
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../../syntax/enclosing.js';
import { externalName } from '../../syntax/external-name.js';
import { type FileNames, runtimeExport } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import { ABORT_NAMES } from '../../vocabulary.js';

export interface NamedCancellation {
  /** The whole test, with what it says of the error's class. */
  readonly test: TSESTree.Node;
  readonly error: TSESTree.Node;
  readonly isNegated: boolean;
}

export function namedCancellation(
  node: TSESTree.BinaryExpression,
  file: FileNames,
): NamedCancellation | undefined {
  const found = ofName(node) ?? ofClass(node, file);
  if (found === undefined) return undefined;
  const test = wholeTest(node, found.error, file);
  return isOfOtherName(test) || asksSignal(test, file) ? undefined : { ...found, test };
}

/** `error instanceof DOMException && error.name === 'TimeoutError'`. */
function isOfOtherName(test: TSESTree.Node): boolean {
  const { parent } = outermost(test);
  if (parent?.type !== 'LogicalExpression' || parent.operator !== '&&') return false;
  const other = unwrapped(outermost(test) === parent.left ? parent.right : parent.left);
  if (other.type !== 'BinaryExpression' || !EQUAL.has(other.operator)) return false;
  const read = chained(other.left);
  return read.type === 'MemberExpression' && ABORT_NAMES.has(propertyName(read) ?? '');
}

/** Whether the code that deals with the error asks a signal as well: it tells one abort from another. */
function asksSignal(test: TSESTree.Node, { sourceCode }: FileNames): boolean {
  let around = test.parent;
  while (around != null && around.type !== 'CatchClause' && !isFunction(around)) {
    around = around.parent;
  }
  const isHandler = around?.type === 'CatchClause' || around?.parent?.type === 'CallExpression';
  return isHandler && /\.aborted\b/.test(sourceCode.getText(around));
}

type Found = Omit<NamedCancellation, 'test'>;

const EQUAL: ReadonlyMap<string, boolean> = new Map([
  ['==', false],
  ['===', false],
  ['!=', true],
  ['!==', true],
]);

function ofName({ left, right, operator }: TSESTree.BinaryExpression): Found | undefined {
  const isNegated = EQUAL.get(operator);
  if (isNegated === undefined) return undefined;
  for (const [read, name] of [
    [left, right],
    [right, left],
  ] as const) {
    const member = chained(read);
    if (member.type !== 'MemberExpression' || name.type !== 'Literal') continue;
    const property = propertyName(member);
    if (property !== undefined && ABORT_NAMES.get(property) === name.value) {
      return { error: member.object, isNegated };
    }
  }
  return undefined;
}

function chained(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrapped(node);
  return inner.type === 'ChainExpression' ? inner.expression : inner;
}

function ofClass(
  { left, right, operator }: TSESTree.BinaryExpression,
  file: FileNames,
): Found | undefined {
  if (operator !== 'instanceof') return undefined;
  const name = externalName(right, file.sourceCode);
  const isPlatform = name?.from === 'lib' && name.path.join('.') === 'DOMException';
  const isOurs = runtimeExport(right, file) === 'CancelledError';
  return isPlatform || isOurs ? { error: left, isNegated: false } : undefined;
}

/** `error instanceof Error && …` says no more than the name: the test is both together. */
function wholeTest(
  node: TSESTree.BinaryExpression,
  error: TSESTree.Node,
  file: FileNames,
): TSESTree.Node {
  let test: TSESTree.Node = node;
  for (;;) {
    const { parent } = outermost(test);
    if (parent?.type !== 'LogicalExpression' || parent.operator !== '&&') return test;
    const other = outermost(test) === parent.left ? parent.right : parent.left;
    if (!isAbout(unwrapped(other), error, file)) return test;
    test = parent;
  }
}

function isAbout(other: TSESTree.Node, error: TSESTree.Node, file: FileNames): boolean {
  if (other.type !== 'BinaryExpression') return false;
  const { sourceCode } = file;
  const isOfClass =
    other.operator === 'instanceof' && sourceCode.getText(other.left) === sourceCode.getText(error);
  return isOfClass || ofName(other) !== undefined;
}
