import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { isGlobalName } from '../syntax/mooring-reference.js';
import { propertyName } from '../syntax/property-name.js';
import { constantInit, variableOf } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import { MEMBER, PLATFORM } from '../vocabulary.js';

/**
 * Finds controllers that can never abort: of which only the signal is ever taken.
 *
 * Whatever is handed that signal looks as if it could be cancelled, to the reader and to every rule
 * that asks whether a signal is handed on, and cannot.
 */
export default defineRule({
  name: 'no-dead-controller',
  docs: {
    description: 'controllers whose `abort` nobody can call',
    preset: 'opt-in',
    types: 'none',
  },
  kind: 'problem',
  messages: {
    dead: 'Nobody can abort this controller: only its signal is used. Hand on the signal of the caller, or call `abort` where the work is to end.',
  },
  defaultOptions: {},
  create({ context, sourceCode }) {
    function isDead(made: TSESTree.Node): boolean {
      if (isSignalOf(made)) return true;
      const declarator = outermost(made).parent;
      if (declarator?.type !== 'VariableDeclarator') return false;
      if (declarator.parent.parent.type === 'ExportNamedDeclaration') return false;
      const { id } = declarator;
      if (id.type === 'ObjectPattern') return takesSignalOnly(id);
      const variable = id.type === 'Identifier' ? variableOf(id, sourceCode) : undefined;
      if (variable === undefined || constantInit(variable) === undefined) return false;
      const uses = variable.references.filter(({ init }) => init !== true);
      return uses.length > 0 && uses.every(({ identifier }) => isSignalOf(identifier));
    }

    return {
      NewExpression(node) {
        const { callee } = node;
        if (!isGlobalName(callee, PLATFORM.abortController, sourceCode)) return;
        if (isDead(node)) context.report({ node, messageId: 'dead' });
      },
    };
  },
});

/** `controller.signal`, and nothing else of it. */
function isSignalOf(controller: TSESTree.Node): boolean {
  const node = outermost(controller);
  const { parent } = node;
  if (parent?.type !== 'MemberExpression' || parent.object !== node) return false;
  return propertyName(parent) === MEMBER.signal;
}

/** `const { signal } = new AbortController()`. */
function takesSignalOnly({ properties }: TSESTree.ObjectPattern): boolean {
  return properties.every(
    (property) => property.type === 'Property' && propertyName(property) === MEMBER.signal,
  );
}
