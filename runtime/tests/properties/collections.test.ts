// The combinators and `map`: what each resolves with, rejects with, and leaves behind.
import { getEventListeners } from 'node:events';

import fc, { type Scheduler } from 'fast-check';
import {
  type Limit,
  type ScopeOptions,
  TaskGroup,
  TaskGroupError,
  type TaskGroupOptions,
} from 'mooring';
import { describe, expect, test } from 'vitest';

import { type End, type Job, JobLog, jobs } from './jobs.js';

const RUNS = Number(process.env['MOORING_RUNS'] ?? 4_000) / 5;
/** The same programs each time: what fails here has been changed. `npm run soak` tries others. */
const SEED = Number(process.env['MOORING_SEED'] ?? 101);
const parameters = { numRuns: RUNS, seed: SEED };

const reason = new Error('enough');
const limits = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });

/** A limit to share; what it has at the end says whether a permit was lost. */
class CountingLimit implements Limit {
  free: number;
  readonly #waiting = new Set<() => void>();

  constructor(free: number) {
    this.free = free;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async acquire({ signal }: ScopeOptions = {}): Promise<{ release(): void }> {
    if (this.free > 0) this.free--;
    else {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.add(resolve);
        signal?.addEventListener('abort', () => {
          if (this.#waiting.delete(resolve)) reject(signal.reason as Error);
        });
      });
    }
    return {
      release: () => {
        const [next] = this.#waiting;
        if (!next) this.free++;
        else {
          this.#waiting.delete(next);
          next();
        }
      },
    };
  }
}

type Outcome = PromiseSettledResult<unknown>;

interface Run {
  readonly outcome: Outcome;
  readonly log: JobLog;
  /** Whether the parent had been cancelled when the call settled. */
  readonly cancelled: boolean;
}

/** Runs `call` to its end, and checks what holds for all of them. */
async function run(
  scheduler: Scheduler,
  isCancelled: boolean,
  call: (log: JobLog, parent: AbortController) => Promise<unknown>,
): Promise<Run> {
  const parent = new AbortController();
  const log = new JobLog(scheduler);
  const progress = { running: -1, cancelled: false };
  const settled = Promise.allSettled([call(log, parent)]).then(([outcome]) => {
    progress.running = log.running;
    progress.cancelled = parent.signal.aborted;
    return outcome;
  });
  if (isCancelled) {
    scheduler.schedule(Promise.resolve(), 'cancel').then(() => {
      parent.abort(reason);
    });
  }
  await scheduler.waitIdle();
  const outcome = await settled;
  const ends = log.ends.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect(progress.running, 'jobs that run when the call settles').toBe(0);
  expect(log.ends.length, 'jobs that end after the call').toBe(ends);
  expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  return { outcome, log, cancelled: progress.cancelled };
}

const works = (log: JobLog, list: Job[]) =>
  list.map((job, index) => (context: { signal: AbortSignal }) => log.work(job, index, context));

function expectFailures(outcome: Outcome, failures: Error[]): void {
  const error = (outcome as PromiseRejectedResult).reason as unknown;
  expect(error).toBeInstanceOf(TaskGroupError);
  expect((error as TaskGroupError).errors).toEqual(failures);
}

/** Who listened while the winner ended is cut, and nobody starts after that. */
function expectLosersCut(log: JobLog, list: Job[], winner: End | undefined): void {
  if (!winner) return;
  const after = log.ends.slice(log.ends.indexOf(winner) + 1);
  for (const index of winner.listening) {
    expect(after).toContainEqual(expect.objectContaining({ index, how: 'cut' }));
  }
  // One that ends while it is started has the others started after it.
  if (list[winner.index]!.waits > 0) expect(log.started).toBe(winner.started);
}

const fulfils = (value: unknown): Outcome => ({ status: 'fulfilled', value });
const rejectsWithReason: Outcome = { status: 'rejected', reason };

type Combinator = (list: ReturnType<typeof works>, options: TaskGroupOptions) => Promise<unknown>;

/** Runs one of them over every list of jobs, and has `check` look at how it has ended. */
function property(
  combinator: Combinator,
  lists: fc.Arbitrary<Job[]>,
  check: (ended: Run, list: Job[]) => void,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      lists,
      limits,
      fc.boolean(),
      fc.boolean(),
      fc.scheduler(),
      async (list, most, isShared, cancel, s) => {
        const shared = isShared && most ? new CountingLimit(most) : undefined;
        const ended = await run(s, cancel, (log, { signal }) =>
          combinator(works(log, list), { signal, limit: shared ?? most }),
        );
        expect(ended.log.mostRunning).toBeLessThanOrEqual(most ?? Infinity);
        if (shared) expect([shared.free, shared.waiting]).toEqual([most, 0]);
        check(ended, list);
      },
    ),
    parameters,
  );
}

