import type { TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../syntax/enclosing.js';
import { rootVariable, type SourceCode } from '../syntax/variable.js';
import type { Edit } from './edit.js';
import { wholeLines } from './remove-statement.js';

/**
 * The edit that takes out the import of a name whose last use an edit takes out with `gone`; none where
 * something else uses it. An import that nothing uses is an error of `noUnusedLocals`.
 */
export function withoutImport(
  name: TSESTree.Node,
  gone: TSESTree.Node,
  sourceCode: SourceCode,
): readonly Edit[] {
  const variable = rootVariable(name, sourceCode);
  const definition = variable?.defs[0];
  if (definition?.type !== 'ImportBinding') return [];
  if (!variable!.references.every(({ identifier }) => isInside(identifier, gone))) return [];
  const specifier = definition.node;
  const statement = specifier.parent;
  if (statement?.type !== 'ImportDeclaration') return [];
  if (statement.specifiers.length === 1) {
    const range = wholeLines(statement, sourceCode);
    return range ? [{ range, text: '' }] : [];
  }
  // Beside `import TaskGroup, { … }` the braces tell the two apart.
  if (!statement.specifiers.every(({ type }) => type === 'ImportSpecifier')) return [];
  const after = sourceCode.getTokenAfter(specifier)!;
  const before = sourceCode.getTokenBefore(specifier)!;
  if (after.value !== ',') return [{ range: [before.range[0], specifier.range[1]], text: '' }];
  const next = sourceCode.getTokenAfter(after, { includeComments: true })!;
  return [{ range: [specifier.range[0], next.range[0]], text: '' }];
}
