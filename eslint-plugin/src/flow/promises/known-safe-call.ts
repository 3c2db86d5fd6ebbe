// Calls of the platform whose promise may be dropped: somebody else has it.
import { isMade } from '../../syntax/floating-places.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isFromPackage } from '../../types/origin.js';
import type { CallFacts, CallNode, Origin } from '../../types/types.js';
import { CONTAINERS, PLATFORM, TEST_RUNNER } from '../../vocabulary.js';

/** Methods of a container that give what it held already, or the container itself. */
const GIVING_BACK: ReadonlySet<string> = new Set([
  'add',
  'copyWithin',
  'fill',
  'pop',
  'reverse',
  'set',
  'shift',
  'sort',
  'splice',
]);

/** Functions of `Object` that change what they are given, and give it back. */
const OBJECT_CHANGES: ReadonlySet<string> = new Set([
  'assign',
  'defineProperties',
  'defineProperty',
  'freeze',
  'preventExtensions',
  'seal',
  'setPrototypeOf',
]);

/** Whether a call of the platform leaves the promise that it gives to somebody who takes it. */
export function isKnownSafe({ origins }: CallFacts, call: CallNode): boolean {
  return origins.length > 0 && origins.every((origin) => isSafeOrigin(origin, call));
}

function isSafeOrigin(origin: Origin, call: CallNode): boolean {
  const { from, name, parents } = origin;
  if (isFromPackage(origin, TEST_RUNNER.module)) {
    // A test of a test, `t.test(…)`, is one that the outer test has to wait for.
    return TEST_RUNNER.registering.has(name) && !parents.includes(TEST_RUNNER.context);
  }
  if (from !== 'lib') return false;
  if (parents[0] === PLATFORM.object) return OBJECT_CHANGES.has(name) && isOfKnown(call);
  return CONTAINERS.has(parents[0]) && GIVING_BACK.has(name);
}

/** `Object.assign(page, …)`, where `page` has the promise; `Object.assign(load(), …)` makes one. */
function isOfKnown(call: CallNode): boolean {
  const changed = call.type === 'CallExpression' ? call.arguments[0] : undefined;
  return changed !== undefined && !isMade(unwrapped(changed));
}
