/**
 * Acquire and release: `size` calls that do next to nothing come at once, so that all but the first
 * wait in the queue. p-limit's cheapest form makes its limit once, outside of what is measured.
 */
import { Limiter } from 'mooring/limiter';
import pLimit from 'p-limit';
import PQueue from 'p-queue';

export const name = 'limiter';
export const title = 'A permit for each of many calls, one at a time';
export const sizes = [1_000, 10_000, 100_000];
export const unit = 'ns';
export const per = 'call';
export const baseline = 'p-limit';
export const contenders = ['p-limit', 'Limiter.run', 'Limiter.acquire', 'p-queue'];

export function prepare(size) {
  const work = Array.from({ length: size }, (_, index) => async () => index);
  const limit = pLimit(1);
  const limiter = new Limiter(1);
  const queue = new PQueue({ concurrency: 1 });

  return {
    'p-limit': () => Promise.all(work.map((fn) => limit(fn))),

    'Limiter.run': () => Promise.all(work.map((fn) => limiter.run(fn))),

    'Limiter.acquire': () =>
      Promise.all(
        work.map(async (fn) => {
          const permit = await limiter.acquire();
          try {
            return await fn();
          } finally {
            permit.release();
          }
        }),
      ),

    'p-queue': () => queue.addAll(work),
  };
}
