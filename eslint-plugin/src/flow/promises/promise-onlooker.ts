// Chains that only look on at a promise which somebody else has: what they do is over when the
// promise is, and who waits for the promise need not wait for them.
//
//   running.catch(() => {});                                       // marks it as handled
//   promise.then(() => pending.delete(promise)).catch(report);     // keeps account of it
//   for (const task of tasks) task.catch(cancel);                  // and `tasks` are awaited
//   this.running = load().catch(report);
//   void this.running.then(() => { flag = false; });               // what it looks at never rejects
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, isFunction } from '../../syntax/enclosing.js';
import { isMade } from '../../syntax/floating-places.js';
import { isLiteralValue } from '../../syntax/literal-value.js';
import type { PromiseChain } from '../../syntax/promise-chain.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { mentionsOfProperty } from '../../syntax/property-mentions.js';
import { valuesOfProperty } from '../../syntax/property-values.js';
import {
  localVariableOf,
  onlyDefinition,
  type SourceCode,
  type Variable,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';

export function looksOn(chain: PromiseChain, place: TypedPlace): boolean {
  if (isMade(chain.root) || !isHeldElsewhere(chain.root, place)) return false;
  const handlers = chain.links.flatMap(({ fulfilled, rejected }) => [fulfilled, rejected]);
  return handlers.every((handler) => handler === undefined || !startsWork(handler, place.types));
}

/** Whether a promise that is held was handled before it was put where it is. */
export function isHeldHandled(root: TSESTree.Node, place: TypedPlace): boolean {
  const values = valuesOf(root, place)
    .map(unwrapped)
    .filter((value) => !isLiteralValue(value));
  return values.length > 0 && values.every((value) => isErrorHandled(value, place));
}

function valuesOf(root: TSESTree.Node, { sourceCode }: TypedPlace): readonly TSESTree.Node[] {
  if (root.type === 'Identifier') {
    const variable = localVariableOf(root, sourceCode);
    return variable ? valuesOfVariable(variable) : [];
  }
  if (root.type !== 'MemberExpression' || root.object.type !== 'ThisExpression') return [];
  const name = propertyName(root);
  return name === undefined ? [] : valuesOfProperty(name, sourceCode);
}

/** All that a name is ever given, where that is written out. */
function valuesOfVariable(variable: Variable): readonly TSESTree.Node[] {
  const values = valuesGiven.get(variable) ?? findValues(variable);
  valuesGiven.set(variable, values);
  return values;
}

/** Each mention of a name asks. */
const valuesGiven = new WeakMap<Variable, readonly TSESTree.Node[]>();

function findValues(variable: Variable): readonly TSESTree.Node[] {
  if (onlyDefinition(variable)?.type !== 'Variable') return [];
  const writes = variable.references.filter((use) => use.isWrite());
  const values = writes.flatMap(({ identifier, writeExpr }) => {
    const { parent } = identifier;
    const isWhole =
      parent.type === 'VariableDeclarator' ||
      (parent.type === 'AssignmentExpression' && parent.operator === '=');
    return isWhole && writeExpr ? [writeExpr] : [];
  });
  return values.length === writes.length ? values : [];
}

/**
 * `void running;`, of a name that another function has given a promise whose errors are handled:
 * nothing is started here.
 */
export function isOnlyMentioned(root: TSESTree.Node, place: TypedPlace): boolean {
  const variable = root.type === 'Identifier' ? localVariableOf(root, place.sourceCode) : undefined;
  if (variable === undefined || !isHeldHandled(root, place)) return false;
  const run = enclosingRun(root);
  return valuesOfVariable(variable).some((value) => enclosingRun(value) !== run);
}

const TAKEN: ReadonlySet<string> = new Set(['awaited', 'handed-over', 'returned']);

/** `void page;`, of a name or a field that the file awaits, gives back or hands on somewhere. */
export function isTakenElsewhere(root: TSESTree.Node, sourceCode: SourceCode): boolean {
  const mentions =
    root.type === 'Identifier' ? readsOf(root, sourceCode) : fieldReads(root, sourceCode);
  return mentions.some((mention) => mention !== root && TAKEN.has(consumerOf(mention).kind));
}

function readsOf(name: TSESTree.Identifier, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const variable = localVariableOf(name, sourceCode);
  if (variable === undefined || onlyDefinition(variable)?.type !== 'Variable') return [];
  return variable.references.filter((use) => use.isRead()).map(({ identifier }) => identifier);
}

function fieldReads(node: TSESTree.Node, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const isField = node.type === 'MemberExpression' && node.object.type === 'ThisExpression';
  const name = isField ? propertyName(node) : undefined;
  return name === undefined ? [] : mentionsOfProperty(name, sourceCode.ast, sourceCode);
}

/** A parameter, an import and a property have it from somebody; a name has to be read by others. */
function isHeldElsewhere(root: TSESTree.Node, place: TypedPlace): boolean {
  if (root.type !== 'Identifier') return true;
  const variable = localVariableOf(root, place.sourceCode);
  if (variable === undefined || !variable.references.some((use) => use.isWrite())) return true;
  const collection = goneThrough(variable, place);
  if (collection !== undefined) {
    return !isMade(collection) && isHeldElsewhere(collection, place);
  }
  return variable.references.some((use) => use.isRead() && isTaken(use.identifier));
}

/** Also by what hangs on it: `close = () => opened.then((store) => store.close())`. */
function isTaken(mention: TSESTree.Node): boolean {
  const taken = consumerOf(mention);
  if (taken.kind === 'chained') return isTaken(taken.by);
  return taken.kind !== 'dropped' && taken.kind !== 'inspected';
}

/** `tasks` of `for (const task of tasks)`, `byId` of `for (const [id, task] of Object.entries(byId))`. */
function goneThrough(variable: Variable, { sourceCode }: TypedPlace): TSESTree.Node | undefined {
  const declaration = onlyDefinition(variable)?.node.parent;
  const loop = declaration?.type === 'VariableDeclaration' ? declaration.parent : undefined;
  if (loop?.type !== 'ForOfStatement' || loop.left !== declaration) return undefined;
  const list = unwrapped(loop.right);
  return listedOf(list, sourceCode) ?? list;
}

const LISTS: ReadonlySet<string | undefined> = new Set(['entries', 'values']);

/** `tasks` of `Object.values(tasks)`, `tasks.values()` and `Object.entries(tasks)`: these start nothing. */
function listedOf(list: TSESTree.Node, sourceCode: SourceCode): TSESTree.Node | undefined {
  const member = calledMember(list);
  if (list.type !== 'CallExpression' || !LISTS.has(member?.name)) return undefined;
  const isOfObject = isGlobalName(member!.object, 'Object', sourceCode);
  const listed = isOfObject ? list.arguments[0] : member!.object;
  return listed && unwrapped(listed);
}

/** Whether a function gives a promise. */
export function startsWork(handler: TSESTree.Node, types: Types): boolean {
  if (handler.type === 'SpreadElement' || (isFunction(handler) && handler.async)) return true;
  return types.value(handler).returns.some(({ promise }) => promise === 'yes');
}
