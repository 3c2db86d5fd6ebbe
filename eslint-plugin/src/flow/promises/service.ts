// Work that runs until its own object is told to end:
//
//   const running = worker.run();
//   await serve();
//   await worker.close();          // ends it
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { calledMember } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';

const RUNS = /^(consume|listen|loop|poll|process|run|serve|start|watch|work)/i;

const ENDS = /^(cancel|close|disconnect|dispose|end|quit|shutdown|stop|terminate)/i;

interface Service {
  readonly run: TSESTree.CallExpression;
  /** The awaited call that ends it, in the function that has started it. */
  readonly end: TSESTree.CallExpression;
}

export function serviceOf(run: TSESTree.Node, sourceCode: SourceCode): Service | undefined {
  const member = calledMember(run);
  if (run.type !== 'CallExpression' || member?.name === undefined) return undefined;
  if (!RUNS.test(member.name)) return undefined;
  const service = sourceCode.getText(member.object);
  for (const node of descendants(enclosingRun(run), sourceCode, 'own')) {
    if (node.type !== 'CallExpression' || node.range[0] < run.range[1]) continue;
    const end = calledMember(node);
    if (end?.name === undefined || !ENDS.test(end.name)) continue;
    const isSame = sourceCode.getText(end.object) === service;
    if (isSame && consumerOf(node).kind === 'awaited') return { run, end: node };
  }
  return undefined;
}
