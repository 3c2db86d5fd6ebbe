// Fixes that put a statement on the way out of a block, in lines of their own where the code
// around is.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { findVariable, type SourceCode } from '../syntax/variable.js';
import { beginsLine, indentOf, indentUnit, lineBreak } from './lines.js';

type Jump = TSESTree.BreakStatement | TSESTree.ContinueStatement | TSESTree.ReturnStatement;

/** Puts a statement at the end of a block; `undefined` for what is no list of statements. */
export function insertAtEnd(
  block: TSESTree.Node,
  statement: string,
  sourceCode: SourceCode,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix | undefined {
  if (!isStatementList(block)) return undefined;
  const last = block.body.at(-1);
  return last && fixer.insertTextAfter(last, separatorAt(last, sourceCode) + statement);
}

/** Puts a statement before all others of a block; `undefined` for what is no list of statements. */
export function firstIn(
  block: TSESTree.Node,
  statement: string,
  sourceCode: SourceCode,
): TSESLint.ReportFixFunction | undefined {
  const first = isStatementList(block) ? block.body[0] : undefined;
  if (first === undefined) return undefined;
  return (fixer) => fixer.insertTextBefore(first, statement + separatorAt(first, sourceCode));
}

/**
 * Puts a statement before the one that leaves. What a `return` gives is worked out first, so that
 * the work for it goes on beside the tasks, as it did before.
 */
export function insertBeforeJump(
  jump: Jump,
  statement: string,
  sourceCode: SourceCode,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix {
  const statements = [statement, sourceCode.getText(jump)];
  if (jump.type === 'ReturnStatement' && jump.argument && isWork(jump.argument)) {
    const name = freeName(jump, sourceCode);
    const value = sourceCode.getText(jump.argument);
    const isAwaited = jump.argument.type === 'AwaitExpression';
    const awaited = isAwaited
      ? value
      : `await ${needsParentheses(jump.argument) ? `(${value})` : value}`;
    statements.splice(0, 2, `const ${name} = ${awaited};`, statement, `return ${name};`);
  }
  if (isStatementList(jump.parent) || jump.parent.type === 'SwitchCase') {
    return fixer.replaceText(jump, statements.join(separatorAt(jump, sourceCode)));
  }
  const newLine = lineBreak(sourceCode) + indentOf(jump.parent, sourceCode);
  const lines = statements.map((line) => `${newLine}${indentUnit(sourceCode)}${line}`);
  return fixer.replaceText(jump, `{${lines.join('')}${newLine}}`);
}

type StatementList = TSESTree.BlockStatement | TSESTree.Program | TSESTree.StaticBlock;

function isStatementList(node: TSESTree.Node): node is StatementList {
  return node.type === 'BlockStatement' || node.type === 'Program' || node.type === 'StaticBlock';
}

/** Whether evaluating it does something: anything but names, members and literals. */
function isWork(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return false;
    case 'MemberExpression':
      return isWork(node.object) || (node.computed && isWork(node.property));
    default:
      return true;
  }
}

function needsParentheses({ type }: TSESTree.Node): boolean {
  return ![
    'ArrayExpression',
    'CallExpression',
    'MemberExpression',
    'NewExpression',
    'ObjectExpression',
    'TemplateLiteral',
  ].includes(type);
}

function freeName(node: TSESTree.Node, sourceCode: SourceCode): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'result' : `result${count}`;
    if (findVariable(name, sourceCode.getScope(node)) === undefined) return name;
  }
}

/** A line break and the indentation, for a statement that begins its line; a space otherwise. */
function separatorAt(statement: TSESTree.Node, sourceCode: SourceCode): string {
  if (!beginsLine(statement, sourceCode)) return ' ';
  return `${lineBreak(sourceCode)}${indentOf(statement, sourceCode)}`;
}
