import { defineRule } from '../define-rule.js';
import { handOnDeadline } from '../edits/hand-on-deadline.js';
import { takingCalls } from '../flow/cancellation/taking-calls.js';
import {
  attemptBody,
  awaits,
  callsIn,
  mayWait,
  returnedBy,
  type TimeoutBody,
  timeoutBody,
} from '../flow/scopes/timeout-body.js';
import { calleeText } from '../syntax/callee-text.js';
import { consumerOf } from '../syntax/consumers.js';
import { entryCall, isTimeoutCall, runtimeExport } from '../syntax/mooring-reference.js';
import { RUNTIME } from '../vocabulary.js';

/**
 * Finds timeouts whose signal reaches nothing.
 *
 * A deadline aborts a signal and does nothing else, and `timeout` waits for its body whatever the
 * clock says: a body that hands the signal to nothing runs as long as it likes.
 *
 * How far a signal gets that was handed on is not asked: one place that has it is enough.
 */
export default defineRule({
  name: 'timeout-body-uses-signal',
  docs: {
    description: 'timeouts whose deadline cannot stop what they are there to stop',
    preset: 'recommended',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    ignored:
      'The deadline cannot stop this {{part}}: it hands its signal to nothing, so `{{call}}` runs on past the deadline and is waited for. Hand the signal to it.',
    deaf: 'The deadline cannot stop this {{part}}: nothing in it takes a signal, so it runs on past the deadline and is waited for. Let what does the work take the signal, or stop waiting for it with `abandonOnCancel`.',
    neverAwaits:
      'The deadline cannot stop this {{part}}: it never awaits, so no deadline passes while it runs. Await the work that the deadline is for, or take the timeout away.',
    unheld:
      'Nothing holds this timeout, so its deadline stops nothing. Give it a body, or declare it with `using` and hand its signal on; to wait for a while, use `sleep`.',
    handOn: 'Hand the signal on to `{{call}}`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types }) {
    const file = { sourceCode, settings };
    const found: TimeoutBody[] = [];

    function check(body: TimeoutBody): void {
      const node = body.timeout.callee;
      const { part, use } = body;
      if (part === 'nothing') {
        context.report({ node, messageId: 'unheld' });
        return;
      }
      if (use === 'handed-on' ? dropsPromise(body) : neverAwaits(body)) {
        context.report({ node, messageId: 'neverAwaits', data: { part } });
        return;
      }
      if (use !== 'unused') return;
      const calls = takingCalls(body, file, types);
      const [first] = calls;
      if (first === undefined) {
        context.report({ node, messageId: 'deaf', data: { part } });
        return;
      }
      const call = calleeText(first.call, sourceCode);
      const fix = handOnDeadline(body, calls, sourceCode);
      context.report({
        node,
        messageId: 'ignored',
        data: { part, call },
        suggest: fix ? [{ messageId: 'handOn', data: { call }, fix }] : [],
      });
    }

    function neverAwaits(body: TimeoutBody): boolean {
      const returned = types.values(returnedBy(body, sourceCode));
      return !awaits(body, sourceCode) && returned.every(({ thenable }) => thenable === 'no');
    }

    /** `(deadline) => { load(deadline); }`: the body is over before the deadline can pass. */
    function dropsPromise(body: TimeoutBody): boolean {
      const calls = callsIn(body, sourceCode, 'own');
      const dropped = calls.filter((call) => consumerOf(call).kind === 'dropped');
      return types.calls(dropped).some(({ result }) => result.promise === 'yes');
    }

    function add(body: TimeoutBody | undefined): void {
      const isFine = body?.use === 'handed-on' && mayWait(body, sourceCode);
      if (body !== undefined && !isFine) found.push(body);
    }

    return {
      CallExpression(node) {
        if (isTimeoutCall(node, file)) add(timeoutBody(node, sourceCode));
        else if (entryCall(node, file) === 'retry') add(attemptBody(node, sourceCode));
      },
      NewExpression(node) {
        if (runtimeExport(node.callee, file) === RUNTIME.timeoutType) {
          add(timeoutBody(node, sourceCode));
        }
      },
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        types.values(found.flatMap((body) => returnedBy(body, sourceCode)));
        types.calls(found.flatMap((body) => callsIn(body, sourceCode)));
        found.forEach(check);
      },
    };
  },
});
