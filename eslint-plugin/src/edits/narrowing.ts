import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { enclosingRun, isInside } from '../syntax/enclosing.js';
import { isReassigned, type SourceCode, type Variable } from '../syntax/variable.js';
import { placeFrom } from '../syntax/first-from.js';
import { unwrapped } from '../syntax/wrappers.js';

/**
 * Whether code keeps what the lines before it have found out of its values when it moves into a
 * function:
 *
 *     if (config.name) load(config.name);               // a string
 *     if (config.name) later(() => load(config.name));  // a string or nothing
 *
 * Of a constant name it is kept. Of a name that is assigned again, and of a property, it is lost;
 * then nothing may have been asked of it. Errs on the side of what is lost.
 */
export function keepsNarrowing(moved: readonly TSESTree.Node[], sourceCode: SourceCode): boolean {
  const [first] = moved;
  if (first === undefined) return true;
  const names = namesOf(sourceCode);
  for (const { range } of moved) {
    if (within(names.changing, range).some((name) => isFromOutside(name, moved))) return false;
  }
  const paths = moved.flatMap(({ range }) => within(names.paths, range));
  if (paths.length === 0) return true;
  const narrowed = narrowedIn(enclosingRun(first), names);
  return !paths.some(({ path }) => (narrowed.get(path) ?? Infinity) < first.range[0]);
}

/** Each report in a function asks for what is narrowed in it. */
const known = new WeakMap<TSESTree.Node, ReadonlyMap<string, number>>();

/** Where each path stands first in a place that could narrow it. */
function narrowedIn(run: TSESTree.Node, { paths }: Names): ReadonlyMap<string, number> {
  const found = known.get(run);
  if (found !== undefined) return found;
  const narrowed = new Map<string, number>();
  for (const { at, node, path } of within(paths, run.range)) {
    if (couldNarrow(node) && !narrowed.has(path)) narrowed.set(path, at);
  }
  known.set(run, narrowed);
  return narrowed;
}

interface ChangingName {
  readonly at: number;
  readonly variable: Variable;
}

interface Path {
  readonly at: number;
  readonly node: TSESTree.MemberExpression;
  readonly path: string;
}

/**
 * What of a file's names matters here, in the order of the text. It is found once: of functions in
 * each other, each report would read all that is in its own.
 */
interface Names {
  /** Those that are assigned more than once: in a loop, or after a function is made. */
  readonly changing: readonly ChangingName[];
  readonly paths: readonly Path[];
}

const ofFiles = new WeakMap<TSESTree.Program, Names>();

function namesOf(sourceCode: SourceCode): Names {
  const { ast } = sourceCode;
  const names = ofFiles.get(ast) ?? {
    changing: changingNames(sourceCode),
    paths: [...descendants(ast, sourceCode)].flatMap((node) => pathAt(node, sourceCode)),
  };
  ofFiles.set(ast, names);
  return names;
}

function changingNames({ scopeManager }: SourceCode): ChangingName[] {
  return (scopeManager?.scopes ?? [])
    .filter(({ type }) => type !== 'module')
    .flatMap(({ variables }) => variables)
    .filter(isReassigned)
    .flatMap((variable) =>
      variable.references.map(({ identifier }) => ({ at: identifier.range[0], variable })),
    )
    .sort((a, b) => a.at - b.at);
}

function isFromOutside({ variable }: ChangingName, moved: readonly TSESTree.Node[]): boolean {
  return variable.defs.some(({ name }) => !moved.some((part) => isInside(name, part)));
}

function within<It extends { readonly at: number }>(
  sorted: readonly It[],
  [start, end]: readonly [number, number],
): readonly It[] {
  return sorted.slice(placeFrom(sorted, start, placed), placeFrom(sorted, end, placed));
}

function placed({ at }: { readonly at: number }): number {
  return at;
}

/** The first two parts of `this.page.url` or `config.name`: what is asked of them narrows the rest. */
function pathAt(node: TSESTree.Node, sourceCode: SourceCode): Path[] {
  if (node.type !== 'MemberExpression') return [];
  const object = unwrapped(node.object);
  if (object.type !== 'ThisExpression' && object.type !== 'Identifier') return [];
  const path = `${sourceCode.getText(object)}.${sourceCode.getText(node.property)}`;
  return [{ at: node.range[0], node, path }];
}

/** Whether it stands in a test, is assigned, or is handed to what may assert something of it. */
function couldNarrow(node: TSESTree.Node): boolean {
  let child = node;
  for (let around = node.parent; around != null; child = around, around = around.parent) {
    switch (around.type) {
      case 'LogicalExpression':
        return true;
      case 'AssignmentExpression':
        return around.left === child;
      case 'SwitchStatement':
        return around.discriminant === child;
      case 'ConditionalExpression':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'IfStatement':
      case 'WhileStatement':
        return around.test === child;
      case 'CallExpression':
        if (around.callee !== child && around.parent.type === 'ExpressionStatement') return true;
        // `config.load()` asks nothing of `config.load`.
        if (around.callee === node && !around.optional) return false;
        break;
      // No call says anything of what is somewhere in an object that it is handed.
      case 'ArrayExpression':
      case 'NewExpression':
      case 'ObjectExpression':
      case 'TemplateLiteral':
      case 'ArrowFunctionExpression':
      case 'BlockStatement':
      case 'FunctionExpression':
        return false;
    }
  }
  return false;
}
