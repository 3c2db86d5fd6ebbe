import { type GroupTrace, messageOf } from './traces.js';
import { groupTracer } from './channels.node.js';

/** What is told of a group. */
export interface Traced {
  readonly name: string | undefined;
  readonly pool: { readonly limit: number | undefined };
}

/** Of the groups that somebody has heard of. */
const traces = new WeakMap<Traced, GroupTrace>();

function newTrace(group: Traced): GroupTrace {
  const { limit } = group.pool;
  const trace = { name: group.name, limit: limit === Infinity ? undefined : limit };
  traces.set(group, trace);
  return trace;
}

/** What is published of a group. Its start is, if it was not before: one without a body has no other. */
export function traceOf(group: Traced): GroupTrace {
  const known = traces.get(group);
  if (known) return known;
  const trace = newTrace(group);
  if (groupTracer.isHeard) groupTracer.start(group, trace, () => {});
  return trace;
}

/** Calls the body of a group, heard by whoever listens. */
export function runTraced<R>(group: Traced, body: () => R): R {
  return groupTracer.isHeard ? groupTracer.start(group, newTrace(group), body) : body();
}

/** Says how a group has ended, if it was heard to begin. `failure`: of its tasks or its body. */
export function endTraced(
  group: Traced,
  failure: { error: unknown } | undefined,
  reason: unknown,
): void {
  if (!groupTracer.wasHeard) return;
  if (failure) groupTracer.ended(group, { status: 'rejected', error: failure.error });
  else if (reason === undefined) groupTracer.ended(group, { status: 'fulfilled' });
  else groupTracer.ended(group, { status: 'cancelled', reason: messageOf(reason) });
}
