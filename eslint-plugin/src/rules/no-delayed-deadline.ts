import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { fixOf } from '../edits/fix-of.js';
import { madeWhenUsed } from '../edits/made-when-used.js';
import { keptDeadline } from '../flow/scopes/kept-deadline.js';
import { isGlobalName, isTimeoutCall } from '../syntax/mooring-reference.js';
import { isFunction } from '../syntax/enclosing.js';
import { resolved } from '../syntax/variable.js';
import { PLATFORM } from '../vocabulary.js';

const PLATFORM_TIMEOUT = `${PLATFORM.abortSignal}.timeout`;

/**
 * Finds deadlines that are made long before they are used.
 *
 * A deadline counts from the call that makes it. Kept in a field or in a constant of the module it
 * has passed by the time that the second request comes, and each one after that fails at once.
 */
export default defineRule({
  name: 'no-delayed-deadline',
  docs: {
    description: 'deadlines in fields and module constants, which count from when they are made',
    preset: 'strict',
    types: 'none',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    field:
      'This deadline counts from the moment that the object is made, not from its use: once it has passed, whatever is handed it fails at once. Keep the number, and make the deadline where it is used.',
    constant:
      'This deadline counts from the moment that the module is loaded, not from its use: once it has passed, whatever is handed it fails at once. Keep the number, and make the deadline where it is used.',
    getter: 'Make it anew each time that the field is read.',
    function: 'Make it anew each time that it is used.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings }) {
    const file = { sourceCode, settings };

    function isDeadline(call: TSESTree.CallExpression): boolean {
      if (isGlobalName(call.callee, PLATFORM_TIMEOUT, sourceCode)) return true;
      if (!isTimeoutCall(call, file)) return false;
      const body = call.arguments[1];
      return body === undefined || !isFunction(resolved(body, sourceCode));
    }

    return {
      CallExpression(node) {
        if (!isDeadline(node)) return;
        const kept = keptDeadline(node, sourceCode);
        if (kept === undefined) return;
        // A timeout of the runtime is somebody's to end, and each new one would be.
        const isPlatform = isGlobalName(node.callee, PLATFORM_TIMEOUT, sourceCode);
        const { kind, home } = kept;
        const edits = isPlatform ? madeWhenUsed(home, sourceCode) : undefined;
        const fix = fixOf(edits);
        const adviceId = kind === 'field' ? 'getter' : 'function';
        context.report({
          node,
          messageId: kind,
          suggest: fix ? [{ messageId: adviceId, fix }] : [],
        });
      },
    };
  },
});
