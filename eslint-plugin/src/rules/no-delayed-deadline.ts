import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
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
  messages: {
    field:
      'This deadline counts from the moment that the object is made, not from its use: once it has passed, whatever is handed it fails at once. Keep the number, and make the deadline where it is used.',
    constant:
      'This deadline counts from the moment that the module is loaded, not from its use: once it has passed, whatever is handed it fails at once. Keep the number, and make the deadline where it is used.',
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
        if (kept !== undefined) context.report({ node, messageId: kept });
      },
    };
  },
});
