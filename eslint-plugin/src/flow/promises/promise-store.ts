// Where a promise is put when it is stored: in a name, inside of what a name holds, or in a field.
//
//   const page = load();                        // a name
//   const [user, posts] = [load(), load()];     // a name each
//   const jobs = { user: load() };              // in the part `user` of a name
//   pages.push(load());                         // in some part of a name
//   this.running = this.loop();                 // a field; `this.jobs.add(…)`: in some part of one
//   await Promise.all([load(), await token()])  // a literal, while the rest of it is awaited
//
// Everything else is out of sight and has no store: a parameter's property, an export, `x ??= …`.
import type { TSESTree } from '@typescript-eslint/utils';

import { addedTo } from '../../syntax/collection.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { isInside } from '../../syntax/enclosing.js';
import { placeInList } from '../../syntax/place-in-list.js';
import { propertyName } from '../../syntax/property-name.js';
import { ownerOfThis } from '../../syntax/this-owner.js';
import { constantInit, type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { CONTAINERS } from '../../vocabulary.js';

export type PromiseStore = FieldStore | LiteralStore | NameStore;

export interface Holding {
  /** The promise is in an array, a set, a map or an object. */
  readonly isContainer: boolean;
  /** The name or index of the part it is in, where that is known. */
  readonly part: string | undefined;
  /** What the promise is added to by a method: types have to say that it is a collection. */
  readonly collection: TSESTree.Node | undefined;
  /** One of several that the same call starts: `const [a, b] = ids.map(load)`. */
  readonly isElement?: true;
}

export interface NameStore extends Holding {
  readonly kind: 'name';
  readonly variable: Variable;
}

export interface FieldStore extends Holding {
  readonly kind: 'field';
  readonly name: string;
  /** The class or the object literal whose `this` it is; the file, where there is none. */
  readonly owner: TSESTree.Node;
}

export interface LiteralStore {
  readonly kind: 'literal';
  readonly literal: TSESTree.ArrayExpression | TSESTree.ObjectExpression;
}

const ALONE: Holding = { isContainer: false, part: undefined, collection: undefined };

/** The names that an array pattern gives to the elements of what is stored. */
export function elementStores(
  { kind, by }: Consumer,
  sourceCode: SourceCode,
): readonly NameStore[] {
  if (kind !== 'stored' || by.type !== 'VariableDeclarator') return [];
  if (by.id.type !== 'ArrayPattern' || by.parent.parent.type === 'ExportNamedDeclaration') {
    return [];
  }
  return by.id.elements.flatMap((element): readonly NameStore[] => {
    const isRest = element?.type === 'RestElement';
    const name = isRest ? element.argument : element;
    if (name?.type !== 'Identifier') return [];
    const store = nameStore(name, { ...ALONE, isContainer: isRest, isElement: true }, sourceCode);
    return store === undefined ? [] : [store];
  });
}

export function promiseStoreOf(
  promise: TSESTree.Node,
  sourceCode: SourceCode,
): PromiseStore | undefined {
  const taken = consumerOf(promise);
  if (taken.kind === 'handed-over') return storeInCollection(taken, sourceCode);
  return taken.kind === 'stored' ? storeAt(taken.by, promise, ALONE, sourceCode) : undefined;
}

function storeAt(
  by: TSESTree.Node,
  value: TSESTree.Node,
  holding: Holding,
  sourceCode: SourceCode,
): PromiseStore | undefined {
  switch (by.type) {
    case 'VariableDeclarator': {
      const isHidden = by.parent.kind === 'using' || by.parent.kind === 'await using';
      const isExported = by.parent.parent.type === 'ExportNamedDeclaration';
      return isHidden || isExported ? undefined : storeInTarget(by.id, holding, sourceCode);
    }
    case 'AssignmentExpression':
      return isPlainAssignment(by, value) ? storeInTarget(by.left, holding, sourceCode) : undefined;
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return fieldStore(propertyName(by), ownerOfThis(by), holding);
    case 'Property':
      return by.parent.type === 'ObjectExpression'
        ? storeInLiteral(by.parent, propertyName(by), holding, sourceCode)
        : undefined;
    case 'ArrayExpression':
      return storeInLiteral(by, placeInList(by, value), holding, sourceCode);
    default:
      return undefined;
  }
}

/** A memo (`c ??= load()`, `c = c ?? load()`) is no plain assignment, nor is `f(p = load())`. */
function isPlainAssignment(by: TSESTree.AssignmentExpression, value: TSESTree.Node): boolean {
  if (by.operator !== '=' || consumerOf(by).kind !== 'dropped') return false;
  const right = unwrapped(by.right);
  return right.type !== 'LogicalExpression' || !isInside(value, right.right);
}

function storeInTarget(
  target: TSESTree.Node,
  holding: Holding,
  sourceCode: SourceCode,
): PromiseStore | undefined {
  switch (target.type) {
    case 'Identifier':
      return nameStore(target, holding, sourceCode);
    case 'MemberExpression':
      return storeInMember(target, holding, sourceCode);
    case 'ArrayPattern': {
      const element = holding.part === undefined ? null : target.elements[Number(holding.part)];
      return element ? storeInTarget(element, ALONE, sourceCode) : undefined;
    }
    case 'ObjectPattern': {
      const property = target.properties.find(
        (each) => each.type === 'Property' && propertyName(each) === holding.part,
      );
      const isKnown = holding.part !== undefined && property?.type === 'Property';
      return isKnown ? storeInTarget(property.value, ALONE, sourceCode) : undefined;
    }
    default:
      return undefined;
  }
}

/** `this.p = …`, or `jobs.p = …` where this file makes the object. */
function storeInMember(
  target: TSESTree.MemberExpression,
  holding: Holding,
  sourceCode: SourceCode,
): PromiseStore | undefined {
  const object = unwrapped(target.object);
  const part = propertyName(target);
  if (object.type === 'ThisExpression') return fieldStore(part, ownerOfThis(target), holding);
  if (object.type !== 'Identifier') return undefined;
  const variable = variableOf(object, sourceCode);
  const made = variable && constantInit(variable);
  const isLiteral = made?.type === 'ObjectExpression' || made?.type === 'ArrayExpression';
  return isLiteral ? nameStore(object, inPart(part, holding), sourceCode) : undefined;
}

function storeInLiteral(
  literal: TSESTree.ArrayExpression | TSESTree.ObjectExpression,
  part: string | undefined,
  holding: Holding,
  sourceCode: SourceCode,
): PromiseStore {
  const whole = collectionOf(literal);
  const taken = consumerOf(whole);
  const held = inPart(whole === literal ? part : undefined, holding);
  const store = taken.kind === 'stored' ? storeAt(taken.by, whole, held, sourceCode) : undefined;
  return store ?? { kind: 'literal', literal };
}

/** `new Set([…])` and `new Map([[…, …]])` hold what their literals hold. */
function collectionOf(literal: TSESTree.Node): TSESTree.Node {
  const taken = consumerOf(literal);
  if (taken.kind !== 'handed-over' || taken.by.type !== 'NewExpression') return literal;
  const { callee } = taken.by;
  return callee.type === 'Identifier' && CONTAINERS.has(callee.name) ? taken.by : literal;
}

function storeInCollection(
  taken: Extract<Consumer, { kind: 'handed-over' }>,
  sourceCode: SourceCode,
): PromiseStore | undefined {
  const object = addedTo(taken);
  if (object === undefined || consumerOf(taken.by).kind !== 'dropped') return undefined;
  const holding = { ...inPart(undefined, ALONE), collection: object };
  if (object.type === 'Identifier') return nameStore(object, holding, sourceCode);
  const isField = object.type === 'MemberExpression' && object.object.type === 'ThisExpression';
  return isField ? fieldStore(propertyName(object), ownerOfThis(object), holding) : undefined;
}

function nameStore(
  name: TSESTree.Identifier,
  holding: Holding,
  sourceCode: SourceCode,
): NameStore | undefined {
  const variable = variableOf(name, sourceCode);
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined) return undefined;
  // What a parameter holds belongs to the caller; the name itself is the function's own.
  const isGiven = definition.type !== 'Variable' && holding.isContainer;
  return isGiven ? undefined : { ...holding, kind: 'name', variable };
}

function fieldStore(
  name: string | undefined,
  owner: TSESTree.Node,
  holding: Holding,
): PromiseStore | undefined {
  return name === undefined ? undefined : { ...holding, kind: 'field', name, owner };
}

/** Of a promise two levels deep the part is not known: nobody is expected to look for it. */
function inPart(part: string | undefined, { isContainer }: Holding): Holding {
  return { isContainer: true, part: isContainer ? undefined : part, collection: undefined };
}
