// How a suggestion writes a name of the runtime: as the file imports it already, or with the edit
// that imports it.
import type { TSESTree } from '@typescript-eslint/utils';

import { findVariable, type SourceCode, type Variable } from '../syntax/variable.js';
import { RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';

export interface RuntimeNames {
  /** How to write each name that is wanted, in that order. */
  readonly names: readonly string[];
  /** What imports those that nothing imports yet. */
  readonly edits: readonly Edit[];
}

export function runtimeNames(
  wanted: readonly string[],
  at: TSESTree.Node,
  sourceCode: SourceCode,
): RuntimeNames {
  const imports = sourceCode.ast.body.filter(isRuntimeImport);
  const missing: string[] = [];
  const names = wanted.map((name) => {
    const imported = importedAs(name, imports).find((local) => isImportAt(local, at, sourceCode));
    if (imported !== undefined) return imported;
    const local = variableAt(name.split('.')[0]!, at, sourceCode)
      ? `mooring${capital(name)}`
      : name;
    missing.push(local === name ? name : `${name} as ${local}`);
    return local;
  });
  return { names, edits: missing.length === 0 ? [] : [importOf(missing, imports, sourceCode)] };
}

function isRuntimeImport(statement: TSESTree.Node): statement is TSESTree.ImportDeclaration {
  return (
    statement.type === 'ImportDeclaration' &&
    statement.source.value === RUNTIME.package &&
    statement.importKind !== 'type'
  );
}

/** `timeout`, `within` of `import { timeout as within }`, `mooring.timeout`. */
function importedAs(
  name: string,
  imports: readonly TSESTree.ImportDeclaration[],
): readonly string[] {
  return imports
    .flatMap((statement) => statement.specifiers)
    .flatMap((specifier) => {
      if (specifier.type === 'ImportNamespaceSpecifier') return [`${specifier.local.name}.${name}`];
      if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') return [];
      const { imported } = specifier;
      const isWanted = imported.type === 'Identifier' && imported.name === name;
      return isWanted ? [specifier.local.name] : [];
    });
}

/** Whether nothing between the import and the node has the same name. */
function isImportAt(written: string, at: TSESTree.Node, sourceCode: SourceCode): boolean {
  const variable = variableAt(written.split('.')[0]!, at, sourceCode);
  return variable?.defs[0]?.type === 'ImportBinding';
}

function variableAt(name: string, at: TSESTree.Node, sourceCode: SourceCode): Variable | undefined {
  return findVariable(name, sourceCode.getScope(at));
}

function importOf(
  missing: readonly string[],
  imports: readonly TSESTree.ImportDeclaration[],
  sourceCode: SourceCode,
): Edit {
  const names = missing.join(', ');
  const last = imports
    .flatMap(({ specifiers }) => specifiers)
    .filter(({ type }) => type === 'ImportSpecifier')
    .at(-1);
  if (last !== undefined) return insertion(last.range[1], `, ${names}`);
  const { body, sourceType } = sourceCode.ast;
  const statement =
    sourceType === 'module'
      ? `import { ${names} } from '${RUNTIME.package}';`
      : `const { ${names.replaceAll(' as ', ': ')} } = require('${RUNTIME.package}');`;
  const after = body.filter(({ type }) => type === 'ImportDeclaration').at(-1);
  if (after !== undefined) return insertion(after.range[1], `\n${statement}`);
  const first = body.find((node) => !('directive' in node && node.directive !== undefined));
  return insertion(first?.range[0] ?? 0, `${statement}\n`);
}

function insertion(at: number, text: string): Edit {
  return { range: [at, at], text };
}

function capital(name: string): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}
