import { invalid } from './errors.js';
import { TaskGroupError } from './task-group-error.js';
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
    const source = (this.#source ??= newAbortController());
    return 'signal' in source ? source.signal : source;
  }

  get isAborted(): boolean {
    return !!this.#source && this.signal.aborted;
  }

  /** Aborts with the reason of `cause`, an aborted signal. The first reason stays. */
  abort(cause: AbortSignal): void {
    this.#source ??= cause;
    // Runs abort listeners, that is user code, before it returns.
    if ('signal' in this.#source) this.#source.abort(cause.reason);
  }
}

/**
 * Whether `error` is how a wait ends when a signal aborts with `reason`. Three shapes are about:
 *
 *     signal.throwIfAborted(), fetch(url, { signal })      the reason itself
 *     Node's timers/promises, events.once, fs.readFile     an AbortError, `cause` the reason
 *     libraries older than signal.reason                   an AbortError without a cause
 *
 * Anything else that is called AbortError carries somebody else's cancellation: a failure.
 */
export function isCausedBy(error: unknown, reason: unknown): boolean {
  if (Object.is(error, reason)) return true;
  try {
    // The `cause` is only the first of a group's errors: beside a cancellation there may be a failure.
    if (error instanceof TaskGroupError) {
      return error.errors.length > 0 && error.errors.every((each) => isCausedBy(each, reason));
    }
    const { cause, name } = Object(error) as { cause?: unknown; name?: unknown };
    return cause === reason || (cause === undefined && name === 'AbortError');
  } catch {
    // A thrown value whose getters throw. It is nobody's cancellation.
    return false;
  }
}

/**
 * Tells whether `error` is the cancellation of `scope`: the scope's own `signal.reason`, an error
 * whose `cause` is that reason, or an `AbortError` without a cause while this very signal is
 * aborted. Decided by identity: an `AbortError` from somebody else's controller is a failure.
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
  const { signal } = Object(scope) as Partial<typeof scope>;
  if (!signal || !('aborted' in Object(signal))) {
    throw invalid('scope must be an object like { signal }', scope);
  }
  return signal.aborted && isCausedBy(error, signal.reason);
}
