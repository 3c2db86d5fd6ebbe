// Code that a test expects to throw: a call in it gives no promise, unless the test fails.
//
//   assert.throws(() => { load(''); });
//   expect(() => { void load(''); }).toThrow(TypeError);
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { enclosingFunction, isInside } from './enclosing.js';
import { askingOfPromise } from './mistaken-drop.js';
import { calledMember, propertyName } from './property-name.js';
import { outermost, unwrapped } from './wrappers.js';

/** Whether a call is the last statement of a function that is expected to throw, or all of it. */
export function isExpectedToThrow(call: TSESTree.Node): boolean {
  const called = enclosingFunction(call);
  if (called === undefined || called.async) return false;
  const last = called.body.type === 'BlockStatement' ? called.body.body.at(-1) : called.body;
  if (last === undefined || !isInside(call, last)) return false;
  const { by, kind } = consumerOf(called);
  if (kind !== 'handed-over' || by.type !== 'CallExpression') return false;
  return calledMember(by)?.name === 'throws' || isAskedForThrow(by);
}

/** `expect(…).toThrow()`, `expect(…).not.to.throw()`. */
function isAskedForThrow(asked: TSESTree.Node): boolean {
  return memberNamesAfter(asked).some((name) => /^(to)?throw/i.test(name));
}

/** The members that are read of a value one after the other: `not`, `toThrow`. */
export function memberNamesAfter(value: TSESTree.Node): readonly string[] {
  const names: string[] = [];
  let node = outermost(value);
  while (node.parent?.type === 'MemberExpression' && node.parent.object === node) {
    const name = propertyName(node.parent);
    if (name !== undefined) names.push(name);
    node = outermost(node.parent);
  }
  return names;
}

/** `expect(await load()).rejects.toThrow()`: of a result it throws at once, and gives no promise. */
export function expectsResult(asked: TSESTree.Node): boolean {
  const given = askingOfPromise(asked)?.arguments[0];
  return given !== undefined && unwrapped(given).type === 'AwaitExpression';
}
