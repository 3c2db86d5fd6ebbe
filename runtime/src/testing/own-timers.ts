import { installDates } from './fake-dates.js';
import { installPromises, syncBuiltins } from './fake-promises.js';
import { FakeTimers } from './fake-timers.js';
import { Replacements } from './replacements.js';
import { VirtualTime, type TimeSource } from './virtual-time.js';

/** The timers and the time of the platform, replaced while a clock runs. */
export class OwnTimers implements TimeSource {
  readonly #time = new VirtualTime();
  readonly #timers = new FakeTimers(this.#time);
  readonly #replaced = new Replacements();
  readonly #start: number;
  readonly #fired: () => void;

  /**
   * @param start What `Date.now()` says first.
   * @param fired Called after the callback of each timer.
   */
  constructor(start: number, fired = (): void => {}) {
    this.#start = start;
    this.#fired = fired;
  }

  get due(): number {
    return this.#time.due;
  }

  get now(): number {
    return this.#time.now;
  }

  get isInTurn(): boolean {
    return this.#timers.isInTurn;
  }

  get left(): string[] {
    return this.#time.timers.filter(({ isRef }) => isRef).map(({ what }) => what);
  }

  /** The first of the timers that fall due next, in words. */
  nextOnes(count: number): string[] {
    return this.#time.timers.slice(0, count).map(({ what }) => what);
  }

  fire(n: number): void {
    this.#time.fire(n);
    this.#fired();
  }

  after(ms: number, run: () => void): void {
    this.#time.add({ due: this.#time.now + ms, isRef: false, isLast: true, what: 'advance', run });
  }

  install(): void {
    this.#timers.install(this.#replaced);
    installDates(this.#replaced, this.#time, this.#start);
    installPromises(this.#replaced, this.#timers);
  }

  uninstall(): void {
    this.#replaced.restore();
    syncBuiltins();
  }
}
