// Where a deadline is kept that outlives the code which makes it.
//
//   class Client { #limit = AbortSignal.timeout(5_000); }         field
//   const defaults = { signal: AbortSignal.timeout(5_000) };      constant, where functions read it
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';

export interface KeptDeadline {
  readonly kind: 'constant' | 'field';
  /** What declares or assigns it. */
  readonly home: TSESTree.Node;
}

export function keptDeadline(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): KeptDeadline | undefined {
  const { value, parent: home } = holderOf(call);
  const kind = home && kindOf(home, value, sourceCode);
  return kind && { kind, home: home };
}

function kindOf(
  home: TSESTree.Node,
  value: TSESTree.Node,
  sourceCode: SourceCode,
): KeptDeadline['kind'] | undefined {
  switch (home.type) {
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return home.value === value ? 'field' : undefined;
    case 'AssignmentExpression':
      return home.right === value && isOwnField(home.left) ? 'field' : undefined;
    case 'VariableDeclarator': {
      const isOfModule = home.init === value && enclosingRun(home).type === 'Program';
      return isOfModule && isReadLater(home, sourceCode) ? 'constant' : undefined;
    }
    default:
      return undefined;
  }
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
