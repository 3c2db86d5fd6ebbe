import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bun's collector takes whatever looks like an address on the stack for one, and keeps too much. */
export const isPrecise = !('bun' in process.versions);

if (isPrecise) setFlagsFromString('--expose-gc');
const collect = isPrecise ? (runInNewContext('gc') as () => void) : () => {};

/** Whether the object that `make` refers to is garbage once `make` has returned. */
export async function isCollected(make: () => Promise<WeakRef<object>>): Promise<boolean> {
  const ref = await make();
  // A WeakRef holds its target until the end of the turn in which it was made or read.
  for (let i = 0; i < 10 && ref.deref(); i++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return ref.deref() === undefined;
}
