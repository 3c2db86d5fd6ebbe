// Whether a call tells how it ended by what it is handed, though it gives a promise too: functions of
// both kinds, from the time of callbacks, that settle a promise around the call.
//
//   new Promise((resolve, reject) => save(page, (error) => (error ? reject(error) : resolve())))
//   new Promise((resolve, reject) => { client.send(page, resolve, reject); })
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { isSettler } from './settlers.js';
import { functionOf, type SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

/** Two of them are both ways: `(value) => resolve(value)` is one. */
export function tellsByCallback(work: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(work);
  if (call.type !== 'CallExpression') return false;
  const settlers = new Set<string>();
  for (const argument of call.arguments) {
    const callback = functionOf(argument, sourceCode);
    const code = callback === undefined ? [argument] : descendants(callback.body, sourceCode);
    for (const node of code) {
      if (isSettler(node, sourceCode)) settlers.add(sourceCode.getText(node));
    }
  }
  return settlers.size > 1;
}
