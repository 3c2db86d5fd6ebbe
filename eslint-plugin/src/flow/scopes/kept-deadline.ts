// Where a deadline is kept that outlives the code which makes it.
//
//   class Client { #limit = AbortSignal.timeout(5_000); }         field
//   const defaults = { signal: AbortSignal.timeout(5_000) };      constant, where functions read it
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';

export function keptDeadline(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): 'constant' | 'field' | undefined {
  const { value, parent } = holderOf(call);
  if (parent === undefined) return undefined;
  if (parent.type === 'PropertyDefinition' || parent.type === 'AccessorProperty') {
    return parent.value === value ? 'field' : undefined;
  }
  if (parent.type === 'AssignmentExpression' && parent.right === value) {
    return isOwnField(parent.left) ? 'field' : undefined;
  }
  if (parent.type !== 'VariableDeclarator' || parent.init !== value) return undefined;
  const isOfModule = enclosingRun(parent).type === 'Program';
  return isOfModule && isReadLater(parent, sourceCode) ? 'constant' : undefined;
}

/** What holds the value: objects and arrays that are written around it are part of it. */
function holderOf(call: TSESTree.CallExpression): {
  readonly value: TSESTree.Node;
  readonly parent: TSESTree.Node | undefined;
} {
  let value = outermost(call);
  for (;;) {
    const { parent } = value;
    const isPart =
      (parent?.type === 'Property' && parent.value === value) ||
      parent?.type === 'ObjectExpression' ||
      parent?.type === 'ArrayExpression' ||
      (parent?.type === 'MemberExpression' && parent.object === value) ||
      (parent?.type === 'CallExpression' && isCombined(parent));
    if (!isPart) return { value, parent };
    value = outermost(parent);
  }
}

/** `AbortSignal.any([outer, AbortSignal.timeout(100)])` has the deadline in it. */
function isCombined({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'AbortSignal' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'any'
  );
}

/** `this.limit = …`, in a constructor or later. */
function isOwnField(left: TSESTree.Node): boolean {
  return left.type === 'MemberExpression' && left.object.type === 'ThisExpression';
}

/** A function, or an importer, reads it: when, nobody knows. A script may read it at once. */
function isReadLater(declarator: TSESTree.VariableDeclarator, sourceCode: SourceCode): boolean {
  if (declarator.parent.parent?.type === 'ExportNamedDeclaration') return true;
  return sourceCode.getDeclaredVariables(declarator).some((variable) =>
    variable.references.some(({ identifier }) => {
      const name = identifier as TSESTree.Node;
      return name.parent?.type === 'ExportSpecifier' || enclosingRun(name).type !== 'Program';
    }),
  );
}
