// The rest of a block as the body of a group, of which a promise that was left alone is a task:
//
//   void load();                 await TaskGroup.run(async (group) => {
//   await save();                  group.createTask(() => load());
//                                  await save();
//                                });
//
// A group of that one task alone would be `await` in more words, and is not offered.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { pausesIn } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { descendants } from '../syntax/descendants.js';
import { enclosingRun, isFunction, isInside } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { deepened, indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';
import { isLoop } from '../syntax/loops.js';

/** Nobody moves more by a click; and each promise of a long block would have all that follows read. */
const MOST_STATEMENTS = 60;
const MOST_TEXT = 10_000;

/** `work` is what the statement starts; `replaced` is that with the `void` before it, if any. */
export function restInGroup(
  statement: TSESTree.Node,
  work: TSESTree.Node,
  replaced: TSESTree.Node,
  place: Place,
): TSESLint.ReportFixFunction | undefined {
  const { sourceCode, module } = place;
  const block = statement.parent;
  if (block?.type !== 'BlockStatement' || !isAwaitAllowed(statement, module)) return undefined;
  const rest = block.body.slice(block.body.indexOf(statement as TSESTree.Statement));
  if (rest.length > MOST_STATEMENTS) return undefined;
  if (rest.at(-1)!.range[1] - statement.range[0] > MOST_TEXT) return undefined;
  if (rest.length < 2 || pausesIn(work, sourceCode)) return undefined;
  const returns = returnsOf(block, rest, sourceCode);
  const couldMove =
    returns !== undefined && !isNeededOutside(rest, sourceCode) && keepsNarrowing(rest, sourceCode);
  const runtime = couldMove ? runtimeNames([RUNTIME.group], statement, place) : undefined;
  if (runtime === undefined) return undefined;
  const edit = groupOf(rest, work, replaced, {
    name: runtime.names[0]!,
    before: returns === 'value' ? 'return await' : 'await',
    sourceCode,
  });
  return (fixer) =>
    [...runtime.edits, edit].map(({ range, text }) => fixer.replaceTextRange([...range], text));
}

interface Writing {
  readonly name: string;
  readonly before: string;
  readonly sourceCode: SourceCode;
}

function groupOf(
  rest: readonly TSESTree.Node[],
  work: TSESTree.Node,
  replaced: TSESTree.Node,
  { name, before, sourceCode }: Writing,
): Edit {
  const [first, second] = rest;
  const range = [first!.range[0], rest.at(-1)!.range[1]] as const;
  const text = sourceCode.text.slice(...range);
  const group = /\bgroup\b/.test(text) ? 'tasks' : 'group';
  const line = lineBreak(sourceCode) + indentOf(first!, sourceCode);
  const head = [
    sourceCode.text.slice(first!.range[0], replaced.range[0]),
    `${group}.${MEMBER.createTask}(() => ${deepened(work.range, sourceCode)})`,
    sourceCode.text.slice(replaced.range[1], first!.range[1]),
  ].join('');
  const tail = deepened([first!.range[1], range[1]], sourceCode);
  const isOneLine = first!.loc.end.line === second!.loc.start.line;
  const body = isOneLine ? tail.trim() : tail.replace(/^\r?\n/, '');
  const unit = indentUnit(sourceCode);
  const middle = isOneLine ? `${line}${unit}${body}` : `${lineBreak(sourceCode)}${body}`;
  return {
    range,
    text: `${before} ${name}.${MEMBER.run}(async (${group}) => {${line}${unit}${head}${middle}${line}})${statementEnd(sourceCode)}`,
  };
}

/** What leaves the rest, if anything: a value only at the end of a function's own block. */
function returnsOf(
  block: TSESTree.BlockStatement,
  rest: readonly TSESTree.Node[],
  sourceCode: SourceCode,
): 'nothing' | 'value' | undefined {
  let returns: 'nothing' | 'value' = 'nothing';
  for (const part of rest) {
    for (const node of descendants(part, sourceCode, 'own')) {
      switch (node.type) {
        case 'ReturnStatement':
          if (block.parent !== enclosingRun(part)) return undefined;
          returns = 'value';
          break;
        case 'BreakStatement':
        case 'ContinueStatement':
          if (!isInside(targetOf(node), part)) return undefined;
          break;
        case 'YieldExpression':
          return undefined;
        case 'VariableDeclaration':
          // A resource that the body opens is closed before the tasks have ended.
          if (['var', 'using', 'await using'].includes(node.kind)) return undefined;
          break;
        case 'LabeledStatement':
          return undefined;
      }
    }
  }
  return returns;
}

/** The loop or `switch` that a jump leaves; for one with a label, the program. */
function targetOf(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement): TSESTree.Node {
  const isTarget = (node: TSESTree.Node): boolean =>
    isLoop(node) || (jump.type === 'BreakStatement' && node.type === 'SwitchStatement');
  let around: TSESTree.Node = jump;
  while (around.parent != null && !isFunction(around)) {
    if (jump.label === null && isTarget(around)) return around;
    around = around.parent;
  }
  return around;
}

/** A function that is called above its declaration; a name from outside that is assigned. */
function isNeededOutside(rest: readonly TSESTree.Node[], sourceCode: SourceCode): boolean {
  const [start, end] = [rest[0]!.range[0], rest.at(-1)!.range[1]];
  const isIn = ({ range }: TSESTree.Node): boolean => start <= range[0] && range[1] <= end;
  const scope = sourceCode.getScope(rest[0]!.parent!);
  return scope.variables.some(
    ({ defs, references }) =>
      defs.some(({ name }) => isIn(name)) && references.some(({ identifier }) => !isIn(identifier)),
  );
}
