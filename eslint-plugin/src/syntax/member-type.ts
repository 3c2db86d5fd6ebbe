// The type of a member of a written type: `signal` of `{ signal?: AbortSignal }`, also through a
// name that this file declares (`interface Options`, `type Options = …`) and `A & B`.
import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from './property-name.js';
import { type SourceCode, variableOf } from './variable.js';

/** `undefined` when the type is not plain to see here; `'none'` when it has no such member. */
export function memberType(
  type: TSESTree.TypeNode,
  name: string,
  sourceCode: SourceCode,
): TSESTree.TypeNode | 'none' | undefined {
  return find(type, name, sourceCode, new Set());
}

function find(
  type: TSESTree.Node,
  name: string,
  sourceCode: SourceCode,
  seen: Set<TSESTree.Node>,
): TSESTree.TypeNode | 'none' | undefined {
  if (seen.has(type)) return undefined; // interface A extends A {}
  seen.add(type);
  switch (type.type) {
    case 'TSTypeLiteral':
      return inMembers(type.members, name);
    case 'TSIntersectionType':
      return first(type.types.map((part) => find(part, name, sourceCode, seen)));
    case 'TSUnionType':
      return first(
        type.types
          .filter((part) => part.type !== 'TSNullKeyword' && part.type !== 'TSUndefinedKeyword')
          .map((part) => find(part, name, sourceCode, seen)),
      );
    case 'TSTypeReference':
    case 'TSInterfaceHeritage':
      return inNamed(type, name, sourceCode, seen);
    default:
      return undefined;
  }
}

function inNamed(
  type: TSESTree.TSInterfaceHeritage | TSESTree.TSTypeReference,
  name: string,
  sourceCode: SourceCode,
  seen: Set<TSESTree.Node>,
): TSESTree.TypeNode | 'none' | undefined {
  const written = type.type === 'TSTypeReference' ? type.typeName : type.expression;
  const variable = written.type === 'Identifier' ? variableOf(written, sourceCode) : undefined;
  const declaration = variable?.defs.length === 1 ? variable.defs[0]?.node : undefined;
  if (declaration?.type === 'TSTypeAliasDeclaration') {
    return find(declaration.typeAnnotation, name, sourceCode, seen);
  }
  if (declaration?.type !== 'TSInterfaceDeclaration') return undefined;
  const own = inMembers(declaration.body.body, name);
  if (own !== 'none') return own;
  return first([own, ...declaration.extends.map((base) => find(base, name, sourceCode, seen))]);
}

function inMembers(
  members: readonly TSESTree.TypeElement[],
  name: string,
): TSESTree.TypeNode | 'none' | undefined {
  for (const member of members) {
    if (member.type === 'TSPropertySignature' && propertyName(member) === name) {
      return member.typeAnnotation?.typeAnnotation;
    }
  }
  return 'none';
}

/** The type that some part gives; without one, `'none'` only when no part may hide it. */
function first(
  parts: readonly (TSESTree.TypeNode | 'none' | undefined)[],
): TSESTree.TypeNode | 'none' | undefined {
  const type = parts.find((part) => part !== undefined && part !== 'none');
  if (type !== undefined) return type;
  return parts.includes(undefined) ? undefined : 'none';
}
