// A function that another function of the project has made, and gives as a member of an object:
//
//   const { guarded } = useErrors(toast);   guarded(async () => { … });
//   const errors = createErrors();          errors.guarded(work);
import type { TSESTree } from '@typescript-eslint/utils';

import { pathInPattern } from '../syntax/external-name.js';
import { outcomeOf } from '../syntax/function-outcome.js';
import { heldFunctionOf } from '../syntax/held-callback.js';
import { propertyName } from '../syntax/property-name.js';
import { constantDeclaration, resolved, variableOf } from '../syntax/variable.js';
import { unawaited, unwrapped } from '../syntax/wrappers.js';
import type { Place, ProjectFunction } from './project-place.js';

/** What finds the function behind the call that gives the object. */
type Finding = (call: TSESTree.Node, place: Place) => ProjectFunction | undefined;

export function givenFunction(
  callee: TSESTree.Node,
  place: Place,
  find: Finding,
): ProjectFunction | undefined {
  const from = memberOfGiven(unwrapped(callee), place);
  // Of `schema.text().least(3)` nobody asks what each step gives: a maker is called by its name.
  if (from?.made.type !== 'CallExpression' || from.made.callee.type !== 'Identifier') {
    return undefined;
  }
  const maker = find(from.made, place);
  if (maker === undefined || maker.node.generator) return undefined;
  const { sourceCode } = maker.place;
  const [object, ...others] = outcomeOf(maker.node, sourceCode).returned;
  if (object === undefined || others.length > 0) return undefined;
  const value = propertyOf(resolved(object, sourceCode), from.name);
  const node = value && heldFunctionOf(value, sourceCode);
  return node && { node, place: maker.place };
}

interface GivenMember {
  /** What gives the object: `useErrors(toast)`. */
  readonly made: TSESTree.Node;
  readonly name: string;
}

function memberOfGiven(callee: TSESTree.Node, { sourceCode }: Place): GivenMember | undefined {
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    return name === undefined
      ? undefined
      : { made: unawaited(resolved(callee.object, sourceCode)), name };
  }
  if (callee.type !== 'Identifier') return undefined;
  const variable = variableOf(callee, sourceCode);
  const declared = variable && constantDeclaration(variable);
  const path = declared && pathInPattern(declared.id, callee.name);
  if (path?.length !== 1) return undefined;
  return { made: unawaited(resolved(declared!.init, sourceCode)), name: path[0]! };
}

/** What an object has by a name, unless something that is spread after it may have it too. */
function propertyOf(object: TSESTree.Node, name: string): TSESTree.Node | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  const last = object.properties
    .filter((each) => each.type === 'SpreadElement' || propertyName(each) === name)
    .at(-1);
  return last?.type === 'Property' ? last.value : undefined;
}
