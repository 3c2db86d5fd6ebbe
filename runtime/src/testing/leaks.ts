import {
  about,
  openScopes,
  whenTaskWaits,
  type OpenScope,
  type PendingTask,
} from '../open-scopes.js';
import { withoutVerdicts } from './dead-tasks.js';
import { collector } from './garbage.js';
import { nextTurn } from './platform.js';
import { scopeTree } from './scope-tree.js';
import { tell, untoldScopes } from './told-scopes.js';
import { listenersOf, signalsWithListeners } from './signal-listeners.js';

/** The promise of each task that waits. Nothing holds it but the work that is to settle it. */
const promises = new WeakMap<object, WeakRef<object>>();
whenTaskWaits((task, promise) => promises.set(task, new WeakRef(promise)));

/** What has been told is not told again after the next test. */
const toldLines = new Set<string>();

/**
 * Fails when something is left behind: a scope that is still open, with the tasks in it, and which
 * of them can never settle; a listener on a signal that lives on. Each is told once.
 *
 * Made for the hook after each test. It takes no arguments, so every runner waits for it. Which tasks
 * can never settle, and the listeners, are told where a program can ask for the garbage to be
 * collected: on Node and Bun. Tests that run at the same time in one process see each other's scopes.
 *
 * @throws {Error} (as a rejection) that shows the tree of the open scopes, and the line that added
 *   each listener.
 *
 * After goleak.
 *
 * @example
 * import { afterEach } from 'vitest';
 * import { leaks } from 'mooring/testing';
 *
 * afterEach(leaks);
 */
export async function leaks(): Promise<void> {
  // What the test has ended may need a turn to say so.
  await turn();
  await turn();
  if (untoldScopes().length === 0 && signalsWithListeners().length === 0) return;
  const canCollect = await withoutVerdicts(collectGarbage);
  const found = [...scopesLeft(untoldScopes(), canCollect), ...(canCollect ? listenersLeft() : [])];
  if (found.length > 0) throw new Error(`The test has left behind:\n\n${found.join('\n\n')}`);
}

function scopesLeft(scopes: readonly OpenScope[], canCollect: boolean): string[] {
  if (scopes.length === 0) return [];
  tell(scopes);
  const isDead = (task: PendingTask): boolean =>
    canCollect && task.status === 'running' && promises.has(task) && !promises.get(task)?.deref();
  return [scopeTree(scopes, (task) => (isDead(task) ? 'can never settle' : undefined))];
}

function listenersLeft(): string[] {
  // What is open has listeners, on the scope around it and on its own, and is told of itself.
  const inUse = new Set(
    openScopes().flatMap((scope) => {
      const { parent, signal, tasks } = scope[about]();
      return [parent, signal, ...tasks.map(({ madeSignal }) => madeSignal)];
    }),
  );
  const lines = signalsWithListeners()
    .filter((signal) => !inUse.has(signal))
    .flatMap(listenersOf);
  const fresh = [...new Set(lines)].filter((line) => !toldLines.has(line));
  for (const line of fresh) toldLines.add(line);
  return fresh.map((line) => `A listener on a signal, added at ${line}`);
}

async function collectGarbage(): Promise<boolean> {
  const collect = collector();
  if (!collect) return false;
  // A WeakRef that was read or made in this turn holds its target until the turn ends.
  for (let n = 0; n < 3; n++) {
    await turn();
    collect();
  }
  return true;
}

function turn(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}
