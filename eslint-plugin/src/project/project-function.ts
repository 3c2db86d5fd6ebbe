// The function of the project behind a call: of this file by its names, of any file by its types.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import { calledFunction } from '../syntax/own-method.js';
import { propertyName } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import type { Origin, Types } from '../types/types.js';
import { readSource } from './read-source.js';

/** A function, and the file that it is written in. */
export interface ProjectFunction {
  readonly node: FunctionNode;
  readonly place: Place;
}

/** Where code is looked at. Of another file than the rule's there are no types. */
export interface Place {
  readonly sourceCode: SourceCode;
  /** The path of the file, as the host names it. */
  readonly file: string;
  readonly types: Types | undefined;
}

/** `undefined` for what a package declares, what has no body, and what two functions may be. */
export function projectFunction(
  expression: TSESTree.Node,
  place: Place,
): ProjectFunction | undefined {
  const call = unwrapped(expression);
  if (call.type === 'NewExpression') {
    const origin = place.types?.calls([call])[0]!.origin;
    return origin && functionAt({ ...origin, name: 'constructor', parents: [origin.name] }, place);
  }
  if (call.type !== 'CallExpression') return undefined;
  const node = calledFunction(call, place.sourceCode);
  if (node !== undefined) return { node, place };
  const [facts] = place.types?.calls([call]) ?? [];
  return facts?.origin && functionAt(facts.origin, place);
}

/** The function that is declared at an origin. */
export function functionAt(origin: Origin, place: Place): ProjectFunction | undefined {
  if (origin.from !== 'file') return undefined;
  const isHere = slashed(origin.file) === slashed(place.file);
  const sourceCode = isHere ? place.sourceCode : readSource(origin.file);
  if (sourceCode === undefined) return undefined;
  const node = namedFunctions(sourceCode).get(key(origin.parents[0], origin.name));
  if (node === undefined || node === 'several') return undefined;
  return { node, place: isHere ? place : { sourceCode, file: origin.file, types: undefined } };
}

/** TypeScript may write the path in small letters where the disk does not tell them apart. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}

type Named = ReadonlyMap<string, FunctionNode | 'several'>;

const known = new WeakMap<TSESTree.Node, Named>();

/** The functions of a file by their names, those of a class by the names of both. */
function namedFunctions(sourceCode: SourceCode): Named {
  const found = known.get(sourceCode.ast);
  if (found !== undefined) return found;
  const named = new Map<string, FunctionNode | 'several'>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    const name = nameOf(node);
    if (name === undefined) continue;
    named.set(name.key, named.has(name.key) ? 'several' : name.node);
  }
  known.set(sourceCode.ast, named);
  return named;
}

function nameOf(node: TSESTree.Node): { key: string; node: FunctionNode } | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
      return node.id === null ? undefined : { key: key(undefined, node.id.name), node };
    case 'VariableDeclarator': {
      const value = node.init && unwrapped(node.init);
      if (!isFunction(value) || node.id.type !== 'Identifier') return undefined;
      return { key: key(undefined, node.id.name), node: value };
    }
    case 'MethodDefinition':
    case 'PropertyDefinition': {
      const value = node.value && unwrapped(node.value);
      const owner = node.parent.parent.id?.name;
      const name = propertyName(node);
      if (!isFunction(value) || owner === undefined || name === undefined) return undefined;
      return { key: key(owner, name), node: value };
    }
    default:
      return undefined;
  }
}

function key(owner: string | undefined, name: string): string {
  return `${owner ?? ''}.${name}`;
}
