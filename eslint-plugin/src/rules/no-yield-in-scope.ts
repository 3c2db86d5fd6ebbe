import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { pathEnds } from '../flow/paths/all-paths.js';
import type { PathEvent } from '../flow/paths/path-question.js';
import { usesOf } from '../flow/paths/uses-of.js';
import { type GroupEvent, groupEvents, isHandledWithJoin } from '../flow/scopes/group-events.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import type { OpenScope } from '../flow/scopes/openings.js';
import type { ScopeValue } from '../flow/scopes/scope-value.js';
import { blockGroup } from '../syntax/block-resource.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingBlock, type RunNode } from '../syntax/enclosing.js';
import { placesOf } from '../syntax/first-from.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { calledMember } from '../syntax/property-name.js';
import type { Variable } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { DISPOSE } from '../vocabulary.js';

/**
 * Finds `yield` between the opening of a group or timeout and its end, in the generator that opens
 * it.
 *
 * By paths: a group that is joined or cancelled on the way to the `yield` is closed, and one that
 * was handed to a call may be.
 */
export default defineRule({
  name: 'no-yield-in-scope',
  docs: {
    description: '`yield` in a generator while a group or timeout of its own is open',
    preset: 'recommended',
    types: 'none',
  },
  kind: 'problem',
  messages: {
    inGroup:
      "This 'yield' stops the function while its group '{{name}}' is open: the tasks run on in the caller's time, and for ever if the caller does not go on. Join '{{name}}' first, or let the caller open the group and pass it in.",
    inTimeout:
      "This 'yield' stops the function while its timeout '{{name}}' is open: the deadline counts the caller's time as well. Put the timeout around the work between two yields.",
  },
  defaultOptions: {},
  create(input) {
    // For each scope, the yields that a path comes to while it is open.
    const reached = new Map<TSESTree.Node, ReadonlySet<TSESTree.Node>>();
    return {
      YieldExpression(node) {
        for (const open of openScopes(input).at(node, isOwn)) {
          if (open.isNested) return;
          const yields = reached.get(open.opener) ?? yieldsIn(open, input);
          reached.set(open.opener, yields);
          if (!yields.has(node)) continue;
          const messageId = open.kind === 'group' ? 'inGroup' : 'inTimeout';
          return input.context.report({ node, messageId, data: { name: open.variable!.name } });
        }
      },
    };
  },
});

/** A group or timeout that this run opens: not passed in, and no second name of another. */
function isOwn({ held, kind, opener }: ScopeValue, file: FileNames): boolean {
  if (opener.type !== 'VariableDeclarator' || opener.init === null) return false;
  if (unwrapped(opener.init).type === 'Identifier') return false;
  if (kind === 'timeout') return held === 'block';
  return kind === 'group' && (held === 'variable' || blockGroup(opener, file) !== undefined);
}

function yieldsIn(scope: OpenScope, file: FileNames): ReadonlySet<TSESTree.Node> {
  const { kind, opener, run, variable } = scope;
  const within = blockOf(scope, file);
  const events = groupEvents(variable!, run, file);
  const closings = kind === 'group' ? ends(events) : disposals(variable!, run, file);
  const reached = pathEnds({
    sourceCode: file.sourceCode,
    within,
    only: { always: placesOf([opener, ...closings]), whileOpen: [], withWaits: true },
    event(node): PathEvent | undefined {
      if (node === opener) return 'open';
      if (node.type === 'YieldExpression') return 'notice';
      return closings.has(node) ? 'finish' : undefined;
    },
    mayThrow: (node) => (isHandledWithJoin(node, events, within) ? 'no' : undefined),
  });
  return new Set(reached.filter(({ certain }) => certain).map(({ node }) => node));
}

/** Joins, cancels, and calls that are awaited and may join. */
function ends(events: ReadonlyMap<TSESTree.Node, GroupEvent>): ReadonlySet<TSESTree.Node> {
  const isHere = ([node, event]: [TSESTree.Node, GroupEvent]): boolean =>
    event === 'end' || (event === 'handed-on' && consumerOf(node).kind === 'awaited');
  return new Set([...events].filter(isHere).map(([node]) => node));
}

/** `deadline[Symbol.dispose]()`, before the end of the block. */
function disposals(
  timeout: Variable,
  run: RunNode,
  { sourceCode }: FileNames,
): ReadonlySet<TSESTree.Node> {
  const calls = usesOf(timeout, run, sourceCode).map(({ name }) => outermost(name.parent).parent);
  return new Set(
    calls.filter((call) => call !== undefined && calledMember(call)?.name === DISPOSE),
  ) as Set<TSESTree.Node>;
}

/** Where it is open at most: to the end of the block that disposes it, or of the whole function. */
function blockOf({ held, opener, run }: OpenScope, file: FileNames): TSESTree.Node {
  if (held !== 'block' || opener.type !== 'VariableDeclarator') return run;
  return blockGroup(opener, file)?.block ?? enclosingBlock(opener.parent) ?? run;
}
