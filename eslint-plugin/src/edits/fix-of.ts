import type { TSESLint } from '@typescript-eslint/utils';

import type { Edit } from './edit.js';

/** The edits as a rule hands them to ESLint; `undefined` where there are none to suggest. */
export function fixOf(edits: readonly Edit[] | undefined): TSESLint.ReportFixFunction | undefined {
  return (
    edits && ((fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([...range], text)))
  );
}
