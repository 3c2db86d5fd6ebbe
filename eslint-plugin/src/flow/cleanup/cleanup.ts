// Code that runs when something ends, also when it ends by cancellation.
//
//   try { … } finally { await file.close(); }                     finally
//   work().finally(() => file.close())                            finally
//   try { … } catch (error) { await undo(); throw error; }        catch
//   async [Symbol.asyncDispose]() { await this.file.close(); }    disposer
//   stack.defer(() => file.close());                              disposer
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { waitsIn } from '../../syntax/waits-in.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts } from '../../types/types.js';
import { ASYNC_DISPOSE, PROMISE_METHOD } from '../../vocabulary.js';

export interface Cleanup {
  readonly kind: 'catch' | 'disposer' | 'finally';
  /** A block, or a function. */
  readonly code: TSESTree.Node;
  /** What it cleans up after: a block, or the promise of `promise.finally(…)`. */
  readonly after: TSESTree.Node | undefined;
  /** What has to be a disposable stack for this to be clean-up: `stack` of `stack.defer(…)`. */
  readonly stack: TSESTree.Node | undefined;
}

type Disposing =
  | TSESTree.AccessorProperty
  | TSESTree.MethodDefinition
  | TSESTree.Property
  | TSESTree.PropertyDefinition;

export function cleanupsOfTry(node: TSESTree.TryStatement): readonly Cleanup[] {
  const cleanups: Cleanup[] = [];
  const after = node.block;
  if (node.handler) {
    cleanups.push({ kind: 'catch', code: node.handler.body, after, stack: undefined });
  }
  if (node.finalizer) {
    cleanups.push({ kind: 'finally', code: node.finalizer, after, stack: undefined });
  }
  return cleanups;
}

export function cleanupOfMember(node: Disposing): Cleanup | undefined {
  const { key, value } = node;
  // `const asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')`
  const isNamed = node.computed && key.type === 'Identifier' && key.name === 'asyncDispose';
  if (!isNamed && propertyName(node) !== ASYNC_DISPOSE) return undefined;
  const code = value && unwrapped(value);
  return isFunction(code) && code.body != null ? disposer(code) : undefined;
}

const HANDLERS: ReadonlyMap<string, 'catch' | 'finally'> = new Map([
  [PROMISE_METHOD.catch, 'catch'],
  [PROMISE_METHOD.finally, 'finally'],
]);

/** Methods of a disposable stack, and which argument they dispose with. */
const STACK_METHODS: ReadonlyMap<string, number> = new Map([
  ['adopt', 1],
  ['defer', 0],
]);

export function cleanupOfCall(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): Cleanup | undefined {
  const member = calledMember(call);
  if (member?.name === undefined) return undefined;
  const kind = HANDLERS.get(member.name);
  const place = kind ? 0 : STACK_METHODS.get(member.name);
  const given = place === undefined ? undefined : call.arguments[place];
  const code = given && functionOf(given, sourceCode);
  if (code === undefined) return undefined;
  if (kind === undefined) return { ...disposer(code), stack: member.object };
  return { kind, code, after: member.object, stack: undefined };
}

function disposer(code: FunctionNode): Cleanup {
  return { kind: 'disposer', code, after: undefined, stack: undefined };
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call in what a clean-up waits for, or a scope that it opens. */
export interface CleanupCall {
  readonly call: Call;
  readonly cleanup: Cleanup;
  /** The clean-up's own code awaits the promise of this call, and not one that is made of it. */
  readonly isAwaited: boolean;
}

/** The calls of clean-ups, each with the innermost clean-up around it. */
export function callsOfCleanups(
  cleanups: readonly Cleanup[],
  sourceCode: SourceCode,
): readonly CleanupCall[] {
  const found = new Map<Call, CleanupCall>();
  for (const cleanup of cleanups) {
    for (const call of descendants(cleanup.code, sourceCode)) {
      if (call.type === 'NewExpression') found.set(call, { call, cleanup, isAwaited: false });
    }
    for (const awaited of awaitedIn(cleanup, sourceCode, 'all')) {
      for (const call of descendants(awaited, sourceCode)) {
        if (call.type === 'CallExpression') found.set(call, { call, cleanup, isAwaited: false });
      }
    }
    for (const awaited of awaitedIn(cleanup, sourceCode, 'own')) {
      for (const call of waitedCalls(awaited)) found.set(call, { call, cleanup, isAwaited: true });
    }
  }
  return [...found.values()].sort((a, b) => a.call.range[0] - b.call.range[0]);
}

/** Whether the clean-up waits for the call, or for what it opens, in its own code or another's. */
export function isWaitedFor({ call, isAwaited }: CleanupCall, { result }: CallFacts): boolean {
  if (isAwaited || result.thenable === 'yes' || call.type === 'NewExpression') return true;
  // `async (item) => { await item.close({ signal }); }` in what is waited for.
  const { kind } = consumerOf(call);
  return kind === 'awaited' || kind === 'returned' || kind === 'chained';
}

/** The expressions that the clean-up waits for, in its own code or in functions inside of it. */
function awaitedIn(
  { code }: Cleanup,
  sourceCode: SourceCode,
  which: 'all' | 'own',
): readonly TSESTree.Node[] {
  const nodes = [...descendants(isFunction(code) ? code.body : code, sourceCode, which)];
  const awaited = nodes.flatMap((node) => {
    if (node.type === 'AwaitExpression') return [node.argument];
    return node.type === 'ForOfStatement' && node.await ? [node.right] : [];
  });
  return isFunction(code) ? [...awaited, ...outcomeOf(code, sourceCode).returned] : awaited;
}

/** The calls whose ends are waited for: `close()` of `await close().catch(report)`. */
function waitedCalls(awaited: TSESTree.Node): readonly TSESTree.CallExpression[] {
  const { root } = chainOf(awaited);
  if (root.type !== 'CallExpression') return [];
  const [list] = root.arguments;
  const name = calledMember(root)?.name;
  const waitsForAll = name === 'all' || name === 'allSettled';
  if (!waitsForAll || list?.type !== 'ArrayExpression') return [root];
  return list.elements.flatMap((element) => (element ? waitedCalls(element) : []));
}

/** Whether a block waits for anything. One that does not is never cut by a cancellation. */
export function canBeCut(block: TSESTree.Node, sourceCode: SourceCode): boolean {
  return block.type !== 'BlockStatement' || waitsIn(block, sourceCode);
}
