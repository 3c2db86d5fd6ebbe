import { inRealTime, nextTurn, realNow } from './platform.js';
import { RealWork, seesRealWork } from './real-work.js';
import type { TimeSource } from './virtual-time.js';

/** So many turns without an event are quiet: a message between two ports takes more than one. */
const QUIET = 3;
/** Turns that are spun through before the processor is left alone for a millisecond. */
const SPINS = 50;
/** Milliseconds of real time that a platform which shows no real work is given to come up with some. */
export const PATIENCE = 200;
/** A program that fires more timers than this is taken to go on for ever. */
export const MOST_JUMPS = 100_000;

export interface DriverOptions {
  /** Called when everything waits. `true`: something was done, look again. */
  readonly whenQuiet?: (() => boolean) | undefined;
  /** Called when nothing that the clock knows of can end the program. `true`: now something can. */
  readonly whenStuck?: (() => boolean) | undefined;
  /** Called before a timer is fired; says which of the `due` ones it is. */
  readonly beforeTimer?: ((due: number) => number) | undefined;
  /** Milliseconds of real time, instead of {@link PATIENCE}. */
  readonly patience?: number | undefined;
  /** The error to fail with then. */
  readonly stuck: () => Error;
}

/**
 * Runs a program and, whenever all of it waits, moves the time to the next timer.
 *
 *     program ──► everything that needs no time ──► quiet? ──► next timer ──► program …
 *
 * It goes by turns of the event loop and callbacks, and has no promise of its own: its jobs would
 * stand between those of the program, and be counted among them.
 */
export class Driver {
  readonly work = new RealWork();
  readonly #time: TimeSource;
  readonly #options: DriverOptions;
  #idle: (() => void)[] = [];
  #held = 0;
  #quiet = 0;
  #busy = 0;
  #jumps = 0;
  #callbacks = 0;
  /** How often in a row nothing was found that could end the program, and since when. */
  #doubts = 0;
  #doubtsSince = 0;
  #end: (() => void) | undefined;

  constructor(time: TimeSource, options: DriverOptions) {
    this.#time = time;
    this.#options = options;
  }

  /** Settles as the program does, or with the error that nothing can end it. */
  run<T>(program: () => T | PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        this.#end = () => reject(error);
      };
      this.work.watch();
      try {
        Promise.resolve(program()).then((value) => (this.#end = () => resolve(value)), fail);
      } catch (error) {
        fail(error);
      }
      const look = (): void => {
        try {
          if (this.#end || this.#look()) return this.#finish(reject);
        } catch (error) {
          // A callback of a timer has thrown. Outside a clock the platform would end the process.
          fail(error);
        }
        this.#wait(look);
      };
      this.#wait(look);
    });
  }

  /** Calls back when everything waits, before the time moves. */
  whenIdle(callback: () => void): void {
    this.#idle.push(callback);
  }

  /** The clock stands still until the returned function is called. */
  hold(): () => void {
    this.#held++;
    return () => this.#held--;
  }

  #finish(reject: (error: unknown) => void): void {
    this.work.stop();
    if (this.#end) this.#end();
    else reject(this.#options.stuck());
  }

  #wait(look: () => void): void {
    // A spin of its own for a request that takes seconds would be no way to treat a processor.
    const isBlind = this.#doubts > 1 && !this.#seesAll;
    // Turns that are spun through leave the platform no time to carry bytes from one end to the other:
    // a deadline would pass while the answer is on its way.
    const isCarried = this.#quiet > 0 && this.work.isConnected;
    if (this.#busy > SPINS || isBlind || isCarried) inRealTime(1, look);
    else nextTurn(look);
  }

  /** Does the next thing that is due. `true`: nothing is, and nothing ever will be. */
  #look(): boolean {
    if (this.#isAtWork()) return false;
    if (++this.#quiet < QUIET) return false;
    this.#quiet = 0;
    if (this.#idle.length > 0) {
      for (const callback of this.#idle.splice(0)) callback();
    } else if (!this.#options.whenQuiet?.() && !this.#jump()) {
      const isOver = this.#time.due > 0;
      if (!isOver && !this.#isSure()) return false;
      if (isOver || !this.#options.whenStuck?.()) return true;
    }
    this.#doubts = 0;
    return false;
  }

  /**
   * The end of the program may stand in a promise job that this very turn has made possible; or, on a
   * platform that shows no real work, in some of that.
   */
  #isSure(): boolean {
    if (this.#doubts++ === 0) this.#doubtsSince = realNow();
    if (this.#doubts < 2 || this.#seesAll) return this.#doubts > 1;
    return realNow() - this.#doubtsSince >= (this.#options.patience ?? PATIENCE);
  }

  get #seesAll(): boolean {
    return seesRealWork && !this.work.isConnected;
  }

  #isAtWork(): boolean {
    const isBusy = this.#held > 0 || this.work.inFlight.length > 0;
    this.#busy = isBusy ? this.#busy + 1 : 0;
    const isActive = isBusy || this.#time.isInTurn || this.work.callbacks !== this.#callbacks;
    this.#callbacks = this.work.callbacks;
    if (isActive) this.#quiet = 0;
    return isActive;
  }

  #jump(): boolean {
    const { due } = this.#time;
    if (due === 0 || ++this.#jumps > MOST_JUMPS) return false;
    this.#time.fire(this.#options.beforeTimer?.(due) ?? 0);
    return true;
  }
}
