// What to write in place of a promise that is left alone: a task of the group around it, or an
// `await` at once. Each only where the rest of the code takes it as well as it took the promise.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { NameStore } from '../flow/promises/promise-store.js';
import type { StoredPromise } from '../flow/promises/started-promise.js';
import { groupAround, pausesIn } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { promiseStatic } from '../syntax/promise-static.js';
import { triesAround } from '../syntax/tries-around.js';
import type { SourceCode } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';
import { harmOfAwait } from './await-harm.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { restInGroup } from './rest-in-group.js';
import { isUndisturbed } from './undisturbed.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'awaitHere' | 'createTask' | 'restInGroup'>;

export function groupInstead({ started, store }: StoredPromise, place: Place): Suggestion[] {
  const { sourceCode } = place;
  if (store.kind === 'returned') {
    return isAwaitAllowed(started, place.module) ? [awaitHere(started)] : [];
  }
  if (store.kind !== 'name' || store.isContainer || store.isElement || isAnnotated(store)) {
    return [];
  }
  const { references } = store.variable;
  // What is put into the name later is a promise still.
  if (references.filter((each) => each.isWrite()).length > 1) return [];
  if (!references.every((each) => isExchangeable(each, started, sourceCode))) return [];
  const isMovable = !pausesIn(started, sourceCode);
  const group = isMovable ? groupAround(started, place) : undefined;
  return [
    ...(group === undefined ? withRest(started, place) : asTask(started, group, sourceCode)),
    ...atOnce(started, store, place),
  ];
}

function asTask(started: TSESTree.Node, group: string, sourceCode: SourceCode): Suggestion[] {
  if (!keepsNarrowing([started], sourceCode)) return [];
  return [
    {
      messageId: 'createTask',
      data: { group },
      fix: (fixer) => [
        fixer.insertTextBefore(started, `${group}.${MEMBER.createTask}(() => `),
        fixer.insertTextAfter(started, ')'),
      ],
    },
  ];
}

function withRest(started: TSESTree.Node, place: Place): Suggestion[] {
  const declarator = outermost(started).parent;
  if (declarator?.type !== 'VariableDeclarator') return [];
  const fix = restInGroup(declarator.parent, started, started, place);
  return fix === undefined ? [] : [{ messageId: 'restInGroup', fix }];
}

/** Only where nothing between here and its `await` could be what it waits for. */
function atOnce(started: TSESTree.Node, store: NameStore, place: Place): Suggestion[] {
  const { sourceCode, module } = place;
  if (!isAwaitAllowed(started, module) || harmOfAwait(started, place) !== undefined) return [];
  if (!isUndisturbed(started, store.variable, sourceCode)) return [];
  return [awaitHere(started)];
}

function awaitHere(started: TSESTree.Node): Suggestion {
  return {
    messageId: 'awaitHere',
    fix: (fixer) => fixer.insertTextBefore(started, 'await '),
  };
}

/** `const page: Promise<Page> = load()` says what it has to be. */
function isAnnotated({ variable }: NameStore): boolean {
  return variable.defs.some(({ name }) => name.type !== 'Identifier' || name.typeAnnotation);
}

/**
 * `await p`, `return p`, `Promise.all([p])`: there a task or a value does what the promise did.
 * Where a `try` has the `await` and not the start, its `catch` would no longer see the error.
 */
function isExchangeable(
  reference: TSESLint.Scope.Reference,
  started: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  if (!reference.isRead()) return reference.writeExpr != null;
  const { identifier } = reference;
  if (enclosingRun(identifier) !== enclosingRun(started)) return false;
  if (handlerAround(identifier) !== handlerAround(started)) return false;
  const taken = consumerOf(identifier);
  if (taken.kind === 'awaited') return taken.by.type === 'AwaitExpression';
  if (taken.kind === 'returned') return isAwaitAllowed(identifier, { hasTopLevelAwait: false });
  if (taken.kind !== 'stored' || taken.by.type !== 'ArrayExpression') return false;
  const list = consumerOf(taken.by);
  // `allSettled` and `any` take an error for an answer.
  return list.kind === 'handed-over' && promiseStatic(list.by, sourceCode) === 'all';
}

/** The innermost `try` that an error at a node is seen by: its `catch`, or its `finally`. */
function handlerAround(node: TSESTree.Node): TSESTree.Node | undefined {
  return triesAround(node).next().value;
}
