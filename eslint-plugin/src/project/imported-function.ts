// The function behind a call in a file of which there are no types: by its imports, and by the types
// that are written there.
//
//   import { load } from './load.js';          load()
//   constructor(private store: Store) {}       this.store.load()
//   const store = openStore();                 store.load()
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingFunction } from '../syntax/enclosing.js';
import { calledMember, propertyName } from '../syntax/property-name.js';
import { constantInit, onlyDefinition, variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { type NamedIn, namedFunctions, type Place, type ProjectFunction } from './project-place.js';
import { readSource } from './read-source.js';

export function importedFunction(
  call: TSESTree.CallExpression,
  place: Place,
): ProjectFunction | undefined {
  const callee = unwrapped(call.callee);
  if (callee.type === 'Identifier') return named(undefined, callee, place);
  const member = calledMember(call);
  if (member?.name === undefined) return undefined;
  const owner = writtenType(member.object, place);
  if (owner !== undefined) return named(owner, member.name, place);
  const given = givenType(member.object, place);
  return given && named(given.type, member.name, given.place);
}

/** The type that a call is written to give, also a call that a name has the result of. */
function givenType(
  object: TSESTree.Node,
  place: Place,
): { readonly type: TSESTree.Identifier; readonly place: Place } | undefined {
  const variable = object.type === 'Identifier' ? variableOf(object, place.sourceCode) : undefined;
  const call = unwrapped((variable && constantInit(variable)) ?? object);
  // Not of a method, which might be that of a type which is looked for in turn.
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const called = named(undefined, call.callee, place);
  const type = called && nameOf(called.node.returnType?.typeAnnotation);
  return type && { type, place: called.place };
}

/** A function of this name, or a method of a class of it, here or where the name is imported from. */
function named(
  owner: TSESTree.Identifier | undefined,
  name: TSESTree.Identifier | string,
  place: Place,
): ProjectFunction | undefined {
  const identifier = owner ?? (name as TSESTree.Identifier);
  const variable = variableOf(identifier, place.sourceCode);
  const definition = variable && onlyDefinition(variable);
  const isImport = definition?.type === 'ImportBinding';
  const file = isImport ? importedFrom(definition.parent, place) : undefined;
  if (isImport && file === undefined) return undefined;
  const sourceCode = file === undefined ? place.sourceCode : readSource(file);
  if (sourceCode === undefined) return undefined;
  const there = isImport ? importedName(definition.node) : identifier.name;
  const wanted: NamedIn =
    owner === undefined
      ? { owner: undefined, name: there }
      : { owner: there, name: name as string };
  const node = namedFunctions(sourceCode).get(wanted);
  return (
    node && { node, place: { ...place, sourceCode, file: file ?? place.file, types: undefined } }
  );
}

/** Where a type is declared, and by what name: in this file, or in that it is imported from. */
export function fileOfType(
  type: TSESTree.Identifier,
  place: Place,
): { readonly name: string; readonly place: Place } | undefined {
  const variable = variableOf(type, place.sourceCode);
  const definition = variable && onlyDefinition(variable);
  if (definition?.type !== 'ImportBinding') return { name: type.name, place };
  const file = importedFrom(definition.parent, place);
  const sourceCode = file === undefined ? undefined : readSource(file);
  if (file === undefined || sourceCode === undefined) return undefined;
  const name = importedName(definition.node);
  return { name, place: { ...place, sourceCode, file, types: undefined } };
}

export function importedName(specifier: TSESTree.Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : undefined;
  return imported?.type === 'Identifier' ? imported.name : '';
}

/** The file of the project that an import is from. */
export function importedFrom(
  declaration: TSESTree.Node | null | undefined,
  { file }: Pick<Place, 'file'>,
): string | undefined {
  if (declaration?.type !== 'ImportDeclaration') return undefined;
  return importedPath(declaration.source.value, { file });
}

/** The file of the project that `./load.js` is, written in a file of it. */
export function importedPath(path: string, { file }: Pick<Place, 'file'>): string | undefined {
  return path.startsWith('.') ? sourceAt(resolve(dirname(file), path)) : undefined;
}

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '/index.ts', '/index.tsx'];

/** `./load`, `./load.js` for `load.ts`, a folder with an index. */
function sourceAt(path: string): string | undefined {
  const bases = [path, path.replace(/\.([cm]?)jsx?$/, '')];
  const paths = bases.flatMap((base) => ENDINGS.map((ending) => base + ending));
  return paths.find(
    (each) => /\.[cm]?tsx?$/.test(each) && existsSync(each) && statSync(each).isFile(),
  );
}

/** The name of the type that a value is written to have: `Store` of `store: Store`. */
export function writtenType(object: TSESTree.Node, place: Place): TSESTree.Identifier | undefined {
  if (object.type === 'Identifier') {
    const variable = variableOf(object, place.sourceCode);
    const definition = variable && onlyDefinition(variable);
    return definition?.name.type === 'Identifier' ? typeOf(definition.name) : undefined;
  }
  if (object.type !== 'MemberExpression' || object.object.type !== 'ThisExpression')
    return undefined;
  const name = propertyName(object);
  for (const member of classAround(object)?.body ?? []) {
    if (member.type === 'PropertyDefinition' && propertyName(member) === name) {
      return typeOf(member) ?? madeOf(member.value);
    }
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
    for (const parameter of member.value.params) {
      if (parameter.type !== 'TSParameterProperty') continue;
      const { parameter: given } = parameter;
      if (given.type === 'Identifier' && given.name === name) return typeOf(given);
    }
  }
  return undefined;
}

function typeOf(
  declared: TSESTree.Identifier | TSESTree.PropertyDefinition,
): TSESTree.Identifier | undefined {
  return nameOf(declared.typeAnnotation?.typeAnnotation);
}

function nameOf(type: TSESTree.TypeNode | undefined): TSESTree.Identifier | undefined {
  const name = type?.type === 'TSTypeReference' ? type.typeName : undefined;
  return name?.type === 'Identifier' ? name : undefined;
}

/** `new Store()`. */
function madeOf(value: TSESTree.Node | null): TSESTree.Identifier | undefined {
  if (value?.type !== 'NewExpression' || value.callee.type !== 'Identifier') return undefined;
  return value.callee;
}

function classAround(node: TSESTree.Node): TSESTree.ClassBody | undefined {
  let around: TSESTree.Node | undefined = enclosingFunction(node) ?? node;
  while (around != null && around.type !== 'ClassBody') around = around.parent;
  return around;
}
