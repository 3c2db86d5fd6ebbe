/** Small pieces of work for the combinators, and a log of how each has ended. */
import fc, { type Scheduler } from 'fast-check';
import type { TaskContext } from 'mooring';

export interface Job {
  /** How often it waits before it ends. */
  readonly waits: number;
  readonly throws: boolean;
  /** Goes on when it is cancelled. */
  readonly deaf: boolean;
}

export const jobs: fc.Arbitrary<Job[]> = fc.array(
  fc.record({ waits: fc.nat({ max: 3 }), throws: fc.boolean(), deaf: fc.boolean() }),
  { maxLength: 8 },
);

export interface End {
  readonly index: number;
  readonly how: 'value' | 'failure' | 'cut';
  readonly error: Error | undefined;
  /** Its signal had aborted. */
  readonly isLate: boolean;
  /** How many had been started by then, and who of them waited with an ear for the signal. */
  readonly started: number;
  readonly listening: readonly number[];
}

export class JobLog {
  readonly ends: End[] = [];
  running = 0;
  mostRunning = 0;
  started = 0;
  readonly #listening = new Set<number>();
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Does a job and returns its index. */
  async work(
    { waits, throws, deaf }: Job,
    index: number,
    { signal }: TaskContext,
  ): Promise<number> {
    this.started++;
    this.running++;
    const end = (how: End['how'], error?: Error): void => {
      this.#end({ index, how, error, isLate: signal.aborted });
    };
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      for (let left = waits; left > 0; left--) {
        if (!deaf) this.#listening.add(index);
        await this.wait(deaf ? undefined : signal);
        this.#listening.delete(index);
      }
    } catch (error) {
      end('cut');
      throw error;
    }
    if (!throws) {
      end('value');
      return index;
    }
    const error = new Error(`failure ${index}`);
    end('failure', error);
    throw error;
  }

  /** Waits until the scheduler says so, or the signal. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const turn = this.#scheduler.schedule(Promise.resolve(), 'wait');
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });

      turn.then(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }

  get failures(): Error[] {
    return this.ends.flatMap((end) => (end.error ? [end.error] : []));
  }

  get wasCut(): boolean {
    return this.ends.some(({ how }) => how === 'cut');
  }

  /** What has failed after a cancellation, and before the job that won. */
  lateFailures(winner?: End): Error[] {
    const ends = winner ? this.ends.slice(0, this.ends.indexOf(winner)) : this.ends;
    return ends.flatMap(({ error, isLate }) => (error && isLate ? [error] : []));
  }

  #end(end: Omit<End, 'started' | 'listening'>): void {
    this.running--;
    this.#listening.delete(end.index);
    this.ends.push({ ...end, started: this.started, listening: [...this.#listening] });
  }
}
