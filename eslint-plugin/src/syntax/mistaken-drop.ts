// Where a promise that is dropped on purpose, with `void` or a handler for its error, is a mistake
// all the same.
//
//   try { void save(); } catch (error) { report(error); }      the `catch` never sees its error
//   void flush(); process.exit(0);                             the process ends before it does
//   it('loads', () => { load().then((page) => expect(page).toBe(1)); });    the test has ended
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { isInside } from './enclosing.js';
import { externalName } from './external-name.js';
import { endsProcess } from './halting-call.js';
import { isInExecutor } from './executor.js';
import { propertyName } from './property-name.js';
import { testAround } from './test-code.js';
import { triesAround } from './tries-around.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

/** Whether the process is ended by one of the next statements, before anything is awaited. */
export function isBeforeExit(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement' && parent?.type !== 'Program') return false;
  const at = parent.body.indexOf(statement as TSESTree.Statement);
  return exitsFrom(parent.body, sourceCode)[at + 1] ?? false;
}

const exits = new WeakMap<readonly TSESTree.Node[], readonly boolean[]>();

/** For each statement of a list, whether the process ends from there on before anything is awaited. */
function exitsFrom(list: readonly TSESTree.Node[], sourceCode: SourceCode): readonly boolean[] {
  const known = exits.get(list);
  if (known !== undefined) return known;
  const found: boolean[] = list.map(() => false);
  for (let at = list.length - 1; at >= 0; at--) {
    const statement = list[at]!;
    if (awaitsIn(statement, sourceCode)) continue;
    const ends =
      statement.type === 'ExpressionStatement' && endsProcess(statement.expression, sourceCode);
    found[at] = ends || (found[at + 1] ?? false);
  }
  exits.set(list, found);
  return found;
}

/**
 * Whether a `catch` stands around, in the same function, that the error does not come to. Where
 * something else in the `try` is awaited, the `catch` may be for that.
 */
export function isInUnseenTry(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  for (const { block, handler } of triesAround(node)) {
    if (handler !== null) return !awaitsIn(block, sourceCode);
  }
  return false;
}

/**
 * How much else there is in the `try` around that the `catch` could be for: calls, and what is thrown.
 * In functions that are called later it is for nothing.
 */
export function othersInTry(node: TSESTree.Node, sourceCode: SourceCode): number {
  let around: TSESTree.Node | undefined = node.parent;
  while (around != null && around.type !== 'TryStatement') around = around.parent;
  if (around == null) return Infinity;
  const risks = risksOf.get(around.block) ?? findRisks(around.block, sourceCode);
  risksOf.set(around.block, risks);
  return risks.filter((each) => !isInside(each, node) && !isInside(node, each)).length;
}

/** What may throw in a block: each promise that is dropped in it asks. */
const risksOf = new WeakMap<TSESTree.Node, readonly TSESTree.Node[]>();

function findRisks(block: TSESTree.Node, sourceCode: SourceCode): readonly TSESTree.Node[] {
  return [...descendants(block, sourceCode, 'own')].filter(mayThrow);
}

export function mayThrow({ type }: TSESTree.Node): boolean {
  return MAY_THROW.has(type);
}

const MAY_THROW: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'ThrowStatement',
]);

export const ASSERTIONS: ReadonlySet<string> = new Set(['assert', 'expect', 'should']);

/** Whether a chain has an assertion in it, and the test around ends before it. */
export function losesAssertion(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const test = testAround(node);
  if (test === undefined || test.params.length > 0 || isKeptByVitest(node, sourceCode))
    return false;
  const asserts = assertsIn(node, sourceCode);
  // A test may wait for a promise that it makes by hand until the end is told.
  if (!asserts || isInExecutor(node, test)) return false;
  return ![...descendants(test, sourceCode)].some(
    (each) => each.type === 'AwaitExpression' && each.range[0] > node.range[1],
  );
}

function assertsIn(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return [...descendants(node, sourceCode)].some(
    (each) => each.type === 'CallExpression' && ASSERTIONS.has(rootName(each.callee) ?? ''),
  );
}

/** `store.add(1); expect(write).toHaveBeenCalledWith(1);` */
export function isAssertedNext(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement') return false;
  const next = parent.body[parent.body.indexOf(statement as TSESTree.Statement) + 1];
  return next !== undefined && assertsIn(next, sourceCode) && !awaitsIn(next, sourceCode);
}

/** `expect(load()).rejects.toThrow()`: Vitest's test ends only when this has, and fails with it. */
function isKeptByVitest(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const asking = askingOfPromise(node);
  return asking !== undefined && externalName(asking.callee, sourceCode)?.module === 'vitest';
}

/** `expect(load())` of `expect(load()).rejects.toThrow()`. */
export function askingOfPromise(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const links = linksOf(node);
  const isOfPromise = links.some(
    (link) =>
      link.type === 'MemberExpression' && /^(rejects|resolves)$/.test(propertyName(link) ?? ''),
  );
  const asking = isOfPromise ? links.at(-2) : undefined;
  return asking?.type === 'CallExpression' ? asking : undefined;
}

/** The statement of a block that a node is part of. */
export function statementOf(node: TSESTree.Node): TSESTree.Node {
  let statement = node;
  while (
    statement.parent != null &&
    statement.parent.type !== 'BlockStatement' &&
    statement.parent.type !== 'Program'
  ) {
    statement = statement.parent;
  }
  return statement;
}

/** What was found of a statement: each promise that is dropped in a block asks of it. */
const awaiting = new WeakMap<TSESTree.Node, boolean>();

function awaitsIn(statement: TSESTree.Node, sourceCode: SourceCode): boolean {
  const known = awaiting.get(statement);
  if (known !== undefined) return known;
  const found = [...descendants(statement, sourceCode, 'own')].some(
    (node) => node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await),
  );
  awaiting.set(statement, found);
  return found;
}

/** `expect` of `expect(page).resolves.toBe`. */
export function rootName(callee: TSESTree.Node): string | undefined {
  const root = linksOf(callee).at(-1)!;
  return root.type === 'Identifier' ? root.name : undefined;
}

/** What calls and members hang on each other, from the last one to the root. */
function linksOf(value: TSESTree.Node): readonly TSESTree.Node[] {
  const links = [unwrapped(value)];
  for (let node = links[0]!; node.type === 'MemberExpression' || node.type === 'CallExpression';) {
    node = unwrapped(node.type === 'MemberExpression' ? node.object : node.callee);
    links.push(node);
  }
  return links;
}
