// The executor that hands its errors to the promise that it makes.
//
//   new Promise(async (resolve) => { resolve(await load()); })
//   new Promise(async (resolve, reject) => {
//     try { resolve(await load()); } catch (error) { reject(error); }
//   })
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../syntax/enclosing.js';
import { isInside } from '../syntax/enclosing.js';
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
  if (resolve?.type !== 'Identifier' || (reject && reject.type !== 'Identifier')) return undefined;
  const name = reject?.name ?? 'reject';
  const isTaken = sourceCode
    .getScope(node.body)
    .through.some(({ identifier }) => identifier.name === name && isInside(identifier, node.body));
  if (reject === undefined && isTaken) return undefined;
  const line = lineBreak(sourceCode) + indentOf(node.body, sourceCode);
  const unit = indentUnit(sourceCode);
  const end = statementEnd(sourceCode);
  const inner = innerText(node, line, unit, { sourceCode });
  const text =
    `{${line}${unit}try {${inner}${line}${unit}} catch (error) {` +
    `${line}${unit}${unit}${name}(error)${end}${line}${unit}}${line}}`;
  const isBare =
    sourceCode.getTokenAfter(resolve)?.value === '=>' && isUnparenthesised(node, resolve);
  return (fixer) => [
    fixer.replaceText(node.body, text),
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

function innerText(
  { body }: { readonly body: TSESTree.Node },
  line: string,
  unit: string,
  { sourceCode }: Pick<Place, 'sourceCode'>,
): string {
  if (body.type !== 'BlockStatement') {
    return `${line}${unit}${unit}${sourceCode.getText(body)}${statementEnd(sourceCode)}`;
  }
  const range = [body.range[0] + 1, body.range[1] - 1] as const;
  return deepened(range, sourceCode).trimEnd();
}
