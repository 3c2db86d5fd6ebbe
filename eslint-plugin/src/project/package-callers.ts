// Who calls a function, in its own file and in the others of its package:
//
//   export async function search(query: string, signal?: AbortSignal) { … }
//   import { search } from './search.js';      await search(text);
//
// Files are read for this, so it is asked only where something is about to be reported.
import type { TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../syntax/enclosing.js';
import { onlyDefinition, type Variable } from '../syntax/variable.js';
import { importedName, importedPath } from './imported-function.js';
import { packageFiles, textOf } from './package-files.js';
import type { Place } from './project-place.js';
import { readSource } from './read-source.js';

export interface Caller {
  readonly call: TSESTree.CallExpression;
  readonly place: Place;
}

export interface Callers {
  readonly seen: readonly Caller[];
  /** Whether others may call it: it is handed on as a value, exported again, or imported by a path that is not followed. */
  readonly isOpen: boolean;
}

/** Of each function: a report asks more than once. */
const known = new WeakMap<FunctionNode, Callers | undefined>();

/** Of each file, how many of its functions were asked about. Nobody reads so many reports. */
const asked = new WeakMap<TSESTree.Node, number>();
const MOST_ASKED = 50;

/** Of a function that is declared by its name. `undefined` for others: a method, a default export. */
export function packageCallers(node: FunctionNode, place: Place): Callers | undefined {
  if (known.has(node)) return known.get(node);
  const { ast } = place.sourceCode;
  const count = asked.get(ast) ?? 0;
  asked.set(ast, count + 1);
  const callers = count < MOST_ASKED ? findCallers(node, place) : undefined;
  known.set(node, callers);
  return callers;
}

function findCallers(node: FunctionNode, place: Place): Callers | undefined {
  const named = node.type === 'FunctionDeclaration' ? node : node.parent;
  if (named.type !== 'FunctionDeclaration' && named.type !== 'VariableDeclarator') return undefined;
  const variable = place.sourceCode
    .getDeclaredVariables(named)
    .find(({ identifiers }) => identifiers[0] === named.id);
  if (variable === undefined || onlyDefinition(variable) === undefined) return undefined;
  const statement = named === node ? named : named.parent;
  const exported = statement.parent?.type;
  if (exported === 'ExportDefaultDeclaration') return undefined;
  const uses = usesOf(variable, place);
  const isExported = exported === 'ExportNamedDeclaration' || uses.isExported;
  const files = isExported ? otherFiles(place) : [];
  if (files === undefined) return { seen: uses.seen, isOpen: true };
  const all = [uses, ...files.map((file) => usesIn(file, variable.name, place))];
  return { seen: all.flatMap(({ seen }) => seen), isOpen: all.some(({ isOpen }) => isOpen) };
}

/** What the entry of a package exports is there for others. */
function otherFiles({ file }: Place): readonly string[] | undefined {
  if (/[\\/]index\.\w+$/.test(file)) return undefined;
  return packageFiles(file)?.filter((each) => each !== file);
}

interface Uses extends Callers {
  readonly isExported: boolean;
}

/** What a file does with a name. */
function usesOf(variable: Variable, place: Place): Uses {
  const seen: Caller[] = [];
  let isOpen = false;
  let isExported = false;
  for (const { identifier, init } of variable.references) {
    const name: TSESTree.Node = identifier;
    const { parent } = name;
    if (init === true) continue;
    if (parent?.type === 'CallExpression' && parent.callee === name) {
      seen.push({ call: parent, place });
    } else if (parent?.type === 'ExportSpecifier' && exportedName(parent) === variable.name) {
      isExported = true;
    } else if (!/^TSTypeQuery$/.test(parent?.type ?? '')) isOpen = true;
  }
  return { seen, isOpen, isExported };
}

function exportedName({ exported }: TSESTree.ExportSpecifier): string | undefined {
  return exported.type === 'Identifier' ? exported.name : undefined;
}

const NONE: Callers = { seen: [], isOpen: false };
const OPEN: Callers = { seen: [], isOpen: true };

/** What another file of the package does with what this one exports by a name. */
function usesIn(file: string, name: string, from: Place): Callers {
  const text = textOf(file);
  const isNamed = text.includes(name);
  if (!isNamed && !/\bexport\s*\*/.test(text)) return NONE;
  const sourceCode = readSource(file);
  if (sourceCode === undefined) return isNamed ? OPEN : NONE;
  const place: Place = { ...from, sourceCode, file, types: undefined };
  const found = sourceCode.ast.body.map((each) => usesOfImport(each, name, from.file, place));
  return {
    seen: found.flatMap(({ seen }) => seen),
    isOpen: found.some(({ isOpen }) => isOpen) || isImportedLater(text, name),
  };
}

function usesOfImport(
  statement: TSESTree.Node,
  name: string,
  exporting: string,
  place: Place,
): Callers {
  if (!('source' in statement) || statement.source?.type !== 'Literal') return NONE;
  const { value } = statement.source;
  const file = typeof value === 'string' ? importedPath(value, place) : undefined;
  if (file !== undefined && file !== exporting) return NONE;
  switch (statement.type) {
    case 'ExportAllDeclaration':
      return file === exporting ? OPEN : NONE;
    case 'ExportNamedDeclaration':
      return statement.specifiers.some(
        ({ local }) => local.type === 'Identifier' && local.name === name,
      )
        ? OPEN
        : NONE;
    case 'ImportDeclaration': {
      const specifier = statement.specifiers.find((each) => importedName(each) === name);
      // A path that is not followed may lead here.
      if (specifier !== undefined && file === undefined) return OPEN;
      const isWhole = statement.specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier');
      if (specifier === undefined) return isWhole && file === exporting ? OPEN : NONE;
      const [variable] = place.sourceCode.getDeclaredVariables(specifier);
      if (variable === undefined) return OPEN;
      const { seen, isOpen, isExported } = usesOf(variable, place);
      return { seen, isOpen: isOpen || isExported };
    }
    default:
      return NONE;
  }
}

/** `const { search } = await import('./search.js')`. */
function isImportedLater(text: string, name: string): boolean {
  return (
    /\b(import|require)\s*\(/.test(text) && new RegExp(`[{,]\\s*${name}\\b[^}]*\\}\\s*=`).test(text)
  );
}
