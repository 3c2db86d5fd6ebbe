// Calls that stand one below the other, and of which nobody has the promise:
//
//   refreshUsers();                 await Promise.all([
//   refreshGroups();                  refreshUsers(),
//                                     refreshGroups(),
//                                   ]);
//
// They are started together as they are. With an `await` each would be started when the one before is
// over, and not at all when that fails. The steps of a test are meant one after the other.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isChainHandled } from '../flow/promises/error-handling.js';
import { pausesIn } from '../flow/scopes/group-around.js';
import type { FloatingValue } from '../syntax/floating-places.js';
import { isInTest } from '../syntax/test-code.js';
import { PLATFORM } from '../vocabulary.js';
import { harmOfAwait } from './await-harm.js';
import { deepened, indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';
import type { Place } from './place.js';

/** Nobody follows a suggestion about more. */
const MOST = 8;

/** The statements that start something beside a promise, with its own; one where there is none. */
export function startedBeside(
  { node, place: where }: FloatingValue,
  place: Place,
): readonly TSESTree.ExpressionStatement[] {
  const own = node.parent;
  if (where !== 'statement' || own?.type !== 'ExpressionStatement' || isInTest(node, place)) {
    return [];
  }
  const list = statementsAround(own);
  const at = list.indexOf(own);
  let [first, last] = [at, at];
  while (last - first < MOST && isStart(list[first - 1], place)) first--;
  while (last - first < MOST && isStart(list[last + 1], place)) last++;
  return list.slice(first, last + 1) as TSESTree.ExpressionStatement[];
}

function statementsAround({ parent }: TSESTree.Node): readonly TSESTree.Node[] {
  if (parent?.type === 'BlockStatement' || parent?.type === 'Program') return parent.body;
  return parent?.type === 'SwitchCase' ? parent.consequent : [];
}

/** Whether a statement does no more than to start something, as a statement does that is reported. */
function isStart(statement: TSESTree.Node | undefined, { types }: Place): boolean {
  if (statement?.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  return expression.type === 'CallExpression' && types?.value(expression).promise === 'yes';
}

export function awaitTogether(
  statements: readonly TSESTree.ExpressionStatement[],
  place: Place,
): TSESLint.ReportFixFunction | undefined {
  const { sourceCode } = place;
  if (statements.length > MOST) return undefined;
  // Who takes care of an error beside it does not mean to wait here.
  const isFit = ({ expression }: TSESTree.ExpressionStatement): boolean =>
    !pausesIn(expression, sourceCode) &&
    !isChainHandled(expression, place) &&
    harmOfAwait(expression, place) === undefined;
  if (!statements.every(isFit)) return undefined;
  const [first] = statements;
  const range = [first!.range[0], statements.at(-1)!.range[1]] as const;
  const text = `await ${PLATFORM.promise}.all([${listOf(statements, place)}])${statementEnd(sourceCode)}`;
  return (fixer) => fixer.replaceTextRange([...range], text);
}

function listOf(
  statements: readonly TSESTree.ExpressionStatement[],
  { sourceCode }: Place,
): string {
  const [first] = statements;
  const isOneLine = first!.loc.start.line === statements.at(-1)!.loc.end.line;
  const parts = statements.map(({ expression, range }, index) => {
    // What stands between two of them stays there: a comment, an empty line.
    const next = statements[index + 1];
    const between = next ? deepened([range[1], next.range[0]], sourceCode) : '';
    const comma = next || !isOneLine ? ',' : '';
    return `${deepened(expression.range, sourceCode)}${comma}${between}`;
  });
  if (isOneLine) return parts.join('');
  const line = lineBreak(sourceCode) + indentOf(first!, sourceCode);
  return `${line}${indentUnit(sourceCode)}${parts.join('')}${line}`;
}
