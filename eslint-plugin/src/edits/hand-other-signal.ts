import type { TSESTree } from '@typescript-eslint/utils';

import type { HandedSignal } from '../flow/cancellation/handed-signals.js';
import type { ScopeText } from '../syntax/scope-text.js';
import type { SourceCode } from '../syntax/variable.js';
import type { Edit } from './edit.js';
import { handSignal } from './hand-signal.js';

/** The edit that hands another signal on in the place of the one that a call is handed. */
export function handOther(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  { slot, form, value }: HandedSignal,
  { signal, scope }: ScopeText,
  sourceCode: SourceCode,
): Edit | undefined {
  if (form !== 'scope') return handSignal(call, [slot], { signal }, sourceCode);
  return { range: value.range, text: scope ?? `{ ${slot.property}: ${signal} }` };
}
