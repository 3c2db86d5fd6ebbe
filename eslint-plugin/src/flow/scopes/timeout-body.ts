// The code that a deadline is there to stop, and how far the signal of the deadline gets in it.
//
//   await timeout(100, async (deadline) => { … });     the body
//   await timeout(100, load);                          `load`, where this file declares it
//   using deadline = timeout(100); …                   the rest of the block
import type { TSESTree } from '@typescript-eslint/utils';

import { attemptTimeout } from '../../syntax/attempt-scope.js';
import { type Call, isCall } from '../../syntax/calls-in.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isInside } from '../../syntax/enclosing.js';
import { type ScopeText, scopeText } from '../../syntax/scope-text.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { isWait } from '../../syntax/waits-in.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import { MEMBER } from '../../vocabulary.js';
import { type ScopeUse, scopeUse } from './scope-use.js';

/** `timeout(…)`, or `new Timeout(…)`, which has no body. */
export type TimeoutNode = TSESTree.CallExpression | TSESTree.NewExpression;

export interface TimeoutBody {
  readonly timeout: TimeoutNode;
  /** `nothing`: `timeout(100);`, also when somebody awaits it. */
  readonly part: 'block' | 'body' | 'nothing';
  readonly code: readonly TSESTree.Node[];
  /** The function of the body, where it is written in the call. */
  readonly inline: FunctionNode | undefined;
  /** How the scope is written in the code; `undefined` when it has no name there. */
  readonly scope: ScopeText | undefined;
  readonly use: ScopeUse;
}

/** `undefined` when the code is somewhere else, or when there is no deadline. */
export function timeoutBody(timeout: TimeoutNode, sourceCode: SourceCode): TimeoutBody | undefined {
  const [when, second] = timeout.arguments;
  if (timeout.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  if (when === undefined || isNever(when)) return undefined;
  const isCall = timeout.type === 'CallExpression';
  const body = isCall && second ? functionOf(second, sourceCode) : undefined;
  if (body !== undefined) return bodyOf(timeout, body, sourceCode);
  const isOptions = second === undefined || unwrapped(second).type === 'ObjectExpression';
  return isOptions || !isCall ? blockOf(timeout, sourceCode) : undefined;
}

/** The attempt of a `retry`, where each has a deadline of its own. */
export function attemptBody(
  retry: TSESTree.CallExpression,
  sourceCode: SourceCode,
): TimeoutBody | undefined {
  const when = attemptTimeout(retry);
  if (when === undefined || isNever(when)) return undefined;
  const body = functionOf(retry.arguments[0]!, sourceCode);
  return body && bodyOf(retry, body, sourceCode);
}

function bodyOf(timeout: TimeoutNode, body: FunctionNode, sourceCode: SourceCode): TimeoutBody {
  const [parameter] = body.params;
  const variables = sourceCode
    .getDeclaredVariables(body)
    .filter(({ identifiers: [name] }) => name && parameter && isInside(name, parameter));
  const isOpen = usesArguments(body, sourceCode) || body.generator;
  return {
    timeout,
    part: 'body',
    code: [body.body],
    inline: isInside(body, timeout) ? body : undefined,
    scope: scopeOfParameter(parameter),
    use: isOpen ? 'handed-on' : scopeUse(variables, sourceCode),
  };
}

function blockOf(timeout: TimeoutNode, sourceCode: SourceCode): TimeoutBody | undefined {
  const { parent } = outermost(timeout);
  if (parent?.type === 'ExpressionStatement' || parent?.type === 'AwaitExpression') {
    const none = { code: [], inline: undefined, scope: undefined } as const;
    return { timeout, part: 'nothing', ...none, use: 'unused' };
  }
  if (parent?.type !== 'VariableDeclarator') return undefined;
  const declaration = parent.parent;
  const block = declaration.parent;
  // An exported one, or one in the head of a loop.
  if (block.type !== 'BlockStatement' && block.type !== 'Program') return undefined;
  const variables = sourceCode.getDeclaredVariables(parent);
  return {
    timeout,
    part: 'block',
    // Asked for only where the deadline may reach nothing: a block may have hundreds of them.
    get code() {
      const after = block.body.indexOf(declaration) + 1;
      return block.body.slice(after);
    },
    inline: undefined,
    scope: parent.id.type === 'Identifier' ? scopeText(parent.id.name) : undefined,
    use: scopeUse(variables, sourceCode),
  };
}

function scopeOfParameter(parameter: TSESTree.Parameter | undefined): ScopeText | undefined {
  if (parameter?.type === 'Identifier') return scopeText(parameter.name);
  if (parameter?.type !== 'ObjectPattern') return undefined;
  for (const property of parameter.properties) {
    const isSignal =
      property.type === 'Property' &&
      property.value.type === 'Identifier' &&
      property.key.type === 'Identifier' &&
      property.key.name === MEMBER.signal;
    if (isSignal) return { signal: (property.value as TSESTree.Identifier).name };
  }
  return undefined;
}

/** The calls in the code; those in functions in it may take the signal as well. */
export function callsIn(
  { code }: TimeoutBody,
  sourceCode: SourceCode,
  which: 'all' | 'own' = 'all',
): readonly Call[] {
  return code.flatMap((part) => [...descendants(part, sourceCode, which)]).filter(isCall);
}

/** What the code itself returns. */
export function returnedBy(
  { code, part }: TimeoutBody,
  sourceCode: SourceCode,
): readonly TSESTree.Node[] {
  const [body] = code;
  if (part === 'body' && body !== undefined && body.type !== 'BlockStatement') return [body];
  return ownNodes(code, sourceCode).flatMap((node) =>
    node.type === 'ReturnStatement' && node.argument ? [node.argument] : [],
  );
}

/** Whether its caller may have something to wait for. Of a block that is not asked. */
export function mayWait(body: TimeoutBody, sourceCode: SourceCode): boolean {
  if (body.part === 'block') return true;
  return awaits(body, sourceCode) || returnedBy(body, sourceCode).length > 0;
}

/** Whether the code itself waits for something at some place. */
export function awaits({ code }: TimeoutBody, sourceCode: SourceCode): boolean {
  return ownNodes(code, sourceCode).some((node) => node.type === 'YieldExpression' || isWait(node));
}

function ownNodes(code: readonly TSESTree.Node[], sourceCode: SourceCode): TSESTree.Node[] {
  return code.flatMap((part) => [...descendants(part, sourceCode, 'own')]);
}

/** `timeout(undefined, …)`, `timeout(Infinity, …)`. */
function isNever(when: TSESTree.Node): boolean {
  const node = unwrapped(when);
  return node.type === 'Identifier' && (node.name === 'undefined' || node.name === 'Infinity');
}

function usesArguments(body: FunctionNode, sourceCode: SourceCode): boolean {
  if (body.type === 'ArrowFunctionExpression') return false;
  const given = sourceCode.getScope(body.body).set.get('arguments');
  return given !== undefined && given.references.length > 0;
}
