/**
 * The scopes that are open in this process, for whoever wants to see them: `mooring/testing`, a
 * debugger. Every copy of the package in the process uses the one list, found by its symbol, so what
 * stands here is a protocol between versions.
 *
 *     ┌─► list ◄──► group ◄──► timeout ◄──► group ◄─┐        linked through the scopes themselves
 *     └─────────────────────────────────────────────┘
 *
 * The list holds its scopes. One that nobody closes must not live for ever because of it, so a scope
 * stands in it only while something else is bound to end: a group while tasks or its body are
 * pending, a timeout while its timer runs or its body is pending.
 */
const LIST: symbol = Symbol.for('mooring');

export const previous: unique symbol = Symbol.for('mooring.previous') as never;
export const next: unique symbol = Symbol.for('mooring.next') as never;
/** The method by which a scope tells what it keeps to itself. */
export const about: unique symbol = Symbol.for('mooring.about') as never;

/** What is told of each task that waits, while somebody listens: see {@link whenTaskWaits}. */
const listener: unique symbol = Symbol.for('mooring.listener') as never;
/** Who is told of tasks that can never settle: see {@link whenTaskIsDead}. */
const coroner: unique symbol = Symbol.for('mooring.coroner') as never;

type TaskListener = (task: object, promise: object) => void;
type Coroner = (task: DeadTask, site: { readonly stack?: string }, what: string) => void;

interface DeadTask {
  reject(error: unknown): void;
}

export interface Link {
  [previous]: Link | undefined;
  [next]: Link | undefined;
}

/** A group, or a timeout, which has `remaining`. */
export interface OpenScope extends Link {
  readonly name?: string | undefined;
  readonly state: string;
  readonly remaining?: number;
  [about](): ScopeEdges;
}

/** What leads from a scope to others. A signal that nobody has asked for leads nowhere: `undefined`. */
export interface ScopeEdges {
  /** Of a timeout, which does not show its name otherwise. */
  readonly name?: string | undefined;
  /** The signal of the scope, or of the task, that this one was opened in. */
  readonly parent: AbortSignal | undefined;
  readonly signal: AbortSignal | undefined;
  readonly tasks: readonly PendingTask[];
  /** When it was opened, as `Date.now()` counts, and when it was cancelled. */
  readonly since: number;
  readonly cancelledAt: number | undefined;
  readonly limit?: number | undefined;
  /** What is known besides of a task of it, in development. */
  noteOf?(task: PendingTask): Note | undefined;
}

export interface Note {
  readonly since: number;
  /** Its stack is the line that created the task. */
  readonly site: { readonly stack?: string };
  readonly canNeverSettle: boolean;
}

/** The same object as {@link whenTaskWaits} tells of. */
export interface PendingTask {
  readonly id: string | number;
  readonly status: string;
  readonly madeSignal: AbortSignal | undefined;
}

interface List extends Link {
  [listener]: TaskListener | undefined;
  [coroner]: Coroner | undefined;
}

let list: List | undefined;

function theList(): List {
  if (list) return list;
  const shared = globalThis as unknown as Record<symbol, List | undefined>;
  let ring = shared[LIST];
  if (!ring) {
    ring = {
      [previous]: undefined,
      [next]: undefined,
      [listener]: undefined,
      [coroner]: undefined,
    };
    ring[previous] = ring[next] = shared[LIST] = ring;
  }
  return (list = ring);
}

/** Puts a scope at the end of the list, unless it stands in it. */
export function opened(scope: Link): void {
  if (scope[next]) return;
  const ring = theList();
  const last = ring[previous]!;
  scope[previous] = last;
  scope[next] = ring;
  last[next] = ring[previous] = scope;
}

/** Takes a scope out of the list, if it stands in it. */
export function closed(scope: Link): void {
  const before = scope[previous];
  const after = scope[next];
  if (!before || !after) return;
  before[next] = after;
  after[previous] = before;
  scope[previous] = scope[next] = undefined;
}

/** Tells of a task whose function has returned a promise. Nobody but the task's own work holds it. */
export function taskWaits(task: object, promise: object): void {
  (list ?? theList())[listener]?.(task, promise);
}

/** From now on `tell` is called with each such task: for whoever asks which can never settle. */
export function whenTaskWaits(tell: TaskListener): void {
  const ring = theList();
  const others = ring[listener];
  ring[listener] = (task, promise) => {
    others?.(task, promise);
    tell(task, promise);
  };
}

/** Tells of a task that can never settle. Nobody may want to know. */
export function tellOfDeadTask(...told: Parameters<Coroner>): boolean {
  const tell = (list ?? theList())[coroner];
  tell?.(...told);
  return !!tell;
}

/** From now on `tell` is called with each task that can never settle, in place of a warning. */
export function whenTaskIsDead(tell: Coroner): void {
  theList()[coroner] = tell;
}

/** The scopes that are open, the oldest first. */
export function openScopes(): OpenScope[] {
  const ring = theList();
  const scopes: OpenScope[] = [];
  for (let link = ring[next]!; link !== ring; link = link[next]!) scopes.push(link as OpenScope);
  return scopes;
}
