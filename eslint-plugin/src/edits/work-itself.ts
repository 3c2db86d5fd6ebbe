// The work of a group's one task, without the group.
//
//   await using group = new TaskGroup();
//   const user = await group.createTask(() => load(id));     const user = await load(id);
//   await group.join();
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../syntax/consumers.js';
import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import type { SourceCode, Variable } from '../syntax/variable.js';
import { outermost, unawaited, unwrapped } from '../syntax/wrappers.js';
import type { Edit } from './edit.js';
import { wholeLines } from './remove-statement.js';
import { withoutImport } from './unused-import.js';

/** Of a group that a block holds; `undefined` where the work is more than an expression. */
export function workItself(
  task: TSESTree.CallExpression,
  declarator: TSESTree.VariableDeclarator,
  group: Variable,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  const work = workOf(task, sourceCode);
  const made = unwrapped(declarator.init!);
  if (work === undefined || made.type !== 'NewExpression') return undefined;
  if (declarator.parent.declarations.length !== 1) return undefined;
  const gone = [declarator.parent, ...joinsOf(group, task)];
  const lines = gone.map((statement) => wholeLines(statement, sourceCode));
  if (!lines.every((range) => range !== undefined)) return undefined;
  const before = consumerOf(task).kind === 'awaited' ? '' : 'await ';
  return [
    ...withoutImport(made.callee, declarator, sourceCode),
    ...lines.map((range) => ({ range, text: '' })),
    { range: task.range, text: before + work },
  ];
}

/** Of `await TaskGroup.run(…)`, whose body is that task and nothing else. */
export function workOfRun(
  task: TSESTree.CallExpression,
  run: TSESTree.CallExpression,
  body: FunctionNode,
  sourceCode: SourceCode,
): readonly Edit[] | undefined {
  const work = workOf(task, sourceCode);
  const taken = consumerOf(run);
  if (work === undefined || taken.by.type !== 'AwaitExpression') return undefined;
  // What the body gives is what the task gives, or nobody asks for it.
  const isDropped = taken.by.parent.type === 'ExpressionStatement';
  if (body.body.type === 'BlockStatement' && !(isDropped && isOnly(task, body.body))) {
    return undefined;
  }
  if (body.body.type !== 'BlockStatement' && unawaited(body.body) !== task) return undefined;
  const callee = unwrapped(run.callee);
  return [...withoutImport(callee, run, sourceCode), { range: run.range, text: work }];
}

function isOnly(task: TSESTree.Node, { body }: TSESTree.BlockStatement): boolean {
  const [only] = body;
  const isOne = body.length === 1 && only?.type === 'ExpressionStatement';
  return isOne && unawaited(only.expression) === task;
}

/** The text of `load(id)`, of `() => load(id)`: it asks for no signal, and no closure is around it. */
function workOf(task: TSESTree.CallExpression, sourceCode: SourceCode): string | undefined {
  const [given] = task.arguments;
  const work = given && unwrapped(given);
  if (!isFunction(work) || work.type !== 'ArrowFunctionExpression') return undefined;
  if (work.params.length > 0 || work.body.type === 'BlockStatement') return undefined;
  const value = work.body.type === 'AwaitExpression' ? work.body.argument : work.body;
  const text = sourceCode.getText(value);
  return WHOLE.has(value.type) ? text : `(${text})`;
}

/** What stands behind `await` as it is. */
const WHOLE: ReadonlySet<string> = new Set([
  'CallExpression',
  'Identifier',
  'ImportExpression',
  'MemberExpression',
  'NewExpression',
  'TaggedTemplateExpression',
]);

/** `await group.join();`, of which there is nothing left to wait for. */
function joinsOf(group: Variable, task: TSESTree.Node): readonly TSESTree.Node[] {
  return group.references
    .filter(({ init }) => init !== true)
    .map(({ identifier }) => outermost(outermost(identifier).parent!).parent!)
    .filter((call) => call !== task)
    .map((call) => {
      const { parent } = outermost(call);
      return parent?.type === 'AwaitExpression' ? parent.parent : parent!;
    });
}
