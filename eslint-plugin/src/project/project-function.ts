// The function of the project behind a call: of this file by its names, of any file by its types.
import type { TSESTree } from '@typescript-eslint/utils';

import { Depth } from '../syntax/depth.js';
import type { FunctionNode } from '../syntax/enclosing.js';
import { heldFunctionOf } from '../syntax/held-callback.js';
import { calledFunction } from '../syntax/own-method.js';
import { pathInPattern } from '../syntax/external-name.js';
import { constantDeclaration, variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import type { Origin } from '../types/types.js';
import { sourceOfDeclaration } from './declared-source.js';
import { givenFunction } from './given-function.js';
import { functionsOf } from './implementing-functions.js';
import { importedFunction } from './imported-function.js';
import { namedFunctions, type Place, type ProjectFunction } from './project-place.js';
import { readSource } from './read-source.js';

/** What gives a function may be given itself: `const { run } = run();` is a program too. */
const depth = new Depth();

/** `undefined` for what a package declares, what has no body, and what two functions may be. */
export function projectFunction(
  expression: TSESTree.Node,
  place: Place,
): ProjectFunction | undefined {
  const call = unwrapped(expression);
  if (call.type === 'NewExpression') {
    const origin = place.types?.call(call).origin;
    return origin && functionAt({ ...origin, name: 'constructor', parents: [origin.name] }, place);
  }
  if (call.type !== 'CallExpression') return undefined;
  const node =
    calledFunction(call, place.sourceCode) ?? heldFunctionOf(call.callee, place.sourceCode);
  if (node !== undefined) return { node, place };
  const given = depth.within(() => givenFunction(call.callee, place, projectFunction), undefined);
  if (given !== undefined) return given;
  if (place.types === undefined) return importedFunction(call, place);
  const origin = importedLater(call.callee, place) ?? place.types.call(call).origin;
  return origin && functionAt(origin, place);
}

/** `const { load } = await import('./load.js');`: a name of this file is not what it was declared as. */
function importedLater(callee: TSESTree.Node, { sourceCode, types }: Place): Origin | undefined {
  const name = unwrapped(callee);
  const variable = name.type === 'Identifier' ? variableOf(name, sourceCode) : undefined;
  const declared = variable && constantDeclaration(variable);
  const path = declared && pathInPattern(declared.id, variable.name);
  if (path?.length !== 1) return undefined;
  const module = unwrapped(declared!.init);
  const isImport =
    module.type === 'AwaitExpression' && unwrapped(module.argument).type === 'ImportExpression';
  return isImport ? types?.value(module).memberOrigin(path[0]!) : undefined;
}

/** The function that is declared at an origin, or the only one that its file has for it. */
export function functionAt(origin: Origin, place: Place): ProjectFunction | undefined {
  if (origin.from !== 'file') return undefined;
  const there = placeOf(origin.file, place);
  if (there === undefined) return undefined;
  const { name, parents } = origin;
  const named = { owner: parents[0], name };
  const node = namedFunctions(there.sourceCode).get(named) ?? implementationOf(named, there);
  return node && { node, place: there };
}

/** `interface Store { save(): Promise<void> }  class FileStore implements Store { async save() { … } }` */
function implementationOf(
  { name, owner }: { readonly name: string; readonly owner: string | undefined },
  { sourceCode }: Place,
): FunctionNode | undefined {
  const [node, ...others] = owner === undefined ? [] : functionsOf(owner, name, sourceCode);
  return others.length === 0 ? node : undefined;
}

/** A file of the project, which may be this one; of what is built, the file that it was made of. */
export function placeOf(declared: string, place: Place): Place | undefined {
  const file = sourceOfDeclaration(declared);
  if (slashed(file) === slashed(place.file)) return place;
  const sourceCode = readSource(file);
  return sourceCode && { ...place, sourceCode, file, types: undefined };
}

/** TypeScript may write the path in small letters where the disk does not tell them apart. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}
