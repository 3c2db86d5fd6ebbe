// Whether somebody who waits for something else is told how a chain of promises ended.
//
//   return new Promise((resolve, reject) => { start().then(resolve, reject); });
//   start().then((value) => deferred.resolve(value), deferred.reject);
//   start().then((value) => callback(null, value), callback);
//   start().then((value) => { observer.next(value); observer.complete(); })
//     .catch((error) => observer.error(error));
//
// It is the failure that has to be told; who is told of the success only, waits for ever.
import type { TSESTree } from '@typescript-eslint/utils';

import { PLATFORM } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { isFunction, isInside } from './enclosing.js';
import { isGlobalName } from './mooring-reference.js';
import { chainOf } from './promise-chain.js';
import { propertyName } from './property-name.js';
import type { SourceCode, Variable } from './variable.js';
import { outermost } from './wrappers.js';

type Node = TSESTree.Node;

/** Names of a function that settles a promise. */
const SETTLERS: ReadonlySet<string> = new Set(['reject', 'resolve']);

/** Methods of an observer, or of the controller of a stream. */
const OBSERVER = { fail: 'error', go: new Set(['close', 'complete', 'enqueue', 'next']) };

export function tellsItsEnd(expression: Node, sourceCode: SourceCode): boolean {
  const { links } = chainOf(expression);
  const fulfilled = links.flatMap((link) => link.fulfilled ?? []);
  const rejected = links.flatMap((link) => link.rejected ?? []);
  if (rejected.some((handler) => settles(handler, sourceCode))) return true;
  return localsAround(expression, sourceCode).some((told) => {
    const isObserver =
      methodsOn(told, rejected).includes(OBSERVER.fail) &&
      methodsOn(told, [expression]).some((method) => OBSERVER.go.has(method));
    // A callback has to be called on both ways, for else its caller does not learn of the end.
    return isObserver || (isCalledIn(fulfilled, told) && isCalledIn(rejected, told));
  });
}

function settles(handler: Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(handler, sourceCode)) {
    if (node.type !== 'Identifier' || !SETTLERS.has(node.name)) continue;
    const { parent } = node;
    const isMember = parent?.type === 'MemberExpression' && parent.property === node;
    // `Promise.resolve()` in a handler tells nobody.
    if (!isMember || !isGlobalName(parent.object, PLATFORM.promise, sourceCode)) return true;
  }
  return functionsAround(handler)
    .filter(isExecutor)
    .flatMap((executor) => sourceCode.getDeclaredVariables(executor))
    .some(({ references }) => references.some(({ identifier }) => isInside(identifier, handler)));
}

/** `callback` as the handler itself, or `callback(…)` in it. */
function isCalledIn(handlers: readonly Node[], { references }: Variable): boolean {
  return references.some(({ identifier }) =>
    handlers.some((handler) => {
      if (handler === identifier) return true;
      const callee = outermost(identifier);
      const isCalled = callee.parent?.type === 'CallExpression' && callee.parent.callee === callee;
      return isCalled && isInside(identifier, handler);
    }),
  );
}

/** The names of the methods of an object that are mentioned in some code. */
function methodsOn({ references }: Variable, within: readonly Node[]): readonly string[] {
  return references
    .filter(({ identifier }) => within.some((node) => isInside(identifier, node)))
    .flatMap(({ identifier }) => {
      const { parent } = outermost(identifier);
      const isObject = parent?.type === 'MemberExpression' && isInside(identifier, parent.object);
      return (isObject && propertyName(parent)) || [];
    });
}

/** Parameters and variables of the functions around: a module's functions tell nobody of an end. */
function localsAround(node: Node, sourceCode: SourceCode): readonly Variable[] {
  const locals: Variable[] = [];
  let scope: ReturnType<SourceCode['getScope']> | null = sourceCode.getScope(node);
  for (; scope !== null && scope.type !== 'module'; scope = scope.upper) {
    if (scope.type === 'global') break;
    const isLocal = ({ defs: [first] }: Variable): boolean =>
      first?.type === 'Parameter' || first?.type === 'Variable';
    locals.push(...scope.variables.filter(isLocal));
  }
  return locals;
}

function functionsAround(node: Node): readonly TSESTree.FunctionLike[] {
  const functions: TSESTree.FunctionLike[] = [];
  for (let around = node.parent; around != null; around = around.parent) {
    if (isFunction(around)) functions.push(around);
  }
  return functions;
}

/** The function that `new Promise` is given. */
export function isExecutor(node: Node): boolean {
  const { parent } = outermost(node);
  if (parent?.type !== 'NewExpression' || parent.arguments[0] !== outermost(node)) return false;
  return parent.callee.type === 'Identifier' && parent.callee.name === PLATFORM.promise;
}
