// A listener that is removed when the code after it is done, whichever way it ends.
//
//   signal.addEventListener('abort', stop);      signal.addEventListener('abort', stop);
//   await work();                                try {
//                                                  await work();
//                                                } finally {
//                                                  signal.removeEventListener('abort', stop);
//                                                }
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isFunction } from '../syntax/enclosing.js';
import { type SourceCode } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import type { Edit } from './edit.js';
import { beginsLine, deepened, indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';

/** Nobody moves more by a click; and each listener of a long function would have the rest of it moved. */
const MOST_STATEMENTS = 60;
const MOST_TEXT = 10_000;

/** `undefined` where the function is over before its work is, or the listener has no name. */
export function listenerRemoved(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): Edit | undefined {
  const run = enclosingRun(call);
  const statement = outermost(call).parent;
  if (!isFunction(run) || !run.async || run.generator) return undefined;
  if (statement?.type !== 'ExpressionStatement' || statement.parent !== run.body) return undefined;
  const callee = unwrapped(call.callee);
  const [event, listener] = call.arguments;
  if (callee.type !== 'MemberExpression' || listener?.type !== 'Identifier') return undefined;
  const { body } = run.body as TSESTree.BlockStatement;
  const rest = body.slice(body.indexOf(statement) + 1);
  const [first] = rest;
  if (first === undefined || !beginsLine(first, sourceCode)) return undefined;
  // A function is called above its declaration, and not out of the block that it is moved to.
  if (rest.some(({ type }) => type === 'FunctionDeclaration')) return undefined;
  const range = [first.range[0], rest.at(-1)!.range[1]] as const;
  if (rest.length > MOST_STATEMENTS || range[1] - range[0] > MOST_TEXT) return undefined;
  const line = lineBreak(sourceCode) + indentOf(statement, sourceCode);
  const removing = [
    sourceCode.text.slice(call.range[0], callee.property.range[0]),
    `removeEventListener(${sourceCode.getText(event)}, ${listener.name})`,
    statementEnd(sourceCode),
  ].join('');
  const unit = indentUnit(sourceCode);
  return {
    range,
    text: `try {${line}${unit}${deepened(range, sourceCode)}${line}} finally {${line}${unit}${removing}${line}}`,
  };
}
