// Whether a stored promise is left alone, and by what.
//
// In a name of the same function every path is followed (untaken-paths.ts). A field, a name of the
// code around, and a name of the module that closures share outlive the function: who takes it from
// there, and when, no path can tell, and that somebody does is enough. Only where nobody but the
// same function does are its paths followed again.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-function.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import type { PathEnd } from '../paths/path-question.js';
import { mayWait } from './meanwhile.js';
import { type Mentions, mentionsOfField, mentionsOfName } from './promise-owner.js';
import type { FieldStore, NameStore } from './promise-store.js';
import type { StoredPromise } from './started-promise.js';
import {
  type Question,
  untakenByMentions,
  untakenInLiteral,
  untakenInName,
} from './untaken-paths.js';

/** The place where a path leaves it, or the name that nobody ever takes it from. */
export type LeftAlone =
  { readonly by: 'nobody'; readonly name: string } | { readonly by: 'path'; readonly end: PathEnd };

export function leftAlone({ started, store }: StoredPromise, place: Place): LeftAlone | undefined {
  const { sourceCode } = place;
  const question = { started, mayWait: mayWait(started, place), sourceCode };
  switch (store.kind) {
    case 'literal':
      return path(untakenInLiteral(store, question));
    case 'field':
      return inLonger(store, `this.${store.name}`, mentionsOfField(store, sourceCode), question);
    case 'name': {
      const { variable } = store;
      const mentions = mentionsOfName(store, sourceCode);
      const run = runOf(store);
      if (run !== enclosingRun(started)) return inLonger(store, variable.name, mentions, question);
      const isShared = run?.type === 'Program' && mentions?.taken.some(isOutside(run));
      return mentions === undefined || isShared ? undefined : path(untakenInName(store, question));
    }
  }
}

function inLonger(
  store: FieldStore | NameStore,
  name: string,
  mentions: Mentions | undefined,
  question: Question,
): LeftAlone | undefined {
  if (mentions === undefined) return undefined;
  // One that awaits them one after the other is somebody too, if late.
  const takers = [...mentions.taken, ...mentions.all.filter(isGoneThrough)];
  if (takers.length === 0) return { by: 'nobody', name };
  const run = enclosingRun(question.started);
  if (takers.some(isOutside(run))) return undefined;
  // A memo, `if (!this.page) this.page = load();`, or a queue, `this.last = this.last.then(work);`.
  const isReadBefore = mentions.all.some(
    (mention) => mention !== store.collection && mention.range[0] < question.started.range[1],
  );
  return isReadBefore ? undefined : path(untakenByMentions(store, mentions, question));
}

function path(end: PathEnd | undefined): LeftAlone | undefined {
  return end && { by: 'path', end };
}

function isOutside(run: TSESTree.Node): (mention: TSESTree.Node) => boolean {
  return (mention) => enclosingRun(mention) !== run;
}

/** `for (const task of tasks) await task;` */
function isGoneThrough(mention: TSESTree.Node): boolean {
  const { by } = consumerOf(mention);
  return by.type === 'ForOfStatement';
}

function runOf({ variable }: NameStore): TSESTree.Node | undefined {
  const definition = variable.defs[0];
  return definition && enclosingRun(definition.name);
}
