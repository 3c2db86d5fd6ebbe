import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import type { FunctionNode } from '../syntax/enclosing.js';

const DEADLINE_NAME = /^(?:timeout|timeoutMs|timeoutMillis|timeoutSeconds|deadline|deadlineMs)$/;
const SCOPE_NAME = /signal|scope|context|group|^ctx$/i;

/**
 * Finds async functions that take a time limit as a parameter of their own, and no signal.
 *
 * A number ends one call. A signal ends it together with everything else that the caller has given
 * it to, and carries deadlines and cancellation alike.
 */
export default defineRule({
  name: 'no-timeout-parameter',
  docs: {
    description: 'async functions that take a timeout in place of a signal',
    preset: 'opt-in',
    types: 'none',
  },
  kind: 'suggestion',
  messages: {
    takesTime:
      'Take a signal instead of `{{name}}`: a caller sets the deadline around the call then, for this and for what else it does, and can cancel it too.',
  },
  defaultOptions: {},
  create({ context, sourceCode }) {
    function check(node: FunctionNode): void {
      if (!node.async || isOverride(node)) return;
      if (node.params.some((parameter) => SCOPE_NAME.test(sourceCode.getText(parameter)))) return;
      for (const parameter of node.params) {
        const name = nameOf(parameter);
        if (name === undefined || !DEADLINE_NAME.test(name.name)) continue;
        context.report({ loc: nameLoc(name), messageId: 'takesTime', data: { name: name.name } });
      }
    }

    return {
      ArrowFunctionExpression: check,
      FunctionDeclaration: check,
      FunctionExpression: check,
    };
  },
});

/** A parameter with a name of its own; one of an object of options stands beside others. */
function nameOf(parameter: TSESTree.Parameter): TSESTree.Identifier | undefined {
  const whole = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return whole.type === 'Identifier' ? whole : undefined;
}

/** Without the type, which belongs to the node of the name. */
function nameLoc({ loc, name }: TSESTree.Identifier): TSESTree.SourceLocation {
  const { start } = loc;
  return { start, end: { line: start.line, column: start.column + name.length } };
}

/** What another class or interface says of its parameters, or who calls back, is not this one's choice. */
function isOverride(node: FunctionNode): boolean {
  const { parent } = node;
  if (/^(Call|New)Expression$/.test(parent.type)) return true;
  if (parent.type !== 'MethodDefinition') return parent.type === 'Property';
  const { superClass, implements: kept } = parent.parent.parent;
  return parent.override || superClass !== null || (kept?.length ?? 0) > 0;
}
