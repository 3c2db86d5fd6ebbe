/// <reference lib="esnext.disposable" preserve="true" />
import { keepContext } from '#async-context';
import { dispose } from '../dispose.js';
import { builtin, realTurns } from './platform.js';
import { lineOf, siteHere, type Site } from './program-line.js';
import type { Replacements } from './replacements.js';
import type { VirtualTime, VirtualTimer } from './virtual-time.js';

type Callback = (...args: unknown[]) => void;

/** Longer delays, and what is no delay, count as this on every platform. */
const SHORTEST = 1;
const LONGEST = 2 ** 31 - 1;

/** What `setTimeout` of Node gives; a browser gives its number. */
class FakeTimer implements VirtualTimer {
  due = 0;
  isRef = true;
  isArmed = false;
  readonly id: number;
  readonly #time: VirtualTime;
  readonly #callback: () => void;
  readonly #ms: number;
  readonly #repeats: boolean;
  readonly #site: Site;

  constructor(time: VirtualTime, id: number, callback: () => void, ms: unknown, repeats: boolean) {
    this.#time = time;
    this.id = id;
    // As the platform's do: the callback runs in the async context of the call that armed it.
    this.#callback = keepContext(callback);
    const delay = Math.trunc(Number(ms));
    this.#ms = delay >= SHORTEST && delay <= LONGEST ? delay : SHORTEST;
    this.#repeats = repeats;
    this.#site = siteHere();
    this.refresh();
  }

  get what(): string {
    const name = this.#repeats ? 'setInterval' : 'setTimeout';
    return `${name} of ${this.#ms} ms, ${lineOf(this.#site.stack)}`;
  }

  run(): void {
    this.isArmed = false;
    // Before the call, which may clear it.
    if (this.#repeats) this.refresh();
    this.#callback();
  }

  refresh(): this {
    this.close();
    this.due = this.#time.now + this.#ms;
    this.isArmed = true;
    this.#time.add(this);
    return this;
  }

  close(): this {
    if (this.isArmed) this.#time.remove(this);
    this.isArmed = false;
    return this;
  }

  ref(): this {
    this.isRef = true;
    return this;
  }

  unref(): this {
    this.isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.isRef;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }

  [dispose](): void {
    this.close();
  }
}

/** The platform's functions that arm and clear timers, on virtual time. */
export class FakeTimers {
  /** Turns that the program asked for and has not had. */
  readonly #waiting = new Set<unknown>();
  /** As they are when the clock begins. */
  readonly #turns = { ...realTurns! };
  readonly #time: VirtualTime;
  readonly #byId = new Map<number, FakeTimer>();
  readonly #real = globalThis as unknown as Record<string, (...args: unknown[]) => unknown>;
  /** No platform counts that far; `clearTimeout` of a number says nothing of where it came from. */
  #lastId = 2 ** 40;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get isInTurn(): boolean {
    return this.#waiting.size > 0;
  }

  arm(callback: () => void, ms: unknown, repeats = false): FakeTimer {
    return new FakeTimer(this.#time, ++this.#lastId, callback, ms, repeats);
  }

  install(replaced: Replacements): void {
    const fakes = { ...this.#set('setTimeout', false), ...this.#set('setInterval', true) };
    const module = builtin<object>('node:timers');
    for (const target of [globalThis, module]) {
      for (const [name, fake] of Object.entries(fakes)) replaced.set(target, name, fake);
      if (!realTurns) continue;
      replaced.set(target, 'setImmediate', this.setImmediate);
      replaced.set(target, 'clearImmediate', this.clearImmediate);
    }
  }

  #set(name: 'setTimeout' | 'setInterval', repeats: boolean): Record<string, unknown> {
    const clearName = name.replace('set', 'clear');
    const isNumber = typeof document === 'object';
    const clearReal = this.#real[clearName]!;
    const set = (callback: Callback, ms?: unknown, ...args: unknown[]): FakeTimer | number => {
      if (typeof callback !== 'function') {
        throw new TypeError(`${name} takes a function, got ${String(callback)}`);
      }
      const timer = this.arm(() => callback(...args), ms, repeats);
      this.#byId.set(timer.id, timer);
      return isNumber ? timer.id : timer;
    };
    const clear = (timer: unknown): void => {
      const fake = timer instanceof FakeTimer ? timer : this.#byId.get(Number(timer));
      // One that was armed before the clock began is cleared as ever.
      if (fake) fake.close();
      else clearReal(timer);
    };
    return { [name]: set, [clearName]: clear };
  }

  /** Turns take no time and stay the platform's own; they are counted. */
  readonly setImmediate = (callback: Callback, ...args: unknown[]): unknown => {
    const immediate = this.#turns.setImmediate(() => {
      this.#waiting.delete(immediate);
      callback(...args);
    });
    this.#waiting.add(immediate);
    return immediate;
  };

  readonly clearImmediate = (immediate: unknown): void => {
    this.#waiting.delete(immediate);
    this.#turns.clearImmediate(immediate);
  };
}

declare const document: unknown;
