// Functions that are put into a collection, of which some code of the file takes what they give:
//
//   on(listener) { this.listeners.add(listener); }      later(job) { jobs.push(job); }
//   on(name, run) { this.byName[name] = run; }
//   …
//   for (const each of this.listeners) await each();    await this.byName[name]?.();
//   await Promise.all(jobs.map((job) => job()));
//
// Which of them it calls no code tells. So a call of any name of the function that reads the
// collection is taken for one, and the rule says nothing.
import type { TSESTree } from '@typescript-eslint/utils';

import { addedTo } from '../../syntax/collection.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { mentionsOfProperty } from '../../syntax/property-mentions.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';

type Node = TSESTree.Node;

/** `this.listeners` of `this.listeners.add(listener)`, `jobs` of `jobs[name] = job`. */
export function collectionGiven(taken: Consumer): Node | undefined {
  if (taken.kind === 'handed-over') return addedTo(taken);
  const target =
    taken.kind === 'stored' && taken.by.type === 'AssignmentExpression'
      ? unwrapped(taken.by.left)
      : undefined;
  const isPart = target?.type === 'MemberExpression' && propertyName(target) === undefined;
  return isPart ? unwrapped(target.object) : undefined;
}

export function isAnyTakenOf(collection: Node, sourceCode: SourceCode): boolean {
  return readsOf(collection, sourceCode).some((read) => {
    if (isAddedTo(read)) return false;
    const run = enclosingRun(read);
    return takenCallsIn(run, sourceCode).some(
      ({ callee }) => isInside(read, callee) || isNameIn(run, unwrapped(callee), sourceCode),
    );
  });
}

/** `jobs.push(job)` takes nothing out. */
function isAddedTo(read: Node): boolean {
  const call = outermost(read).parent?.parent;
  if (call?.type !== 'CallExpression' || calledMember(call)?.object !== read) return false;
  return call.arguments.some(
    (_, argument) => addedTo({ kind: 'handed-over', by: call, argument }) !== undefined,
  );
}

function readsOf(collection: Node, sourceCode: SourceCode): readonly Node[] {
  if (collection.type === 'Identifier') {
    const references = localVariableOf(collection, sourceCode)?.references ?? [];
    return references.filter((use) => use.isRead()).map(({ identifier }) => identifier);
  }
  const isField =
    collection.type === 'MemberExpression' && collection.object.type === 'ThisExpression';
  const name = isField ? propertyName(collection) : undefined;
  return name === undefined ? [] : mentionsOfProperty(name, sourceCode.ast, sourceCode);
}

function isNameIn(run: Node, callee: Node, sourceCode: SourceCode): boolean {
  const variable = callee.type === 'Identifier' ? localVariableOf(callee, sourceCode) : undefined;
  return variable?.defs.some(({ name }) => isInside(name, run)) === true;
}

/** Each function that is kept in a collection asks. */
const known = new WeakMap<Node, readonly TSESTree.CallExpression[]>();

/** The calls in a run of which somebody takes what they give; not `this.jobs.map(…)` itself. */
function takenCallsIn(run: Node, sourceCode: SourceCode): readonly TSESTree.CallExpression[] {
  const calls = known.get(run) ?? [...descendants(run, sourceCode)].filter(isTakenCall);
  known.set(run, calls);
  return calls;
}

function isTakenCall(node: Node): node is TSESTree.CallExpression {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrapped(node.callee);
  // `this.jobs.get(name)` gives the function, and calls none.
  if (callee.type === 'MemberExpression' && propertyName(callee) !== undefined) return false;
  return /^(awaited|handed-over|returned|chained|stored)$/.test(consumerOf(node).kind);
}
