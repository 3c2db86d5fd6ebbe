// Counters and logs, by their names: no program waits for them. Nor for a message that is shown, or
// told to whoever listens.
//
//   this.stats.increment('pulls');
//   logWriters.forEach((writer) => writer.write(text));
import type { TSESTree } from '@typescript-eslint/utils';

import { calledName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

const TELEMETRY =
  /\b\w*([aA]nalytics|[lL]og(ger|[wW]riter)?s?|[mM]etrics?|[sS]tats(Store)?|[tT]elemetry|[tT]racker|[tT]racking|amplitude|mixpanel|posthog)\??\.\w+$|\b(track|recordMetric)\w*$|(^|\.)_?(debug|log|trace)$|\b[a-z]+(Analytics|Telemetry)$|\blog[A-Z]\w*$/;

/** An event of one end of a connection, to whoever listens at the other: `rpc().onCollected(files)`. */
const OF_REMOTE = /(^|[.#])_?rpc(\(\))?\??\.(\w+\.)*on[A-Z]\w*$/;

/** What is shown: `view.postMessage(page)`, `window.showErrorMessage(text)`, `createNotification(text)`. */
const SHOWN =
  /(^|[.#])_?(\w*(post|reply|show)\w*Message|(create|display|show)\w*(Notification|Toast))$/;

/** What is there until a person closes it: `SheetManager.show('news')`. */
const DIALOG =
  /(^|[.#])_?\w*([dD]ialog|[dD]rawer|[mM]odal|[pP]opup|[sS]heet)(s|Manager|Service)?\.(open|present|show)$/;

/**
 * What is told to whoever listens: `client.sendNotification(text)`, `this.bus.publish('saved')`, and to
 * the main process of Electron: `ipcRenderer.invoke('open', url)`.
 */
const TOLD =
  /(^|[.#])_?(send\w*(Event|Notification|Webhook)|(broadcast|emit|notify|publish)\w*|ipcRenderer\.invoke)$/;

/** What the system asks a person for, whose answer the caller does not look at: `Notification.requestPermission()`. */
const PERMISSION = /(^|\.)(askForMediaAccess|promptTouchID|requestPermissions?)$/;

/** What an extension of a browser shows, and the messages between its parts, which may have no reader. */
const OF_EXTENSION =
  /^(browser|chrome)\.(runtime\.sendMessage$|tabs\.sendMessage$|(action|alarms|browserAction|contextMenus|menus|notifications|pageAction|sidePanel)\.\w+$)/;

export function isMessage(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return isTold(node, sourceCode) || isShown(node, sourceCode);
}

/** A message to whoever listens, who has its own errors. */
export function isTold(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const callee = calleeIn(node, sourceCode);
  return callee !== undefined && (TOLD.test(callee) || OF_REMOTE.test(callee));
}

/** A message that a person, or a page that a person looks at, is shown. */
export function isShown(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const callee = calleeIn(node, sourceCode);
  return (
    callee !== undefined &&
    [SHOWN, DIALOG, PERMISSION, OF_EXTENSION].some((each) => each.test(callee))
  );
}

export function isDialog(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return DIALOG.test(calleeIn(node, sourceCode) ?? '');
}

function calleeIn(node: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  const call = unwrapped(node);
  return call.type === 'CallExpression' ? sourceCode.getText(call.callee) : undefined;
}

export function isTelemetry(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(node);
  return call.type === 'CallExpression' && TELEMETRY.test(sourceCode.getText(call.callee));
}

/** `tracer.startActiveSpan('load', async () => …)`: a name for the work of the function. */
const SPAN = /^(start|with|in)(Active)?Span$/;

export function isSpan(call: TSESTree.Node): boolean {
  return SPAN.test(calledName(call) ?? '');
}
