// Whether the last step of a function tells somebody who waits that it is over:
//
//   emitter.on('end', async () => { await stop(); ended(); });            const { resolve: ended } = …
//   it('ends', (done) => { page.on('end', async () => { …; done(); }); });
//   it('ends', (done) => { page.on('end', async () => { …; pass(done, page); }); });
//
// An error that it lets out tells nobody. In a test that is no loss: the runner fails a test whose
// end it does not hear of, and takes a rejection that nobody handles for a failure.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from './call-of.js';
import { descendants } from './descendants.js';
import { type FunctionNode, isInside } from './enclosing.js';
import { isSettler } from './settlers.js';
import { type FilePath, isInTest, testAround } from './test-code.js';
import type { SourceCode, Variable } from './variable.js';
import { outermost } from './wrappers.js';

type Node = TSESTree.Node;

interface HasSource {
  readonly sourceCode: SourceCode;
}

/** Whether the last step settles a promise that is not its own. */
export function settlesLast({ body }: FunctionNode, sourceCode: SourceCode): boolean {
  // A function in the last step runs later, and is asked for itself.
  return lastSteps(body).some((step) =>
    [...descendants(step, sourceCode, 'own')].some((node) => isSettler(node, sourceCode)),
  );
}

/** Whether it is a test that the last step tells. */
export function tellsTest(called: FunctionNode, place: FilePath & HasSource): boolean {
  const { sourceCode } = place;
  if (isInTest(called, place) && settlesLast(called, sourceCode)) return true;
  const test = testAround(called);
  const done = test && doneOf(test, sourceCode);
  if (done === undefined) return false;
  return lastSteps(called.body).some((step) => isGivenTo(done, step, sourceCode));
}

/** The callback that a runner hands to a test: `it('ends', (done) => { … })`. */
export function doneOf(test: FunctionNode, sourceCode: SourceCode): Variable | undefined {
  const [first] = test.params;
  if (first?.type !== 'Identifier') return undefined;
  const done = sourceCode.getDeclaredVariables(test).find(({ name }) => name === first.name);
  return done && isCallback(done) ? done : undefined;
}

/** `done`, which the runner hands to a test, and not the context of the test, `t`. */
function isCallback({ name, references }: Variable): boolean {
  if (/^(callback|cb|done|end|finish(ed)?|next)$/.test(name)) return true;
  return references.some(({ identifier }) => callOf(identifier) !== undefined);
}

/** `done()`, `done(error)`, `pass(done, page)`. */
function isGivenTo({ references }: Variable, step: Node, sourceCode: SourceCode): boolean {
  const calls = [...descendants(step, sourceCode)].filter(({ type }) => type === 'CallExpression');
  return references.some(
    ({ identifier }) => isInside(identifier, step) && calls.includes(outermost(identifier).parent!),
  );
}

/** The last statement, on each way that leads through it. */
function lastSteps(body: Node | null | undefined): readonly Node[] {
  switch (body?.type) {
    case 'BlockStatement':
      return lastSteps(body.body.at(-1));
    case 'TryStatement':
      return [body.block, body.handler?.body, body.finalizer].flatMap(lastSteps);
    case 'IfStatement':
      return [body.consequent, body.alternate].flatMap(lastSteps);
    default:
      return body == null ? [] : [body];
  }
}
