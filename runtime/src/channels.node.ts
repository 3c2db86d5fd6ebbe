import { channel, type Channel } from 'node:diagnostics_channel';

import type { GroupTrace, TaskTrace, TimeoutTrace } from './traces.js';

/**
 * A tracing channel, asked in the order of what it costs: whether anybody listens; what there is to
 * say. Not `tracePromise` of Node, which would make a promise more of each task, and wants one.
 */
export class Tracer<C extends object> {
  readonly #start: Channel;
  readonly #end: Channel;
  readonly #error: Channel;
  readonly #asyncStart: Channel;
  readonly #asyncEnd: Channel;
  /** What was published of, and has not ended. Nothing of what began while nobody listened. */
  readonly #open = new WeakMap<object, C>();
  /** Somebody has listened before. */
  wasHeard = false;

  constructor(name: string) {
    const event = (what: string): Channel => channel(`tracing:mooring.${name}:${what}`);
    this.#start = event('start');
    this.#end = event('end');
    this.#error = event('error');
    this.#asyncStart = event('asyncStart');
    this.#asyncEnd = event('asyncEnd');
  }

  get isHeard(): boolean {
    return (
      this.#start.hasSubscribers ||
      this.#end.hasSubscribers ||
      this.#asyncStart.hasSubscribers ||
      this.#asyncEnd.hasSubscribers ||
      this.#error.hasSubscribers
    );
  }

  /** Calls `fn` in the async context that subscribers set up. */
  start<R>(subject: object, context: C, fn: () => R): R {
    this.wasHeard = true;
    this.#open.set(subject, context);
    try {
      return this.#start.runStores(context, fn);
    } finally {
      this.#end.publish(context);
    }
  }

  contextOf(subject: object): C | undefined {
    return this.#open.get(subject);
  }

  ended(subject: object, how: Partial<C> & { error?: unknown }): void {
    const context = this.#open.get(subject);
    if (!context) return;
    this.#open.delete(subject);
    Object.assign(context, how);
    if ('error' in how) this.#error.publish(context);
    this.#asyncStart.publish(context);
    this.#asyncEnd.publish(context);
  }
}

export const taskTracer: Tracer<TaskTrace> = new Tracer('task');
export const groupTracer: Tracer<GroupTrace> = new Tracer('group');
export const timeoutTracer: Tracer<TimeoutTrace> = new Tracer('timeout');
