// Functions of a file of the project, and where they are looked at.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import { heldCallback, heldFunctionOf } from '../syntax/held-callback.js';
import { propertyName } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import type { Types } from '../types/types.js';

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
  /** Where the linter was started. */
  readonly cwd: string;
  readonly types: Types | undefined;
}

/** The name of a function, and of the class that it is a method of. */
export interface NamedIn {
  readonly owner: string | undefined;
  readonly name: string;
}

/** The functions of a file by their names. One that two have is nobody's. */
class NamedFunctions {
  readonly #functions: Map<string, FunctionNode | undefined> = new Map();

  add(named: NamedIn, node: FunctionNode | undefined): void {
    const key = keyOf(named);
    this.#functions.set(key, this.#functions.has(key) ? undefined : node);
  }

  get(named: NamedIn): FunctionNode | undefined {
    return this.#functions.get(keyOf(named));
  }
}

function keyOf({ owner, name }: NamedIn): string {
  return `${owner ?? ''}.${name}`;
}

const known = new WeakMap<TSESTree.Node, NamedFunctions>();

export function namedFunctions(sourceCode: SourceCode): NamedFunctions {
  const found = known.get(sourceCode.ast);
  if (found !== undefined) return found;
  const named = new NamedFunctions();
  for (const node of descendants(sourceCode.ast, sourceCode)) addNamed(node, named, sourceCode);
  known.set(sourceCode.ast, named);
  return named;
}

/** What the checkers call an object that is written out. */
const LITERAL = '__object';

/** A class that is the default export is called so by the checker, whatever its name. */
function namesOf({ id, parent }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): string[] {
  const isDefault = parent.type === 'ExportDefaultDeclaration';
  return [...(id === null ? [] : [id.name]), ...(isDefault ? ['default'] : [])];
}

function addNamed(node: TSESTree.Node, named: NamedFunctions, sourceCode: SourceCode): void {
  switch (node.type) {
    case 'FunctionDeclaration':
      if (node.id !== null) named.add({ owner: undefined, name: node.id.name }, node);
      return;
    case 'VariableDeclarator': {
      const value = heldCallback(node.init);
      if (value === undefined || node.id.type !== 'Identifier') return;
      return named.add({ owner: undefined, name: node.id.name }, value);
    }
    case 'ExportDefaultDeclaration': {
      const value = heldFunctionOf(node.declaration, sourceCode);
      return value && named.add({ owner: undefined, name: 'default' }, value);
    }
    case 'Property': {
      if (node.parent.type !== 'ObjectExpression') return;
      const value = heldFunctionOf(node.value, sourceCode);
      const name = propertyName(node);
      // What is no function has the name too: which of two a call means is not known.
      return name === undefined ? undefined : named.add({ owner: LITERAL, name }, value);
    }
    case 'MethodDefinition':
    case 'PropertyDefinition': {
      const value = node.value && unwrapped(node.value);
      const name = propertyName(node);
      if (!isFunction(value) || name === undefined) return;
      for (const owner of namesOf(node.parent.parent)) named.add({ owner, name }, value);
      return;
    }
    default:
  }
}
