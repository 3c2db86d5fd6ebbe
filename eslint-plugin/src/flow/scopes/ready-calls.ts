// What a function that is given to `group.start` does with its `ready`: on each normal path it has to
// call it, and once.
//
//   await group.start(async ({ signal }, ready) => {
//     await using server = await listen(signal);
//     if (server.isIdle) return;                     // ← never called: `start` rejects
//     ready(server.port);
//   });
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import { pathEnds } from '../paths/all-paths.js';
import { isDoubt, loopDoubts } from '../paths/loop-doubts.js';
import type { PathEnd } from '../paths/path-question.js';
import { usesOf } from '../paths/uses-of.js';
import type { Types } from '../../types/types.js';
import { failingCalls } from './failing-call.js';

export interface ReadyFault {
  readonly kind: 'never' | 'twice';
  readonly node: TSESTree.Node;
}

const NORMAL_ENDS: ReadonlySet<PathEnd['kind']> = new Set(['end', 'return']);

export function readyFaults(
  work: FunctionNode,
  sourceCode: SourceCode,
  types: Types,
): readonly ReadyFault[] {
  if (work.generator || work.params.some(({ type }) => type === 'RestElement')) return [];
  const [, parameter] = work.params;
  if (parameter === undefined)
    return usesArguments(work, sourceCode) ? [] : endsOf(work, new Set());
  const ready = parameter.type === 'Identifier' ? variableOf(parameter, sourceCode) : undefined;
  if (ready === undefined) return [];
  const { calls, handed } = callsOf(ready, work, sourceCode);
  const twice = pathEnds({
    sourceCode,
    within: work,
    event: (node) => {
      if (handed.has(node)) return 'doubt';
      if (!calls.has(node)) return undefined;
      return isConditional(node, work) ? 'open' : 'restart';
    },
  });
  return [
    ...endsOf(work, new Set([...calls, ...handed])),
    ...twice.flatMap(({ certain, kind, node }): readonly ReadyFault[] =>
      certain && kind === 'event' ? [{ kind: 'twice', node }] : [],
    ),
  ];

  function endsOf(within: FunctionNode, taken: ReadonlySet<TSESTree.Node>): readonly ReadyFault[] {
    const ends = normalEnds(within, taken);
    if (ends.length === 0) return ends;
    // Types are asked of the few that seem to end.
    const failing = failingCalls(work, sourceCode, types);
    return failing.size === 0 ? ends : normalEnds(within, new Set([...taken, ...failing]));
  }

  function normalEnds(
    within: FunctionNode,
    taken: ReadonlySet<TSESTree.Node>,
  ): readonly ReadyFault[] {
    const doubts = { doubts: loopDoubts(taken), from: work.body };
    const ends = pathEnds({
      sourceCode,
      within,
      isOpen: true,
      event: (node) => (taken.has(node) ? 'finish' : isDoubt(node, doubts) ? 'doubt' : undefined),
      assume: (test) => (isAborted(test) ? false : undefined),
    });
    return ends.flatMap(({ certain, kind, node }): readonly ReadyFault[] =>
      certain && NORMAL_ENDS.has(kind) ? [{ kind: 'never', node }] : [],
    );
  }
}

/** Where it is called, and where somebody else gets it, who may call it. */
function callsOf(
  ready: Variable,
  work: FunctionNode,
  sourceCode: SourceCode,
): { readonly calls: ReadonlySet<TSESTree.Node>; readonly handed: ReadonlySet<TSESTree.Node> } {
  const calls = new Set<TSESTree.Node>();
  const handed = new Set<TSESTree.Node>();
  for (const { name, at } of usesOf(ready, work, sourceCode)) {
    const { parent } = outermost(name);
    const isCalled = parent?.type === 'CallExpression' && unwrapped(parent.callee) === name;
    if (at === name && isCalled) calls.add(parent);
    else handed.add(at);
  }
  return { calls, handed };
}

const CONDITIONS: ReadonlySet<string> = new Set([
  'CatchClause',
  'ConditionalExpression',
  'IfStatement',
  'LogicalExpression',
  'SwitchCase',
]);

/** `if (!isUp) ready();` may know that it was called. */
function isConditional(call: TSESTree.Node, work: FunctionNode): boolean {
  for (let node = call; node !== work; node = node.parent!) {
    if (CONDITIONS.has(node.type)) return true;
  }
  return false;
}

/** Of a cancelled task nobody waits for it to be up. */
function isAborted(test: TSESTree.Node): boolean {
  const node = unwrapped(test);
  return node.type === 'MemberExpression' && propertyName(node) === 'aborted';
}

function usesArguments(work: FunctionNode, sourceCode: SourceCode): boolean {
  return [...descendants(work, sourceCode)].some(
    (node) => node.type === 'Identifier' && node.name === 'arguments',
  );
}
