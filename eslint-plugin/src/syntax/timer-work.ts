// Timers of the platform that nobody can take back, and the work that they start.
//
//   setInterval(poll, 1_000);                          goes on for as long as the process does
//   function tick() { …; setTimeout(tick, 1_000); }    the same
//   setTimeout(() => { void save(); }, 100);           starts work that has left its caller
import type { TSESTree } from '@typescript-eslint/utils';

import { LATER_FUNCTIONS, PROMISE_METHOD } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { enclosingFunction, type FunctionNode } from './enclosing.js';
import { isGlobalName } from './mooring-reference.js';
import { platformTimer } from './platform-timer.js';
import { calledMember } from './property-name.js';
import { mentionsSettler } from './settlers.js';
import { functionOf, localVariableOf, resolved, type SourceCode, variableOf } from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

/** The longest delay of a timer, in milliseconds: 2^31-1, which is 24.8 days. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Functions that call another later, once or time and again, and that no frame or idle time calls. */
const TIMERS: ReadonlySet<string> = new Set(
  [...LATER_FUNCTIONS].filter((name) => !name.startsWith('request')),
);

/** What a call is of the platform's timers: `'setTimeout'`, `'nextTick'`. */
export function timerName(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): string | undefined {
  const name = platformTimer(call.callee, sourceCode);
  if (name === undefined) return undefined;
  if (name === 'process.nextTick') return 'nextTick';
  return name !== 'nextTick' && TIMERS.has(name) ? name : undefined;
}

/** The delay, where it is a number that the timer cannot hold: it fires at once instead. */
export function tooLongDelay(
  delay: TSESTree.Node | undefined,
  sourceCode: SourceCode,
): number | undefined {
  const value = delay && numberOf(delay, sourceCode);
  return value !== undefined && value > LONGEST_DELAY ? value : undefined;
}

/** The value of an expression that is made of numbers alone: `30 * DAY`. */
function numberOf(expression: TSESTree.Node, sourceCode: SourceCode): number | undefined {
  const node = resolved(expression, sourceCode);
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (isGlobalName(node, 'Infinity', sourceCode)) return Infinity;
  if (node.type !== 'BinaryExpression' || !['*', '+'].includes(node.operator)) return undefined;
  const left = numberOf(node.left, sourceCode);
  const right = left === undefined ? undefined : numberOf(node.right, sourceCode);
  if (left === undefined || right === undefined) return undefined;
  return node.operator === '*' ? left * right : left + right;
}

/** Nobody has what could clear it: the call is a statement, or a name that nobody reads. */
export function isHandleLost(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  let node = outermost(call);
  const member = node.parent;
  const isUnref = member?.type === 'MemberExpression' && member.object === node;
  if (isUnref) {
    const outer = outermost(member).parent;
    if (outer?.type !== 'CallExpression' || calledMember(outer)?.name !== 'unref') return false;
    node = outermost(outer);
  }
  const { parent } = node;
  if (parent?.type === 'UnaryExpression') return parent.operator === 'void';
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') {
    return parent?.type === 'ExpressionStatement';
  }
  const variable = variableOf(parent.id, sourceCode);
  const isExported = parent.parent.parent.type === 'ExportNamedDeclaration';
  return !isExported && variable?.references.some((use) => use.isRead()) === false;
}

/** Whether the callback of a timer starts work, as far as this file tells. */
export function startsWork(
  callback: TSESTree.Node,
  isRepeated: boolean,
  sourceCode: SourceCode,
): boolean {
  const called = functionOf(callback, sourceCode);
  if (called === undefined) return isRepeated && isName(callback);
  // Whoever waits for what it settles waits for the work as well.
  if (mentionsSettler(called, sourceCode) || handsOn(called, sourceCode)) return false;
  if (called.async || isAround(called, callback)) return true;
  return [...descendants(called, sourceCode, 'own')].some(
    (node) => node.type === 'CallExpression' && (isRepeated || isWork(node, sourceCode)),
  );
}

function isName(callback: TSESTree.Node): boolean {
  const { type } = unwrapped(callback);
  return type === 'Identifier' || type === 'MemberExpression';
}

/** It calls what the function around it was given, a callback, or gives it the outcome. */
function handsOn(callback: FunctionNode, sourceCode: SourceCode): boolean {
  return [...descendants(callback, sourceCode)].some((node) => {
    if (node.type !== 'CallExpression') return false;
    const callee = unwrapped(node.callee);
    if (callee.type !== 'Identifier') return false;
    return localVariableOf(callee, sourceCode)?.defs[0]?.type === 'Parameter';
  });
}

/** `setTimeout(tick, ms)` in `tick` itself. */
function isAround(called: FunctionNode, callback: TSESTree.Node): boolean {
  let around = enclosingFunction(callback);
  while (around !== undefined && around !== called) around = enclosingFunction(around);
  return around === called;
}

const CHAIN: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

/** A call that surely gives a promise: `fetch(…)`, of an async function here, or that is chained. */
function isWork(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const isChain = CHAIN.has(calledMember(call)?.name);
  const { parent } = outermost(call);
  const isVoid = parent?.type === 'UnaryExpression' && parent.operator === 'void';
  if (isChain || isVoid) return true;
  if (isGlobalName(call.callee, 'fetch', sourceCode)) return true;
  const called = functionOf(call.callee, sourceCode);
  return called !== undefined && called.async && !called.generator;
}
