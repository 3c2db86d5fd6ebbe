import { messageOf } from './traces.js';
import { timeoutTracer } from './channels.node.js';

/** What is told of a timeout. */
interface Traced {
  readonly name: string | undefined;
  readonly remaining: number;
}

/** Calls the body of a timeout, heard by whoever listens. One for `using` has a body that does nothing. */
export function runTraced<R>(deadline: Traced, body: () => R): R {
  if (!timeoutTracer.isHeard) return body();
  const { name, remaining } = deadline;
  return timeoutTracer.start(deadline, { name, remaining }, body);
}

/** Says that the body has failed, for a reason of its own. */
export function failTraced(deadline: Traced, error: unknown): void {
  timeoutTracer.ended(deadline, { status: 'rejected', error });
}

/** Says how a timeout has ended, if it was heard to begin. `cut`: its signal, if that has been made. */
export function endTraced(deadline: Traced, cut: AbortSignal | undefined): void {
  if (!timeoutTracer.wasHeard) return;
  timeoutTracer.ended(
    deadline,
    cut?.aborted ? { status: 'cancelled', reason: messageOf(cut.reason) } : { status: 'fulfilled' },
  );
}
