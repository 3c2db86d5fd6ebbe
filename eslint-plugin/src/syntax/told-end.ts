// Whether somebody who waits for something else is told how work ended: a chain of promises, or an
// async function.
//
//   return new Promise((resolve, reject) => { start().then(resolve, reject); });
//   start().then((value) => deferred.resolve(value), deferred.reject);
//   start().then((value) => callback(null, value), callback);
//   start().then((value) => { observer.next(value); observer.complete(); })
//     .catch((error) => observer.error(error));
//   async () => { try { resolve(await start()); } catch (error) { reject(error); } }
//
// It is the failure that has to be told; who is told of the success only, waits for ever.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from './call-of.js';
import { descendants } from './descendants.js';
import { type FunctionNode, isFunction, isInside } from './enclosing.js';
import { endsProcess } from './halting-call.js';
import { handlesItsErrors } from './handled-errors.js';
import { chainOf, linkOf, type PromiseChain } from './promise-chain.js';
import { calledMember, propertyName } from './property-name.js';
import { isSettler, mentionsSettler } from './settlers.js';
import { functionOf, type SourceCode, type Variable } from './variable.js';
import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

/** Methods of an observer, a stream, a port and their like, by what they tell. */
const TELLING = {
  failure: new Set<string | undefined>(['destroy', 'emit', 'error', 'postMessage', 'reject']),
  success: new Set<string | undefined>([
    ...['close', 'complete', 'emit', 'end', 'enqueue', 'next', 'postMessage', 'push', 'resolve'],
    'write',
  ]),
};

/** The code that runs when work has succeeded, and when it has failed. */
interface Endings {
  readonly success: readonly Node[];
  readonly failure: readonly Node[];
}

/** Whether the end of the chain is told. */
export function tellsItsEnd(expression: Node, sourceCode: SourceCode): boolean {
  const chain = chainOf(expression);
  const { links, root } = chain;
  if (links.length === 0) return false;
  if (settlesInTheEnd(chain, sourceCode)) return true;
  const code = (handlers: readonly Node[]): Node[] =>
    handlers.flatMap((handler) => [handler, functionOf(handler, sourceCode) ?? handler]);
  const endings: Endings = {
    success: [root, ...code(links.flatMap((link) => link.fulfilled ?? []))],
    failure: code(links.flatMap((link) => link.rejected ?? [])),
  };
  return isTold(endings, expression, sourceCode);
}

/**
 * `start().catch(log).then(() => resolve())`: what follows a handler of the error runs on both
 * ways, as what `finally` is given does.
 */
export function settlesInTheEnd({ links }: PromiseChain, sourceCode: SourceCode): boolean {
  const caught = links.findIndex(({ isFinally, rejected }) => !isFinally && rejected !== undefined);
  if (caught === -1) return false;
  return links
    .slice(caught + 1)
    .some(({ fulfilled }) => fulfilled !== undefined && settles(fulfilled, sourceCode));
}

/** `start().then(resolve)`: whether a promise that somebody waits for is settled when all goes well. */
export function settlesOnSuccess({ links }: PromiseChain, sourceCode: SourceCode): boolean {
  return links.some(
    ({ fulfilled, isFinally }) =>
      !isFinally && fulfilled !== undefined && settles(fulfilled, sourceCode),
  );
}

/** Whether an async function that catches all its errors tells how it ended, on both ways. */
export function tellsItsOutcome(called: FunctionNode, sourceCode: SourceCode): boolean {
  if (!handlesItsErrors(called, sourceCode)) return false;
  const own = [...descendants(called.body, sourceCode, 'own')];
  const tries = own.filter((node) => node.type === 'TryStatement');
  const catches = tries.flatMap(({ handler }) => handler?.body ?? []);
  const afterwards = catches.some((node) => leaves(node, sourceCode))
    ? []
    : own.filter((node) => isStatementAfter(node, tries));
  const failure = [
    ...catches,
    ...afterwards,
    ...tries.flatMap(({ finalizer }) => finalizer ?? []),
    ...own.flatMap((node) => linkOf(node)?.rejected ?? []),
  ];
  const success = own.filter(
    (node) =>
      (node.type === 'CallExpression' || node.type === 'Identifier') &&
      !catches.some((code) => isInside(node, code)),
  );
  return failure.length > 0 && isTold({ success, failure }, called.body, sourceCode);
}

