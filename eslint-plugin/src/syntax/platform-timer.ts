import type { TSESTree } from '@typescript-eslint/utils';

import { TIMER_MODULES } from '../vocabulary.js';
import { externalName } from './external-name.js';
import type { SourceCode } from './variable.js';

/**
 * How the platform calls a function of its own, or of its module of timers that take a callback:
 * `'setTimeout'`, `'process.nextTick'`. `undefined` for a function of anybody else.
 */
export function platformTimer(callee: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  const name = externalName(callee, sourceCode);
  const isPlatform = name?.from === 'lib' || TIMER_MODULES.callbacks.has(name?.module ?? '');
  return isPlatform ? name?.path.join('.') : undefined;
}
