import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bun's collector takes whatever looks like an address on the stack for one, and keeps too much. */
export const isPrecise = !('bun' in process.versions);

if (isPrecise) setFlagsFromString('--expose-gc');
const { Bun } = globalThis as unknown as { Bun?: { gc(isNow: boolean): void } };
const collect = Bun ? () => Bun.gc(true) : (runInNewContext('gc') as () => void);

/** Collects garbage until `isDone`, a few turns long; gives what it says at the end. */
export async function collectUntil(isDone: () => boolean): Promise<boolean> {
  // A WeakRef holds its target until the end of the turn in which it was made or read.
  for (let i = 0; i < 10 && !isDone(); i++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return isDone();
}

/** Whether the object that `make` refers to is garbage once `make` has returned. */
export async function isCollected(make: () => Promise<WeakRef<object>>): Promise<boolean> {
  const ref = await make();
  return collectUntil(() => ref.deref() === undefined);
}
