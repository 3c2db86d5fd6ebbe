import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { fixOf } from '../edits/fix-of.js';
import { listenerRemoved } from '../edits/listener-removed.js';
import { signalListenedTo } from '../flow/cancellation/growing-signal.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { calledMember, propertyName } from '../syntax/property-name.js';
import { variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';

/**
 * Finds listeners to the abort of the caller's signal that stay there when the function is done.
 *
 * The signal of a server or a worker lives as long as the process, and keeps every listener, with all
 * that its function names. `{ once: true }` removes one that was called, which most never are.
 */
export default defineRule({
  name: 'no-abort-listener-leak',
  docs: {
    description: "listeners on the caller's signal that nothing removes",
    preset: 'opt-in',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    stays:
      'Nothing here removes this listener from `{{signal}}`, which may live on for long. Remove it when the work is done, or add it with a `signal` of its own.',
    remove: 'Remove the listener when the rest of the function is done.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types }) {
    const file = { sourceCode, settings };
    const listening: { readonly call: TSESTree.CallExpression; readonly signal: TSESTree.Node }[] =
      [];
    let isAnyRemoved = false;

    /** A parameter, or a member of one, which was there before the call; not a task's own context. */
    function isOfCaller(signal: TSESTree.Node): boolean {
      const root = unwrapped(signal.type === 'MemberExpression' ? signal.object : signal);
      const variable = root.type === 'Identifier' ? variableOf(root, sourceCode) : undefined;
      return variable !== undefined && openScopes(file).of(variable)?.held === 'parameter';
    }

    return {
      CallExpression(call) {
        const member = calledMember(call);
        const [event, , options] = call.arguments;
        if (member?.name === 'removeEventListener') isAnyRemoved = true;
        if (member?.name !== 'addEventListener') return;
        if (event?.type !== 'Literal' || event.value !== 'abort' || !isKept(options)) return;
        // An object may live as long as the signal does; of a loop another rule says more.
        if (isInConstructor(call) || signalListenedTo(call, sourceCode) !== undefined) return;
        if (isOfCaller(member.object)) listening.push({ call, signal: member.object });
      },
      'Program:exit'() {
        if (isAnyRemoved) return;
        const facts = types.values(listening.map(({ signal }) => signal));
        for (const [index, { call, signal }] of listening.entries()) {
          if (facts[index]!.is('abortSignal') !== 'yes') continue;
          const data = { signal: sourceCode.getText(signal) };
          const edit = listenerRemoved(call, sourceCode);
          const fix = fixOf(edit && [edit]);
          context.report({
            node: call.callee,
            messageId: 'stays',
            data,
            suggest: fix ? [{ messageId: 'remove', fix }] : [],
          });
        }
      },
    };
  },
});

/** `{ signal }` takes the listener away, and what other options hold is not known. */
function isKept(options: TSESTree.Node | undefined): boolean {
  if (options === undefined || options.type === 'Literal') return true;
  if (options.type !== 'ObjectExpression') return false;
  return options.properties.every(
    (property) => property.type === 'Property' && propertyName(property) !== 'signal',
  );
}

function isInConstructor(call: TSESTree.Node): boolean {
  const { parent } = enclosingRun(call);
  return parent?.type === 'MethodDefinition' && parent.kind === 'constructor';
}
