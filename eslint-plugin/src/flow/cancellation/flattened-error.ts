// Errors that are thrown in place of a group's, and have lost what it holds.
//
//   throw error.errors[0];                            one of several, without the others
//   throw new Error(`failed: ${error.message}`);      a text, without a `cause`
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { resolved, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';

export interface FlattenedError {
  readonly kind: 'first' | 'text';
  readonly statement: TSESTree.ThrowStatement;
  /** What types have to say of that it is a group's error. Each is the error, as far as is known. */
  readonly errors: readonly TSESTree.Node[];
}

export function flattenedError(
  statement: TSESTree.ThrowStatement,
  sourceCode: SourceCode,
): FlattenedError | undefined {
  const thrown = resolved(statement.argument, sourceCode);
  const group = groupOfElement(thrown);
  if (group !== undefined) {
    return isOfOne(statement) ? undefined : { kind: 'first', statement, errors: [group] };
  }
  if (thrown.type !== 'NewExpression') return undefined;
  const errors = textsOf(thrown, sourceCode);
  return errors.length > 0 ? { kind: 'text', statement, errors } : undefined;
}

/** `if (error.errors.length === 1) throw error.errors[0];`: there is no other to be lost. */
function isOfOne(statement: TSESTree.ThrowStatement): boolean {
  let child: TSESTree.Node = statement;
  let node: TSESTree.Node | undefined = statement.parent;
  for (; node != null && /Statement/.test(node.type); node = node.parent) {
    if (node.type === 'IfStatement' && node.consequent === child && asksForOne(node.test))
      return true;
    child = node;
  }
  return false;
}

function asksForOne(test: TSESTree.Node): boolean {
  const node = unwrapped(test);
  if (node.type === 'LogicalExpression' && node.operator === '&&') {
    return asksForOne(node.left) || asksForOne(node.right);
  }
  if (node.type !== 'BinaryExpression' || !/^===?$/.test(node.operator)) return false;
  const isCount = node.left.type === 'MemberExpression' && propertyName(node.left) === 'length';
  return isCount && node.right.type === 'Literal' && node.right.value === 1;
}

/** `error` of `error.errors[0]` and `error.errors.at(0)`. */
function groupOfElement(thrown: TSESTree.Node): TSESTree.Node | undefined {
  const member = calledMember(thrown);
  const isAt = member?.name === 'at';
  const isIndexed = thrown.type === 'MemberExpression' && thrown.computed;
  const list = isAt ? member.object : isIndexed ? unwrapped(thrown.object) : undefined;
  if (list?.type !== 'MemberExpression' || propertyName(list) !== 'errors') return undefined;
  return unwrapped(list.object);
}

/** Names of which a new error has the text only; none where it is given one as a whole. */
function textsOf(made: TSESTree.NewExpression, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const [message, ...others] = made.arguments;
  // What stands beside the text may hold the error: `{ cause: error }`, `error`, `error.errors`.
  if (message === undefined || others.length > 0) return [];
  return [...descendants(message, sourceCode, 'own')].filter(
    (node) => node.type === 'Identifier' && isText(node),
  );
}

/** `${error}`, `String(error)`, `error.message`, `error.toString()`, `'…' + error`. */
function isText(name: TSESTree.Identifier): boolean {
  const { parent } = name;
  switch (parent.type) {
    case 'TemplateLiteral':
      return parent.parent.type !== 'TaggedTemplateExpression';
    case 'BinaryExpression':
      return parent.operator === '+';
    case 'CallExpression':
      return parent.callee.type === 'Identifier' && parent.callee.name === 'String';
    case 'MemberExpression': {
      const property = parent.object === name ? propertyName(parent) : undefined;
      return property === 'message' || property === 'stack' || property === 'toString';
    }
    default:
      return false;
  }
}
