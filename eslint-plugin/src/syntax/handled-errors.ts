// Whether an async function handles the error of everything that it waits for, by its own code:
//
//   async () => { try { await work(); } catch (error) { report(error); } }
//
// That a plain call outside of a `try` may throw is left aside: nearly every call may.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import type { FunctionNode } from './enclosing.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

export function handlesItsErrors(called: FunctionNode, sourceCode: SourceCode): boolean {
  if (!called.async || called.generator) return false;
  const nodes = [...descendants(called.body, sourceCode, 'own')];
  const waits = nodes.filter(mayFail);
  // Of a function that waits for nothing it is the calls that may throw.
  const risks = waits.length > 0 ? waits : nodes.filter(({ type }) => type === 'CallExpression');
  return risks.length > 0 && risks.every((node) => isTakenCareOf(node, called));
}

/** What is returned from a `try` without `await` fails after the `try` has been left. */
function isTakenCareOf(node: TSESTree.Node, called: FunctionNode): boolean {
  return node.type !== 'ReturnStatement' && (isCaught(node, called) || isInCatch(node, called));
}

function mayFail(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'AwaitExpression':
    case 'ThrowStatement':
      return true;
    case 'ForOfStatement':
      return node.await;
    case 'VariableDeclaration':
      return node.kind === 'await using';
    case 'ReturnStatement':
      return node.argument !== null && mayBePromise(unwrapped(node.argument));
    default:
      return false;
  }
}

const PLAIN: ReadonlySet<string> = new Set([
  'AwaitExpression',
  'BinaryExpression',
  'Literal',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

function mayBePromise(value: TSESTree.Node): boolean {
  return !PLAIN.has(value.type) && !(value.type === 'Identifier' && value.name === 'undefined');
}

/** What a `catch` calls to tell of the error is not expected to throw. */
function isInCatch(node: TSESTree.Node, called: FunctionNode): boolean {
  if (node.type !== 'CallExpression') return false;
  let around: TSESTree.Node | undefined = node.parent;
  for (; around != null && around !== called; around = around.parent) {
    if (around.type === 'CatchClause') return true;
  }
  return false;
}

/** Whether a `catch` of the function takes what the node throws. */
function isCaught(node: TSESTree.Node, called: FunctionNode): boolean {
  let child = node;
  for (let around = node.parent; around != null && child !== called; around = around.parent) {
    if (around.type === 'TryStatement' && around.block === child && around.handler) return true;
    child = around;
  }
  return false;
}
