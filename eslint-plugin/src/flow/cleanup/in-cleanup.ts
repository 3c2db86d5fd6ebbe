// Whether code stands in clean-up, by the text around it: there the signal of the work has aborted,
// and a call that was handed it would do nothing.
//
//   finally { await release(); }        catch (error) { await undo(); }
//   async close() { await flush(); }    async [Symbol.asyncDispose]() { … }
import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { calledName, propertyName } from '../../syntax/property-name.js';
import { outermost } from '../../syntax/wrappers.js';
import { ASYNC_DISPOSE, CLEANUP_VERBS, DISPOSE } from '../../vocabulary.js';

export function isInCleanup(node: TSESTree.Node): boolean {
  let child = node;
  for (let around = node.parent; around != null; child = around, around = around.parent) {
    if (around.type === 'CatchClause') return true;
    if (around.type === 'TryStatement' && around.finalizer === child) return true;
    if (isFunction(around) && isCleanupName(nameOf(around))) return true;
  }
  return false;
}

/** Whether a call ends something: `connection.close()`, `tx.commit()`, `consumer.disconnect()`. */
export function isEnding(call: TSESTree.Node): boolean {
  const name = calledName(call);
  return isCleanupName(name) || /^(commit|disconnect|kill|terminate)([A-Z_]|$)/.test(name ?? '');
}

/** `close`, `closeAll`, `_stop`, `#flush`, a disposer. */
function isCleanupName(name: string | undefined): boolean {
  if (name === undefined) return false;
  if (name === ASYNC_DISPOSE || name === DISPOSE) return true;
  const [verb] = name.replace(/^[#_]+/, '').split(/(?=[A-Z])|_/);
  return verb === 'flush' || verb === 'stop' || CLEANUP_VERBS.has(verb ?? '');
}

function nameOf(node: FunctionNode): string | undefined {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const { parent } = outermost(node);
  switch (parent?.type) {
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return propertyName(parent);
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : undefined;
    default:
      return undefined;
  }
}
