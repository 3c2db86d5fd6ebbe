// What is done with a signal, or its controller, beside the clean-up that hands it on.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { isInside } from '../../syntax/enclosing.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import type { Cleanup } from './cleanup.js';

/** Used by the code around, which no clean-up is part of. To abort it is no use. */
export function isUsedAround(variable: Variable, cleanups: readonly Cleanup[]): boolean {
  return variable.references.some((reference) => {
    const name = reference.identifier as TSESTree.Node;
    if (!reference.isRead() || cleanups.some(({ code }) => isInside(name, code))) return false;
    const { parent } = name;
    const isAborting =
      parent?.type === 'MemberExpression' &&
      parent.object === name &&
      propertyName(parent) === 'abort';
    return !isAborting;
  });
}

/** Whether the code that is cleaned up after has the same expression. */
export function isMentionedAround(
  node: TSESTree.Node,
  { after }: Cleanup,
  sourceCode: SourceCode,
): boolean {
  if (after === undefined) return false;
  const text = sourceCode.getText(node);
  return [...descendants(after, sourceCode)].some(
    (other) => other.type === 'MemberExpression' && sourceCode.getText(other) === text,
  );
}

/** `controller.abort()` in the clean-up itself, before the signal is handed on. */
export function isAbortedInside(
  controller: TSESTree.Node,
  { code }: Cleanup,
  sourceCode: SourceCode,
): boolean {
  const text = sourceCode.getText(controller);
  return [...descendants(code, sourceCode, 'own')].some((node) => {
    const member = node.range[0] < controller.range[0] ? calledMember(node) : undefined;
    return member?.name === 'abort' && sourceCode.getText(member.object) === text;
  });
}
