// What to write in place of a promise that is left alone: a task of the group around it, or an
// `await` at once. Each only where the rest of the code takes it as well as it took the promise.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { NameStore } from '../flow/promises/promise-store.js';
import type { StoredPromise } from '../flow/promises/started-promise.js';
import { groupAround, pausesIn } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { consumerOf } from '../syntax/consumers.js';
import { type FileNames, isGlobalName } from '../syntax/mooring-reference.js';
import { calledMember } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import { MEMBER, PLATFORM } from '../vocabulary.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'awaitHere' | 'createTask'>;

interface Place extends FileNames {
  readonly file: string;
}

export function groupInstead({ started, store }: StoredPromise, place: Place): Suggestion[] {
  const { sourceCode } = place;
  if (store.kind === 'returned') {
    return isAwaitAllowed(started, place.file) ? [awaitHere(started)] : [];
  }
  if (store.kind !== 'name' || store.isContainer || store.isElement || isAnnotated(store)) {
    return [];
  }
  const { references } = store.variable;
  // What is put into the name later is a promise still.
  if (references.filter((each) => each.isWrite()).length > 1) return [];
  if (!references.every((each) => isExchangeable(each, sourceCode))) return [];
  const suggestions: Suggestion[] = [];
  const group = pausesIn(started, sourceCode) ? undefined : groupAround(started, place);
  if (group !== undefined) {
    suggestions.push({
      messageId: 'createTask',
      data: { group },
      fix: (fixer) => [
        fixer.insertTextBefore(started, `${group}.${MEMBER.createTask}(() => `),
        fixer.insertTextAfter(started, ')'),
      ],
    });
  }
  if (isAwaitAllowed(started, place.file)) {
    suggestions.push(awaitHere(started));
  }
  return suggestions;
}

function awaitHere(started: TSESTree.Node): Suggestion {
  return {
    messageId: 'awaitHere',
    fix: (fixer) => fixer.insertTextBefore(started, 'await '),
  };
}

/** `const page: Promise<Page> = load()` says what it has to be. */
function isAnnotated({ variable }: NameStore): boolean {
  return variable.defs.some(
    ({ name }) => name.type !== 'Identifier' || name.typeAnnotation !== undefined,
  );
}

/** `await p`, `return p`, `Promise.all([p])`: there a task or a value does what the promise did. */
function isExchangeable(reference: TSESLint.Scope.Reference, sourceCode: SourceCode): boolean {
  if (!reference.isRead()) return reference.writeExpr != null;
  const { identifier } = reference;
  const taken = consumerOf(identifier);
  if (taken.kind === 'awaited') return taken.by.type === 'AwaitExpression';
  if (taken.kind === 'returned') return isAwaitAllowed(identifier, '');
  if (taken.kind !== 'stored' || taken.by.type !== 'ArrayExpression') return false;
  const list = consumerOf(taken.by);
  const member = list.kind === 'handed-over' ? calledMember(list.by) : undefined;
  return member !== undefined && isGlobalName(member.object, PLATFORM.promise, sourceCode);
}
