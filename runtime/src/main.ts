import { checkAmount } from './amount.js';
import { isCancellation, type TaskContext } from './cancellation.js';
import { CancelledError } from './errors.js';
import { format } from './inspect/format.js';
import { tree } from './inspect/tree.js';
import { checkFunction, checkKeys } from './task-group-options.js';
import { startTimer } from './timer.js';
import { newAbortController } from '#abort-controller';

/** Options of {@link main}. */
export interface MainOptions {
  /**
   * Milliseconds that the body has to end in once a signal has come; `Infinity` for as long as it
   * takes. Default: 9,000, so that Docker, which kills after ten seconds, does not come first.
   */
  grace?: number | undefined;
}

/** The signals that ask a program to end, with their numbers. */
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * A signal that comes again within so many milliseconds is the same one: Ctrl+C under `npm start` goes
 * to the program once from the terminal, and once more from npm, which passes on what it gets.
 */
const ECHO = 250;

/**
 * Runs a whole program in a scope that the first SIGINT or SIGTERM cancels, with a reason that names
 * the signal. How the body ends, once it has, is the exit code of the process:
 *
 * - a value: the exit code stays as it is, which is 0 unless the program sets another. Also after a
 *   signal: finished work is kept.
 * - a failure: it is printed to stderr, 1.
 * - cut by the signal: nothing is printed, 128 + the number of the signal: 130 for SIGINT, 143 for
 *   SIGTERM.
 *
 * It does not end the process, which ends when nothing holds it open. Only a second signal, or the end
 * of `grace`, does: it prints what still runs and exits with 128 + the number of the signal. A signal
 * after the body has ended does what it would without `main`.
 *
 * It never rejects, except with a `TypeError` or `RangeError` for wrong use: a body that is no
 * function, an option that there is not, a platform without a `process` that has signals.
 *
 * After Effection's `main`, and Go's `signal.NotifyContext`, for the deadline of a clean-up.
 *
 * @example
 * await main(async (scope) => {
 *   const server = createServer(handler).listen(8080);
 *   await serveUntilCancelled(server, scope);
 * }, { grace: 20_000 });
 */
export async function main<R>(
  body: (scope: TaskContext) => R | PromiseLike<R>,
  options: MainOptions = {},
): Promise<void> {
  checkFunction('body', body);
  checkKeys(options, ['grace']);
  const { grace = 9_000 } = options;
  checkAmount('grace', grace);
  if (typeof process !== 'object' || typeof process.on !== 'function') {
    throw new TypeError('main needs a process that gets signals: Node, Bun or Deno');
  }
  const stop = new Stop(grace);
  try {
    await body(stop.scope);
  } catch (error) {
    if (isCancellation(error, stop.scope)) process.exitCode = stop.exitCode;
    else {
      process.exitCode = 1;
      print(error);
    }
  } finally {
    stop.end();
  }
}

function print(error: unknown): void {
  try {
    console.error(error);
  } catch {
    // A getter of the error has thrown, which the console asks for.
    console.error('mooring: main has failed with an error that cannot be shown');
  }
}

/** Listens for the signals, from here to `end`. */
class Stop {
  readonly #controller = newAbortController();
  readonly scope: TaskContext = { signal: this.#controller.signal };
  readonly #grace: number;
  /** Once a signal has come. */
  #first: { name: keyof typeof NUMBERS; at: number; clear: () => void } | undefined;

  constructor(grace: number) {
    this.#grace = grace;
    for (const name of Object.keys(NUMBERS)) process.on(name, this.#hear);
  }

  get exitCode(): number {
    return this.#first ? 128 + NUMBERS[this.#first.name] : 0;
  }

  end(): void {
    this.#first?.clear();
    for (const name of Object.keys(NUMBERS)) process.removeListener(name, this.#hear);
  }

  readonly #hear = (signal: string): void => {
    const name = signal as keyof typeof NUMBERS;
    const now = performance.now();
    const first = this.#first;
    if (!first) {
      // The timer holds the process open: a body that nothing holds open would end with it, unseen.
      const clear = startTimer(this.#grace, () =>
        this.#exit(`${this.#grace} ms of grace are over`),
      );
      this.#first = { name, at: now, clear };
      this.#controller.abort(new CancelledError(`The process was asked to end: ${name}`));
    } else if (name !== first.name || now - first.at > ECHO) {
      first.name = name;
      this.#exit(`a second signal has come (${name})`);
    }
  };

  #exit(why: string): never {
    const open = tree();
    const what = open.length > 0 ? format(open) : 'the body of main, which has opened no scope';
    console.error(`mooring: ${why}, and this still runs:\n${what}`);
    process.exit(this.exitCode);
  }
}
