// The methods behind a call on an object that has the type of an interface, where the code is seen to
// make the object itself:
//
//   const pages: Pages = new CachedPages();                     pages.load(url)
//   readonly #pages: Pages = new CachedPages();                 this.#pages.load(url)
//   class Client { pages: Pages; constructor() { this.pages = new CachedPages(); } }
//   client.pages.load(url)                                      in another file
//
// What somebody else has made, a parameter or `given ?? new CachedPages()`, may be of a class that
// nobody here has seen: an exported interface is there for others too.
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, propertyName } from '../syntax/property-name.js';
import { valuesOfProperty } from '../syntax/property-values.js';
import { resolved } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { fileOfType } from './imported-function.js';
import { placeOf, projectFunction } from './project-function.js';
import { namedFunctions, type Place, type ProjectFunction } from './project-place.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** The functions that a call may run, if all are known. A field may be given one of two classes. */
export function functionsBehind(call: Call, place: Place): readonly ProjectFunction[] {
  const called = projectFunction(call, place);
  if (called !== undefined) return [called];
  const member = calledMember(call);
  if (member?.name === undefined) return [];
  const methods = valuesOf(member.object, place).map((value) => methodOf(value, member.name!));
  return methods.includes(undefined) ? [] : (methods as ProjectFunction[]);
}

interface Value {
  readonly node: TSESTree.Node;
  readonly place: Place;
}

function valuesOf(object: TSESTree.Node, place: Place): readonly Value[] {
  if (object.type === 'Identifier') return [{ node: object, place }];
  const name = object.type === 'MemberExpression' ? propertyName(object) : undefined;
  if (object.type !== 'MemberExpression' || name === undefined) return [];
  const there = fileOfField(object, name, place);
  if (there === undefined) return [];
  return valuesOfProperty(name, there.sourceCode).map((node) => ({ node, place: there }));
}

function fileOfField(
  { object }: TSESTree.MemberExpression,
  name: string,
  place: Place,
): Place | undefined {
  if (name.startsWith('#')) return place;
  const origin = place.types?.value(object).memberOrigin(name);
  return origin?.from === 'file' ? placeOf(origin.file, place) : undefined;
}

function methodOf({ node, place }: Value, name: string): ProjectFunction | undefined {
  const made = resolved(node, place.sourceCode);
  if (made.type !== 'NewExpression') return undefined;
  const type = unwrapped(made.callee);
  const there = type.type === 'Identifier' ? fileOfType(type, place) : undefined;
  const method = there && namedFunctions(there.place.sourceCode).get({ owner: there.name, name });
  return method && { node: method, place: there.place };
}
