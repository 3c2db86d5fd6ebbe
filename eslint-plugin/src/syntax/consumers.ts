// What becomes of the value of an expression, read off the tree: no types, no paths.
// `consumerOf` goes outwards, from an expression to what takes its value; `sourcesOf` goes
// inwards, from an expression to those that its value can come from. Both look through wrappers
// and through the places that only pass a value on: `? :`, `&&`, `||`, `??`, and commas.
import type { TSESTree } from '@typescript-eslint/utils';

import { PROMISE_METHOD } from '../vocabulary.js';
import { callOf } from './call-of.js';
import { propertyName } from './property-name.js';
import { isWrapper } from './wrappers.js';

type Node = TSESTree.Node;

/** What becomes of the value of an expression. `by` is the node that does it. */
export type Consumer =
  /** `await`, `for await`, or `yield*` and `yield`, which hand it to the caller. */
  | { readonly kind: 'awaited'; readonly by: Node }
  /** `return`, the body of an arrow function, or `throw`: it goes to the caller. */
  | { readonly kind: 'returned'; readonly by: Node }
  /** An argument of a call. Whether the parameter takes a promise is a question of types. */
  | { readonly kind: 'handed-over'; readonly by: HandingCall; readonly argument: number }
  /** `.then(…)`, `.catch(…)`, `.finally(…)`: the call gives a new promise in its place. */
  | { readonly kind: 'chained'; readonly by: TSESTree.CallExpression }
  /** A variable, a property, an element, a field, a default value, an export. */
  | { readonly kind: 'stored'; readonly by: Node }
  /** Its value is looked at (`if (p)`, `p === q`, `p.size`), and the promise goes nowhere. */
  | { readonly kind: 'inspected'; readonly by: Node }
  /** Nobody takes the value: a statement, `void`, a comma, a text, a spread into an object. */
  | { readonly kind: 'dropped'; readonly by: Node };

/** For a template with a tag the first argument is the array of texts. */
export type HandingCall =
  TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

const CHAIN_METHODS: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

/** Follows an expression outwards to what takes its value. */
export function consumerOf(expression: Node): Consumer {
  let node = expression;
  let by = node.parent;
  while (by != null && carriesValue(by, node)) {
    node = by;
    by = node.parent;
  }
  return by == null ? { kind: 'dropped', by: node } : takenBy(by, node);
}

/** The expressions that the value of an expression can come from. No literal is among them. */
export function sourcesOf(expression: Node): readonly Node[] {
  const sources: Node[] = [];
  collectSources(expression, sources);
  return sources;
}

function collectSources(node: Node, sources: Node[]): void {
  if (isWrapper(node)) return collectSources(node.expression, sources);
  switch (node.type) {
    case 'ConditionalExpression':
      collectSources(node.consequent, sources);
      return collectSources(node.alternate, sources);
    case 'LogicalExpression':
      if (node.operator !== '&&') collectSources(node.left, sources);
      return collectSources(node.right, sources);
    case 'SequenceExpression': {
      const last = node.expressions.at(-1);
      return last && collectSources(last, sources);
    }
    case 'Literal':
      return;
    default:
      sources.push(node);
  }
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
    case 'ThrowStatement':
      return { kind: 'returned', by };
    case 'ArrowFunctionExpression':
      return { kind: by.body === node ? 'returned' : 'stored', by };
    case 'CallExpression':
    case 'NewExpression':
      return takenByCall(by, node);
    case 'SpreadElement':
      return by.parent.type === 'ObjectExpression'
        ? { kind: 'dropped', by }
        : takenBy(by.parent, by);
    case 'MemberExpression':
      return takenByMember(by, node);
    case 'TemplateLiteral':
      return takenByTemplate(by, node);
    case 'UnaryExpression':
      // `!p` and `typeof p` look at a promise; `void p` throws it away.
      return { kind: by.operator === 'void' ? 'dropped' : 'inspected', by };
    case 'ForStatement':
      return { kind: by.test === node ? 'inspected' : 'dropped', by };
    case 'ExpressionStatement':
    case 'SequenceExpression':
      return { kind: 'dropped', by };
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return { kind: by.right === node ? 'stored' : 'inspected', by };
    case 'Property':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return { kind: by.value === node ? 'stored' : 'inspected', by };
    case 'VariableDeclarator':
    case 'ArrayExpression':
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
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

function takenByTemplate(by: TSESTree.TemplateLiteral, node: Node): Consumer {
  const tagged = by.parent;
  if (tagged.type !== 'TaggedTemplateExpression') return { kind: 'dropped', by };
  const place = by.expressions.indexOf(node as TSESTree.Expression);
  return { kind: 'handed-over', by: tagged, argument: place + 1 };
}

function takenByMember(by: TSESTree.MemberExpression, node: Node): Consumer {
  const isChain = by.object === node && CHAIN_METHODS.has(propertyName(by));
  const call = isChain ? callOf(by) : undefined;
  return call !== undefined ? { kind: 'chained', by: call } : { kind: 'inspected', by };
}
