// Comments by which an author has answered another linter's rule that says the same of a promise: a
// decision of his, as `void` is.
//
//   // eslint-disable-next-line @typescript-eslint/no-floating-promises
//   refresh();
//   // biome-ignore lint/nursery/noFloatingPromises: it shows its errors itself
//   refresh();
//   /* eslint-disable no-async-promise-executor */
import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from './variable.js';

const RULES =
  /no-(async-promise-executor|floating-promises|misused-promises)|no(AsyncPromiseExecutor|FloatingPromises|MisusedPromises)/;

const COMMENT = /^\s*(?:(?:eslint|oxlint)-disable(-next-line|-line)?|(biome-ignore))\s/;

/** The lines that are answered for, and the first from which on all are. */
interface Answered {
  readonly lines: ReadonlySet<number>;
  readonly from: number;
}

/** Each promise of a file asks. */
const known = new WeakMap<TSESTree.Node, Answered>();

export function isPeerDisabled({ loc }: TSESTree.Node, sourceCode: SourceCode): boolean {
  const answered = known.get(sourceCode.ast) ?? findAnswered(sourceCode);
  known.set(sourceCode.ast, answered);
  const { line } = loc.start;
  return answered.lines.has(line) || line >= answered.from;
}

function findAnswered(sourceCode: SourceCode): Answered {
  const lines = new Set<number>();
  let from = Infinity;
  if (!RULES.test(sourceCode.text)) return { lines, from };
  for (const { loc, value } of sourceCode.getAllComments()) {
    const said = COMMENT.exec(value);
    const [rules] = value.split('--');
    if (said === null || !RULES.test(rules!)) continue;
    const [, where, isOfBiome] = said;
    if (where === '-line') lines.add(loc.start.line);
    else if (where === '-next-line' || isOfBiome) lines.add(loc.end.line + 1);
    else from = Math.min(from, loc.start.line);
  }
  return { lines, from };
}
