import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { scopesInReach } from '../flow/scopes/scope-in-reach.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { abortErrorOf, abortGuardOf, type AbortGuard } from '../syntax/abort-guard.js';
import { usesRuntime } from '../syntax/mooring-reference.js';
import { isInTest } from '../syntax/test-code.js';
import { localVariableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';

/**
 * Finds `throwIfAborted` written by hand.
 *
 * With the signal's own reason it is the same in more words, and the fix changes nothing. With an
 * error that is made there, whoever has cancelled no longer recognises the cancellation.
 */
export default defineRule({
  name: 'prefer-throw-if-aborted',
  docs: {
    description: '`throwIfAborted` that is written out, or that throws another error',
    preset: 'recommended',
    types: 'optional',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'suggestion',
  fixable: 'code',
  hasSuggestions: true,
  messages: {
    writtenOut: 'This is `{{call}}`, written out. Call it.',
    otherError:
      'This error is not the reason of the signal, by which one can tell its cancellation from a failure. Throw the reason: call `{{call}}`.',
    ownError:
      'This error is not the reason of the signal, by which one can tell its cancellation from a failure; other code may tell it by this class. Hand `abort` an error of it as the reason, and call `{{call}}`.',
    useCall: 'Call `{{call}}`: what is thrown is the reason of the signal then.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, types, place }) {
    const guards: AbortGuard[] = [];

    function check({ statement, signal, thrown, isOptional }: AbortGuard): void {
      const call = `${sourceCode.getText(signal)}${isOptional ? '?' : ''}.throwIfAborted()`;
      const isReason = isReasonOf(thrown, signal);
      if (!isReason && !isReported(thrown)) return;
      if (!isSignal(signal, isReason) || isLeftAlone(signal, isReason)) return;
      const hasComment = sourceCode.getCommentsInside(statement).length > 0;
      const replacement = `${call};`;
      const isOwn = !isReason && isOfOwnClass(thrown);
      context.report({
        node: statement.test,
        messageId: isReason ? 'writtenOut' : isOwn ? 'ownError' : 'otherError',
        data: { call },
        fix: isReason && !hasComment ? (fixer) => fixer.replaceText(statement, replacement) : null,
        suggest:
          isReason || isOwn || hasComment
            ? []
            : [
                {
                  messageId: 'useCall',
                  data: { call },
                  fix: (fixer) => fixer.replaceText(statement, replacement),
                },
              ],
      });
    }

    function isReported(thrown: TSESTree.Node): boolean {
      if (abortErrorOf(thrown) === undefined) return false;
      return options.reports === 'all' || (usesRuntime(sourceCode) && !isOfOwnClass(thrown));
    }

    /**
     * Code that has a class for it, `new CancelError()`, mostly tells its cancellations by that
     * class: there the reason would be the stranger, until all of it is changed.
     */
    function isOfOwnClass(thrown: TSESTree.Node): boolean {
      const callee = abortErrorOf(thrown)?.callee;
      return callee?.type === 'Identifier' && localVariableOf(callee, sourceCode) !== undefined;
    }

    /** A test throws what it will, and an older library has no such method. */
    function isLeftAlone(signal: TSESTree.Node, isReason: boolean): boolean {
      if (!isReason && isInTest(signal, place)) return true;
      const facts = types?.value(signal);
      if (facts === undefined || facts.isUntyped) return false;
      return facts.memberOrigin('throwIfAborted') === undefined;
    }

    /** `signal.reason` beside `signal.aborted` tells what it is; an error of its own does not. */
    function isSignal(signal: TSESTree.Node, isReason: boolean): boolean {
      const facts = types?.value(signal);
      const answer = facts?.is('abortSignal');
      if (answer !== undefined && !facts!.isUntyped) return answer === 'yes';
      if (isReason) return true;
      const text = sourceCode.getText(signal);
      return [...scopesInReach(signal, place, types)].some((scope) => scope.signal === text);
    }

    function isReasonOf(thrown: TSESTree.Node, signal: TSESTree.Node): boolean {
      const node = unwrapped(thrown);
      if (node.type !== 'MemberExpression' || node.computed) return false;
      if (node.property.type !== 'Identifier' || node.property.name !== 'reason') return false;
      return sourceCode.getText(node.object) === sourceCode.getText(signal);
    }

    return {
      IfStatement(node) {
        const guard = abortGuardOf(node);
        if (guard !== undefined) guards.push(guard);
      },
      'Program:exit'() {
        types?.values(guards.map(({ signal }) => signal));
        guards.forEach(check);
      },
    };
  },
});
