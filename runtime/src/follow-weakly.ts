import type { LazySignal } from './cancellation.js';
import { follow, type Follower } from './follow.js';

/** What can abort a signal; and what can abort those in it, by which the value was made. */
interface Source {
  readonly context: LazySignal;
  readonly parent: AbortSignal;
  readonly inner: Source | undefined;
}

/** Held for as long as the signal, or what came of it, is alive. */
const sources = new WeakMap<object, Source>();
/** Takes those from a signal whom nobody can hear any longer. */
let registry: FinalizationRegistry<Follower> | undefined;

/**
 * Has the signal of a task that has ended follow `parent`, the scope around its group, for as long as
 * anybody can tell: the task is over, what it gave is still in use.
 *
 *     const [a, b] = await TaskGroup.all([fetchA, fetchB], deadline);
 *     await a.text();                                    // the deadline cuts it
 *
 * Not the group itself, which may be cancelled since there is enough:
 *
 *     const response = await task;
 *     group.cancel();
 *     return response;
 *
 * Nothing says when that use ends, so the parent must not hold it: a server's signal lives as long as
 * the process. `value` holds the source beside the signal itself, since a socket with a listener on
 * the signal is held by the listener and does not hold the signal. A task of a task hands on the same
 * value, which then holds both.
 *
 * Of a text or a number nothing is left to cut, and nothing stays on the parent. Where the platform has
 * no weak references the signal follows nobody.
 */
export function followWeakly(parent: AbortSignal, context: LazySignal, value: unknown): void {
  const signal = context.made;
  const isUsed = Object(value) === value;
  if (!signal || !isUsed || typeof FinalizationRegistry === 'undefined') return;
  const earlier = sources.get(value as object);
  const source = { context, parent, inner: earlier?.parent === signal ? earlier : undefined };
  sources.set(signal, source).set(value as object, source);
  const follower = follow(parent, aborterOf(new WeakRef(signal)), true);
  registry ??= new FinalizationRegistry((gone) => gone.leave());
  if (follower) registry.register(signal, follower);
}

/** Apart, so that the closure holds the reference and nothing else. */
function aborterOf(ref: WeakRef<AbortSignal>): (reason: unknown) => void {
  return (reason) => {
    const signal = ref.deref();
    if (signal) sources.get(signal)?.context.abort(AbortSignal.abort(reason));
  };
}
