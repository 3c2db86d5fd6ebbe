// Comments by which an author says that nobody is to wait:
//
//   queue.push('a'); // in the background
//   // Not awaited on purpose.
//   warmUp();
import type { TSESTree } from '@typescript-eslint/utils';

import { statementOf } from './mistaken-drop.js';
import type { SourceCode } from './variable.js';

const ASIDE =
  /background|fire.?(and|&|n).?forget|(do not|don.?t|not|no|without|never)( need to)? (a?wait|block)|not block|intentional|on purpose/i;

export function isSaidAside(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  if (statement === undefined) return false;
  const { line } = statement.loc.end;
  const after = sourceCode.getCommentsAfter(statement).filter(({ loc }) => loc.start.line === line);
  const said = [...sourceCode.getCommentsBefore(statement), ...after];
  return said.some(({ value }) => ASIDE.test(value));
}
