// Calls after which nothing of this program runs: no path goes on from them, and none is left.
import type { TSESTree } from '@typescript-eslint/utils';

import { HALTING_CALLS } from '../vocabulary.js';
import { calledMember } from './property-name.js';
import { unwrapped } from './wrappers.js';

/** `process.exit()`, `Deno.exit()`, by their usual names: nobody gives those to anything else. */
export function isHalting(expression: TSESTree.Node): boolean {
  const member = calledMember(unwrapped(expression));
  if (member?.object.type !== 'Identifier' || member.name === undefined) return false;
  return HALTING_CALLS.has(`${member.object.name}.${member.name}`);
}
