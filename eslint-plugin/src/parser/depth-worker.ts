import { workerData } from 'node:worker_threads';

import { parseSync } from 'oxc-parser';

import type { DepthAnswer, DepthWork } from './depth.js';

const { file, text, options, answer, isDone } = workerData as DepthWork;
try {
  // Parentheses are no nodes, but levels.
  const parsed = parseSync(file, text, { ...options, preserveParens: true });
  const errors = parsed.errors.filter(({ severity }) => severity === 'Error');
  const depth = errors.length > 0 ? 0 : depthOf(parsed.program);
  answer.postMessage({ depth, errors } satisfies DepthAnswer);
} finally {
  Atomics.store(isDone, 0, 1);
  Atomics.notify(isDone, 0);
}

/** Counted level by level: to go down a branch is what no stack may be large enough for. */
function depthOf(root: object): number {
  let depth = 0;
  for (let level: readonly object[] = [root]; level.length > 0; level = level.flatMap(childrenOf)) {
    depth++;
  }
  return depth;
}

function childrenOf(node: object): object[] {
  return Object.values(node)
    .flat()
    .filter((it): it is object => typeof it === 'object' && it !== null);
}