describe('whatever the order of events', () => {
  test('all: every value, or every failure', async () => {
    await property(
      (...args) => TaskGroup.all(...args),
      jobs,
      ({ outcome, log, cancelled }, list) => {
        if (log.failures.length > 0) expectFailures(outcome, log.failures);
        else if (cancelled && log.ends.length < list.length)
          expect(outcome).toEqual(rejectsWithReason);
        else if (log.wasCut) expect(outcome).toEqual(rejectsWithReason);
        else expect(outcome).toEqual(fulfils(list.map((_, index) => index)));
      },
    );
  });

  test('allSettled: every outcome in its place', async () => {
    await property(
      (...args) => TaskGroup.allSettled(...args),
      jobs,
      ({ outcome, log }, list) => {
        if (log.wasCut || log.ends.length < list.length) {
          const late = log.lateFailures();
          if (late.length > 0) expectFailures(outcome, late);
          else expect(outcome).toEqual(rejectsWithReason);
        } else {
          const ends = [...log.ends].sort((a, b) => a.index - b.index);
          expect(outcome).toEqual(
            fulfils(
              ends.map((end) =>
                end.how === 'failure'
                  ? { status: 'rejected', reason: end.error }
                  : { status: 'fulfilled', value: end.index },
              ),
            ),
          );
        }
      },
    );
  });

  test('any: the first value, or the failures in the order of the functions', async () => {
    await property(
      (...args) => TaskGroup.any(...args),
      jobs,
      ({ outcome, log, cancelled }, list) => {
        const winner = log.ends.find(({ how }) => how === 'value');
        const lateFailures = log.lateFailures(winner);
        const isComplete = !log.wasCut && log.ends.length === list.length;
        expectLosersCut(log, list, winner);
        if (winner && (isComplete || !cancelled)) {
          expect(outcome).toEqual(fulfils(winner.index));
        } else if (isComplete) {
          const failures = [...log.failures].sort((a, b) => a.message.localeCompare(b.message));
          expectFailures(outcome, failures);
        } else if (lateFailures.length > 0) {
          expectFailures(outcome, lateFailures);
        } else {
          expect(outcome).toEqual(rejectsWithReason);
        }
      },
    );
  });

  test('race: the first to end, with every failure if that is one', async () => {
    await property(
      (...args) => TaskGroup.race(...args),
      jobs.filter((list) => list.length > 0),
      ({ outcome, log, cancelled }, list) => {
        const isComplete = !log.wasCut && log.ends.length === list.length;
        expectLosersCut(log, list, log.ends[0]);
        // A job that was cut has not ended in the sense of a race.
        const isWon = log.ends.find(({ how }) => how !== 'cut')?.how === 'value';
        if (log.failures.length > 0 && !isWon) expectFailures(outcome, log.failures);
        else if (cancelled && !isComplete) expect(outcome).toEqual(rejectsWithReason);
        else expect(outcome).toEqual(fulfils(log.ends[0]!.index));
      },
    );
  });

  const sources = fc.record({
    isAsync: fc.boolean(),
    /** Throws in place of this item. */
    throwsAt: fc.option(fc.nat({ max: 8 }), { nil: Infinity, freq: 3 }),
    closeThrows: fc.boolean(),
  });

  test('map: results in the order of the items, pulled lazily, and the source closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        jobs,
        sources,
        limits,
        fc.boolean(),
        fc.scheduler(),
        async (list, spec, limit, cancel, s) => {
          const source = new Source(list, spec);
          const { outcome, log, cancelled } = await run(s, cancel, (log, parent) => {
            source.log = log;
            return TaskGroup.map(
              spec.isAsync ? source.async() : source,
              (job, context, index) => log.work(job, index, context),
              { signal: parent.signal, limit },
            );
          });
          expect(log.mostRunning).toBeLessThanOrEqual(limit ?? Infinity);
          expect(source.mostAhead, 'items pulled, and not yet worked on').toBeLessThanOrEqual(1);
          const failures = new Set(log.failures);
          if (source.failure) failures.add(source.failure);
          const isComplete =
            source.endedItself && !source.failure && !log.wasCut && log.ends.length === list.length;
          expect(source.closed, 'times that the source was closed').toBe(
            source.isStarted && !source.endedItself ? 1 : 0,
          );
          if (source.closed > 0 && spec.closeThrows) failures.add(CLOSE_FAILURE);
          if (failures.size > 0) {
            const error = (outcome as PromiseRejectedResult).reason as TaskGroupError;
            expect(error).toBeInstanceOf(TaskGroupError);
            expect(error.errors.length).toBe(failures.size);
            expect(new Set(error.errors)).toEqual(failures);
          } else if (isComplete) {
            expect(outcome).toEqual(fulfils(list.map((_, index) => index)));
          } else {
            expect(cancelled).toBe(true);
            expect(outcome).toEqual(rejectsWithReason);
          }
        },
      ),
      parameters,
    );
  });

  test('mapIterable: results in the order of the items, as far as the loop goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        jobs,
        sources,
        limits,
        fc.option(fc.nat({ max: 8 }), { nil: Infinity }),
        fc.boolean(),
        fc.scheduler(),
        async (list, spec, limit, leavesAt, cancel, s) => {
          const source = new Source(list, spec);
          const seen: unknown[] = [];
          const { outcome, log, cancelled } = await run(s, cancel, async (log, parent) => {
            source.log = log;
            const results = TaskGroup.mapIterable(
              spec.isAsync ? source.async() : source,
              (job, context, index) => log.work(job, index, context),
              { signal: parent.signal, limit },
            );
            for await (const result of results) {
              seen.push(result);
              expect(source.taken - seen.length).toBeLessThanOrEqual(limit ?? Infinity);
              if (seen.length > leavesAt) break;
              await log.wait(undefined);
            }
          });
          expect(log.mostRunning).toBeLessThanOrEqual(limit ?? Infinity);
          expect(seen).toEqual(seen.map((_, index) => index));
          expect(source.closed, 'times that the source was closed').toBe(
            source.isStarted && !source.endedItself ? 1 : 0,
          );
          const failures = new Set(log.failures);
          if (source.failure) failures.add(source.failure);
          if (source.closed > 0 && spec.closeThrows) failures.add(CLOSE_FAILURE);
          if (failures.size > 0) {
            const error = (outcome as PromiseRejectedResult).reason as TaskGroupError;
            expect(error).toBeInstanceOf(TaskGroupError);
            expect(new Set(error.errors)).toEqual(failures);
          } else if (outcome.status === 'rejected') {
            expect(cancelled).toBe(true);
            expect(outcome).toEqual(rejectsWithReason);
          } else {
            expect(seen.length).toBe(Math.min(list.length, leavesAt + 1));
          }
        },
      ),
      parameters,
    );
  });
});

