import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { calledName } from './property-name.js';
import { unwrapped } from './wrappers.js';

/** Methods by their usual names that keep what they are given, or adopt a promise. */
const KEEPERS: ReadonlySet<string> = new Set([
  'add',
  'append',
  'defer',
  'enqueue',
  'inject',
  'insert',
  'keep',
  'provide',
  'push',
  'put',
  'register',
  'resolve',
  'set',
  'store',
  'track',
  'unshift',
  'use',
  'waitUntil',
]);

/**
 * Whether a call could be one that takes a promise and gives nothing for it. `expect(load()).…`
 * gives an object that has the promise, and `await task(load())` may wait for it.
 */
export function couldSwallow(call: TSESTree.CallExpression): boolean {
  if (call.arguments.length === 0) return false;
  if (unwrapped(call.callee).type === 'Super') return false;
  const name = calledName(call);
  if (name !== undefined && KEEPERS.has(name)) return false;
  const { kind } = consumerOf(call);
  return kind !== 'awaited' && kind !== 'chained';
}
