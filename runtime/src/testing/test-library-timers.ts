import { invalid } from '../errors.js';
import type { TimeSource } from './virtual-time.js';

/** What is asked of `vi` and `jest`. */
export interface RunnerTimers {
  useFakeTimers(): unknown;
  useRealTimers(): unknown;
  getTimerCount(): number;
  advanceTimersToNextTimer(): unknown;
}

/** What is asked of a clock of sinon or `@sinonjs/fake-timers`, which has been installed. */
export interface SinonClock {
  countTimers(): number;
  next(): unknown;
}

/** The fake timers of a test library, as the clock's driver moves them. */
export class TestLibraryTimers implements TimeSource {
  readonly isInTurn = false;
  readonly #timers: RunnerTimers | SinonClock;
  #isOurs = false;
  #start = 0;

  constructor(timers: RunnerTimers | SinonClock) {
    const isKnown = 'advanceTimersToNextTimer' in timers || 'countTimers' in timers;
    if (!isKnown)
      throw invalid('timers must be `vi`, `jest` or an installed clock of sinon', timers);
    this.#timers = timers;
  }

  get #count(): number {
    return 'countTimers' in this.#timers
      ? this.#timers.countTimers()
      : this.#timers.getTimerCount();
  }

  /** These libraries have one order for timers of one moment. */
  get due(): number {
    return Math.min(1, this.#count);
  }

  get now(): number {
    return Date.now() - this.#start;
  }

  get left(): string[] {
    const count = this.#count;
    return count > 0 ? [`${count} of the fake timers`] : [];
  }

  fire(): void {
    if ('countTimers' in this.#timers) this.#timers.next();
    else this.#timers.advanceTimersToNextTimer();
  }

  after(ms: number, callback: () => void): void {
    setTimeout(callback, ms);
  }

  /** A clock that the test has installed stays, with what it was told to fake. */
  install(): void {
    const real = setTimeout;
    if ('useFakeTimers' in this.#timers && !isFaked(real)) {
      this.#timers.useFakeTimers();
      this.#isOurs = true;
    }
    this.#start = Date.now();
  }

  uninstall(): void {
    if (this.#isOurs) (this.#timers as RunnerTimers).useRealTimers();
  }
}

/** `@sinonjs/fake-timers`, which is behind all of them, marks what it replaces. */
function isFaked(timer: object): boolean {
  return 'clock' in timer;
}
