// How statements, but for loops, and class bodies pass the states of a walk on.
import type { TSESTree } from '@typescript-eslint/utils';

import { haltsHere } from '../../syntax/halting-call.js';
import { split } from './conditions.js';
import type { Handler, Walker } from './handler.js';
import { doubtful, type States } from './states.js';
import type { Way } from './ways-out.js';

const nothing: Handler = (_node, states) => states;

export const STATEMENTS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['BreakStatement', jump('break')],
  ['ClassBody', classBody],
  ['ContinueStatement', jump('continue')],
  ['DebuggerStatement', nothing],
  ['ExportAllDeclaration', nothing],
  ['ExportNamedDeclaration', exportNamed],
  ['ExpressionStatement', expressionStatement],
  ['FunctionDeclaration', nothing],
  ['IfStatement', ifStatement],
  ['ImportDeclaration', nothing],
  ['LabeledStatement', labeledStatement],
  ['ReturnStatement', leaveWithValue('return')],
  ['SwitchStatement', switchStatement],
  ['ThrowStatement', leaveWithValue('throw')],
  ['TryStatement', tryStatement],
  ['TSModuleDeclaration', moduleDeclaration],
  ['VariableDeclarator', variableDeclarator],
]);

function expressionStatement(
  node: TSESTree.ExpressionStatement,
  states: States,
  walk: Walker,
): States {
  const out = walk.node(node.expression, states);
  const halts = haltsHere(node.expression, walk.question.sourceCode);
  if (halts === 'yes') return 0;
  return halts === 'unknown' ? doubtful(out) : out;
}

function ifStatement(node: TSESTree.IfStatement, states: States, walk: Walker): States {
  const { holds, fails } = split(node.test, states, walk);
  return walk.node(node.consequent, holds) | walk.node(node.alternate, fails);
}

function variableDeclarator(
  node: TSESTree.VariableDeclarator,
  states: States,
  walk: Walker,
): States {
  return walk.node(node.id, walk.node(node.init, states)); // The value first, then its name.
}

function exportNamed(node: TSESTree.ExportNamedDeclaration, states: States, walk: Walker): States {
  return walk.node(node.declaration, states);
}

function moduleDeclaration(
  node: TSESTree.TSModuleDeclaration,
  states: States,
  walk: Walker,
): States {
  return walk.node('body' in node ? node.body : undefined, states);
}

function jump(kind: 'break' | 'continue'): Handler {
  return (node: TSESTree.BreakStatement | TSESTree.ContinueStatement, states, walk) =>
    walk.leave(kind, node, states, node.label?.name);
}

function leaveWithValue(kind: 'return' | 'throw'): Handler {
  return (node: TSESTree.ReturnStatement | TSESTree.ThrowStatement, states, walk) =>
    walk.leave(kind, node, walk.evaluated(node, walk.node(node.argument, states)));
}

function labeledStatement(node: TSESTree.LabeledStatement, states: States, walk: Walker): States {
  const { result: out, leaving } = walk.apart(() => walk.node(node.body, states));
  const isOwn = ({ kind, label }: Way): boolean => kind === 'break' && label === node.label.name;
  const broken = leaving.take(isOwn);
  walk.leaving.join(leaving);
  return out | broken;
}

/** Tests are tried in order, `default` when none fits; bodies fall through in the text's order. */
function switchStatement(node: TSESTree.SwitchStatement, states: States, walk: Walker): States {
  let unmatched = walk.node(node.discriminant, states);
  const entries = new Map<TSESTree.SwitchCase, States>();
  for (const branch of node.cases) {
    if (branch.test === null) continue;
    unmatched = walk.node(branch.test, unmatched);
    entries.set(branch, unmatched);
  }
  const fallback = node.cases.find((branch) => branch.test === null);
  if (fallback) entries.set(fallback, unmatched);
  const { result: out, leaving } = walk.apart(() =>
    node.cases.reduce(
      (before, branch) => walk.nodes(branch.consequent, before | (entries.get(branch) ?? 0)),
      0,
    ),
  );
  const broken = leaving.take(({ kind, label }) => kind === 'break' && label === undefined);
  walk.leaving.join(leaving);
  // Without a default the cases may still be all there are: only types could tell.
  return out | broken | (fallback ? 0 : doubtful(unmatched));
}

/** Whatever leaves the `try` goes through its `finally`, and then on to where it was going. */
function tryStatement(node: TSESTree.TryStatement, states: States, walk: Walker): States {
  const { block, finalizer, handler } = node;
  const { result: out, leaving } = walk.apart((left) => {
    const tried = walk.guarded(block, states);
    if (!handler) return tried;
    const caught = left.take(({ kind }) => kind === 'error' || kind === 'throw');
    const bound = walk.node(handler.param, caught);
    return tried | (finalizer ? walk.guarded(handler.body, bound) : walk.node(handler.body, bound));
  });
  if (!finalizer) {
    walk.leaving.join(leaving);
    return out;
  }
  const known = new Map<States, States>();
  const after = (before: States): States => {
    const states = known.get(before) ?? walk.node(finalizer, before);
    known.set(before, states);
    return states;
  };
  const ended = after(out);
  walk.leaving.join(leaving.through(after));
  return ended;
}

/** What a class runs where it stands: decorators, computed names, static values and blocks. */
function classBody(node: TSESTree.ClassBody, states: States, walk: Walker): States {
  let out = states;
  for (const member of node.body) {
    if (member.type === 'StaticBlock') {
      out = walk.nodes(member.body, out);
      continue;
    }
    if ('decorators' in member) out = walk.nodes(member.decorators, out);
    if ('computed' in member && member.computed) out = walk.node(member.key, out);
    const isField = member.type === 'PropertyDefinition' || member.type === 'AccessorProperty';
    if (isField && member.static) out = walk.node(member.value, out);
  }
  return out;
}
