import type { TSESTree } from '@typescript-eslint/utils';
import { parseForESLint } from 'eslint-plugin-mooring/parser';

import type { OurConfig } from './our-config.js';
import { lineEndOf, styled, styleOf, type TextStyle } from './text-style.js';

/** Calls that take configs, one by one or as an array, and give an array of them. */
const TAKES_CONFIGS = /^(defineConfig|defineConfigWithVueTs|config|withNuxt|antfu)$/;

/** A piece of text to put in. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Adds ours to the text of an `eslint.config.*`, as its last parts and as it is written, for it is
 * linted too, and leaves every character of the rest where it is.
 *
 * @returns `undefined`: the config is of a shape that is not understood.
 */
export function withOurConfig(text: string, ours: OurConfig): string | undefined {
  let program: TSESTree.Program;
  try {
    program = parseForESLint(text, { sourceType: 'module' }).ast as unknown as TSESTree.Program;
  } catch {
    return undefined;
  }
  const value = exportedBy(program);
  const list = value && listIn(value, program);
  if (list === undefined) return undefined;
  const insertions = [importsFor(program, ours, text), ...partsFor(list, ours, text)];
  const eol = lineEndOf(text);
  return insertions
    .map(({ at, text: piece }) => ({ at, text: piece.replaceAll('\n', eol) }))
    .sort((a, b) => b.at - a.at)
    .reduce((out, { at, text: piece }) => out.slice(0, at) + piece + out.slice(at), text);
}

function exportedBy(program: TSESTree.Program): TSESTree.Node | undefined {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration;
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    if (expression.type !== 'AssignmentExpression') continue;
    const { left, right } = expression;
    const isExports =
      left.type === 'MemberExpression' &&
      left.object.type === 'Identifier' &&
      left.object.name === 'module' &&
      left.property.type === 'Identifier' &&
      left.property.name === 'exports';
    if (isExports) return right;
  }
  return undefined;
}

/** Where parts of a config can be put: the elements, the end, and what stands around them. */
interface List {
  readonly elements: readonly (TSESTree.Node | null)[];
  /** The closing bracket or parenthesis. */
  readonly end: number;
  /** For a config that is one object: it becomes the first element of an array. */
  readonly only?: TSESTree.Node;
}

function listIn(node: TSESTree.Node, program: TSESTree.Program, depth = 0): List | undefined {
  switch (node.type) {
    case 'ArrayExpression':
      return { elements: node.elements, end: node.range[1] - 1 };
    case 'ObjectExpression':
      return depth === 0 ? { elements: [node], end: node.range[1], only: node } : undefined;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return listIn(node.expression, program, depth);
    case 'Identifier': {
      const initial = initialOf(node.name, program);
      return initial === undefined ? undefined : listIn(initial, program, depth);
    }
    case 'CallExpression': {
      if (!TAKES_CONFIGS.test(nameOf(node.callee))) return undefined;
      const [only] = node.arguments;
      if (node.arguments.length === 1 && only !== undefined) {
        const inner = listIn(only, program, depth + 1);
        if (inner !== undefined) return inner;
      }
      return { elements: node.arguments, end: node.range[1] - 1 };
    }
    default:
      return undefined;
  }
}

function nameOf(callee: TSESTree.Node): string {
  if (callee.type === 'Identifier') return callee.name;
  const isNamed = callee.type === 'MemberExpression' && callee.property.type === 'Identifier';
  return isNamed ? (callee.property as TSESTree.Identifier).name : '';
}

function initialOf(name: string, program: TSESTree.Program): TSESTree.Node | undefined {
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && id.name === name) return init ?? undefined;
    }
  }
  return undefined;
}

function partsFor({ elements, end, only }: List, ours: OurConfig, text: string): Insertion[] {
  const last = elements.at(-1);
  const style = styleOf(text);
  if (only !== undefined) {
    return [
      { at: only.range[0], text: '[' },
      { at: end, text: `,${written(ours, style.indent, style, style.hasComma)}\n]` },
    ];
  }
  const base = last ? indentAt(text, last.range[0]) : `${indentAt(text, end)}${style.indent}`;
  const rest = last ? text.slice(last.range[1], end) : '';
  const hasComma = !last || /^\s*,/.test(withoutComments(rest));
  const at = last && !hasComma ? last.range[1] : last ? last.range[1] + rest.indexOf(',') + 1 : end;
  const isOneLine = !!last && !text.slice(last.range[1], end).includes('\n');
  const tail = isOneLine || !last ? `\n${indentAt(text, end)}` : '';
  const isListed = hasComma || isOneLine || style.hasComma;
  return [{ at, text: `${hasComma ? '' : ','}${written(ours, base, style, isListed)}${tail}` }];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*.*?\*\/|\/\/.*/gs, '');
}

/** Each part on lines of its own, with a comma; the last of them where it is wanted. */
function written(
  { parts }: OurConfig,
  indent: string,
  style: TextStyle,
  hasLastComma: boolean,
): string {
  const text = parts.map((part) => styled(part, style)).join(',\n') + (hasLastComma ? ',' : '');
  return text
    .split('\n')
    .map((line) => `\n${indent}${line}`)
    .join('');
}

function indentAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** After the last import, or the last `require` at the top; as the config loads what it has. */
function importsFor(program: TSESTree.Program, { imports }: OurConfig, text: string): Insertion {
  const isCommonJs = program.body.every(({ type }) => !/^(Import|Export)/.test(type));
  const loads = program.body.filter(
    (statement) =>
      statement.type === 'ImportDeclaration' ||
      (isCommonJs && /^(const|var|let)\b.*\brequire\(/s.test(text.slice(...statement.range))),
  );
  const after = loads.at(-1);
  const { quote } = styleOf(text);
  const semicolon = after !== undefined && !text.slice(...after.range).endsWith(';') ? '' : ';';
  const lines = imports.map(([name, from]) => {
    const path = `${quote}${from}${quote}`;
    return isCommonJs
      ? `const ${name} = require(${path})${semicolon}`
      : `import ${name} from ${path}${semicolon}`;
  });
  if (after !== undefined) return { at: after.range[1], text: `\n${lines.join('\n')}` };
  const first = program.body[0]?.range[0] ?? 0;
  return { at: first, text: `${lines.join('\n')}\n\n` };
}
