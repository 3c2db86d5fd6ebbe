// Functions of the project that do nothing but pass a message on, to whoever is there to read it:
//
//   async tell(text: string) { await this.ready; this.view.postMessage({ text }); }
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { Place } from '../../project/project-place.js';
import { ownCallsIn } from '../../syntax/calls-in.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { isMessage } from '../../syntax/telemetry.js';
import type { SourceCode } from '../../syntax/variable.js';

/** A message, or a call of a function that only passes one on. */
export function passesMessage(call: TSESTree.Node, place: Place): boolean {
  if (isMessage(call, place.sourceCode)) return true;
  const called = projectFunction(call, place);
  return called !== undefined && onlyPasses(called.node, called.place.sourceCode);
}

const known = new WeakMap<FunctionNode, boolean>();

function onlyPasses(called: FunctionNode, sourceCode: SourceCode): boolean {
  let answer = known.get(called);
  if (answer === undefined) {
    const calls = ownCallsIn(called.body, sourceCode);
    answer = calls.length > 0 && calls.every((each) => isMessage(each, sourceCode));
    known.set(called, answer);
  }
  return answer;
}
