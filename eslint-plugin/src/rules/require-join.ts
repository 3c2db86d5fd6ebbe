import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { insertAtEnd, insertBeforeJump } from '../edits/insert-statement.js';
import { pathEnds } from '../flow/paths/all-paths.js';
import type { PathEnd, PathEvent } from '../flow/paths/path-question.js';
import { usesOf } from '../flow/paths/uses-of.js';
import {
  type GroupEvent,
  groupEvents,
  isEnd,
  isHandledWithJoin,
} from '../flow/scopes/group-events.js';
import { blockGroup, type BlockResource } from '../syntax/block-resource.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { placesOf } from '../syntax/first-from.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { type Variable, variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';

/** An error is no such end: it is what cancels the group, and it says why. */
const NORMAL_ENDS: ReadonlySet<PathEnd['kind']> = new Set(['break', 'continue', 'end', 'return']);

/**
 * Finds `await using` groups that some path leaves, after a task was started, with neither
 * `await group.join()` nor `group.cancel()`.
 *
 * Errs on the side of silence: a group that is handed to a call may be joined there, and a path
 * that may not exist is none.
 */
export default defineRule({
  name: 'require-join',
  docs: {
    description: 'blocks that can be left without joining their task group',
    preset: 'recommended',
    types: 'none',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    notJoined:
      "The block of '{{name}}' can be left in line {{line}} without a join: tasks that still run are cancelled there, and what they would have done is lost. End every path with 'await {{name}}.join()', or with '{{name}}.cancel()' if that is meant.",
    addJoin: "Add 'await {{name}}.join()' where the block is left.",
  },
  defaultOptions: {},
  create(input) {
    const { context, sourceCode } = input;
    return {
      VariableDeclarator(declarator) {
        const group = blockGroup(declarator, input);
        if (group === undefined) return;
        const ends = endsWithoutJoin(group, input);
        const [first] = ends;
        if (first === undefined) return;
        const data = { name: group.name.name, line: String(lineOf(first, sourceCode)) };
        context.report({
          node: group.name,
          messageId: 'notJoined',
          data,
          suggest: [
            { messageId: 'addJoin', data, fix: (fixer) => joins(ends, data.name, input, fixer) },
          ],
        });
      },
    };
  },
});

function endsWithoutJoin(group: BlockResource, file: FileNames): readonly PathEnd[] {
  const { sourceCode } = file;
  const run = enclosingRun(group.name);
  const events = groupEvents(group.variable, run, file);
  if (![...events.values()].includes('start')) return [];
  const uses = usesOf(group.variable, run, sourceCode).map(({ at }) => at);
  const ends = pathEnds({
    sourceCode,
    within: group.block,
    only: { always: placesOf(events.keys()), whileOpen: placesOf(uses), withWaits: false },
    event: (node) => eventOf(events.get(node)),
    // `await group?.join()`: where a task was started, the group is there.
    assume: (test) => isNameOf(group.variable, test, file) || undefined,
    mayThrow: (node) => (isHandledWithJoin(node, events, group.block) ? 'no' : undefined),
  });
  return ends.filter(({ certain, kind }) => certain && NORMAL_ENDS.has(kind));
}

function isNameOf(group: Variable, test: TSESTree.Node, { sourceCode }: FileNames): boolean {
  const name = unwrapped(test);
  return name.type === 'Identifier' && variableOf(name, sourceCode) === group;
}

function eventOf(event: GroupEvent | undefined): PathEvent | undefined {
  if (event === 'start') return 'open';
  if (isEnd(event)) return 'finish';
  return event === 'may-end' ? 'doubt' : undefined;
}

function lineOf({ kind, node }: PathEnd, sourceCode: FileNames['sourceCode']): number {
  const place = kind === 'end' ? sourceCode.getLastToken(node) : node;
  return (place ?? node).loc.start.line;
}

/** Nothing, when one of the ends has no place for a statement: half a fix is none. */
function joins(
  ends: readonly PathEnd[],
  name: string,
  { sourceCode }: FileNames,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix[] | null {
  const statement = `await ${name}.join();`;
  const fixes = ends.map(({ kind, node }) =>
    kind === 'end'
      ? insertAtEnd(node, statement, sourceCode, fixer)
      : insertBeforeJump(node as TSESTree.ReturnStatement, statement, sourceCode, fixer),
  );
  return fixes.every((fix) => fix !== undefined) ? fixes : null;
}
