import { builtin, queueJob } from './platform.js';
import { lineOf, siteHere, type Site } from './program-line.js';

interface PromiseHooks {
  createHook(hooks: {
    init?: (promise: object) => void;
    before: (promise: object) => void;
  }): () => void;
}

interface Context {
  run<T>(store: Points, fn: () => T): T;
  getStore(): Points | undefined;
}

/** Without hooks: how many steps of the job queue are looked at after each event. */
const STEPS = 40;

/**
 * Counts the places where a cancellation can arrive, and cancels at one of them.
 *
 * One job runs at a time, so a cancellation comes between two: before each promise job, and before
 * each timer that falls due while everything waits.
 *
 *     run() │ job │ job │ job …  quiet │ timer │ job │ job …
 *           1     2     3               4      5     6
 */
export class Points {
  /** The places passed so far. Point 0 is before the program is called. */
  count = 0;
  /** Of each point, by its number, where the program goes on. */
  readonly lines: string[] = ['before the first line'];
  readonly #target: number;
  readonly #cancel: () => void;
  readonly #isRecording: boolean;
  /** The promises of the program. Those of a test library that reports meanwhile are not counted. */
  readonly #own = new WeakMap<object, Site | undefined>();
  readonly #context = (context ??= newContext());
  #isHooked = false;
  #stop: (() => void) | undefined;

  /** @param isRecording Keep the lines, which takes a stack for each promise. */
  constructor(target: number, cancel: () => void, isRecording: boolean) {
    this.#target = target;
    this.#cancel = cancel;
    this.#isRecording = isRecording;
  }

  /** Calls the program. Its promises are told by their async context, through timers and sockets. */
  start<T>(program: () => T): T {
    const hooks = promiseHooks();
    const context = this.#context;
    if (!hooks || !context) {
      this.follow();
      return program();
    }
    this.#isHooked = true;
    const own = this.#own;
    const isRecording = this.#isRecording;
    this.#stop = hooks.createHook({
      // What `await` makes it makes on its own line. Asked here: Node 20 and 22 set the context of a
      // job after `before`.
      init: (promise) => {
        if (context.getStore() === this) own.set(promise, isRecording ? siteHere() : undefined);
      },
      before: (promise) => {
        if (own.has(promise)) this.pass(() => lineOf(own.get(promise)?.stack));
      },
    });
    return context.run(this, program);
  }

  stop(): void {
    this.#stop?.();
    this.#stop = () => {};
  }

  /** Passes a point. `true`: it was the one to cancel at. */
  pass(line: () => string): boolean {
    this.count++;
    if (this.#isRecording) this.lines[this.count] = line();
    if (this.count !== this.#target) return false;
    if (this.#context) this.#context.run(this, this.#cancel);
    else this.#cancel();
    return true;
  }

  /** Called after what starts promise jobs, where no hook tells of each. */
  follow(): void {
    if (this.#isHooked) return;
    let steps = 0;
    const step = (): void => {
      if (this.#stop || ++steps > STEPS) return;
      this.pass(() => 'between two jobs');
      queueJob(step);
    };
    queueJob(step);
  }
}

/** One for all: in Node 20 and 22 each more makes every promise dearer. */
let context: Context | undefined;

let found: PromiseHooks | false | undefined;

/** Node and Deno have them. Bun has the name, and throws. */
export function promiseHooks(): PromiseHooks | undefined {
  found ??= find();
  return found || undefined;
}

function find(): PromiseHooks | false {
  try {
    const hooks = builtin<{ promiseHooks?: PromiseHooks }>('node:v8')?.promiseHooks;
    hooks?.createHook({ before: () => {} })();
    return hooks ?? false;
  } catch {
    return false;
  }
}

function newContext(): Context | undefined {
  const hooks = builtin<{ AsyncLocalStorage?: new () => Context }>('node:async_hooks');
  return hooks?.AsyncLocalStorage && new hooks.AsyncLocalStorage();
}
