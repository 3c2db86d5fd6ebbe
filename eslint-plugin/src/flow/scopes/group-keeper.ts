// Who ends a group that is made here?
//
//   await using group = new TaskGroup();         // kept: by its block
//   return new TaskGroup({ limit: 4 });          // kept: by whoever calls this factory
//   stack.use(new TaskGroup());                  // kept: handed over
//   this.#group = new TaskGroup();               // kept, if the class joins or disposes `#group`
//   const group = new TaskGroup();               // kept, if a `finally` or a closure disposes it
//   await group.join();                          // no keeper: an error before it leaves the tasks
//
// A fresh group given to a call belongs to the callee. A group in a variable is lent: where the
// parameter is a group or a scope, the variable keeps it, and something else has to end it.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../../syntax/call-of.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { Depth } from '../../syntax/depth.js';
import { enclosingRun, type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { mentionsOfProperty, type PropertyMention } from '../../syntax/property-mentions.js';
import { propertyName } from '../../syntax/property-name.js';
import { ownerOfThis } from '../../syntax/this-owner.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';
import { ASYNC_DISPOSE, MEMBER } from '../../vocabulary.js';

/**
 * - `kept`: somebody ends it, or owns it from here on
 * - `sync-using`: declared with `using`, which cannot wait
 * - `dropped`: nothing but this expression ever sees it
 * - `stored`: it stands in a variable or a property that nobody ends
 */
export type Keeping = 'dropped' | 'kept' | 'stored' | 'sync-using';

export interface KeepingAnswer {
  readonly keeping: Keeping;
  /** The function that makes the group for its callers. */
  readonly factory: FunctionNode | undefined;
}

interface Search {
  readonly sourceCode: SourceCode;
  readonly types: Types;
  /** Whose run makes the group. A join in it is skipped by an error; one in another run is not. */
  readonly maker: TSESTree.Node;
  readonly seen: Set<unknown>;
  factory: FunctionNode | undefined;
}

export function keepingOf(
  made: TSESTree.Node,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): KeepingAnswer {
  const maker = enclosingRun(made);
  const search: Search = { sourceCode, types, maker, seen: new Set(), factory: undefined };
  return { keeping: keepingOfFresh(made, search), factory: search.factory };
}

function keepingOfFresh(made: TSESTree.Node, search: Search): Keeping {
  const taken = takerOf(made);
  switch (taken.kind) {
    case 'handed-over':
    case 'awaited':
      return 'kept';
    case 'returned':
      if (isFunction(search.maker)) search.factory = search.maker;
      return 'kept';
    case 'stored':
      return keepingOfStored(taken.by, search);
    default:
      return 'dropped';
  }
}

/** A group is no promise: `await makeGroup()` passes it on. */
function takerOf(expression: TSESTree.Node): Consumer {
  let taken = consumerOf(expression);
  while (taken.kind === 'awaited' && taken.by.type === 'AwaitExpression') {
    taken = consumerOf(taken.by);
  }
  return taken;
}

function keepingOfStored(by: TSESTree.Node, search: Search): Keeping {
  switch (by.type) {
    case 'VariableDeclarator':
      if (by.parent.kind === 'await using') return 'kept';
      if (by.parent.kind === 'using') return 'sync-using';
      return by.id.type === 'Identifier' ? keepingOfName(by.id, search) : 'dropped';
    case 'AssignmentExpression':
      return keepingOfAssigned(by, search);
    case 'AssignmentPattern':
      return by.parent.type === 'TSParameterProperty' && by.left.type === 'Identifier'
        ? keepingOfProperty(by.left.name, ownerOfThis(by), search)
        : keepingOfTarget(by.left, search);
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return keepingOfProperty(propertyName(by), ownerOfThis(by), search);
    case 'Property':
      return keepingOfMember(by, search);
    case 'ExportDefaultDeclaration':
      return 'stored';
    default:
      return 'kept'; // An array, an attribute: where it goes from there is not followed.
  }
}

/** What the assignment stores into has to end the group, unless its own value is taken at once. */
function keepingOfAssigned(by: TSESTree.AssignmentExpression, search: Search): Keeping {
  const taken = takerOf(by);
  if (taken.kind === 'handed-over') return 'kept';
  if (taken.kind === 'stored' && keepingOfStored(taken.by, search) === 'kept') return 'kept';
  return keepingOfTarget(by.left, search);
}

function keepingOfTarget(target: TSESTree.Node, search: Search): Keeping {
  if (target.type === 'Identifier') return keepingOfName(target, search);
  if (target.type !== 'MemberExpression') return 'kept';
  const owner = target.object.type === 'ThisExpression' ? ownerOfThis(target) : undefined;
  return keepingOfProperty(propertyName(target), owner ?? search.sourceCode.ast, search);
}

/** `{ group: new TaskGroup() }`: with its object, or by the property's own uses. */
function keepingOfMember(by: TSESTree.Property, search: Search): Keeping {
  const { kind } = takerOf(by.parent);
  if (kind === 'returned' || kind === 'handed-over') return 'kept';
  return keepingOfProperty(propertyName(by), search.sourceCode.ast, search);
}

function keepingOfName(name: TSESTree.Identifier, search: Search): Keeping {
  const variable = variableOf(name, search.sourceCode);
  if (variable === undefined) return 'kept';
  return isEndedByName(variable, search) ? 'kept' : 'stored';
}

function isEndedByName(variable: Variable, search: Search): boolean {
  if (search.seen.has(variable)) return false;
  search.seen.add(variable);
  const isKept = (): boolean =>
    variable.references.some((reference) => {
      const name = reference.identifier;
      if (!reference.isRead() || reference.isTypeReference === true) return false;
      return name.parent.type !== 'TSTypeQuery' && isKeptByUse(name, search);
    });
  return depth.within(isKept, true);
}

/** A name may be put into the next. */
const depth = new Depth();

function isKeptByUse(name: TSESTree.Node, search: Search): boolean {
  const taken = takerOf(name);
  const isWithMaker = enclosingRun(name) === search.maker;
  switch (taken.kind) {
    case 'awaited':
      return true; // `yield` hands it to the caller, as a fixture does.
    case 'returned':
      if (isWithMaker && isFunction(search.maker)) search.factory = search.maker;
      return isWithMaker;
    case 'handed-over':
      return isGivenAway(taken, search.types);
    case 'stored':
      return isKeptWhereStored(taken.by, search);
    default: {
      const member = calledOn(taken.by);
      if (member === ASYNC_DISPOSE) return !isWithMaker || isInFinally(name);
      return member === MEMBER.join && !isWithMaker;
    }
  }
}

/** An object made around a variable is lent like the variable: `spawnAll({ group, urls })`. */
function isKeptWhereStored(by: TSESTree.Node, search: Search): boolean {
  if (by.type === 'Property' && by.parent.type === 'ObjectExpression') {
    const taken = takerOf(by.parent);
    if (taken.kind === 'returned') return true;
    if (taken.kind === 'handed-over') return taken.by.type === 'NewExpression';
  }
  return keepingOfStored(by, search) === 'kept';
}

function keepingOfProperty(
  name: string | undefined,
  owner: TSESTree.Node,
  search: Search,
): Keeping {
  const key = `${owner.range[0]} ${name}`;
  if (name === undefined) return 'kept';
  if (search.seen.has(key)) return 'stored';
  search.seen.add(key);
  const mentions = mentionsOfProperty(name, owner, search.sourceCode);
  return mentions.some((mention) => isEndedByMention(mention, search)) ? 'kept' : 'stored';
}

function isEndedByMention(mention: PropertyMention, search: Search): boolean {
  // In whatever run: the property outlives them all, and its owner has a way to end the group.
  const anywhere: Search = { ...search, maker: search.sourceCode.ast };
  if (mention.type === 'Property') {
    const { value } = mention;
    return value.type === 'Identifier' && keepingOfName(value, anywhere) === 'kept';
  }
  const taken = takerOf(mention);
  switch (taken.kind) {
    case 'handed-over':
      return isInDisposer(mention) || isGivenAway(taken, search.types);
    case 'stored':
      return keepingOfStored(taken.by, anywhere) === 'kept';
    case 'inspected': {
      const member = calledOn(taken.by);
      return member === ASYNC_DISPOSE || member === MEMBER.join;
    }
    default:
      return false;
  }
}

/** `join` of `group.join()`, for the member expression. */
function calledOn(member: TSESTree.Node): string | undefined {
  const isCalled = member.type === 'MemberExpression' && callOf(member) !== undefined;
  return isCalled ? propertyName(member) : undefined;
}

/** `stack.use(group)` takes the group over; `spawnAll(group)` and `sleep(9, group)` borrow it. */
function isGivenAway(
  { by, argument }: Extract<Consumer, { kind: 'handed-over' }>,
  types: Types,
): boolean {
  if (by.type === 'TaggedTemplateExpression') return false;
  const parameter = types.call(by).parameter(argument);
  if (parameter?.is('group') === 'yes') return by.type === 'NewExpression';
  return parameter?.scope !== 'yes';
}

function isInFinally(node: TSESTree.Node): boolean {
  for (let child = node; child.parent != null && !isFunction(child); child = child.parent) {
    if (child.parent.type === 'TryStatement' && child.parent.finalizer === child) return true;
  }
  return false;
}

function isInDisposer(node: TSESTree.Node): boolean {
  for (let around = node.parent; around != null; around = around.parent) {
    if (around.type === 'MethodDefinition' && propertyName(around) === ASYNC_DISPOSE) return true;
  }
  return false;
}
