// Whether code that gets an error lets a cancellation go on, or ends it.
//
//   catch { return undefined; }                     ends it
//   catch (error) { console.error(error); }         ends it
//   catch (error) { throw new LoadError(url, { cause: error }); }     lets it go on
//   catch (error) { if (signal.aborted) return; … }                   has looked for it
//   catch (error) { return { error }; }             hands it to somebody who can look
//   catch { await sleep(100, context); }            meets it again at once
//   catch (error) { rethrowUnlessHttp(error); }     a function of the project that throws, or looks
//   catch { /* Best effort. */ }                    the author has said that it is to end it
//
// Any word of aborting or cancelling in the handler is taken for a look, and `reject` for a throw.
import type { TSESTree } from '@typescript-eslint/utils';

import { implementingFunctions } from '../../project/implementing-functions.js';
import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { descendants } from '../../syntax/descendants.js';
import { isFunction, isInside } from '../../syntax/enclosing.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { mentionsSettler } from '../../syntax/settlers.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { isCaught } from '../../syntax/tries-around.js';
import { FunctionAnswers } from '../../project/function-answers.js';
import { isMetAgain } from './met-again.js';

/** The code of a `catch`, or a function that a promise calls with the error. */
export type Handler =
  | TSESTree.CatchClause
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration;

/** The author says that whatever goes wrong is to end here. */
const MEANT =
  /\b(best[- ]effort|(do not|don['’]t|never|must not) (re-?)?throw|(non-?|not )critical|for any reason)\b/i;

const LOOK = /abort|cancel|\bexpired\b|\breject\b/i;

/** `scope`: what was cancelled. `work`: the `try` or the promise that the error came from. */
export function swallows(
  handler: Handler,
  work: TSESTree.Node,
  scope: Variable,
  place: Place,
): boolean {
  const { body } = handler;
  const { sourceCode } = place;
  if (sourceCode.getCommentsInside(body).some(({ value }) => MEANT.test(value))) return false;
  if (LOOK.test(sourceCode.getText(body)) || mentionsSettler(body, sourceCode)) return false;
  for (const { type } of descendants(body, sourceCode, 'own')) {
    if (type === 'ThrowStatement' || type === 'YieldExpression') return false;
  }
  if (handsErrorOn(handler, sourceCode) || isMetAgain(handler, work, scope, sourceCode))
    return false;
  return !callsIn(body, sourceCode).some((call) => looks(call, place, DEEPEST));
}

function callsIn(code: TSESTree.Node, sourceCode: SourceCode): TSESTree.CallExpression[] {
  return [...descendants(code, sourceCode, 'own')].filter((node) => node.type === 'CallExpression');
}

/** From function to function, as far as a person would look. */
const DEEPEST = 3;

/** Whether a function of the project throws, or looks for a cancellation: `this.#check()`, `rethrow(error)`. */
function looks(call: TSESTree.CallExpression, place: Place, depth: number): boolean {
  if (depth === 0) return false;
  const called = projectFunction(call, place);
  const all = called === undefined ? implementingFunctions(call, place) : [called];
  return all.length > 0 && all.every((each) => looksItself(each, depth));
}

function looksItself(called: ProjectFunction, depth: number): boolean {
  return looking.of(called.node, depth, () => findWhetherLooks(called, depth));
}

/** What was found of each function, by the depth that was left to look. */
const looking = new FunctionAnswers();

function findWhetherLooks({ node: { body }, place }: ProjectFunction, depth: number): boolean {
  const { sourceCode } = place;
  const nodes = [...descendants(body, sourceCode, 'own')];
  return (
    LOOK.test(sourceCode.getText(body)) ||
    nodes.some((each) => each.type === 'ThrowStatement' && !isCaught(each, body)) ||
    callsIn(body, sourceCode).some((each) => looks(each, place, depth - 1))
  );
}

/** The error is returned, kept or thrown; a call that nobody asks for its result has logged it. */
function handsErrorOn(handler: Handler, sourceCode: SourceCode): boolean {
  const parameters = isFunction(handler) ? handler.params : [handler.param];
  return sourceCode
    .getDeclaredVariables(handler)
    .filter(({ identifiers: [name] }) =>
      parameters.some((each) => each && name && isInside(name, each)),
    )
    .flatMap(({ references }) => references)
    .some(({ identifier }) => !isLogged(identifier, handler));
}

function isLogged(error: TSESTree.Node, handler: Handler): boolean {
  let child = error;
  for (let around = error.parent; around && child !== handler; around = around.parent) {
    if (around.type === 'IfStatement') return around.test === child;
    if (around.type === 'CallExpression' && isHanding(around)) return false;
    if (around.type === 'AssignmentExpression' || isFunction(around))
      return isLogCall(handler, around);
    if (around.type === 'ExpressionStatement') return true;
    if (/Statement$|Declaration$/.test(around.type)) return false;
    child = around;
  }
  return false;
}

/** `(error) => console.error(error)` gives nothing back. */
function isLogCall(handler: Handler, around: TSESTree.Node): boolean {
  if (around !== handler || !isFunction(handler)) return false;
  const member = calledMember(handler.body);
  return member?.object.type === 'Identifier' && member.object.name === 'console';
}

/** Calls by which somebody else gets the error: `next(error)`, `stream.destroy(error)`, `cb.onError(error)`. */
const HANDING =
  /^(callback|cb|controllerError|destroy|dispatch\w*|done|emit|error|fail|next|on[A-Z]\w*|push|raise|reject\w*|set[A-Z]\w*|throw\w*)$/;

function isHanding(call: TSESTree.CallExpression): boolean {
  const member = calledMember(call);
  if (member === undefined) {
    return call.callee.type === 'Identifier' && HANDING.test(call.callee.name);
  }
  const isLog = LOG.test(lastName(member.object) ?? '');
  return !isLog && HANDING.test(member.name ?? '');
}

/** `console`, `this.#log`, `debugLogger`: its `error` only writes the error down. */
const LOG = /^[#_]*(console|log|logger)$|[a-z_](Log|Logger)$/;

function lastName(node: TSESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? propertyName(node) : undefined;
}
