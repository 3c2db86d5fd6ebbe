// The executor that hands its errors to the promise that it makes.
//
//   new Promise(async (resolve) => { resolve(await load()); })
//   new Promise(async (resolve, reject) => {
//     try { resolve(await load()); } catch (error) { reject(error); }
//   })
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction, isInside } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { deepened, indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';
import type { Place } from './place.js';

export function rejectInstead(
  executor: TSESTree.Node,
  { sourceCode }: Place,
): TSESLint.ReportFixFunction | undefined {
  const node = unwrapped(executor);
  if (!isFunction(node) || !node.async || node.generator) return undefined;
  const [resolve, reject] = node.params;
  // `this`, in the place of a parameter, is none.
  if (resolve?.type !== 'Identifier' || resolve.name === 'this') return undefined;
  if (reject && reject.type !== 'Identifier') return undefined;
  const name = reject?.name ?? 'reject';
  const isTaken = sourceCode
    .getScope(node.body)
    .through.some(({ identifier }) => identifier.name === name && isInside(identifier, node.body));
  if (reject === undefined && isTaken) return undefined;
  const line = lineBreak(sourceCode) + indentOf(node.body, sourceCode);
  const unit = indentUnit(sourceCode);
  const end = statementEnd(sourceCode);
  const body = bodyOf(node, sourceCode);
  const inner = innerText(node, body, line, unit, { sourceCode });
  const text =
    `${body.space}{${line}${unit}try {${inner}${line}${unit}} catch (error) {` +
    `${line}${unit}${unit}${name}(error)${end}${line}${unit}}${line}}`;
  const isBare =
    sourceCode.getTokenAfter(resolve)?.value === '=>' && isUnparenthesised(node, resolve);
  return (fixer) => [
    fixer.replaceTextRange([...body.range], text),
    ...(reject === undefined
      ? isBare
        ? [fixer.replaceText(resolve, `(${sourceCode.getText(resolve)}, ${name})`)]
        : [fixer.insertTextAfter(resolve, `, ${name}`)]
      : []),
  ];

  function isUnparenthesised(around: TSESTree.Node, parameter: TSESTree.Node): boolean {
    const before = sourceCode.getTokenBefore(parameter);
    return before === null || before.value !== '(' || !isInside(before as never, around);
  }
}

interface Body {
  readonly range: readonly [number, number];
  readonly space: '' | ' ';
}

/** An expression with the parentheses around it, `() => ({ … })`: they are no part of its node. */
function bodyOf({ body, range }: FunctionNode, sourceCode: SourceCode): Body {
  if (body.type === 'BlockStatement') return { range: body.range, space: '' };
  const arrow = sourceCode.getTokenBefore(body, ({ value }) => value === '=>')!;
  return { range: [arrow.range[1], range[1]], space: ' ' };
}

function innerText(
  { body }: FunctionNode,
  { range: [start, end] }: Body,
  line: string,
  unit: string,
  { sourceCode }: Pick<Place, 'sourceCode'>,
): string {
  if (body.type !== 'BlockStatement') {
    const expression = sourceCode.text.slice(start, end).trim();
    // Such an expression would be a declaration, as a statement.
    const text = /^(async\s|class\b|function\b|let\b)/.test(expression)
      ? `(${expression})`
      : expression;
    return `${line}${unit}${unit}${text}${statementEnd(sourceCode)}`;
  }
  return deepened([start + 1, end - 1], sourceCode).trimEnd();
}
