import type { TSESTree } from '@typescript-eslint/utils';

import { PROMISE_METHOD } from '../vocabulary.js';
import { isWrapper } from './wrappers.js';

type Node = TSESTree.Node;

/** What becomes of the value of an expression. `by` is the node that does it. */
export type Consumer =
  /** `await`, `for await`, or `yield*` and `yield`, which hand it to the caller. */
  | { readonly kind: 'awaited'; readonly by: Node }
  /** `return`, or the body of an arrow function. */
  | { readonly kind: 'returned'; readonly by: Node }
  /** An argument of a call. Whether the parameter takes a promise is a question of types. */
  | { readonly kind: 'handed-over'; readonly by: HandingCall; readonly argument: number }
  /** `.then(…)`, `.catch(…)`, `.finally(…)`: the call gives a new promise in its place. */
  | { readonly kind: 'chained'; readonly by: TSESTree.CallExpression }
  /** A variable, a property, an element, a field, a default value, an export. */
  | { readonly kind: 'stored'; readonly by: Node }
  /** Its value is looked at (`if (p)`, `p === q`, `p.size`), and the promise goes nowhere. */
  | { readonly kind: 'inspected'; readonly by: Node }
  /** Nobody takes the value. */
  | { readonly kind: 'dropped'; readonly by: Node };

type HandingCall = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.ImportExpression;

const CHAIN_METHODS: ReadonlySet<string> = new Set(Object.values(PROMISE_METHOD));

/** Follows an expression outwards to what takes its value: through `as`, `? :`, `&&`, commas. */
export function consumerOf(expression: Node): Consumer {
  let node = expression;
  let by = node.parent;
  while (by != null && carriesValue(by, node)) {
    node = by;
    by = node.parent;
  }
  if (by == null) return { kind: 'dropped', by: node };
  return takenBy(by, node);
}

function carriesValue(parent: Node, child: Node): boolean {
  if (isWrapper(parent)) return true;
  switch (parent.type) {
    case 'ConditionalExpression':
      return parent.test !== child;
    case 'LogicalExpression':
      // `p && next` looks at `p`; only `p ?? other` and `p || other` hand it on.
      return parent.right === child || parent.operator !== '&&';
    case 'SequenceExpression':
      return parent.expressions.at(-1) === child;
    default:
      return false;
  }
}

function takenBy(by: Node, node: Node): Consumer {
  switch (by.type) {
    case 'AwaitExpression':
    case 'YieldExpression':
      return { kind: 'awaited', by };
    case 'ForOfStatement':
      return { kind: by.await && by.right === node ? 'awaited' : 'inspected', by };
    case 'ReturnStatement':
      return { kind: 'returned', by };
    case 'ArrowFunctionExpression':
      return { kind: by.body === node ? 'returned' : 'stored', by };
    case 'CallExpression':
    case 'NewExpression':
      return takenByCall(by, node);
    case 'SpreadElement':
      return takenBy(by.parent, by);
    case 'MemberExpression':
      return takenByMember(by, node);
    case 'ExpressionStatement':
    case 'SequenceExpression':
    case 'TemplateLiteral':
    case 'UnaryExpression':
      return { kind: isInspection(by) ? 'inspected' : 'dropped', by };
    case 'ForStatement':
      return { kind: by.test === node ? 'inspected' : 'dropped', by };
    case 'VariableDeclarator':
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ArrayExpression':
    case 'Property':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'ExportDefaultDeclaration':
    case 'JSXExpressionContainer':
      return { kind: 'stored', by };
    default:
      return { kind: 'inspected', by };
  }
}

function takenByCall(by: TSESTree.CallExpression | TSESTree.NewExpression, node: Node): Consumer {
  const argument = by.arguments.indexOf(node as TSESTree.CallExpressionArgument);
  return argument === -1 ? { kind: 'inspected', by } : { kind: 'handed-over', by, argument };
}

function takenByMember(by: TSESTree.MemberExpression, node: Node): Consumer {
  const call = by.parent;
  const isChained =
    by.object === node &&
    call.type === 'CallExpression' &&
    call.callee === by &&
    by.property.type === 'Identifier' &&
    !by.computed &&
    CHAIN_METHODS.has(by.property.name);
  return isChained ? { kind: 'chained', by: call } : { kind: 'inspected', by };
}

/** `!p` and `typeof p` look at a promise; `void p` throws it away. */
function isInspection(by: Node): boolean {
  return by.type === 'UnaryExpression' && by.operator !== 'void';
}
