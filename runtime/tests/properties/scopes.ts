/** The scopes of the model: who encloses whom, who is cancelled, and why. */

/** What a scope was cancelled by. */
export type Cause =
  | { readonly by: 'cancel()'; readonly reason: unknown }
  | { readonly by: 'failure'; readonly error: unknown }
  | { readonly by: 'deadline' }
  | { readonly by: 'parent' }
  | { readonly by: 'end of the foreground' };

let now = 0;

/** Numbers the events, so that "before" and "after" have a meaning. */
export function tick(): number {
  return ++now;
}

export class Scope {
  readonly children = new Set<Scope>();
  cause: Cause | undefined;
  causeAt = 0;
  /** Nothing reaches it any more. */
  ended = false;

  readonly label: string;
  readonly parent: Scope | undefined;
  /** The signal of the real scope. Only read when it matters: a signal is made on first read. */
  readonly signal: () => AbortSignal;

  constructor(label: string, parent: Scope | undefined, signal: () => AbortSignal) {
    this.label = label;
    this.parent = parent;
    this.signal = signal;
    if (parent && !parent.ended) parent.children.add(this);
    if (parent?.cause) this.cause = { by: 'parent' };
  }

  cancel(cause: Cause): void {
    if (this.cause || this.ended) return;
    this.cause = cause;
    this.causeAt = tick();
    for (const child of this.children) child.cancel({ by: 'parent' });
  }

  end(): void {
    this.ended = true;
    this.parent?.children.delete(this);
  }

  get reason(): unknown {
    return this.signal().reason as unknown;
  }

  /** What it is cancelled with. */
  get enclosing(): Scope | undefined {
    return this.parent;
  }

  /** Whether cancelling the outermost scope reaches this one. */
  get isReachable(): boolean {
    return !this.ended && (this.label === 'root' || !!this.enclosing?.isReachable);
  }

  isInside(outer: Scope): boolean {
    return !!this.enclosing && (this.enclosing === outer || this.enclosing.isInside(outer));
  }
}

/** Whether a rejection is the scope's cancellation itself. */
export function isCut(error: unknown, scope: Scope | undefined): boolean {
  return !!scope?.cause && isAbort(error, scope.reason);
}

function isAbort(error: unknown, reason: unknown): boolean {
  if (error === reason) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((each) => isAbort(each, reason));
  }
  if ('code' in error && error.code === 'ERR_CANCELED') return true; // the shape "named"
  return error.name === 'AbortError' && (error.cause == null || isAbort(error.cause, reason));
}

/** Whether a rejection was caused by a deadline: less is asked than of a cancellation. */
export function isCutByDeadline(error: unknown, reason: unknown, depth = 0): boolean {
  if (error === reason) return true;
  // A circle of causes: a TimeoutError and what its body made of it.
  if (!(error instanceof Error) || depth > 20) return false;
  if (error instanceof AggregateError) {
    const { errors } = error;
    return errors.length > 0 && errors.every((each) => isCutByDeadline(each, reason, depth + 1));
  }
  return error.cause != null && isCutByDeadline(error.cause, reason, depth + 1);
}
