// Comments by which an author says that nobody is to wait:
//
//   queue.push('a'); // in the background
//   // Not awaited on purpose.
//   warmUp();
import type { TSESTree } from '@typescript-eslint/utils';

import { statementOf } from './mistaken-drop.js';
import type { SourceCode } from './variable.js';

const ASIDE =
  /background|\bkick(s|ed|ing)? off\b|fire.?(and|&|n).?forget|(not|n.t|no|without|never)( need to)?( explicitly)? (a?wait|block|catch|handl)|deliberate|intentional|on purpose/i;

export function isSaidAside(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const { line } = statement.loc.end;
  const after = sourceCode.getCommentsAfter(statement).filter(({ loc }) => loc.start.line === line);
  const said = [
    ...sourceCode.getCommentsBefore(statement),
    ...commentsAbove(statement, sourceCode),
  ];
  // A sentence may go over several lines.
  const text = [...said, ...after].map(({ value }) => value.replaceAll(/[\s*]+/g, ' ').trim());
  return ASIDE.test(text.join(' '));
}

/** The same above an `if`, where the block begins with it: `// Load again in the background.` */
export function isBlockSaidAside(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const block = statement.parent;
  if (block?.type !== 'BlockStatement' || block.body[0] !== statement) return false;
  return block.parent.type === 'IfStatement' && isSaidAside(block.parent, sourceCode);
}

/**
 * Those of the statement above, where the two are written as one:
 *
 *     // Not awaited on purpose.
 *     log('warming up');
 *     warmUp();
 */
function commentsAbove(statement: TSESTree.Node, sourceCode: SourceCode): TSESTree.Comment[] {
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement') return [];
  const above = parent.body[parent.body.indexOf(statement as TSESTree.Statement) - 1];
  if (above === undefined || above.loc.end.line !== statement.loc.start.line - 1) return [];
  return sourceCode.getCommentsBefore(above);
}
