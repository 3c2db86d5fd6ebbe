// What becomes of a scope that has a name: is it, or its signal, handed to anything?
//
//   async (deadline) => { await load(deadline); }                          handed on
//   async ({ signal }) => { await fetch(url, { signal }); }                handed on
//   async (deadline) => { await loadAll({ until: () => deadline.expired }) }   handed on
//   async (deadline) => { while (!deadline.expired) await step(); }        checked
//   async (deadline) => { console.log(deadline.remaining); await step(); } unused
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingFunction } from '../../syntax/enclosing.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import { MEMBER, SCOPE_CHECKS } from '../../vocabulary.js';

/** The furthest that a scope goes. `checked`: the code looks whether it has been cancelled. */
export type ScopeUse = 'checked' | 'handed-on' | 'unused';

/** What becomes of a scope, or of the parts that a pattern took from it. */
export function scopeUse(variables: readonly Variable[], sourceCode: SourceCode): ScopeUse {
  return furthest(variables.map((variable) => useOf(variable, sourceCode, new Set())));
}

function useOf(variable: Variable, sourceCode: SourceCode, seen: Set<Variable>): ScopeUse {
  if (seen.has(variable)) return 'unused';
  seen.add(variable);
  const home = variable.identifiers[0];
  return furthest(
    variable.references
      .filter((reference) => reference.isRead() && reference.isTypeReference !== true)
      .map(({ identifier }) => {
        const name = identifier as TSESTree.Node;
        const use = useOfName(name, sourceCode, seen);
        // A closure that checks is handed to something that asks it.
        const isNested = home !== undefined && enclosingFunction(name) !== enclosingFunction(home);
        return use === 'checked' && isNested ? 'handed-on' : use;
      }),
  );
}

function useOfName(name: TSESTree.Node, sourceCode: SourceCode, seen: Set<Variable>): ScopeUse {
  let node = outermost(name);
  let isCheck = false;
  for (;;) {
    const { parent } = node;
    if (parent?.type !== 'MemberExpression' || parent.object !== node) break;
    const member = propertyName(parent);
    if (member === MEMBER.reschedule || member === 'Symbol.dispose') return 'unused';
    isCheck ||= member !== undefined && SCOPE_CHECKS.has(member);
    if (!isCheck && member !== MEMBER.signal) return 'handed-on';
    node = outermost(parent);
  }
  return useOfValue(node, isCheck, sourceCode, seen);
}

function useOfValue(
  node: TSESTree.Node,
  isCheck: boolean,
  sourceCode: SourceCode,
  seen: Set<Variable>,
): ScopeUse {
  const { parent } = node;
  const isCalled = parent?.type === 'CallExpression' && parent.callee === node;
  if (isCheck && isCalled) return 'checked'; // deadline.signal.throwIfAborted();
  if (isThrownAway(node)) return 'unused';
  if (isCheck) return 'checked';
  if (parent?.type !== 'VariableDeclarator' || parent.init !== node) return 'handed-on';
  const declared = sourceCode.getDeclaredVariables(parent);
  return furthest(declared.map((variable) => useOf(variable, sourceCode, seen)));
}

/** `deadline;`, `void deadline;`, `console.log(deadline)`. */
function isThrownAway(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'ExpressionStatement':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'void';
    case 'CallExpression': {
      const logger = parent.callee === node ? undefined : calledMember(parent)?.object;
      return logger?.type === 'Identifier' && logger.name === 'console';
    }
    default:
      return false;
  }
}

function furthest(uses: readonly ScopeUse[]): ScopeUse {
  const order: readonly ScopeUse[] = ['handed-on', 'checked'];
  return order.find((use) => uses.includes(use)) ?? 'unused';
}
