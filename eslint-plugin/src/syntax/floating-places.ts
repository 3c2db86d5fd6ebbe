// The places of a file where nobody takes a value, found by syntax: a statement, `void`, a comma,
// the head of a `for`; and those where a promise is of no use: a test, a text, a spread into an
// object, an argument, a default that nobody reads, the default export.
//
// Whether it is a promise that stands there is for types to say. So that few are asked, those of
// the second kind count only where the value is made on the spot: by a call, `new`, `import()`.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { sourcesOf } from './consumers.js';
import { isLiteralValue } from './literal-value.js';
import { isGlobalName } from './mooring-reference.js';
import { promiseStatic } from './promise-static.js';
import { couldSwallow } from './swallowing-call.js';
import { type SourceCode, variableOf } from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

export type FloatingPlace =
  | 'argument'
  | 'default'
  | 'exported'
  | 'nested'
  | 'spread'
  | 'statement'
  | 'tested'
  | 'text'
  | 'void';

export interface FloatingValue {
  /** The expression that makes the value, with the type assertions around it. */
  readonly node: Node;
  readonly place: FloatingPlace;
  /** The expression in that place whose value it may be: `ready && load()`. */
  readonly whole: Node;
  /** What it is floating in: the statement, the `void`, the call that it is an argument of. */
  readonly by: Node;
}

/** Calls `collect` for each value that floats, should it be a promise. */
export function floatingPlaces(
  collect: (value: FloatingValue) => void,
  { file, sourceCode }: { readonly file: string; readonly sourceCode: SourceCode },
): TSESLint.RuleListener {
  function each(whole: Node, place: FloatingPlace, by: Node, isCounted: IsCounted): void {
    for (const source of sourcesOf(whole)) {
      const node = outermost(source);
      if (isCounted(source, node)) collect({ node, place, whole, by });
    }
  }

  const exported = (value: Node, by: Node): void => {
    if (!CONFIG_FILE.test(file)) each(value, 'exported', by, isAsked);
  };

  const tested = ({ test }: { readonly test: Node | null }): void => {
    if (test) each(test, 'tested', test, isMade);
  };

  return {
    ExpressionStatement: (node) => each(node.expression, 'statement', node, isAsked),
    SequenceExpression(node) {
      for (const left of node.expressions.slice(0, -1)) each(left, 'statement', node, isAsked);
    },
    ForStatement(node) {
      tested(node);
      if (node.init && node.init.type !== 'VariableDeclaration') {
        each(node.init, 'statement', node, isAsked);
      }
      if (node.update) each(node.update, 'statement', node, isAsked);
    },
    UnaryExpression(node) {
      if (node.operator === 'void') each(node.argument, 'void', node, isAsked);
      else if (LOOKING.has(node.operator)) each(node.argument, 'tested', node, isMade);
    },
    ConditionalExpression: tested,
    DoWhileStatement: tested,
    IfStatement: tested,
    WhileStatement: tested,
    LogicalExpression(node) {
      if (node.operator === '&&') each(node.left, 'tested', node, isMade);
    },
    TemplateLiteral(node) {
      if (node.parent.type === 'TaggedTemplateExpression') return;
      for (const expression of node.expressions) each(expression, 'text', node, isMade);
    },
    BinaryExpression(node) {
      for (const compared of comparedIn(node)) each(compared, 'tested', node, isMade);
      if (node.operator !== '+') return;
      for (const operand of [node.left, node.right]) each(operand, 'text', node, isMade);
    },
    SpreadElement(node) {
      if (node.parent.type === 'ObjectExpression') each(node.argument, 'spread', node, isMade);
    },
    AssignmentPattern(node) {
      if (isUnread(node, sourceCode)) each(node.right, 'default', node, isMade);
    },
    ExportDefaultDeclaration(node) {
      if (!/Declaration$/.test(node.declaration.type)) exported(node.declaration, node);
    },
    TSExportAssignment: (node) => exported(node.expression, node),
    SwitchStatement: (node) => each(node.discriminant, 'tested', node, isMade),
    CallExpression(node) {
      const [first] = node.arguments;
      if (first !== undefined && isPlainCall(node, 'Boolean', sourceCode)) {
        return each(first, 'tested', node, isMade);
      }
      for (const value of combinedIn(node, sourceCode)) each(value, 'nested', node, isMade);
      if (!couldSwallow(node)) return;
      for (const argument of node.arguments) {
        // After a spread nobody can tell which parameter an argument is for.
        if (argument.type === 'SpreadElement') return;
        // It names a module, to be mocked or to be loaded when it is needed.
        if (argument.type === 'ImportExpression') continue;
        each(argument, 'argument', node, isMade);
      }
    },
  };
}

const LOOKING: ReadonlySet<string> = new Set(['!', 'typeof']);

const EQUALITY: ReadonlySet<string> = new Set(['!=', '!==', '==', '===']);

/** What is compared with nothing or with a literal, which a promise never is: `find(id) == null`. */
function comparedIn({ left, operator, right }: TSESTree.BinaryExpression): readonly Node[] {
  if (operator === 'in') return [right];
  if (!EQUALITY.has(operator)) return [];
  return [...(isLiteralValue(right) ? [left] : []), ...(isLiteralValue(left) ? [right] : [])];
}

/** The values that `Promise.all` and its like wait for; a list among them has promises of its own. */
function combinedIn(call: TSESTree.CallExpression, sourceCode: SourceCode): readonly Node[] {
  if (!COMBINATORS.has(promiseStatic(call, sourceCode))) return [];
  const [given] = call.arguments;
  if (given === undefined || given.type === 'SpreadElement') return [];
  const list = unwrapped(given);
  if (list.type !== 'ArrayExpression') return [list];
  return list.elements.filter((each) => each !== null && each.type !== 'SpreadElement');
}

const COMBINATORS: ReadonlySet<string | undefined> = new Set(['all', 'allSettled', 'any', 'race']);

function isPlainCall(
  { callee }: TSESTree.CallExpression,
  name: string,
  sourceCode: SourceCode,
): boolean {
  return (
    callee.type === 'Identifier' && callee.name === name && isGlobalName(callee, name, sourceCode)
  );
}

/** The tool that reads a config awaits what it exports. */
const CONFIG_FILE = /\.config\.[cm]?[jt]sx?$/;

type IsCounted = (source: Node, node: Node) => boolean;

/** Expressions that give no promise, whatever their types, unless an assertion says so. */
const PLAIN: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'BinaryExpression',
  'ClassExpression',
  'FunctionExpression',
  'JSXElement',
  'JSXFragment',
  'ObjectExpression',
  'TemplateLiteral',
  'ThisExpression',
  'UnaryExpression',
  'UpdateExpression',
]);

function isAsked(source: Node, node: Node): boolean {
  return source !== node || !PLAIN.has(source.type);
}

/** Whether the value is made here, and no other name has it. */
export function isMade({ type }: Node): boolean {
  return (
    type === 'CallExpression' ||
    type === 'NewExpression' ||
    type === 'TaggedTemplateExpression' ||
    type === 'ImportExpression'
  );
}

/** `(job = start()) => {}`, where no line reads `job`. */
function isUnread({ left, parent }: TSESTree.AssignmentPattern, sourceCode: SourceCode): boolean {
  if (left.type !== 'Identifier' || parent.type === 'TSParameterProperty') return false;
  const variable = variableOf(left, sourceCode);
  if (variable === undefined || variable.references.some((use) => use.isRead())) return false;
  const [definition] = variable.defs;
  return definition?.parent?.parent?.type !== 'ExportNamedDeclaration';
}
