// Which names stand for a group that is open for a block or for a function:
//
//   await using group = new TaskGroup();        // `group`, for its block
//   const group = stack.use(new TaskGroup());   // `group`, for the block of the stack
//   TaskGroup.run(async (group) => { … });      // `group`, for the function
//   TaskGroup.run(async ({ signal }) => { … }); // `signal`, for the function
//
// Also where another file gives the group or the class its name: there only types can tell.
import type { TSESTree } from '@typescript-eslint/utils';

import { blockResource, type BlockResource } from '../../syntax/block-resource.js';
import { type FileNames, givesGroup, groupStatic } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import { functionOf, type Variable, variableOf } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';
import { MEMBER, RUNTIME } from '../../vocabulary.js';

/** Where a group is open, and by what name. */
export interface GroupHome {
  readonly variable: Variable;
  readonly kind: 'group' | 'signal';
  /** The block or the function that the group ends with. */
  readonly home: TSESTree.Node;
}

export interface HomeCandidates {
  readonly declarators: readonly TSESTree.VariableDeclarator[];
  /** Calls of something that is called `run`. */
  readonly runs: readonly TSESTree.CallExpression[];
}

export function groupHomes(
  { declarators, runs }: HomeCandidates,
  file: FileNames,
  types: Types,
): readonly GroupHome[] {
  const resources = declarators
    .flatMap((declarator) => blockResource(declarator, file) ?? [])
    .filter(({ owner }) => owner.kind === 'await using');
  types.values(resources.map(({ value }) => value));
  types.calls(runs);
  return [
    ...resources.flatMap((resource) => homeOfBlock(resource, file, types)),
    ...runs.flatMap((run) => homesOfBody(run, file, types)),
  ];
}

function homeOfBlock(
  { block, value, variable }: BlockResource,
  file: FileNames,
  types: Types,
): readonly GroupHome[] {
  const isGroup = types.value(value).is('group') === 'yes' || givesGroup(value, file);
  return isGroup ? [{ variable, kind: 'group', home: block }] : [];
}

function homesOfBody(
  call: TSESTree.CallExpression,
  file: FileNames,
  types: Types,
): readonly GroupHome[] {
  if (!isGroupRun(call, file, types)) return [];
  const [body] = call.arguments;
  const home = body && functionOf(body, file.sourceCode);
  const parameter = home?.params[0];
  if (home === undefined || parameter === undefined) return [];
  return namesIn(parameter).flatMap(({ name, kind }): GroupHome[] => {
    const variable = variableOf(name, file.sourceCode);
    return variable === undefined ? [] : [{ variable, kind, home }];
  });
}

function isGroupRun(call: TSESTree.CallExpression, file: FileNames, types: Types): boolean {
  if (groupStatic(call, file) === MEMBER.run) return true;
  const origin = types.call(call).origin;
  if (origin?.name !== MEMBER.run || origin.package !== RUNTIME.package) return false;
  return origin.parents[0] === RUNTIME.group;
}

function namesIn(
  parameter: TSESTree.Parameter,
): readonly { readonly name: TSESTree.Identifier; readonly kind: GroupHome['kind'] }[] {
  if (parameter.type === 'Identifier') return [{ name: parameter, kind: 'group' }];
  if (parameter.type !== 'ObjectPattern') return [];
  return parameter.properties.flatMap((property) =>
    property.type === 'Property' &&
    property.value.type === 'Identifier' &&
    propertyName(property) === MEMBER.signal
      ? [{ name: property.value, kind: 'signal' as const }]
      : [],
  );
}
