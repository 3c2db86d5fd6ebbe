// Does a `catch` clean up after a cancellation, or does it deal with a failure and go on?
//
//   catch (error) { await rollback(); throw error; }              cleans up
//   catch (error) { await sleep(100, { signal }); }               goes on: tries again
//   catch (error) { return await fetch(mirror, { signal }); }     goes on
//   catch (error) {
//     if (isCancellation(error, scope)) throw error;              is not there for a cancellation
//     …
//   }
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { CLEANUP_VERBS } from '../../vocabulary.js';
import { pathEnds } from '../paths/all-paths.js';

/** Whether a call of a `catch` undoes something: by its name, or since the error goes on after it. */
export function isUndoing(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  body: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  return hasCleanupName(call) || isFollowedByThrow(call, body, sourceCode);
}

function isFollowedByThrow(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  within: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  const ends = pathEnds({
    sourceCode,
    within,
    only: { always: [call.range[0]], whileOpen: [], withWaits: false },
    event: (node) => (node === call ? 'open' : undefined),
  });
  return ends.length > 0 && ends.every(({ kind }) => kind === 'throw');
}

/** `rollback()`, `client.closeAll()`. */
function hasCleanupName(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrapped(call.callee);
  const name = callee.type === 'Identifier' ? callee.name : calledMember(call)?.name;
  const [verb] = (name ?? '').replace('#', '').split(/(?=[A-Z])|_/);
  return CLEANUP_VERBS.has(verb ?? '');
}
