import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { enclosingRun, isInside } from '../syntax/enclosing.js';
import { isReassigned, type SourceCode, variableOf } from '../syntax/variable.js';
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
  const run = enclosingRun(first);
  const paths = new Set<string>();
  for (const node of moved.flatMap((part) => [...descendants(part, sourceCode)])) {
    if (isChangingName(node, moved, sourceCode)) return false;
    const path = pathOf(node, sourceCode);
    if (path !== undefined) paths.add(path);
  }
  if (paths.size === 0) return true;
  const narrowed = narrowedIn(run, sourceCode);
  return ![...paths].some((path) => (narrowed.get(path) ?? Infinity) < first.range[0]);
}

/** Each report in a function asks for what is narrowed in it. */
const known = new WeakMap<TSESTree.Node, ReadonlyMap<string, number>>();

/** Where each path stands first in a place that could narrow it. */
function narrowedIn(run: TSESTree.Node, sourceCode: SourceCode): ReadonlyMap<string, number> {
  const found = known.get(run);
  if (found !== undefined) return found;
  const narrowed = new Map<string, number>();
  for (const node of descendants(run, sourceCode)) {
    const path = pathOf(node, sourceCode);
    if (path === undefined || !couldNarrow(node)) continue;
    narrowed.set(path, Math.min(narrowed.get(path) ?? Infinity, node.range[0]));
  }
  known.set(run, narrowed);
  return narrowed;
}

/** A name from outside that is assigned more than once: in a loop, or after the function is made. */
function isChangingName(
  node: TSESTree.Node,
  moved: readonly TSESTree.Node[],
  sourceCode: SourceCode,
): boolean {
  if (node.type !== 'Identifier') return false;
  const variable = variableOf(node, sourceCode);
  if (variable === undefined || variable.scope.type === 'module') return false;
  const isOutside = variable.defs.some(({ name }) => !moved.some((part) => isInside(name, part)));
  return isOutside && isReassigned(variable);
}

/** The first two parts of `this.page.url` or `config.name`: what is asked of them narrows the rest. */
function pathOf(node: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const object = unwrapped(node.object);
  if (object.type !== 'ThisExpression' && object.type !== 'Identifier') return undefined;
  return `${sourceCode.getText(object)}.${sourceCode.getText(node.property)}`;
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
