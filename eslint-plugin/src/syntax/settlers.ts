// Functions that settle a promise somebody else waits for, known by where they come from and not by
// how they are called:
//
//   new Promise((yes, no) => { … })                    the parameters of an executor
//   const { promise, resolve: ok } = withResolvers();  those of a deferred, whoever makes it
//   let ok; new Promise((yes) => { ok = yes; });       names, and fields, that are given one
//   const fail = (e) => { no(e); log(e); };            functions that call one
//   deferred.reject(error)                             the methods of a deferred
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from './call-of.js';
import { consumerOf } from './consumers.js';
import { Depth } from './depth.js';
import { descendants } from './descendants.js';
import { isFunction, isInside } from './enclosing.js';
import { isExecutor } from './executor.js';
import { externalName, pathInPattern } from './external-name.js';
import { ownMethod } from './own-method.js';
import { propertyName } from './property-name.js';
import {
  onlyDefinition,
  rootVariable,
  type SourceCode,
  type Variable,
  variableOf,
} from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

/** The members of a deferred that settle it. */
const OF_DEFERRED: ReadonlySet<string | undefined> = new Set(['reject', 'resolve']);

/** What is known of a name. One that is still looked into is none: names can go in a circle. */
const known = new WeakMap<Variable, boolean>();

const depth = new Depth();

/** Whether some code names a function that settles a promise. */
export function mentionsSettler(code: Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(code, sourceCode)) {
    if (isSettler(node, sourceCode) && !isOwnIn(code, node, sourceCode)) return true;
  }
  return false;
}

/** `return new Promise((resolve) => setTimeout(resolve, ms))`: it is the code's own promise. */
function isOwnIn(code: Node, settler: Node, sourceCode: SourceCode): boolean {
  const [definition] = rootVariable(settler, sourceCode)?.defs ?? [];
  return definition !== undefined && isInside(definition.name, code);
}

/** Whether an identifier or a member stands for a function that settles a promise. */
export function isSettler(node: Node, sourceCode: SourceCode): boolean {
  if (node.type === 'Identifier') return isSettlingName(node, sourceCode);
  if (node.type !== 'MemberExpression') return false;
  const name = propertyName(node);
  if (OF_DEFERRED.has(name)) return couldBeOfDeferred(node, sourceCode);
  if (name === undefined) return false;
  if (settlingProperties(sourceCode).has(name)) return true;
  const method = ownMethod(node);
  // An async one has work of its own, and may settle something on the way.
  return method?.async === false && namesSettlerDirectly(method.body, sourceCode);
}

function isSettlingName(name: TSESTree.Identifier, sourceCode: SourceCode): boolean {
  const { parent } = name;
  const isKey =
    (parent.type === 'MemberExpression' && parent.property === name && !parent.computed) ||
    (parent.type === 'Property' && parent.key === name && parent.value !== name);
  const variable = isKey ? undefined : variableOf(name, sourceCode);
  if (variable === undefined || variable.defs.length === 0) return false;
  let answer = known.get(variable);
  if (answer === undefined) {
    known.set(variable, false);
    answer = depth.within(() => isSettlingVariable(variable, sourceCode), false);
    known.set(variable, answer);
  }
  return answer;
}

function isSettlingVariable(variable: Variable, sourceCode: SourceCode): boolean {
  const definition = onlyDefinition(variable);
  if (definition?.type === 'Parameter' && isFunction(definition.node)) {
    if (isExecutor(definition.node) && definition.node.params.some((p) => p === definition.name)) {
      return true;
    }
  }
  if (definition?.type === 'FunctionName' && isFunction(definition.node)) {
    return mentionsSettler(definition.node.body, sourceCode);
  }
  if (definition?.type === 'Variable' && definition.node.init !== null) {
    const path = pathInPattern(definition.node.id, variable.name);
    if (path !== undefined && path.length > 0) return OF_DEFERRED.has(path.at(-1));
  }
  return variable.references.some(
    ({ writeExpr }) => writeExpr != null && isSettlingValue(writeExpr, sourceCode),
  );
}

/** A settler, or a function that calls one. */
function isSettlingValue(value: Node, sourceCode: SourceCode): boolean {
  const node = unwrapped(value);
  if (isFunction(node)) return mentionsSettler(node.body, sourceCode);
  return isSettler(node, sourceCode);
}

const properties = new WeakMap<Node, ReadonlySet<string>>();

/** The names of properties into which the file puts a parameter of an executor. */
function settlingProperties(sourceCode: SourceCode): ReadonlySet<string> {
  const kept = properties.get(sourceCode.ast);
  if (kept !== undefined) return kept;
  const names = new Set<string>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    if (!isFunction(node) || !isExecutor(node)) continue;
    for (const { references } of sourceCode.getDeclaredVariables(node)) {
      for (const { identifier } of references) {
        const name = propertyGiven(identifier);
        if (name !== undefined) names.add(name);
      }
    }
  }
  properties.set(sourceCode.ast, names);
  return names;
}

/** `name` of `this.name = resolve`, and of `{ name: resolve }`. */
function propertyGiven(value: Node): string | undefined {
  const { parent } = outermost(value);
  if (parent?.type === 'AssignmentExpression' && parent.right === outermost(value)) {
    const target = unwrapped(parent.left);
    return target.type === 'MemberExpression' ? propertyName(target) : undefined;
  }
  return parent?.type === 'Property' && parent.parent.type === 'ObjectExpression'
    ? propertyName(parent)
    : undefined;
}

/** Without looking into further methods: two of a class may call each other. */
function namesSettlerDirectly(code: Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(code, sourceCode)) {
    if (isDirectSettler(node, sourceCode) && !isOwnIn(code, node, sourceCode)) return true;
  }
  return false;
}

function isDirectSettler(node: Node, sourceCode: SourceCode): boolean {
  if (node.type === 'Identifier') return isSettlingName(node, sourceCode);
  if (node.type !== 'MemberExpression') return false;
  const name = propertyName(node);
  if (name !== undefined && settlingProperties(sourceCode).has(name)) return true;
  return OF_DEFERRED.has(name) && couldBeOfDeferred(node, sourceCode);
}

/**
 * Not `Promise.resolve()`, nor `path.resolve(folder)` of a package: these settle nothing that
 * anybody waits for. What settles a promise gives nothing, and `container.resolve(Store)` is asked for
 * what it gives.
 */
function couldBeOfDeferred(member: TSESTree.MemberExpression, sourceCode: SourceCode): boolean {
  if (member.object.type === 'MetaProperty') return false;
  const owner = externalName(member.object, sourceCode);
  if (owner !== undefined && owner.from !== 'file') return false;
  const call = callOf(member);
  return call === undefined || /^(dropped|returned)$/.test(consumerOf(call).kind);
}
