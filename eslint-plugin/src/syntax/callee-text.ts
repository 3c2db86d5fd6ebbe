import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

const PLAIN = /^[\w$.#?!]{1,40}$/;

/** How a message names a call of something that has no name. */
export const UNNAMED_CALL = 'this call';

/** How a message names the callee of a call: as it is written, where that is short. */
export function calleeText(
  { callee }: TSESTree.CallExpression | TSESTree.NewExpression,
  sourceCode: SourceCode,
): string {
  const written = sourceCode.getText(callee);
  if (PLAIN.test(written)) return written;
  const node = unwrapped(callee);
  const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  return member ?? UNNAMED_CALL;
}
