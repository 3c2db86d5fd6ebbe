// Which calls start a task that somebody has to wait for.
import type { TSESTree } from '@typescript-eslint/utils';

import type { ReportsOption } from '../../reports-option.js';
import type { Settings } from '../../settings.js';
import { isMapping } from '../../syntax/collection.js';
import { isSettledPromise } from '../../syntax/promise-static.js';
import { calledMember, calledName } from '../../syntax/property-name.js';
import { tellsItsEnd } from '../../syntax/told-end.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { Types, ValueFacts } from '../../types/types.js';
import { isOwnedByLibrary } from './library-owner.js';
import { LAZY_PROMISES } from './odd-promises.js';
import type { AnyStore } from './stores-of.js';

export type StartingCall = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

export interface StoredPromise {
  readonly started: StartingCall;
  readonly store: AnyStore;
}

interface StartedInput extends ReportsOption {
  readonly sourceCode: SourceCode;
  readonly settings: Settings;
}

/** The candidates that give a promise, or an array of them, and what that changes of the store. */
export function startedPromises(
  candidates: readonly StoredPromise[],
  types: Types,
  { sourceCode, settings, reports }: StartedInput,
): readonly StoredPromise[] {
  const values = types.values(candidates.map(({ started }) => outermost(started)));
  const likely = candidates.filter((_, index) => {
    const value = values[index]!;
    return value.promise === 'yes' || holdsPromises(value) || value.elements.some(holdsPromises);
  });
  const calls = types.calls(likely.map(({ started }) => started));
  types.values(
    likely
      .flatMap(({ started, store }) => [collectionOf(store), calledMember(started)?.object])
      .filter((node) => node !== undefined),
  );
  return likely.flatMap(({ started, store }, index): StoredPromise[] => {
    if (isSettledPromise(started, sourceCode) || isFromCollection(started, types)) return [];
    if (calls[index]!.matches(settings.safeCalls)) return [];
    if (isOwnedByLibrary(started, { types, sourceCode, reports })) return [];
    const value = types.value(outermost(started));
    if (value.matches([...settings.safePromises, ...LAZY_PROMISES])) return [];
    if (value.isDeferred) return [];
    // `render(): string | Promise<string>`: what it gives here is mostly known to be a result.
    if (value.insteadOfPromise === 'result') return [];
    if (value.insteadOfPromise === 'nothing' && isLookUp(started)) return [];
    if (tellsItsEnd(started, sourceCode)) return [];
    const collection = collectionOf(store);
    if (collection !== undefined && !isCollection(collection, types)) return [];
    if (value.promise === 'yes') return [{ started, store }];
    return isMapping(started) ? [{ started, store: asContainer(store) }] : [];
  });
}

function holdsPromises(value: ValueFacts): boolean {
  return value.elements.some(({ promise }) => promise === 'yes');
}

/** `tasks.pop()`, `cache.get(key)`, `tasks.map(…)`: those were started before. */
function isFromCollection(started: StartingCall, types: Types): boolean {
  const member = calledMember(started);
  return member !== undefined && holdsPromises(types.value(member.object));
}

/** `queue.findTask(isOurs)`, which may find none: what it finds was started before. */
function isLookUp(started: StartingCall): boolean {
  return /^(find|get|lookUp|lookup|peek)(?![a-z])/.test(calledName(started) ?? '');
}

function collectionOf(store: AnyStore): TSESTree.Node | undefined {
  return 'collection' in store ? store.collection : undefined;
}

/** An empty array says of its elements nothing yet; a queue of another library has none. */
function isCollection(node: TSESTree.Node, types: Types): boolean {
  return types.value(node).elements.some(({ promise }) => promise !== 'no');
}

function asContainer(store: AnyStore): AnyStore {
  const isKept = store.kind === 'name' || store.kind === 'field';
  if (!isKept || store.isElement) return store;
  return { ...store, isContainer: true, part: undefined };
}
