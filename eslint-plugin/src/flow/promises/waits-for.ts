// What a promise waits for that does not come by itself, through the functions of the project:
//
//   await this.askForPath();      // a person answers, or never does
//   await server.serveForever();  // it runs until somebody stops it
import type { TSESTree } from '@typescript-eslint/utils';

import { PERSON_ROWS } from '../../libraries/person.js';
import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { externalName } from '../../syntax/external-name.js';
import { endsByItself } from '../../syntax/own-time.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { calledName } from '../../syntax/property-name.js';
import { isDialog } from '../../syntax/telemetry.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { FunctionAnswers } from '../../project/function-answers.js';

/** `event`: something that happens elsewhere, or the end of a service. */
export type Waiting = 'event' | 'person';

/** How many functions are looked into, one out of the other. */
const DEEPEST = 4;

export function waitsFor(promise: TSESTree.Node, place: Place): Waiting | undefined {
  if (asksPerson(promise, place, DEEPEST)) return 'person';
  return endsByItself(promise, place.sourceCode) ? undefined : 'event';
}

/** Each call of a function asks this of it: what is known, by the depth that was left to look. */
const asking = new FunctionAnswers();

function asksPerson(promise: TSESTree.Node, place: Place, depth: number): boolean {
  const { root } = chainOf(promise);
  if (root.type !== 'CallExpression') return false;
  if (isOfPerson(root, place) || isDialog(root, place.sourceCode)) return true;
  const called = depth === 0 ? undefined : projectFunction(root, place);
  const isAsking = ASKING.test(calledName(root) ?? '');
  if (called === undefined) return isAsking;
  return asking.of(called.node, depth, () => asksInside(called, isAsking, depth - 1));
}

function asksInside({ node, place }: ProjectFunction, isAsking: boolean, depth: number): boolean {
  const waited = [...waitedIn(node, place)];
  return (
    waited.some((each) => asksPerson(each, place, depth)) ||
    (isAsking && waited.some((each) => isAnswer(each, place, 2)))
  );
}

/** Of a function that is called like one that asks: whether something from elsewhere ends it. */
function isAnswer(promise: TSESTree.Node, place: Place, depth: number): boolean {
  const { root } = chainOf(promise);
  if (root.type === 'NewExpression' || !endsByItself(root, place.sourceCode)) return true;
  const called = depth <= 0 ? undefined : projectFunction(root, place);
  if (called === undefined) return false;
  return [...waitedIn(called.node, called.place)].some((each) =>
    isAnswer(each, called.place, depth - 1),
  );
}

/** What a function awaits whenever it is called, or gives for its own promise; nothing in a branch. */
function* waitedIn(node: FunctionNode, { sourceCode }: Place): Iterable<TSESTree.Node> {
  if (node.body.type !== 'BlockStatement') yield* sourcesOf(node.body);
  const waiting: TSESTree.Node[] = [node.body];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    for (const each of descendants(part, sourceCode, isBranch)) {
      if (each.type === 'IfStatement' && !isBranch(each.test)) waiting.push(each.test);
      if (each.type === 'AwaitExpression') yield* sourcesOf(each.argument);
      if (each.type === 'ReturnStatement' && each.argument) yield* sourcesOf(each.argument);
    }
  }
}

/** What runs by itself, or only sometimes. */
function isBranch(node: TSESTree.Node): boolean {
  if (isFunction(node)) return true;
  return /^(CatchClause|ConditionalExpression|For|If|Logical|Switch|While)/.test(node.type);
}

function isOfPerson(call: TSESTree.CallExpression, { sourceCode }: Place): boolean {
  const name = externalName(unwrapped(call.callee), sourceCode);
  if (name === undefined || name.from === 'file') return false;
  const { module, path } = name;
  const full = path.length === 0 ? 'default' : path.join('.');
  const any = [...path.slice(0, -1), '*'].join('.');
  return PERSON_ROWS.some(
    ({ modules, names }) =>
      (module === undefined ? modules.length === 0 : modules.includes(module)) &&
      (names.includes(full) || names.includes(any)),
  );
}

/** `showErrorDialog()`, `openLoginPrompt()`, `askForPath()`: by what they are called. */
const ASKING =
  /^confirm$|^_?(ask|prompt)(About|For|If|To|User|Whether)|^_?(display|open|present|pop|show)\w*(Alert|Confirm(ation)?|Dialog|Error|InputBox|Message(Box)?|Modal|Notification|Picker|Popup|Prompt|QuickPick|Sheet|Warning)(?![a-z])/;
