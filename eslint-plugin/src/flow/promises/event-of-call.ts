// What the promise of a call waits for, where a function of the project makes it and starts nothing.
//
//   const gate = pending();                       // new Promise((resolve) => { open = resolve; })
//   const loaded = loadOf(script);                // new Promise(… script.addEventListener(…) …)
//   await prepare(script);
//   document.head.append(script);                 // brings it about: it cannot be awaited before
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { ownCallsIn } from '../../syntax/calls-in.js';
import { enclosingRun, type FunctionNode } from '../../syntax/enclosing.js';
import { executorOf } from '../../syntax/executor.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { platformTimer } from '../../syntax/platform-timer.js';
import { calledMember } from '../../syntax/property-name.js';
import {
  constantDeclaration,
  localVariableOf,
  resolved,
  rootVariable,
  type SourceCode,
  type Variable,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { LISTENER_METHODS } from '../../vocabulary.js';
import { neverRejects } from './never-rejects.js';

type Node = TSESTree.Node;

interface Made {
  readonly called: ProjectFunction;
  readonly promise: Node;
  readonly executor: FunctionNode;
}

/** A promise that no work is behind, and that nothing can reject: to leave it loses nothing. */
export function isBareDeferred(started: Node, place: Place): boolean {
  const made = madeBy(started, place);
  if (made === undefined || !neverRejects(made.promise, made.called.place)) return false;
  return ownCallsIn(made.executor.body, made.called.place.sourceCode).length === 0;
}

/** A wait for an event of something that later lines go on with. */
export function isEventOfLaterLines(started: Node, place: Place): boolean {
  const made = madeBy(started, place);
  if (made === undefined || started.type !== 'CallExpression') return false;
  const { called, executor } = made;
  const { sourceCode } = called.place;
  const members = ownCallsIn(executor.body, sourceCode)
    .filter((call) => !isTimer(call, sourceCode))
    .map(calledMember);
  const isForLater = (member: Member): boolean => {
    const listened = sourceOf(member.object, sourceCode);
    const parameter = called.node.params.findIndex((each) => each === listened?.defs[0]?.name);
    const given = started.arguments[parameter];
    return given !== undefined && isUsedAfter(given, started, place.sourceCode);
  };
  return (
    members.some((member) => LISTENER_METHODS.has(member?.name ?? '')) &&
    members.every((member) => member !== undefined && isForLater(member))
  );
}

type Member = NonNullable<ReturnType<typeof calledMember>>;

/** `setTimeout(() => reject(…), 10_000)`: how long the event is waited for. */
function isTimer(call: Node, sourceCode: SourceCode): boolean {
  return call.type === 'CallExpression' && platformTimer(call.callee, sourceCode) === 'setTimeout';
}

/** The name that an object is a part of: `child` of `stderr`, after `const { stderr } = child`. */
function sourceOf(object: Node, sourceCode: SourceCode): Variable | undefined {
  const variable = rootVariable(object, sourceCode);
  const declared = variable && constantDeclaration(variable);
  return declared === undefined ? variable : rootVariable(declared.init, sourceCode);
}

/** The promise that a function of the project makes, and gives in each case. */
function madeBy(started: Node, place: Place): Made | undefined {
  const called = projectFunction(started, place);
  if (called === undefined || called.node.async || called.node.generator) return undefined;
  const { sourceCode } = called.place;
  const [value, ...others] = outcomeOf(called.node, sourceCode).returned;
  if (value === undefined || others.length > 0) return undefined;
  const promise = resolved(value, sourceCode);
  const executor = executorOf(promise, sourceCode);
  return executor === undefined || executor.async ? undefined : { called, promise, executor };
}

function isUsedAfter(given: Node, started: Node, sourceCode: SourceCode): boolean {
  const name = unwrapped(given);
  const variable = name.type === 'Identifier' ? localVariableOf(name, sourceCode) : undefined;
  return (
    variable?.references.some(
      ({ identifier }) =>
        identifier.range[0] > started.range[1] &&
        enclosingRun(identifier) === enclosingRun(started),
    ) ?? false
  );
}
