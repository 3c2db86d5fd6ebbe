import { isCausedBy } from './caused-by.js';
import { holds, invalid } from './errors.js';
import { reasonOf } from './reason.js';
import { newAbortController } from '#abort-controller';

declare global {
  // Merges with the declaration of lib "DOM" or @types/node; keeps a program that has neither
  // compiling. Importing either from here would force it on every user.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged, never used alone
  interface AbortSignal {}
}

/** What a task's function is called with. It is a scope: hand it on as the parent of others. */
export interface TaskContext {
  /**
   * Aborts when the task is cancelled, alone or with its group. Made on first read: a task that
   * never asks for its signal costs no controller.
   *
   * A property of its own, so that a client which copies its options sees it. Not so in a function
   * that declares no parameter before `...rest`: hand on the signal there, and not the whole context.
   */
  readonly signal: AbortSignal;
}

/** Options of everything that waits: the scope whose cancellation ends the wait. */
export interface ScopeOptions {
  /** Any scope can be passed whole: a task's context, a group and a timeout have a `signal`. */
  signal?: AbortSignal | undefined;
}

/**
 * The signal of a scope, which costs nothing until somebody asks for it. Its one field is empty,
 * then a controller once the signal has been read; or, in a scope that was cancelled before, the
 * aborted signal that cancelled it, which stands for its own.
 */
export class LazySignal implements TaskContext {
  #source: AbortController | AbortSignal | undefined = undefined;

  get signal(): AbortSignal {
    return this.make();
  }

  make(): AbortSignal {
    const source = (this.#source ??= newAbortController());
    return 'signal' in source ? source.signal : source;
  }

  /** The signal, if anybody has asked for it. */
  get made(): AbortSignal | undefined {
    return this.#source && this.make();
  }

  get isAborted(): boolean {
    return !!this.#source && this.make().aborted;
  }

  /** Aborts with the reason of `cause`, an aborted signal. The first reason stays. */
  abort(cause: AbortSignal): void {
    this.#source ??= cause;
    if (!('signal' in this.#source)) return;
    try {
      // Runs abort listeners, that is user code, before it returns.
      this.#source.abort(cause.reason);
    } catch (error) {
      // Of a listener, in happy-dom as vitest sets it up. Other tasks are to be cancelled all the same,
      // and the error is to be unhandled.
      // eslint-disable-next-line mooring/no-floating-promises -- that is the point
      void Promise.reject(error);
    }
  }
}

/**
 * The descriptor by which a scope has its `signal` as a property of its own. Most clients copy what
 * they are given as options, by a spread or by its keys, and such a copy leaves out what the
 * prototype has: `axios.get(url, deadline)` would run on for ever.
 */
export function ownSignal<Scope extends object>(
  signalOf: (scope: Scope) => AbortSignal,
): PropertyDescriptor & ThisType<Scope> {
  return {
    enumerable: true,
    configurable: true,
    get() {
      return signalOf(this);
    },
  };
}

/**
 * Tells whether `error` *is* the cancellation of `scope`. It is asked only while this very signal is
 * aborted, and these are: the scope's own `signal.reason`; an error that says by its name or code
 * that it is an abort, as those of the platform and of popular clients do, and whose `cause`, if it
 * has one, is that reason or such an error again; an aggregate of nothing but these.
 *
 * Any other error is a failure, also one whose `cause` is the reason: a rollback that went wrong. So
 * is an `AbortError` from somebody else's controller.
 *
 * Use it where a `catch` must treat failures and let the cancellation through.
 *
 * @example
 * try {
 *   await fetch(url, { signal: context.signal });
 * } catch (error) {
 *   if (isCancellation(error, context)) throw error;
 *   return fallback;
 * }
 *
 * @param scope Anything with a `signal`: a task's context, a group, a timeout, a controller.
 * @throws {TypeError} when `scope` has no signal, or is one.
 */
export function isCancellation(error: unknown, scope: { readonly signal: AbortSignal }): boolean {
  if (!holds(() => 'aborted' in scope.signal)) {
    throw invalid('scope must be an object like { signal }', scope);
  }
  const { signal } = scope;
  return signal.aborted && isCausedBy(error, reasonOf(signal));
}
