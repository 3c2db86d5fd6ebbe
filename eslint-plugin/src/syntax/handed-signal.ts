import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import type { SourceCode } from './variable.js';

/**
 * Whether some code names a signal or a controller: who says of work that nothing can cancel it has
 * to have looked for one. By the names that are usual for them, so on doubt there is one.
 */
export function namesSignal(code: TSESTree.Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(code, sourceCode)) {
    if (node.type === 'Identifier' && /signal|abort|cancel|controller/i.test(node.name))
      return true;
  }
  return false;
}