const CLOSE_FAILURE = new Error('close failed');

/** An iterable of jobs that knows what is asked of it. */
class Source implements Iterable<Job> {
  log!: JobLog;
  failure: Error | undefined;
  /** It came to its end or failed before anybody closed it. */
  endedItself = false;
  isStarted = false;
  closed = 0;
  mostAhead = 0;
  #pulled = 0;

  get taken(): number {
    return this.#pulled;
  }

  readonly #jobs: Job[];
  readonly #spec: { throwsAt: number; closeThrows: boolean };

  constructor(list: Job[], spec: { throwsAt: number; closeThrows: boolean }) {
    this.#jobs = list;
    this.#spec = spec;
  }

  [Symbol.iterator](): Iterator<Job> {
    this.isStarted = true;
    return {
      next: () => this.#next(),
      return: () => {
        this.#close();
        return { done: true, value: undefined };
      },
    };
  }

  async(): AsyncIterable<Job> {
    return {
      [Symbol.asyncIterator]: () => {
        this.isStarted = true;
        return {
          next: async () => {
            await this.log.wait(undefined);
            return this.#next();
          },
          return: async () => {
            await Promise.resolve();
            this.#close();
            return { done: true, value: undefined };
          },
        };
      },
    };
  }

  #next(): IteratorResult<Job> {
    if (this.#pulled === this.#spec.throwsAt) {
      this.failure = new Error('source failed');
      this.endedItself = this.closed === 0;
      throw this.failure;
    }
    if (this.#pulled === this.#jobs.length) {
      this.endedItself = this.closed === 0;
      return { done: true, value: undefined };
    }
    const value = this.#jobs[this.#pulled++]!;
    const started = this.log.running + this.log.ends.length;
    this.mostAhead = Math.max(this.mostAhead, this.#pulled - started);
    return { done: false, value };
  }

  #close(): void {
    this.closed++;
    if (this.#spec.closeThrows) throw CLOSE_FAILURE;
  }
}
