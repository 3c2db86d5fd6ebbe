import type { Replacements } from './replacements.js';
import type { VirtualTime } from './virtual-time.js';

/** `Date` and `performance.now`, which tell virtual time. */
export function installDates(replaced: Replacements, time: VirtualTime, start: number): void {
  const RealDate = Date;
  const now = (): number => Math.floor(start + time.now);
  // A proxy and not a class of its own: `instanceof Date` holds of dates from before the clock, and
  // `class Day extends Date` goes on to work.
  const FakeDate = new Proxy(RealDate, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver): unknown =>
      key === 'now' ? now : Reflect.get(target, key, receiver),
  });
  replaced.set(globalThis, 'Date', FakeDate);
  replaced.set(performance, 'now', () => time.now);
}
