import { openScopes, type OpenScope } from '../open-scopes.js';
import { MOST_JUMPS } from './driver.js';
import { scopeTree } from './scope-tree.js';
import { tell } from './told-scopes.js';
import type { TimeSource } from './virtual-time.js';

/** Nothing that the clock knows of can end the program. */
export class StuckError extends Error {
  override get name(): string {
    return 'StuckError';
  }
}

/** @param before The scopes that were open before the program began: they are not its own. */
export function stuckError(time: TimeSource, before: ReadonlySet<OpenScope>): StuckError {
  const why =
    time.due > 0
      ? `The program still goes on after ${MOST_JUMPS} timers, at ${time.now} ms of its clock`
      : 'Everything waits, no timer is armed and no real work is in flight: nothing can end this program';
  const scopes = openScopes().filter((scope) => !before.has(scope));
  tell(scopes);
  const tree = scopeTree(scopes);
  return new StuckError(tree ? `${why}\n\n${tree}` : why);
}
