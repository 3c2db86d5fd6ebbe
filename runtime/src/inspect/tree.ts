import type { OpenScope, PendingTask, ScopeEdges } from '../open-scopes.js';

/** A group or a timeout that is open. */
export interface ScopeInfo {
  kind: 'group' | 'timeout';
  name?: string;
  /** As the `state` of a `TaskGroup` or of a `Timeout`. */
  state: string;
  /** When it was opened, as `Date.now()` counts. */
  since: number;
  /** The most tasks that run at once. Absent without a limit. */
  limit?: number;
  /** How many tasks wait for room. Absent where none does. */
  queued?: number;
  /** Of a timeout: milliseconds to its deadline; 0 once that has passed. Absent without a deadline. */
  remaining?: number;
  /** Milliseconds since it was cancelled, or its deadline passed. */
  cancelledFor?: number;
  /** Why it was cancelled, as far as its signal tells. */
  reason?: string;
  /** Those that have not settled, the oldest first. */
  tasks: TaskInfo[];
  /** The scopes that were opened with the signal of this one. */
  scopes: ScopeInfo[];
}

/** A task that has not settled. */
export interface TaskInfo {
  /** `#3` for one without a name: its place among all tasks of its group, from 0. */
  name: string;
  status: 'queued' | 'running';
  /** When it was created, as `Date.now()` counts: of the first tasks of a group, in development. */
  since?: number;
  isCancelled: boolean;
  /** The line that created it, as `file:line:column`: where `since` is there. */
  at?: string;
  /** The promise that the task's function has returned is garbage. Told in development. */
  canNeverSettle?: true;
  /** Where it waits, its own function first: of a process that `mooring ps --stacks` looks at. */
  awaits?: string[];
  /** The scopes that were opened with the signal of this task. */
  scopes: ScopeInfo[];
}

/**
 * The scopes that are open in this process, with their tasks, as a tree: each stands under the task
 * or the scope whose signal it was opened with, and one that follows no open scope is a root. It sees
 * the scopes of every copy of the package.
 *
 * A scope that nothing is bound to end is not in it: a group without a task and without a body, a
 * timeout without a deadline and without a body. Nor is the edge to a scope that was opened with a
 * signal made of others (`AbortSignal.any`): it is a root.
 *
 * After `asyncio.capture_call_graph` of Python and the debug probes of Kotlin.
 *
 * @example
 * app.get('/debug/tasks', (request, response) => response.json(tree()));
 */
export function tree(): ScopeInfo[];
/** @internal Tells `seen` which object each task is. */
export function tree(seen?: (info: TaskInfo, task: object) => void): ScopeInfo[];
export function tree(seen?: (info: TaskInfo, task: object) => void): ScopeInfo[] {
  // This function is also sent to another process as text, by `mooring ps`: it must not use a name
  // from outside of it, and what it gives must be JSON.
  const at = (name: string): symbol => Symbol.for(`mooring${name}`);
  const now = Date.now();
  const ring = (globalThis as unknown as Record<symbol, Record<symbol, unknown> | undefined>)[
    at('')
  ];
  const roots: ScopeInfo[] = [];
  if (!ring) return roots;

  const reasonOf = (signal: AbortSignal | undefined): string | undefined => {
    if (!signal?.aborted) return undefined;
    try {
      const { message } = Object(signal.reason) as { message?: unknown };
      return typeof message === 'string' && message ? message : String(signal.reason);
    } catch {
      return 'a reason that cannot be shown';
    }
  };
  const lineOf = (stack: string | undefined): string | undefined => {
    const [, place] =
      /\n +at (?:.*\((.*)\)|(?:async )?(.*))/.exec(stack ?? '')?.filter(Boolean) ?? [];
    return place?.replace(/^file:\/\/(?=\/)/, '');
  };
  const taskOf = (task: PendingTask, { noteOf }: ScopeEdges): TaskInfo => {
    const note = noteOf?.(task);
    const line = lineOf(note?.site.stack);
    const info: TaskInfo = {
      name: typeof task.id === 'string' ? task.id : `#${task.id}`,
      status: task.status as 'queued' | 'running',
      ...(note && { since: note.since }),
      isCancelled: !!task.madeSignal?.aborted,
      ...(line && { at: line }),
      ...(note?.canNeverSettle && { canNeverSettle: true }),
      scopes: [],
    };
    seen?.(info, task);
    return info;
  };
  const scopeOf = (scope: OpenScope, edges: ScopeEdges): ScopeInfo => {
    const { remaining, state } = scope;
    const name = scope.name ?? edges.name;
    const queued = edges.tasks.filter(({ status }) => status === 'queued').length;
    const reason = reasonOf(edges.signal);
    return {
      kind: remaining === undefined ? 'group' : 'timeout',
      ...(name !== undefined && { name }),
      state,
      since: edges.since,
      ...(edges.limit !== undefined && edges.limit !== Infinity && { limit: edges.limit }),
      ...(queued > 0 && { queued }),
      ...(remaining !== undefined && remaining !== Infinity && { remaining }),
      ...(edges.cancelledAt !== undefined && { cancelledFor: now - edges.cancelledAt }),
      ...(reason !== undefined && { reason }),
      tasks: edges.tasks.map((task) => taskOf(task, edges)),
      scopes: [],
    };
  };

  const found: { info: ScopeInfo; parent: AbortSignal | undefined }[] = [];
  const owners = new Map<AbortSignal | undefined, { scopes: ScopeInfo[] }>();
  for (let link = ring[at('.next')]; link !== ring; link = (link as typeof ring)[at('.next')]) {
    const scope = link as OpenScope;
    const edges = (link as Record<symbol, () => ScopeEdges>)[at('.about')]!();
    const info = scopeOf(scope, edges);
    found.push({ info, parent: edges.parent });
    if (edges.signal) owners.set(edges.signal, info);
    edges.tasks.forEach(({ madeSignal }, index) => {
      if (madeSignal) owners.set(madeSignal, info.tasks[index]!);
    });
  }
  for (const { info, parent } of found) (owners.get(parent)?.scopes ?? roots).push(info);
  return roots;
}
