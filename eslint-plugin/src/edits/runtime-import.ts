// How a suggestion writes a name of the runtime: as the file imports it already, or with the edit
// that imports it. In a component (Svelte, Vue) the import goes into its script.
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction, isInside } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { findVariable, type SourceCode, type Variable } from '../syntax/variable.js';
import { RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { beginsLine, indentOf, lineBreak, statementEnd } from './lines.js';
import type { Place } from './place.js';

export interface RuntimeNames {
  /** How to write each name that is wanted, in that order. */
  readonly names: readonly string[];
  /** What imports those that nothing imports yet. */
  readonly edits: readonly Edit[];
}

/** `undefined` where the file could not import the runtime: then nothing of it is suggested. */
export function runtimeNames(
  wanted: readonly string[],
  at: TSESTree.Node,
  { sourceCode, module }: Place,
): RuntimeNames | undefined {
  if (isSentElsewhere(at)) return undefined;
  const script = scriptOf(at, sourceCode);
  const imports = partsOf(script).filter(isImport).filter(isRuntimeImport);
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
  if (missing.length === 0) return { names, edits: [] };
  if (imports.length === 0 && !module.canImport(RUNTIME.package)) return undefined;
  const edit = importOf(missing, imports, script, { sourceCode, requires: module.requires });
  return edit && { names, edits: [edit] };
}

/** Methods that send the text of a function to a page, where no import of this file is. */
const SENDING = /^(\$\$?eval|addInitScript|evaluate(Handle|OnNewDocument)?|waitForFunction)$/;

function isSentElsewhere(at: TSESTree.Node): boolean {
  for (let around = at.parent; around != null; around = around.parent) {
    const { parent } = around;
    const isArgument = isFunction(around) && parent?.type === 'CallExpression';
    const name = isArgument ? calledMember(parent)?.name : undefined;
    if (name !== undefined && SENDING.test(name)) return true;
  }
  return false;
}

/** The statements beside which an import can stand: those of the script, in a Svelte component. */
function scriptOf(at: TSESTree.Node, { ast }: SourceCode): readonly TSESTree.Node[] {
  const scripts = partsOf(ast.body).filter(isScript);
  if (scripts.length === 0) return ast.body;
  return (scripts.find((script) => isInside(at, script as never)) ?? scripts.at(-1)!).body;
}

type Part = Script | TSESTree.Node;

/** What of a program's statements matters here: each report asks for it anew. */
const parts = new WeakMap<readonly TSESTree.Node[], readonly Part[]>();

function partsOf(body: readonly TSESTree.Node[]): readonly Part[] {
  const known = parts.get(body);
  if (known !== undefined) return known;
  const found = body
    .map((part): Part => part)
    .filter((part) => isScript(part) || part.type === 'ImportDeclaration');
  parts.set(body, found);
  return found;
}

function isImport(part: Part): part is TSESTree.ImportDeclaration {
  return part.type === 'ImportDeclaration';
}

interface Script {
  readonly type: 'SvelteScriptElement';
  readonly body: readonly TSESTree.Node[];
}

function isScript(part: Part): part is Script {
  return part.type === 'SvelteScriptElement';
}

function isRuntimeImport({ importKind, source }: TSESTree.ImportDeclaration): boolean {
  return source.value === RUNTIME.package && importKind !== 'type';
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
  script: readonly TSESTree.Node[],
  { sourceCode, requires }: { readonly sourceCode: SourceCode; readonly requires: boolean },
): Edit | undefined {
  const names = missing.join(', ');
  const last = imports
    .flatMap(({ specifiers }) => specifiers)
    .filter(({ type }) => type === 'ImportSpecifier')
    .at(-1);
  if (last !== undefined) return insertion(last.range[1], `, ${names}`);
  const statement = requires
    ? `const { ${names.replaceAll(' as ', ': ')} } = require('${RUNTIME.package}')`
    : `import { ${names} } from ${quoted(RUNTIME.package, script, sourceCode)}`;
  const end = statementEnd(sourceCode);
  const after = partsOf(script).filter(isImport).at(-1);
  if (after !== undefined)
    return insertion(after.range[1], newLineAt(after, sourceCode) + statement + end);
  const first = script.find((node) => !('directive' in node && node.directive !== undefined));
  return first && insertion(first.range[0], statement + end + newLineAt(first, sourceCode));
}

/** In the quotes that the other imports have. */
function quoted(name: string, script: readonly TSESTree.Node[], { text }: SourceCode): string {
  const other = partsOf(script).find(isImport);
  const quote = other && text[other.source.range[0]] === '"' ? '"' : "'";
  return `${quote}${name}${quote}`;
}

function newLineAt(node: TSESTree.Node, sourceCode: SourceCode): string {
  return lineBreak(sourceCode) + (beginsLine(node, sourceCode) ? indentOf(node, sourceCode) : '');
}

function insertion(at: number, text: string): Edit {
  return { range: [at, at], text };
}

function capital(name: string): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}
