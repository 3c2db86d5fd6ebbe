import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../syntax/consumers.js';
import { descendants } from '../syntax/descendants.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import type { SourceCode, Variable } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';

/** Calls that make nothing happen. */
const QUIET: ReadonlySet<string> = new Set([
  'Array',
  'Date',
  'JSON',
  'Math',
  'Number',
  'Object',
  'String',
  'console',
  'performance',
]);

/**
 * Whether a promise in a name can be awaited at its start: nothing from there to the last use of
 * the name could bring it about, and no other promise is left alone in its place.
 */
export function isUndisturbed(
  started: TSESTree.Node,
  variable: Variable,
  sourceCode: SourceCode,
): boolean {
  if (outermost(started).parent?.type !== 'VariableDeclarator') return false;
  const uses = variable.references.filter((reference) => reference.isRead());
  const last = Math.max(...uses.map(({ identifier }) => identifier.range[0]), started.range[1]);
  return ![...descendants(enclosingRun(started), sourceCode)].some(
    (node) =>
      node.range[0] > started.range[1] &&
      ((node.range[0] < last && couldAct(node)) || isOtherAwaited(node, variable)),
  );
}

/** `await other`: unless it is a plain value, it is pending while this one is awaited. */
function isOtherAwaited(node: TSESTree.Node, { name }: Variable): boolean {
  return node.type === 'Identifier' && node.name !== name && consumerOf(node).kind === 'awaited';
}

function couldAct(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'YieldExpression':
      return true;
    case 'AssignmentExpression':
      return node.left.type === 'MemberExpression';
    case 'CallExpression': {
      const object = calledMember(node)?.object;
      const isQuiet = object?.type === 'Identifier' && QUIET.has(object.name);
      return !isQuiet && consumerOf(node).kind !== 'returned';
    }
    default:
      return false;
  }
}
