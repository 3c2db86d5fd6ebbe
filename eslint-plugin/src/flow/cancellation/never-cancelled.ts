// Tasks whose signal never aborts, since nobody ends their group and nothing in it fails:
//
//   TaskGroup.allSettled([() => load(a), () => load(b)])          where a failure is an outcome
//   TaskGroup.all([() => load(a), () => size(b).catch(() => 0)])  the first of the two: the other cannot fail
//   TaskGroup.map(keys, async (key) => { try { … } catch (error) { log(error); } })
//
// A group is ended from outside by the `signal` of its options alone.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { heldFunctionOf } from '../../syntax/held-callback.js';
import { type FileNames, groupStatic } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';
import { handlesErrors } from '../promises/error-handling.js';
import { handsErrorsOn, neverFails } from '../promises/never-fails.js';
import { openScopes } from '../scopes/open-scopes.js';
import type { OwnScope } from '../scopes/own-scope.js';

interface TypedFile extends FileNames, Place {
  readonly sourceCode: SourceCode;
  readonly types: Types;
}

export function isNeverCancelled({ run }: OwnScope, file: TypedFile): boolean {
  const opener = openScopes(file).roleOf(run)?.call;
  if (opener === undefined) return false;
  const name = groupStatic(opener, file);
  switch (name) {
    case 'allSettled':
      return !couldHaveParent(opener, 1);
    case 'all': {
      if (couldHaveParent(opener, 1)) return false;
      return othersOf(run, opener, file)?.every((other) => cannotFail(other, file)) === true;
    }
    case 'map':
      return !couldHaveParent(opener, 2) && cannotFail(run, file);
    default:
      return false;
  }
}

/** `options`: which argument they are. */
function couldHaveParent({ arguments: given }: TSESTree.CallExpression, options: number): boolean {
  if (given.some(({ type }) => type === 'SpreadElement')) return true;
  const bag = given[options] && unwrapped(given[options]);
  if (bag === undefined) return false;
  if (bag.type !== 'ObjectExpression') return true;
  return bag.properties.some((property) => {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    return name === undefined || name === MEMBER.signal;
  });
}

/** The tasks beside one in `TaskGroup.all([…])`; `undefined` where one is not known. */
function othersOf(
  run: FunctionNode,
  { arguments: [first] }: TSESTree.CallExpression,
  { sourceCode }: FileNames,
): readonly FunctionNode[] | undefined {
  const list = first && unwrapped(first);
  // `items.map((item) => () => load(item))`: the others are of the same code.
  if (list?.type !== 'ArrayExpression') return [run];
  const tasks = list.elements.map((each) => each && heldFunctionOf(each, sourceCode));
  if (!tasks.every(isFunction)) return undefined;
  const itself = tasks.indexOf(run);
  return tasks.filter((_, index) => index !== itself);
}

function cannotFail(task: FunctionNode, file: TypedFile): boolean {
  const called = { node: task, place: file };
  if (neverFails(called)) return true;
  return handlesErrors(called) && !handsErrorsOn(task, file.sourceCode);
}