function isTold({ success, failure }: Endings, at: Node, sourceCode: SourceCode): boolean {
  if (failure.some((code) => settles(code, sourceCode))) return true;
  if (failure.some((code) => endsWithProcess(code, sourceCode))) {
    return success.some((code) => settles(code, sourceCode));
  }
  const told = localsAround(at, sourceCode);
  // A callback has to be called on both ways, for else its caller does not learn of the end.
  if (told.some((each) => isCalledIn(success, each) && isCalledIn(failure, each))) return true;
  const receivers = receiversIn(success, TELLING.success, sourceCode);
  return [...receiversIn(failure, TELLING.failure, sourceCode)].some((name) => receivers.has(name));
}

function settles(code: Node, sourceCode: SourceCode): boolean {
  const called = functionOf(code, sourceCode);
  return isSettler(unwrapped(code), sourceCode) || mentionsSettler(called ?? code, sourceCode);
}

/** `(error) => { log(error); process.exit(1); }`: whoever waits for the end is gone then. */
function endsWithProcess(code: Node, sourceCode: SourceCode): boolean {
  if (!isFunction(code) || code.body.type !== 'BlockStatement') return false;
  return code.body.body.some(
    (statement) =>
      statement.type === 'ExpressionStatement' && endsProcess(statement.expression, sourceCode),
  );
}

/** `callback` as the handler itself, or `callback(…)` in it. */
function isCalledIn(code: readonly Node[], { references }: Variable): boolean {
  return references.some(({ identifier }) =>
    code.some((node) => {
      if (node === identifier && node.parent?.type === 'CallExpression') return true;
      return callOf(identifier) !== undefined && isInside(identifier, node);
    }),
  );
}

/** What methods of some names are called on, as it is written: `observer`, `this`. */
function receiversIn(
  code: readonly Node[],
  methods: ReadonlySet<string | undefined>,
  sourceCode: SourceCode,
): ReadonlySet<string> {
  const receivers = new Set<string>();
  for (const root of code) {
    for (const node of root.type === 'Identifier' ? [] : descendants(root, sourceCode)) {
      const member = calledMember(node) ?? handedMethod(node);
      if (!methods.has(member?.name)) continue;
      const object = unwrapped(member!.object);
      if (object.type === 'Identifier' && object.name === 'console') continue;
      receivers.add(sourceCode.getText(object));
    }
  }
  return receivers;
}

/** `observer.error`, handed over as it is. */
function handedMethod(node: Node): { object: Node; name: string | undefined } | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  return { object: node.object, name: propertyName(node) };
}

function leaves(code: Node, sourceCode: SourceCode): boolean {
  return [...descendants(code, sourceCode, 'own')].some(
    ({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement',
  );
}

function isStatementAfter(node: Node, tries: readonly TSESTree.TryStatement[]): boolean {
  return (
    node.type === 'ExpressionStatement' &&
    tries.some((each) => each.parent === node.parent && each.range[1] <= node.range[0])
  );
}

/**
 * Parameters and variables of the functions around, and functions that call one:
 *
 *     load(url, (callback) => {
 *       const done = (error) => { close(); callback(error); };
 *
 * A module's functions tell nobody of an end.
 */
function localsAround(node: Node, sourceCode: SourceCode): readonly Variable[] {
  const locals: Variable[] = [];
  const functions: Variable[] = [];
  let scope: ReturnType<SourceCode['getScope']> | null = sourceCode.getScope(node);
  for (; scope !== null && scope.type !== 'module'; scope = scope.upper) {
    if (scope.type === 'global') break;
    for (const variable of scope.variables) {
      if (bodyOf(variable) !== undefined) functions.push(variable);
      else if (/^(Parameter|Variable)$/.test(variable.defs[0]?.type ?? '')) locals.push(variable);
    }
  }
  const parameters = locals.filter(({ defs: [first] }) => first!.type === 'Parameter');
  const isTelling = (variable: Variable): boolean =>
    parameters.some((parameter) => isCalledIn([bodyOf(variable)!], parameter));
  return [...locals, ...functions.filter(isTelling)];
}

function bodyOf({ defs: [first] }: Variable): Node | undefined {
  if (first?.type === 'FunctionName') return isFunction(first.node) ? first.node.body : undefined;
  const init = first?.type === 'Variable' ? first.node.init : null;
  return isFunction(init) ? init.body : undefined;
}
