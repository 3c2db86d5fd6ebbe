// Whether code runs because a signal has aborted: what it does is the answer to that, and handed the
// signal it would end before it has begun.
//
//   if (signal.aborted) { await cancelJob(id); return; }
//   while (!signal.aborted) { … }                      await save(samples);
//   await once(signal, 'abort');                       await server.stop();
//   const result = await run(command, signal);         const output = await readFile(log);
//   if (result.aborted) return partial(output);        what is there is wanted all the same
import type { TSESTree } from '@typescript-eslint/utils';

import { type DecidingTest, isSaidIn, testOver } from '../../syntax/deciding-test.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isFunction } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { constantInit, type SourceCode, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';

/** `signal`: how the signal is written, `context.signal`. */
export function isAfterAbort(node: TSESTree.Node, signal: string, sourceCode: SourceCode): boolean {
  let child = node;
  for (let around = node.parent; around != null; child = around, around = around.parent) {
    const decides = testOver(child, around);
    if (decides !== undefined && saysAborted(decides, signal, sourceCode)) return true;
    if (around.type === 'BlockStatement' || around.type === 'Program') {
      if (child.range[0] >= abortedFrom(around, signal, sourceCode)) return true;
    }
    if (isFunction(around)) return false;
  }
  return false;
}

/** Of each block, by the signal: each call in it asks. */
const aborted = new WeakMap<Block, Map<string, number>>();

type Block = TSESTree.BlockStatement | TSESTree.Program;

/** Where the statements of a block begin that run when a signal has aborted. */
function abortedFrom(block: Block, signal: string, sourceCode: SourceCode): number {
  const known = aborted.get(block) ?? new Map<string, number>();
  aborted.set(block, known);
  let from = known.get(signal);
  if (from === undefined) {
    const last = waitsIn(block, sourceCode).find((each) => endsWithAbort(each, signal, sourceCode));
    from = last?.range[1] ?? Infinity;
    known.set(signal, from);
  }
  return from;
}

/** Of each block: hundreds of signals may be open in it. */
const waits = new WeakMap<Block, readonly TSESTree.Statement[]>();

/** The statements of a block that may end with an abort, of whatever signal. */
function waitsIn(block: Block, sourceCode: SourceCode): readonly TSESTree.Statement[] {
  const known = waits.get(block) ?? block.body.filter((each) => mayEndWithAbort(each, sourceCode));
  waits.set(block, known);
  return known;
}

/** Whether the code asks later of a result that it had before whether that was cut off. */
export function isReadAfter(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const run = enclosingRun(node);
  const known = asked.get(run) ?? resultsAskedIn(run, sourceCode);
  asked.set(run, known);
  return known.some(({ from, until }) => from <= node.range[0] && node.range[1] <= until);
}

interface Asked {
  /** Where the result is there. */
  readonly from: number;
  /** Where it is asked. */
  readonly until: number;
}

/** Of each function: each call in it asks. */
const asked = new WeakMap<TSESTree.Node, readonly Asked[]>();

/** A function that asks this of more results is none that a person has written. */
const MOST_ASKED = 20;

/** `if (result.aborted)`, of a `const result = await …`. */
function resultsAskedIn(run: TSESTree.Node, sourceCode: SourceCode): readonly Asked[] {
  const found: Asked[] = [];
  for (const node of descendants(run, sourceCode, 'own')) {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') continue;
    const test = unwrapped(node.test);
    if (test.type !== 'MemberExpression' || test.object.type !== 'Identifier') continue;
    if (!/^(aborted|cancell?ed|interrupted)$/.test(propertyName(test) ?? '')) continue;
    const variable = variableOf(test.object, sourceCode);
    const init = variable && constantInit(variable);
    if (init?.type !== 'AwaitExpression') continue;
    if (found.push({ from: init.range[1], until: node.range[0] }) === MOST_ASKED) break;
  }
  return found;
}

/** Whether a test says that the signal has aborted. */
function saysAborted(decides: DecidingTest, signal: string, sourceCode: SourceCode): boolean {
  return isSaidIn(decides, (node, holds) => {
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
      const { left, right } = node;
      if (right.type !== 'Literal' || typeof right.value !== 'boolean') return false;
      const isSame = right.value === node.operator.startsWith('=');
      return saysAborted({ test: left, holds: holds === isSame }, signal, sourceCode);
    }
    if (!holds || node.type !== 'MemberExpression') return false;
    if (!/^(aborted|expired|reason)$/.test(propertyName(node) ?? '')) return false;
    return plain(sourceCode.getText(node)).startsWith(`${ownerOf(signal)}.`);
  });
}

/** A loop that only a signal ends, and a wait for its event. */
function mayEndWithAbort(statement: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (isWhile(statement)) {
    if (statement.test.type === 'LogicalExpression') return false;
    const own = [...descendants(statement.body, sourceCode, 'own')];
    return !own.some(({ type }) => type === 'BreakStatement');
  }
  const awaited = awaitedBy(statement);
  if (awaited === undefined) return false;
  const parts = [...descendants(awaited, sourceCode)];
  return parts.some((part) => part.type === 'Literal' && part.value === 'abort');
}

/** Whether such a statement is one of this signal. */
function endsWithAbort(statement: TSESTree.Node, signal: string, sourceCode: SourceCode): boolean {
  if (isWhile(statement)) {
    return saysAborted({ test: statement.test, holds: false }, signal, sourceCode);
  }
  const parts = [...descendants(awaitedBy(statement)!, sourceCode)];
  return parts.some((part) => plain(sourceCode.getText(part)) === plain(signal));
}

function isWhile(node: TSESTree.Node): node is TSESTree.DoWhileStatement | TSESTree.WhileStatement {
  return node.type === 'WhileStatement' || node.type === 'DoWhileStatement';
}

function awaitedBy(statement: TSESTree.Node): TSESTree.Node | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined;
  const { expression } = statement;
  return expression.type === 'AwaitExpression' ? expression.argument : undefined;
}

/** `options.signal` for `options?.signal` and `options.signal!`. */
function plain(text: string): string {
  return text.replaceAll(/[?!]/g, '');
}

/** `context` of `context.signal`: a timeout tells by `expired` whether it has. */
function ownerOf(signal: string): string {
  return plain(signal).replace(/\.\w+$/, '');
}
