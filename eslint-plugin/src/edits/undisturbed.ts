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
  const { acting, awaited } = happeningIn(enclosingRun(started), sourceCode);
  const [, from] = started.range;
  return (
    !acting.some((start) => start > from && start < last) &&
    // Unless it is a plain value, it is pending while this one is awaited.
    !awaited.some(({ name, range }) => range[0] > from && name !== variable.name)
  );
}

/** What of a run a promise may be brought about by, or left alone for, in the order of the text. */
interface Happening {
  readonly acting: readonly number[];
  readonly awaited: readonly TSESTree.Identifier[];
}

const known = new WeakMap<TSESTree.Node, Happening>();

/** Each promise of a run asks for it. */
function happeningIn(run: TSESTree.Node, sourceCode: SourceCode): Happening {
  let found = known.get(run);
  if (found === undefined) {
    const nodes = [...descendants(run, sourceCode)];
    found = {
      acting: nodes.filter(couldAct).map(({ range }) => range[0]),
      awaited: nodes.filter(
        (node) => node.type === 'Identifier' && consumerOf(node).kind === 'awaited',
      ) as TSESTree.Identifier[],
    };
    known.set(run, found);
  }
  return found;
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
