import { defineRule } from '../define-rule.js';
import { firstIn } from '../edits/insert-statement.js';
import { isEndless, type Loop, passesNoCheckpoint } from '../flow/cancellation/endless-loop.js';
import { scopesInReach } from '../flow/scopes/scope-in-reach.js';
import { isThere } from '../flow/scopes/scope-presence.js';
import { enclosingRun, isFunction } from '../syntax/enclosing.js';

/**
 * Finds endless loops with a round in which no cancellation can be noticed, where a scope is at hand.
 *
 * Such a loop runs on when its group has been cancelled, and the group waits for it for ever. By
 * paths: whatever names a scope, or waits for something that may have been made with one, is a
 * checkpoint.
 */
export default defineRule({
  name: 'require-loop-checkpoint',
  docs: {
    description: 'endless loops that can go round without noticing a cancellation',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    noCheckpoint:
      'A round of this loop can go by without a look at `{{scope}}`, and without a wait for what may have been made with it: nothing there ends the loop after a cancellation. Hand `{{signal}}` to what the round waits for, or call `{{signal}}.throwIfAborted()` in each.',
    check: 'Begin each round with `{{call}}`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types, place }) {
    const loops: Loop[] = [];

    function add(loop: Loop): void {
      const run = enclosingRun(loop);
      if (isFunction(run) && run.async && isEndless(loop)) loops.push(loop);
    }

    return {
      DoWhileStatement: add,
      ForStatement: add,
      WhileStatement: add,
      'Program:exit'() {
        for (const loop of loops) {
          const scopes = [...scopesInReach(loop, place, types)].filter(
            ({ kind }) => kind !== 'controller',
          );
          const [nearest] = scopes;
          // A scope of the function around is that of somebody who may not wait for this one.
          if (nearest === undefined || nearest.isNested) continue;
          const names = new Set(scopes.map(({ variable }) => variable.name));
          if (!passesNoCheckpoint(loop, names, sourceCode)) continue;
          const data = { scope: nearest.scope, signal: nearest.signal };
          const { loc } = sourceCode.getFirstToken(loop)!;
          const dot = isThere(nearest, loop, place, types) ? '.' : '?.';
          const call = `${nearest.signal}${dot}throwIfAborted()`;
          const fix = firstIn(loop.body, `${call};`, sourceCode);
          context.report({
            loc,
            messageId: 'noCheckpoint',
            data,
            suggest: fix ? [{ messageId: 'check', data: { call }, fix }] : [],
          });
        }
      },
    };
  },
});
