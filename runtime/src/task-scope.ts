import { type LazySignal, ownSignal, type TaskContext } from './cancellation.js';

/** What knows the signal: the task until it has been read, then the signal's own keeper. */
export interface SignalSource {
  readonly lazySignal: LazySignal;
}

/**
 * What a task's function is called with. The task does not hold it: most functions let go of it at
 * once, and what is garbage by then costs the collector nothing.
 */
export class TaskScope implements TaskContext {
  /** No longer the task, once the signal has been read: who keeps a context keeps no group. */
  #source: SignalSource;
  static readonly #ownSignal = ownSignal((scope: TaskScope) => scope.#make());

  /** @param hasOwn Whether `signal` is a property of its own, which costs as much as to start a task. */
  constructor(source: SignalSource, hasOwn: boolean) {
    this.#source = source;
    if (hasOwn) Object.defineProperty(this, 'signal', TaskScope.#ownSignal);
  }

  get signal(): AbortSignal {
    return this.#make();
  }

  #make(): AbortSignal {
    const { lazySignal } = this.#source;
    this.#source = lazySignal;
    return lazySignal.make();
  }
}
