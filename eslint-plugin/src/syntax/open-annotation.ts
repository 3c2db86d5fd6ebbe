// Whether no object that is written out is of the type that a name is annotated with, since that type
// depends on a type parameter:
//
//   options: Partial<T>     options?: T     { ...options, signal } is of neither, for all that is known
//   options: T              { ...options, signal } is, as `T & { signal }`
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { findVariable, onlyDefinition, type SourceCode, variableOf } from './variable.js';

export function isOpenlyTyped(name: TSESTree.Identifier, sourceCode: SourceCode): boolean {
  const variable = variableOf(name, sourceCode);
  const declared = variable && onlyDefinition(variable)?.name;
  const type =
    declared?.type === 'Identifier' ? declared.typeAnnotation?.typeAnnotation : undefined;
  if (declared?.type !== 'Identifier' || !type) return false;
  const isBare = type.type === 'TSTypeReference' && isParameter(type, sourceCode);
  if (isBare) return declared.optional;
  return [...descendants(type, sourceCode)].some(
    (part) => part.type === 'TSTypeReference' && isParameter(part, sourceCode),
  );
}

/** `T` of `<T>`. */
function isParameter({ typeName }: TSESTree.TSTypeReference, sourceCode: SourceCode): boolean {
  if (typeName.type !== 'Identifier') return false;
  const variable = findVariable(typeName.name, sourceCode.getScope(typeName));
  return variable?.defs[0]?.node.type === 'TSTypeParameter';
}
