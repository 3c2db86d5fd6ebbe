// Places where a promise is dropped as a rule, because there is nobody who could wait, and where the
// platform tells of an error that nobody handles: the end of a script, a handler of a user interface.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { enclosingFunction, enclosingRun, type FunctionNode } from './enclosing.js';
import { isInUnseenTry, statementOf } from './mistaken-drop.js';
import { chainOf } from './promise-chain.js';
import { calledMember, propertyName } from './property-name.js';
import { functionOf, type SourceCode } from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

/** A file of a user interface: of components, or beside them. */
export function isInterface(file: string): boolean {
  return INTERFACE.test(file) && !TEST_OR_STORY.test(file);
}

const INTERFACE = /\.([jt]sx|vue|svelte)$|[\\/](components|hooks|ui|views)[\\/]/i;

const TEST_OR_STORY = /\.(test|spec|e2e|cy)\.[cm]?[jt]sx?$/i;

/**
 * `main();`, as the last thing that a module does which exports nothing: a function of the program
 * itself, written here. A call of somebody else's is work like any other.
 */
export function isEndOfScript(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (enclosingRun(node).type !== 'Program') return false;
  const { exportsNothing, lastWork } = scriptOf(sourceCode);
  if (!exportsNothing || !isOfProgram(node, sourceCode)) return false;
  return outermostStatement(node).range[0] >= lastWork;
}

interface Script {
  readonly exportsNothing: boolean;
  /** Where the last statement begins that does anything. */
  readonly lastWork: number;
}

const scripts = new WeakMap<object, Script>();

function scriptOf({ ast }: SourceCode): Script {
  const known = scripts.get(ast);
  if (known !== undefined) return known;
  const last = ast.body.filter(({ type }) => !DECLARATION.test(type)).at(-1);
  const script = { exportsNothing: !ast.body.some(isExport), lastWork: last?.range[0] ?? 0 };
  scripts.set(ast, script);
  return script;
}

const DECLARATION = /^(ExportNamed|Function|Class|TS\w+)Declaration$/;

function isOfProgram(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const root = unwrapped(chainOf(node).root);
  return root.type === 'CallExpression' && functionOf(root.callee, sourceCode) !== undefined;
}

/** `export {};` only says that the file is a module. */
function isExport(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type !== 'ExportNamedDeclaration') return /Export/.test(statement.type);
  return statement.declaration !== null || statement.specifiers.length > 0;
}

function outermostStatement(node: TSESTree.Node): TSESTree.Node {
  let statement = statementOf(node);
  while (statement.parent != null && statement.parent.type !== 'Program') {
    statement = statement.parent;
  }
  return statement;
}

/**
 * Whether a node is in a handler of a user interface, or of what it does in the background. Where a
 * `try` stands around it, which shows the error, the author has another thing in mind.
 */
export function isInHandler(node: TSESTree.Node, file: string): boolean {
  const around = enclosingFunction(node);
  if (around === undefined) return false;
  if (isInterface(file)) return !isInUnseenTry(node);
  return isHandler(around) && (!around.async || isLast(node, around));
}

const HANDLER = /^(on|handle)(?![a-z])/;

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
      return owner?.type === 'MethodDefinition' && HANDLER.test(propertyName(owner) ?? '');
    }
  }
}

function isLast(node: TSESTree.Node, { body }: FunctionNode): boolean {
  return body.type === 'BlockStatement' && body.body.at(-1) === statementOf(node);
}
