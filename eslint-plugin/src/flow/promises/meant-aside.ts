// Whether somebody has said that nobody is to wait for a promise: who drops it, in a comment there, or
// who has written the function that gives it, in the comment above that, also in another file.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { FunctionAnswers } from '../../project/function-answers.js';
import type { Place } from '../../project/project-place.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isBlockSaidAside, isSaidAside, isSaidOfFunction } from '../../syntax/said-aside.js';

export function isMeantAside(promise: TSESTree.Node, place: Place): boolean {
  const { sourceCode } = place;
  if (isSaidAside(promise, sourceCode) || isBlockSaidAside(promise, sourceCode)) return true;
  const called = projectFunction(chainOf(promise).root, place);
  if (called === undefined) return false;
  return saying.of(called.node, '', () => isSaidOfFunction(called.node, called.place.sourceCode));
}

/** Each call of a function asks. */
const saying = new FunctionAnswers();
