// A loop over promises that its own head starts: what becomes of each in its body.
//
//   for (const page of ids.map(load)) await page;         // the others wait for this one
//   for (const page of ids.map(load)) console.log(page);  // nobody takes any
//   for (const page of ids.map(load)) pending.push(page); // moved on
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import type { SourceCode } from '../../syntax/variable.js';
import type { PathEnd } from '../paths/path-question.js';
import { isTaken } from './promise-use.js';
import type { LoopStore } from './stores-of.js';

export function untakenInLoop({ loop }: LoopStore, sourceCode: SourceCode): PathEnd | undefined {
  if (loop.await) return { kind: 'event', node: loop, certain: true };
  const { left } = loop;
  if (left.type !== 'VariableDeclaration' || left.declarations[0]?.id.type !== 'Identifier') {
    return undefined;
  }
  const [variable] = sourceCode.getDeclaredVariables(left);
  const uses = (variable?.references ?? []).filter((use) => use.isRead());
  const taken = uses.filter(({ identifier }) => isTaken(identifier, ALONE, sourceCode));
  const awaits = taken.map(({ identifier }) => consumerOf(identifier));
  if (taken.length === 0) return { kind: 'end', node: loop, certain: true };
  const [first] = awaits;
  const isAwaited = awaits.every(({ kind }) => kind === 'awaited');
  return isAwaited && first !== undefined ? awaitEnd(first.by) : undefined;
}

function awaitEnd(node: TSESTree.Node): PathEnd {
  return { kind: 'event', node, certain: true };
}

const ALONE = { isContainer: false, part: undefined };
