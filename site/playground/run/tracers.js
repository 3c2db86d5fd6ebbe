/**
 * Stands in for the tracers of Node (`channels.node.js` of the runtime): tells the time line what starts and
 * ends. They are handed the scopes and tasks themselves, so that it knows which stands in which.
 */
import { about } from '../../../runtime/dist/open-scopes.js';

/** A scope or a task that has started: `subject` is it. */
const rows = new Map();
let count = 0;
let listener = () => {};

/** From now on `tell` is called with what each row says, as often as that changes. */
export function listen(tell) {
  listener = tell;
}

class Tracer {
  isHeard = true;
  wasHeard = true;
  #kind;

  constructor(kind) {
    this.#kind = kind;
  }

  start(subject, trace, fn) {
    const row = {
      id: count++,
      kind: this.#kind,
      name: trace.name,
      parent: parentOf(subject, trace),
      from: Date.now(),
      // Of a timeout: when it expires.
      deadline: Number.isFinite(trace.remaining) ? Date.now() + trace.remaining : undefined,
    };
    rows.set(subject, { row, trace });
    listener(row);
    return fn();
  }

  contextOf(subject) {
    return rows.get(subject)?.trace;
  }

  ended(subject, { status, reason, error }) {
    const { row } = rows.get(subject) ?? {};
    if (row === undefined || row.to !== undefined) return;
    row.to = Date.now();
    row.status = status;
    row.why = reason ?? (status === 'rejected' ? String(error) : undefined);
    row.cancelledAt = subject[about]?.().cancelledAt;
    listener(row);
  }
}

/** A task stands in its group; a scope in what it was opened with the signal of. */
function parentOf(subject, { group }) {
  if (group !== undefined) return [...rows.values()].find(({ trace }) => trace === group)?.row.id;
  const signal = subject[about]().parent;
  if (signal === undefined) return undefined;
  for (const [other, { row }] of rows) {
    const own = row.kind === 'task' ? other.madeSignal : other[about]().signal;
    if (own === signal) return row.id;
  }
  return undefined;
}

export const taskTracer = new Tracer('task');
export const groupTracer = new Tracer('group');
export const timeoutTracer = new Tracer('timeout');
