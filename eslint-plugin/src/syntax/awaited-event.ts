import type { TSESTree } from '@typescript-eslint/utils';

import { calledName } from './property-name.js';

const WAITING = /^(eventually|next|once|receive|until|wait|when)(?![a-z])/;

/**
 * Whether a call waits for what something else makes happen, by its name: `nextMessage()`, `once(…)`,
 * `waitForEvent(…)`; not `wait(100)`, which is over by itself.
 */
export function isAwaitedEvent(call: TSESTree.Node): boolean {
  const name = calledName(call);
  if (name === undefined || !WAITING.test(name) || /^waitFor(Duration|Time)/.test(name)) {
    return false;
  }
  const [first] = call.type === 'CallExpression' ? call.arguments : [];
  return !(first?.type === 'Literal' && typeof first.value === 'number');
}
