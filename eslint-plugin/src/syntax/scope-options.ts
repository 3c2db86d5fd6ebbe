// The options that a scope of the runtime is opened with, and the signal in options.
import type { TSESTree } from '@typescript-eslint/utils';

import { MEMBER } from '../vocabulary.js';
import { isFunction } from './enclosing.js';
import { type FileNames, groupStatic } from './mooring-reference.js';
import { propertyName } from './property-name.js';
import { isSignalName } from './signal-name.js';
import { resolved } from './variable.js';

/** Of a call of the runtime: `timeout`, `TaskGroup.run` and its like. */
export function scopeOptions(
  call: TSESTree.CallExpression,
  file: FileNames,
): TSESTree.Node | undefined {
  const method = groupStatic(call, file);
  const [, second, third] = call.arguments;
  if (method !== undefined) return method === MEMBER.map ? third : second;
  const body = second && resolved(second, file.sourceCode);
  return third ?? (isFunction(body) ? undefined : second);
}

/** The signal in options that are written out; `undefined` when a spread may bring another. */
export function signalIn({ properties }: TSESTree.ObjectExpression): TSESTree.Node | undefined {
  if (properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const found = properties.find(
    (property) => property.type === 'Property' && isSignalName(propertyName(property)),
  );
  return found?.type === 'Property' ? found.value : undefined;
}
