// A resource that is disposed when a block is left, while work that uses it is returned:
//
//   using connection = connect();
//   return connection.query(sql);     // closed before the answer is there
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { calledMember } from '../../syntax/property-name.js';
import { onlyDefinition, type SourceCode, variableOf } from '../../syntax/variable.js';

/** The name of a `using` resource that a returned call uses: calls it, or is handed it. */
export function disposedAtReturn(
  started: TSESTree.Node,
  statement: TSESTree.ReturnStatement,
  sourceCode: SourceCode,
): string | undefined {
  if (started.type !== 'CallExpression') return undefined;
  const receiver = calledMember(started)?.object;
  const run = enclosingRun(statement);
  for (const part of [...(receiver ? [receiver] : []), ...started.arguments]) {
    for (const name of descendants(part, sourceCode)) {
      if (name.type !== 'Identifier' || isProperty(name)) continue;
      // `run(connection.url)` is handed a text, `run(() => connection.url)` asks for it later.
      const isUsed = part === receiver || enclosingRun(name) !== run || !isObject(name);
      if (isUsed && isResourceOf(run, name, sourceCode)) return name.name;
    }
  }
  return undefined;
}

function isResourceOf(
  run: TSESTree.Node,
  name: TSESTree.Identifier,
  sourceCode: SourceCode,
): boolean {
  const variable = variableOf(name, sourceCode);
  const declaration = variable && onlyDefinition(variable)?.parent;
  if (declaration?.type !== 'VariableDeclaration') return false;
  const isResource = declaration.kind === 'using' || declaration.kind === 'await using';
  return isResource && enclosingRun(declaration) === run;
}

function isObject(name: TSESTree.Identifier): boolean {
  return name.parent.type === 'MemberExpression' && name.parent.object === name;
}

function isProperty(name: TSESTree.Identifier): boolean {
  const { parent } = name;
  return parent.type === 'MemberExpression' && parent.property === name && !parent.computed;
}
