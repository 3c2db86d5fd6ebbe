import type { LazySignal } from './cancellation.js';
import { follow, type Follower } from './follow.js';

/** What can abort a signal, for as long as the signal or what came of it is alive. */
let sources: WeakMap<object, LazySignal> | undefined;
/** Takes those from a signal whom nobody can hear any longer. */
let registry: FinalizationRegistry<Follower> | undefined;

/**
 * Has the signal of a task that has ended follow `parent` for as long as anybody can tell: the group
 * is closed, what the task gave is still in use.
 *
 *     const response = await TaskGroup.any([a, b], deadline);
 *     await response.text();                             // the deadline cuts it
 *
 * Nothing says when that use ends, so the parent must not hold it: a server's signal lives as long as
 * the process. `value` holds the source beside the signal itself, since a socket with a listener on
 * the signal is held by the listener and does not hold the signal.
 *
 * Of a text or a number nothing is left to cut, and nothing stays on the parent. Where the platform has
 * no weak references the signal follows nobody.
 */
export function followWeakly(parent: AbortSignal, context: LazySignal, value: unknown): void {
  const signal = context.made;
  const isUsed = Object(value) === value;
  if (!signal || !isUsed || typeof FinalizationRegistry === 'undefined') return;
  sources ??= new WeakMap();
  sources.set(signal, context).set(value as object, context);
  const follower = follow(parent, aborterOf(new WeakRef(signal)));
  registry ??= new FinalizationRegistry((gone) => gone.leave());
  if (follower) registry.register(signal, follower);
}

/** Apart, so that the closure holds the reference and nothing else. */
function aborterOf(ref: WeakRef<AbortSignal>): (reason: unknown) => void {
  return (reason) => {
    const signal = ref.deref();
    if (signal) sources?.get(signal)?.abort(AbortSignal.abort(reason));
  };
}
