// Counters and logs, by their names: no program waits for them.
//
//   this.stats.increment('pulls');
//   logWriters.forEach((writer) => writer.write(text));
import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

const TELEMETRY =
  /\b\w*([aA]nalytics|[lL]og(ger|[wW]riter)?s?|[mM]etrics?|[sS]tats(Store)?|[tT]elemetry|[tT]racker|[tT]racking)\??\.\w+$|\b(track|recordMetric)\w*$|\blog[A-Z]\w*$/;

export function isTelemetry(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(node);
  return call.type === 'CallExpression' && TELEMETRY.test(sourceCode.getText(call.callee));
}
