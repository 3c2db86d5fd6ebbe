// Comments by which an author says that nobody is to wait:
//
//   queue.push('a'); // in the background
//   // Not awaited on purpose.
//   warmUp();
import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from './enclosing.js';
import { statementOf } from './mistaken-drop.js';
import type { SourceCode } from './variable.js';

const ASIDE =
  /background|\bkick(s|ed|ing)? off\b|fire.?(and|&|n).?forget|(not|n.t|no|without|never)( really)?( need to| have to)?( explicitly)? (a?wait|block|catch|handl)|deliberate|intentional|on purpose/i;

export function isSaidAside(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const { line } = statement.loc.end;
  const after = sourceCode.getCommentsAfter(statement).filter(({ loc }) => loc.start.line === line);
  const said = [
    ...sourceCode.getCommentsBefore(statement),
    ...commentsAbove(statement, sourceCode),
  ];
  return ASIDE.test(textOf([...said, ...after]));
}

/** A sentence may go over several lines. */
function textOf(comments: readonly TSESTree.Comment[]): string {
  return comments.map(({ value }) => value.replaceAll(/[\s*]+/g, ' ').trim()).join(' ');
}

/** The same above an `if`, where the block begins or ends with it: `// Load again in the background.` */
export function isBlockSaidAside(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const block = statement.parent;
  if (block?.type !== 'BlockStatement') return false;
  if (block.body[0] !== statement && block.body.at(-1) !== statement) return false;
  return block.parent.type === 'IfStatement' && isSaidAside(block.parent, sourceCode);
}

/** What the comment above a function says of all that call it. That it works in the background says nothing. */
const NEVER_AWAITED = [
  // `should never be awaited`, `is not meant to be awaited`, `doesn't need to be awaited`
  /(\bnot|n['’]t|\bnever|\bno need)( \w+ly)?( have| intended| meant| need| supposed)?( to)? be awaited/i,
  // `Do not await this.`, and not `does not await the answer`
  /\b(do not|don['’]t|never|(must|need|should) not|no need to) await( (it|this)\b|$|[!),.:;])/i,
  /(?<!\bnot( a)? )fire.?(and|&|n).?forget/i,
];

/** The same above the function itself: it should NEVER be awaited. */
export function isSaidOfFunction(node: FunctionNode, sourceCode: SourceCode): boolean {
  const text = textOf(sourceCode.getCommentsBefore(declarationOf(node)));
  return NEVER_AWAITED.some((said) => said.test(text));
}

/** What a comment about a function stands above: a statement, or a member of a class or an object. */
function declarationOf(node: TSESTree.Node): TSESTree.Node {
  let declaration = node;
  while (declaration.parent != null && !LISTING.has(declaration.parent.type)) {
    declaration = declaration.parent;
  }
  return declaration;
}

const LISTING: ReadonlySet<string> = new Set([
  'BlockStatement',
  'ClassBody',
  'ObjectExpression',
  'Program',
]);

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
