import { isCancellation } from '../cancellation.js';
import { CancelledError } from '../errors.js';
import { openScopes } from '../open-scopes.js';
import { Driver, PATIENCE } from './driver.js';
import { OwnTimers } from './own-timers.js';
import { nextTurn } from './platform.js';
import { Points } from './points.js';
import { scopeTree } from './scope-tree.js';
import { listenersOf } from './signal-listeners.js';
import { catchStrayErrors } from './stray-errors.js';
import { stuckError } from './stuck-error.js';
import { tell } from './told-scopes.js';
import { onVirtualTime } from './with-clock.js';

/** A program that is tried, each time from the beginning. */
export interface Program<S> {
  readonly run: (scope: { readonly signal: AbortSignal }, state: S) => unknown;
  readonly setup: (() => S | PromiseLike<S>) | undefined;
  readonly check: ((state: S) => unknown) | undefined;
}

/** What came of one try. */
export interface Attempt {
  /** How many points were passed. */
  readonly count: number;
  readonly lines: readonly string[];
  readonly wasCancelled: boolean;
  /** It waited for what no promise job and no timer brings. */
  readonly didRealWork: boolean;
  readonly faults: readonly unknown[];
}

const YEAR_2000 = Date.UTC(2000);
/** `sleep(Infinity, scope)` goes through the longest timer of the platform again and again. */
const YEAR = 366 * 24 * 3_600_000;

/**
 * Runs the program once on virtual time, cancels it at that point, and judges it. One that waits for
 * ever without a cancellation, as a server does, is cancelled then.
 */
export async function attempt<S>(
  { run, setup, check }: Program<S>,
  target: number,
  isRecording: boolean,
  patience = PATIENCE,
): Promise<Attempt> {
  const state = (await setup?.()) as S;
  const trial = new Trial(target, isRecording, patience);
  const stray = catchStrayErrors();
  const faults = await trial.run((scope) => run(scope, state));
  await new Promise<void>((resolve) => nextTurn(resolve));
  stray.stop();
  faults.push(...stray.errors, ...trial.left.map((what) => new Error(`left behind: ${what}`)));
  try {
    await check?.(state);
  } catch (error) {
    faults.push(error);
  }
  const { count, lines, wasCancelled, didRealWork } = trial;
  return { count, lines, wasCancelled, didRealWork, faults };
}

/** One run on virtual time, with its scope. */
class Trial {
  readonly #target: number;
  readonly #controller = new AbortController();
  readonly #points: Points;
  readonly #time = new OwnTimers(YEAR_2000, () => this.#points.follow());
  readonly #driver: Driver;
  readonly #before = new Set(openScopes());

  constructor(target: number, isRecording: boolean, patience: number) {
    this.#target = target;
    this.#points = new Points(target, () => this.#cancel(), isRecording);
    this.#driver = new Driver(this.#time, {
      patience,
      whenQuiet: () => this.#whenQuiet(),
      whenStuck: () => this.#whenStuck(),
      stuck: () => stuckError(this.#time, this.#before),
    });
  }

  get count(): number {
    return this.#points.count;
  }

  get lines(): readonly string[] {
    return this.#points.lines;
  }

  get wasCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  get didRealWork(): boolean {
    return this.#driver.work.wasSeen;
  }

  /** What the program has not ended, in words. */
  get left(): string[] {
    const { signal } = this.#controller;
    const scopes = openScopes().filter((scope) => !this.#before.has(scope));
    tell(scopes);
    return [
      ...(scopes.length > 0 ? [`open scopes\n${scopeTree(scopes)}`] : []),
      ...this.#time.left.map((what) => `a timer, ${what}`),
      ...(signal.aborted ? [] : listenersOf(signal)).map(
        (line) => `a listener on the signal, added at ${line}`,
      ),
    ];
  }

  /** Gives what is wrong with the end of the program. */
  async run(program: (scope: { readonly signal: AbortSignal }) => unknown): Promise<unknown[]> {
    const { signal } = this.#controller;
    try {
      await onVirtualTime(this.#time, this.#driver, async () => {
        if (this.#target === 0) this.#cancel();
        await this.#points.start(() => program({ signal }));
        this.#points.stop();
      });
    } catch (error) {
      if (!isCancellation(error, { signal })) return [error];
    } finally {
      this.#points.stop();
    }
    return [];
  }

  #cancel(): void {
    const point = this.#target;
    this.#controller.abort(new CancelledError(`Cancelled at point ${point} by cancelEverywhere`));
  }

  /** Before a timer. `true`: the program was cancelled, and may go on otherwise. */
  #whenQuiet(): boolean {
    if (this.wasCancelled || this.#time.due === 0) return false;
    if (this.#time.now > YEAR) return this.#whenStuck();
    return this.#points.pass(() => `before ${this.#time.nextOnes(1).join()}`);
  }

  /** The program waits for ever, as a server does: the last point. */
  #whenStuck(): boolean {
    if (this.wasCancelled) return false;
    if (!this.#points.pass(() => 'everything waits')) this.#cancel();
    return true;
  }
}
