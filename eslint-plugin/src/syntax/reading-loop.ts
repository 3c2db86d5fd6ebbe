// Loops that read what comes from elsewhere, piece by piece. Whoever waits for more in a round than for
// the next piece holds up the reading:
//
//   for await (const part of answer) { show(part); }
//   while (!(await pages.next()).done) { … }
//   for (;;) { const { done, value } = await reader.read(); … }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { enclosingRun, isInside } from './enclosing.js';
import { isLoop } from './loops.js';
import { propertyName } from './property-name.js';
import { restOfRun } from './rest-of-run.js';
import { localVariableOf, type SourceCode } from './variable.js';
import { isWait } from './waits-in.js';
import { outermost, unwrapped } from './wrappers.js';

/** Whether a value is a list, whose promises are all begun: to read it is to wait for each. */
type IsList = (value: TSESTree.Node) => boolean;

/**
 * Whether an `await` at a node would hold up the reading of a loop around it. Not where the round waits
 * for something else on its way to the node, or after it: there its author means to take one piece after
 * the other.
 */
export function holdsUpReading(
  node: TSESTree.Node,
  sourceCode: SourceCode,
  isList: IsList,
): boolean {
  const run = enclosingRun(node);
  for (let child = node, at = node.parent; at != null && at !== run; child = at, at = at.parent) {
    const others = waitingIn(listOf(at), sourceCode);
    if (others.size > (others.has(child) ? 1 : 0)) return false;
    if (!isLoop(at) || !isReading(at, sourceCode, isList)) continue;
    // After a `break` nothing is read any more.
    return isInside(node, at.body) && restOfRun(node).isRepeated;
  }
  return false;
}

/** Each promise that is dropped in a run asks. */
const left = new WeakMap<TSESTree.Node, ReadonlySet<string>>();

/**
 * Whether the run leaves a call of the same function beside the reading of a loop: there nobody can wait
 * for it, and then it is not made to be waited for after the loop either.
 */
export function isLeftInReading(
  call: TSESTree.Node,
  sourceCode: SourceCode,
  isList: IsList,
): boolean {
  if (call.type !== 'CallExpression') return false;
  const run = enclosingRun(call);
  const names = left.get(run) ?? leftIn(run, sourceCode, isList);
  left.set(run, names);
  return names.size > 0 && names.has(sourceCode.getText(call.callee));
}

function leftIn(run: TSESTree.Node, sourceCode: SourceCode, isList: IsList): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descendants(run, sourceCode, 'own')) {
    const call = node.type === 'ExpressionStatement' ? unwrapped(node.expression) : undefined;
    if (call?.type !== 'CallExpression' || !holdsUpReading(call, sourceCode, isList)) continue;
    names.add(sourceCode.getText(call.callee));
  }
  return names;
}

type Loop = TSESTree.Node & { readonly body: TSESTree.Node };

function isReading(loop: TSESTree.Node, sourceCode: SourceCode, isList: IsList): loop is Loop {
  if (loop.type === 'ForOfStatement') return loop.await && !isList(loop.right);
  const known = reading.get(loop);
  if (known !== undefined) return known;
  const found = [...descendants(loop, sourceCode, 'own')].some((node) =>
    isOfNext(node, sourceCode),
  );
  reading.set(loop, found);
  return found;
}

/** Each promise that is dropped in a loop asks. */
const reading = new WeakMap<TSESTree.Node, boolean>();

/** Whether an `await` is for the next piece: the code asks what it gives whether all is `done`. */
function isOfNext(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (node.type !== 'AwaitExpression') return false;
  const { parent } = outermost(node);
  if (parent?.type === 'MemberExpression') return propertyName(parent) === DONE;
  const target = targetOf(parent);
  if (target?.type === 'ObjectPattern') {
    return target.properties.some(
      (each) => each.type === 'Property' && propertyName(each) === DONE,
    );
  }
  const name = target?.type === 'Identifier' ? localVariableOf(target, sourceCode) : undefined;
  return (name?.references ?? []).some(({ identifier }) => {
    const use = outermost(identifier).parent;
    return use?.type === 'MemberExpression' && propertyName(use) === DONE;
  });
}

/** What the result of an iterator and of a reader says when nothing comes any more. */
const DONE = 'done';

function targetOf(given: TSESTree.Node | undefined): TSESTree.Node | undefined {
  if (given?.type === 'VariableDeclarator') return given.id;
  return given?.type === 'AssignmentExpression' ? unwrapped(given.left) : undefined;
}

type Statements = readonly TSESTree.Statement[];

function listOf(node: TSESTree.Node): Statements {
  if (node.type === 'BlockStatement') return node.body;
  return node.type === 'SwitchCase' ? node.consequent : [];
}

/** Each promise that is dropped in a list asks. */
const waiting = new WeakMap<Statements, ReadonlySet<TSESTree.Node>>();

function waitingIn(list: Statements, sourceCode: SourceCode): ReadonlySet<TSESTree.Node> {
  const known = waiting.get(list);
  if (known !== undefined) return known;
  const found = new Set(list.filter((each) => waitsForMore(each, sourceCode)));
  waiting.set(list, found);
  return found;
}

/** Of a statement that surely runs through; what is in an `if` may be for another piece. */
function waitsForMore(statement: TSESTree.Statement, sourceCode: SourceCode): boolean {
  if (statement.type === 'TryStatement') {
    return statement.block.body.some((each) => waitsForMore(each, sourceCode));
  }
  if (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration') {
    return false;
  }
  return [...descendants(statement, sourceCode, 'own')].some(
    (node) => isWait(node) && !isOfNext(node, sourceCode),
  );
}
