import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { isInCleanup } from '../flow/cleanup/in-cleanup.js';
import { scopesAtHand } from '../flow/scopes/scopes-at-hand.js';
import { isThere } from '../flow/scopes/scope-presence.js';
import { couldFollow, handedOnly } from '../flow/scopes/unlinked-controller.js';
import { isGlobalName } from '../syntax/mooring-reference.js';
import { propertyName } from '../syntax/property-name.js';
import { constantInit, type Variable, variableOf } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import { MEMBER, PLATFORM } from '../vocabulary.js';

/**
 * Finds controllers that can never abort: of which only the signal is ever taken. And, with types,
 * those that a function makes for its calls and that do not follow the signal at hand.
 *
 * Whatever is handed such a signal looks as if it could be cancelled, to the reader and to every rule
 * that asks whether a signal is handed on, and cannot, or not by the caller.
 */
export default defineRule({
  name: 'no-dead-controller',
  docs: {
    description: 'controllers that nobody can abort, or that do not follow the signal at hand',
    preset: 'opt-in',
    types: 'optional',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    dead: 'Nobody can abort this controller: only its signal is used. Hand on the signal of the caller, or call `abort` where the work is to end.',
    unlinked:
      'This controller does not follow `{{signal}}`: when that aborts, what is handed only its own signal is not told. Hand on one signal that is made of both.',
    follow: 'Hand on `{{both}}`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types, place }) {
    const made: { readonly node: TSESTree.NewExpression; readonly variable: Variable }[] = [];

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

    function check(node: TSESTree.NewExpression, variable: Variable): void {
      const [signal, ...others] = handedOnly(variable);
      if (signal === undefined) return;
      const scopes = [...scopesAtHand(node, place, types!)];
      const [nearest] = scopes;
      if (nearest === undefined) return;
      if (scopes.some((scope) => couldFollow(variable, scope.signal, node, sourceCode))) return;
      const both = `${PLATFORM.abortSignal}.any([${nearest.signal}, ${variable.name}.${MEMBER.signal}])`;
      context.report({
        node,
        messageId: 'unlinked',
        data: { signal: nearest.signal },
        suggest:
          // `AbortSignal.any` takes no signal that may be missing.
          others.length > 0 || !isThere(nearest, node, place, types!)
            ? []
            : [
                {
                  messageId: 'follow',
                  data: { both },
                  fix: (fixer) => fixer.replaceText(signal, both),
                },
              ],
      });
    }

    return {
      NewExpression(node) {
        const { callee } = node;
        if (!isGlobalName(callee, PLATFORM.abortController, sourceCode)) return;
        if (isDead(node)) return context.report({ node, messageId: 'dead' });
        const { parent } = outermost(node);
        const id = parent?.type === 'VariableDeclarator' ? parent.id : undefined;
        const variable = id?.type === 'Identifier' ? variableOf(id, sourceCode) : undefined;
        if (types === undefined || variable === undefined || isInCleanup(node)) return;
        if (constantInit(variable) !== undefined) made.push({ node, variable });
      },
      'Program:exit'() {
        for (const { node, variable } of made) check(node, variable);
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
