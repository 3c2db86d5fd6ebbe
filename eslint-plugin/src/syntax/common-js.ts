// Whether a file is CommonJS by what it does at its top: it calls `require`, or assigns to its exports.
import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from './wrappers.js';

export function isCommonJs({ body }: TSESTree.Program): boolean {
  return body.some((statement) => {
    const parts: readonly (TSESTree.Node | null)[] =
      statement.type === 'VariableDeclaration'
        ? statement.declarations.map(({ init }) => init)
        : statement.type === 'ExpressionStatement'
          ? [statement.expression]
          : [];
    return parts.some((part) => part !== null && (isRequire(part) || isExport(part)));
  });
}

/** `require('fs')`, `require('fs').promises`, `require('dotenv').config()`. */
function isRequire(part: TSESTree.Node): boolean {
  let node = unwrapped(part);
  for (;;) {
    if (node.type === 'MemberExpression') node = unwrapped(node.object);
    else if (node.type !== 'CallExpression') return false;
    else if (node.callee.type === 'Identifier') return node.callee.name === 'require';
    else node = unwrapped(node.callee);
  }
}

/** `module.exports = …`, `exports.name = …`. */
function isExport(part: TSESTree.Node): boolean {
  if (part.type !== 'AssignmentExpression' || part.left.type !== 'MemberExpression') return false;
  const { object } = part.left;
  if (object.type === 'Identifier') return object.name === 'exports' || object.name === 'module';
  return object.type === 'MemberExpression' && isExportsOfModule(object);
}

function isExportsOfModule({ object }: TSESTree.MemberExpression): boolean {
  return object.type === 'Identifier' && object.name === 'module';
}
