// The function of the project that a call runs, and the parts of it that the call can come to.
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, propertyName } from '../syntax/property-name.js';
import { ownMethod } from '../syntax/own-method.js';
import { reachedWith } from '../syntax/reached-parts.js';
import { functionOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { functionAt, projectFunction } from './project-function.js';
import type { Place, ProjectFunction } from './project-place.js';

/** A function as one call runs it. */
export interface ProjectRun extends ProjectFunction {
  /** Whether the call can come to a part of it; `undefined` where it can to all of them. */
  readonly isReached?: ((part: TSESTree.Node) => boolean) | undefined;
  /** What the call hands over, as it is written, where that decides what it comes to. */
  readonly given?: string;
}

/** As `projectFunction`, also of `run.call(app, request)`. */
export function projectRun(expression: TSESTree.Node, place: Place): ProjectRun | undefined {
  const call = unwrapped(expression);
  const applied = call.type === 'CallExpression' ? appliedFunction(call, place) : undefined;
  const called = applied ?? projectFunction(call, place);
  if (called === undefined || call.type !== 'CallExpression') return called;
  const given = applied === undefined ? call.arguments : call.arguments.slice(1);
  const isReached = reachedWith(called.node, given, called.place.sourceCode);
  if (isReached === undefined) return called;
  const texts = given.map((each) => place.sourceCode.getText(each));
  return { ...called, isReached, given: texts.join() };
}

/** `lock` of `lock.call(room, true)`. */
function appliedFunction(call: TSESTree.CallExpression, place: Place): ProjectFunction | undefined {
  const member = calledMember(call);
  if (member?.name !== 'call') return undefined;
  const target = unwrapped(member.object);
  const node = functionOf(target, place.sourceCode) ?? ownMethod(target);
  if (node !== undefined) return { node, place };
  if (target.type !== 'MemberExpression' || place.types === undefined) return undefined;
  const name = propertyName(target);
  const object = place.types.value(target.object);
  const origin = name === undefined ? undefined : object.memberOrigin(name);
  return origin && functionAt(origin, place);
}
