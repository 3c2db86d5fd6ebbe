// All the places where the promise of a call, or the promises of a mapping, are put. Beside those of
// promise-store.ts, which keep one promise, there are:
//
//   const [a, b] = ids.map(load);                    // a name for each
//   const byId = new Map(ids.map(toEntry));          // a collection made of another one
//   for (const page of ids.map(load)) await page;    // a loop
//   use(load(), await token());                      // an argument, while a later one is awaited
//   try { return load(); } finally { await close(); }   // the caller, once the rest is awaited
//   using c = connect(); return c.query();           // the caller, after what it uses is gone
import type { TSESTree } from '@typescript-eslint/utils';

import type { AwaitsWithin } from '../../syntax/awaits-within.js';
import { isMapping } from '../../syntax/collection.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { CONTAINERS } from '../../vocabulary.js';
import { disposedAtReturn } from './disposed-resource.js';
import { elementStores, type PromiseStore, promiseStoreOf } from './promise-store.js';

/** A `for … of` over promises that the head of the loop starts. */
export interface LoopStore {
  readonly kind: 'loop';
  readonly loop: TSESTree.ForOfStatement;
}

/** A call that gets its argument once all of them are there. */
export interface ArgumentStore {
  readonly kind: 'argument';
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
}

/** A caller that gets the promise once a `finally` has awaited something, or a resource is gone. */
export interface ReturnStore {
  readonly kind: 'returned';
  readonly awaited: TSESTree.AwaitExpression | undefined;
  /** The name of the resource that is disposed. */
  readonly disposed: string | undefined;
}

export type AnyStore = ArgumentStore | LoopStore | PromiseStore | ReturnStore;

interface Reading {
  readonly sourceCode: SourceCode;
  readonly awaits: AwaitsWithin;
  /** The functions that have a `using` resource. */
  readonly withResources: ReadonlySet<TSESTree.Node>;
}

export function storesOf(started: TSESTree.Node, reading: Reading): readonly AnyStore[] {
  const { awaits, sourceCode } = reading;
  const taken = consumerOf(started);
  if (isMapping(started)) {
    const loop = loopOver(taken);
    if (loop !== undefined) return [{ kind: 'loop', loop }];
    const elements = elementStores(taken, sourceCode);
    if (elements.length > 0) return elements;
    const collection = collectionMadeOf(taken);
    if (collection !== undefined) return listOf(promiseStoreOf(collection, sourceCode));
  }
  if (taken.kind === 'returned') return listOf(returnStore(started, taken.by, reading));
  const store = promiseStoreOf(started, sourceCode);
  return listOf(store ?? argumentStore(taken, awaits));
}

function listOf(store: AnyStore | undefined): readonly AnyStore[] {
  return store === undefined ? [] : [store];
}

function loopOver({ kind, by }: Consumer): TSESTree.ForOfStatement | undefined {
  const isLoop = kind === 'inspected' || kind === 'awaited';
  return isLoop && by.type === 'ForOfStatement' ? by : undefined;
}

/** `new Set(ids.map(load))`. */
function collectionMadeOf(taken: Consumer): TSESTree.NewExpression | undefined {
  if (taken.kind !== 'handed-over' || taken.by.type !== 'NewExpression') return undefined;
  const { callee } = taken.by;
  return callee.type === 'Identifier' && CONTAINERS.has(callee.name) ? taken.by : undefined;
}

function argumentStore(taken: Consumer, awaits: AwaitsWithin): ArgumentStore | undefined {
  if (taken.kind !== 'handed-over' || taken.by.type === 'TaggedTemplateExpression') {
    return undefined;
  }
  const isWaiting = awaits.isAfterArgument(taken.by, taken.argument);
  return isWaiting ? { kind: 'argument', call: taken.by } : undefined;
}

function returnStore(
  started: TSESTree.Node,
  by: TSESTree.Node,
  { awaits, sourceCode, withResources }: Reading,
): ReturnStore | undefined {
  if (by.type !== 'ReturnStatement') return undefined;
  const awaited = awaitedAfter(by, awaits);
  const mayDispose = awaited === undefined && withResources.has(enclosingRun(by));
  const disposed = mayDispose ? disposedAtReturn(unwrapped(started), by, sourceCode) : undefined;
  return awaited || disposed ? { kind: 'returned', awaited, disposed } : undefined;
}

/** What a `finally` awaits after a `return` in its `try`, or in the `catch` of it. */
function awaitedAfter(
  statement: TSESTree.Node,
  awaits: AwaitsWithin,
): TSESTree.AwaitExpression | undefined {
  const run = enclosingRun(statement);
  for (let around = statement.parent; around != null && around !== run; around = around.parent) {
    if (around.type !== 'TryStatement' || around.finalizer === null) continue;
    if (isInside(statement, around.finalizer)) continue;
    const awaited = awaits.firstIn(around.finalizer);
    if (awaited !== undefined) return awaited;
  }
  return undefined;
}
