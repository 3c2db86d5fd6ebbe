// A loop that waits, in place of `forEach` with an async function.
//
//   items.forEach(async (item) => { await save(item); });
//   for (const item of items) { await save(item); }
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { descendants } from '../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { isReassigned, type SourceCode } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import type { Edit } from './edit.js';
import { harmOfHalt } from './await-harm.js';
import { itemCall } from './item-call.js';
import { indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';
import { makeAsync } from './make-async.js';
import type { Place } from './place.js';
import { isLoop } from '../syntax/loops.js';

type Callback = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

export interface ForOf {
  readonly fix: TSESLint.ReportFixFunction;
  /** The function around that is made async for it, and whether others may call it. */
  readonly made: { readonly name: string | undefined; readonly isOpen: boolean } | undefined;
}

/** `undefined` where the function does what no body of a loop can. */
export function forOfInstead(call: TSESTree.CallExpression, place: Place): ForOf | undefined {
  const { sourceCode } = place;
  const statement = outermost(call).parent;
  const callback = call.arguments.length === 1 ? unwrapped(call.arguments[0]!) : undefined;
  if (statement?.type !== 'ExpressionStatement' || callback === undefined) return undefined;
  const loop = isFunction(callback)
    ? loopOf(call, callback, statement, sourceCode)
    : loopOver(call, callback, statement, place);
  if (loop === undefined || harmOfHalt(call, place) !== undefined) return undefined;
  const made = isAwaitAllowed(call, place.module) ? undefined : makeAsync(call, place);
  if (made === undefined && !isAwaitAllowed(call, place.module)) return undefined;
  return {
    made,
    fix: (fixer) => [
      fixer.replaceText(statement, loop),
      ...(made?.edits ?? []).map(({ range, text }) => fixer.replaceTextRange([...range], text)),
    ],
  };
}

function loopOf(
  call: TSESTree.CallExpression,
  callback: FunctionNode,
  statement: TSESTree.Node,
  sourceCode: SourceCode,
): string | undefined {
  if (callback.type === 'FunctionDeclaration' || callback.generator) return undefined;
  const head = headOf(call, callback, sourceCode);
  const body = head && bodyOf(statement, callback, sourceCode);
  return body && `${head} ${body}`;
}

/** `items.forEach(save)`, of a function that takes no more than the item. */
function loopOver(
  call: TSESTree.CallExpression,
  callback: TSESTree.Node,
  statement: TSESTree.Node,
  place: Place,
): string | undefined {
  const { sourceCode } = place;
  const saved = callback.type === 'Identifier' ? itemCall(callback, place) : undefined;
  if (saved === undefined) return undefined;
  const { item, work } = saved;
  const list = sourceCode.getText(calledMember(call)!.object);
  const items = hasOptional(call) ? `${list} ?? []` : list;
  const line = lineBreak(sourceCode) + indentOf(statement, sourceCode);
  const step = `${indentUnit(sourceCode)}await ${work}${statementEnd(sourceCode)}`;
  return `for (const ${item} of ${items}) {${line}${step}${line}}`;
}

function headOf(
  call: TSESTree.CallExpression,
  callback: Callback,
  sourceCode: SourceCode,
): string | undefined {
  const [item, index, ...rest] = callback.params;
  if (item === undefined || rest.length > 0 || !isPattern(item)) return undefined;
  if (index !== undefined && !isPattern(index)) return undefined;
  const variables = sourceCode.getDeclaredVariables(callback);
  const { object } = calledMember(call)!;
  const list = sourceCode.getText(object);
  // `for (const page of page.parts)` would look for the new name.
  const isHidden = variables.some(({ name }) => new RegExp(`\\b${escaped(name)}\\b`).test(list));
  const names = [index, item].flatMap((each) => (each ? textOf(each, sourceCode) : []));
  const isOptional = unwrapped(call.callee).type === 'MemberExpression' && hasOptional(call);
  if (isHidden || (isOptional && index !== undefined)) return undefined;
  const keyword = variables.some(isReassigned) ? 'let' : 'const';
  if (index !== undefined) return `for (${keyword} [${names.join(', ')}] of ${list}.entries())`;
  return `for (${keyword} ${names[0]} of ${isOptional ? `${list} ?? []` : list})`;
}

function hasOptional(call: TSESTree.CallExpression): boolean {
  return outermost(call).type === 'ChainExpression' || call.parent.type === 'ChainExpression';
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}

function isPattern({ type }: TSESTree.Parameter): boolean {
  return type === 'Identifier' || type === 'ArrayPattern' || type === 'ObjectPattern';
}

/** Without its type, which the head of a loop has no place for. */
function textOf(parameter: TSESTree.Parameter, sourceCode: SourceCode): string {
  const type = 'typeAnnotation' in parameter ? parameter.typeAnnotation : undefined;
  const end = type?.range[0] ?? parameter.range[1];
  return sourceCode.text.slice(parameter.range[0], end).replace(/\s*\??\s*$/, '');
}

function bodyOf(
  statement: TSESTree.Node,
  callback: Callback,
  sourceCode: SourceCode,
): string | undefined {
  const { body } = callback;
  const end = statementEnd(sourceCode);
  const own = [...descendants(body, sourceCode, 'own')];
  const all = callback.type === 'FunctionExpression' ? [...descendants(body, sourceCode)] : own;
  if (all.some((node) => node.type === 'ThisExpression' || isArguments(node))) return undefined;
  if (body.type !== 'BlockStatement') {
    const line = lineBreak(sourceCode) + indentOf(statement, sourceCode);
    return `{${line}${indentUnit(sourceCode)}${waited(body, sourceCode)}${end}${line}}`;
  }
  const edits: Edit[] = [];
  for (const node of own) {
    if (node.type !== 'ReturnStatement') continue;
    const work = node.argument && waited(node.argument, sourceCode);
    if (isInLoop(node, body) || (work && node !== body.body.at(-1))) return undefined;
    edits.push({ range: node.range, text: `${work ?? 'continue'}${end}` });
  }
  return applied(body, edits, sourceCode);
}

function isArguments(node: TSESTree.Node): boolean {
  return node.type === 'Identifier' && node.name === 'arguments';
}

function waited(value: TSESTree.Expression, sourceCode: SourceCode): string {
  const text = sourceCode.getText(value);
  if (value.type === 'AwaitExpression') return text;
  const isSimple = /^(Call|Chain|Member|New|ArrayExp|Identifier|This)/.test(value.type);
  return isSimple ? `await ${text}` : `await (${text})`;
}

/** There `continue` would be of the loop inside. */
function isInLoop(node: TSESTree.Node, body: TSESTree.Node): boolean {
  for (let around = node.parent; around != null && around !== body; around = around.parent) {
    if (isLoop(around)) return true;
  }
  return false;
}

function applied(node: TSESTree.Node, edits: readonly Edit[], { text }: SourceCode): string {
  let result = '';
  let at = node.range[0];
  for (const { range, text: instead } of edits) {
    result += text.slice(at, range[0]) + instead;
    at = range[1];
  }
  return result + text.slice(at, node.range[1]);
}
