// Functions of the project that do nothing but pass a message on, to whoever is there to read it:
//
//   async tell(text: string) { await this.ready; this.view.postMessage({ text }); }
//   async reportFailure(text: string) {
//     const answer = await window.showErrorMessage(text, 'Install');
//     if (answer === 'Install') install();
//   }
//
// Who waits for the second waits for a person.
import type { TSESTree } from '@typescript-eslint/utils';

import { FunctionAnswers } from '../../project/function-answers.js';
import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { ownCallsIn } from '../../syntax/calls-in.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { isPlainValue } from '../../syntax/plain-value.js';
import { isMessage, isShown } from '../../syntax/telemetry.js';
import { isWait } from '../../syntax/waits-in.js';

/** How many functions are looked into, one out of the other. */
const DEEPEST = 4;

/** A message, or a call of a function that only passes one on. */
export function passesMessage(call: TSESTree.Node, place: Place): boolean {
  if (isMessage(call, place.sourceCode)) return true;
  const called = projectFunction(call, place);
  return called !== undefined && (onlyPasses(called) || onlyShows(called, DEEPEST));
}

const passing = new FunctionAnswers();

function onlyPasses({ node, place }: ProjectFunction): boolean {
  return passing.of(node, '', () => {
    const calls = ownCallsIn(node.body, place.sourceCode);
    return calls.length > 0 && calls.every((each) => isMessage(each, place.sourceCode));
  });
}

const showing = new FunctionAnswers();

/** Whether all that a function waits for is a person, who is shown a message. */
function onlyShows({ node, place }: ProjectFunction, depth: number): boolean {
  return showing.of(node, depth, () => {
    const { sourceCode } = place;
    const waits = [...descendants(node.body, sourceCode, 'own')].filter(isWait);
    const awaited = waits.map((wait) => (wait.type === 'AwaitExpression' ? wait.argument : wait));
    const { returned } = outcomeOf(node, sourceCode);
    const given = returned.flatMap(sourcesOf).filter((value) => !isPlain(value, place));
    const waitedFor = [...awaited, ...given];
    return waitedFor.length > 0 && waitedFor.every((each) => isForPerson(each, place, depth));
  });
}

function isForPerson(promise: TSESTree.Node, place: Place, depth: number): boolean {
  if (isShown(promise, place.sourceCode)) return true;
  const called = depth === 0 ? undefined : projectFunction(promise, place);
  return called !== undefined && onlyShows(called, depth - 1);
}

function isPlain(value: TSESTree.Node, { sourceCode, types }: Place): boolean {
  if (value.type === 'AwaitExpression' || isPlainValue(value, sourceCode)) return true;
  return value.type !== 'CallExpression' && types?.value(value).thenable !== 'yes';
}
