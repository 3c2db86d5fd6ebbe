// What can end the attempt of a `retry` before its function does.
//
//   retry(load, { timeout: 100 })          its own deadline: it is a timeout
//   retry(load, { signal })                only what ends the whole call
//   retry(load, { attempts: 5 })           nothing: its signal never aborts
import type { TSESTree } from '@typescript-eslint/utils';

import { MEMBER, RUNTIME } from '../vocabulary.js';
import { propertyName } from './property-name.js';
import { unwrapped } from './wrappers.js';

/** The milliseconds that each attempt may take, as they are written. */
export function attemptTimeout({
  arguments: [, options],
}: TSESTree.CallExpression): TSESTree.Node | undefined {
  const node = options && unwrapped(options);
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    const isIt = property.type === 'Property' && propertyName(property) === RUNTIME.timeout;
    if (isIt) return property.value;
  }
  return undefined;
}

export function attemptScope(call: TSESTree.CallExpression): 'task' | 'timeout' | undefined {
  if (attemptTimeout(call) !== undefined) return 'timeout';
  const options = call.arguments[1] && unwrapped(call.arguments[1]);
  if (options === undefined) return undefined;
  const isPlain =
    options.type === 'ObjectExpression' &&
    options.properties.every(
      (each) => each.type === 'Property' && propertyName(each) !== MEMBER.signal,
    );
  return isPlain ? undefined : 'task';
}
