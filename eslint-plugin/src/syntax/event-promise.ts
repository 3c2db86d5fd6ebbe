// Promises of something that happens elsewhere, behind which no work of this code runs on:
//
//   once(server, 'close')
//   new Promise((resolve) => { server.once('close', resolve); })
//   new Promise((resolve) => { settle = resolve; })
import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS } from '../vocabulary.js';
import { ownCallsIn } from './calls-in.js';
import { executorOf } from './executor.js';
import { chainOf } from './promise-chain.js';
import { calledMember } from './property-name.js';
import { resolved, type SourceCode } from './variable.js';

export function isEventPromise(expression: TSESTree.Node, sourceCode: SourceCode): boolean {
  // `closed.then(() => true)` waits for the event that `closed` waits for.
  const node = resolved(chainOf(expression).root, sourceCode);
  if (isListening(node) || isNextEvent(node, sourceCode)) return true;
  const executor = executorOf(node, sourceCode);
  if (executor === undefined || executor.async) return false;
  const calls = ownCallsIn(executor.body, sourceCode);
  return calls.length === 0 || calls.some(isListening);
}

/** `changes.next()`, of `const changes = on(stream, 'change')`. */
function isNextEvent(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const member = calledMember(node);
  return member?.name === 'next' && isListening(resolved(member.object, sourceCode));
}

function isListening(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  const name = callee.type === 'Identifier' ? callee.name : calledMember(node)?.name;
  return name !== undefined && LISTENER_METHODS.has(name);
}
