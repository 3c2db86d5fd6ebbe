// Places where a promise is dropped as a rule, because there is nobody who could wait, and where the
// platform tells of an error that nobody handles: handlers of a user interface.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf, sourcesOf } from './consumers.js';
import { enclosingFunction, type FunctionNode } from './enclosing.js';
import { outcomeOf } from './function-outcome.js';
import { isInterface } from './interface-file.js';
import { isLastIn } from './last-step.js';
import { isInUnseenTry } from './mistaken-drop.js';
import { calledMember, propertyName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { outermost } from './wrappers.js';

/**
 * Whether a node is in a handler of a user interface, or of what it does in the background. Where a
 * `try` stands around it, which shows the error, the author has another thing in mind.
 */
export function isInHandler(
  node: TSESTree.Node,
  { file, sourceCode }: { readonly file: string; readonly sourceCode: SourceCode },
): boolean {
  const around = enclosingFunction(node);
  if (around === undefined) return false;
  if (isInterface(file, sourceCode) && !isOfServer(around, sourceCode)) {
    return !isInUnseenTry(node, sourceCode);
  }
  return isHandler(around) && (!around.async || isLastIn(node, around.body));
}

/**
 * Code of a server in a file of an interface: a component that is async, which no browser draws, and
 * what says `'use server'`, itself or its file.
 */
function isOfServer(around: FunctionNode, sourceCode: SourceCode): boolean {
  if (!around.async) return false;
  if (saysServer(sourceCode.ast.body)) return true;
  if (around.body.type === 'BlockStatement' && saysServer(around.body.body)) return true;
  return outcomeOf(around, sourceCode).returned.some((value) =>
    sourcesOf(value).some(({ type }) => type === 'JSXElement' || type === 'JSXFragment'),
  );
}

function saysServer(statements: readonly TSESTree.Node[]): boolean {
  for (const each of statements) {
    if (each.type !== 'ExpressionStatement' || each.directive === undefined) return false;
    if (each.directive === 'use server') return true;
  }
  return false;
}

/** Also the `click` of a menu. */
const HANDLER = /^((on|handle)(?![a-z])|click$)/;

/** Named like handlers: Nest waits for what these give. */
const HOOKS: ReadonlySet<string> = new Set([
  'onApplicationBootstrap',
  'onApplicationShutdown',
  'onModuleDestroy',
  'onModuleInit',
]);

/** `onClick={() => …}`, `onDrop = () => …`, `window.onload = …`, by its name. */
function isHandler(node: FunctionNode): boolean {
  const { by } = consumerOf(node);
  switch (by.type) {
    case 'JSXExpressionContainer':
      return true;
    case 'CallExpression':
      return calledMember(by)?.name === 'addEventListener';
    case 'AssignmentExpression': {
      const { left } = by;
      return left.type === 'MemberExpression' && /^on/.test(propertyName(left) ?? '');
    }
    case 'Property':
    case 'PropertyDefinition':
      return HANDLER.test(propertyName(by) ?? '');
    case 'VariableDeclarator':
      return by.id.type === 'Identifier' && HANDLER.test(by.id.name);
    default: {
      const owner = outermost(node).parent;
      if (owner?.type !== 'MethodDefinition') return false;
      const name = propertyName(owner) ?? '';
      return HANDLER.test(name) && !HOOKS.has(name);
    }
  }
}
