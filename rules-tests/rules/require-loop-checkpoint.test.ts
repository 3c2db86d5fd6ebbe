import { describeRule } from '../support/describe-rule.js';

const start = `
  import { sleep, type TaskContext } from 'mooring';
  import { readFile } from 'node:fs/promises';
  declare function other(): boolean;
  async function step(scope?: unknown) { return scope !== undefined; }
`;

describeRule('require-loop-checkpoint', {
  allows: {
    'a round that goes through ticks': `${start}
      import { ticks } from 'mooring/time';
      export async function report(context: TaskContext) {
        for (;;) {
          for await (const { missed } of ticks(1_000, context)) {
            if (missed > 0) break;
          }
        }
      }
    `,
    'a loop in the round that is known to run once at least': `${start}
      export async function* ticks(context: TaskContext, next: () => number) {
        let due = 0;
        for (;;) {
          if (due === 0) {
            await sleep(1_000, context);
            due = next();
          }
          for (; due > 0; due--) yield due;
        }
      }
    `,
    'a round that hands the scope on, or tests it': `${start}
      export async function work(context: TaskContext) {
        for (;;) {
          await step();
          await sleep(1_000, context);
        }
      }
      export async function poll({ signal }: { signal: AbortSignal }) {
        while (true) {
          signal.throwIfAborted();
          await step();
        }
      }
      export async function look(signal: AbortSignal) {
        for (;;) {
          if (signal.aborted) return;
          await step();
        }
      }
    `,
    'a round that waits for what may know': `${start}
      interface Queue { take(): Promise<string> }
      export async function work(queue: Queue, signal: AbortSignal) {
        const next = () => step(signal);
        for (;;) {
          await queue.take();
        }
        for (;;) await next();
      }
      export async function handed(queue: Queue, signal: AbortSignal) {
        for (;;) await step(queue);
      }
    `,
    'a stream that was made with the signal': `${start}
      declare function lines(signal: AbortSignal): AsyncIterable<string>;
      export async function work(signal: AbortSignal) {
        const all = lines(signal);
        for (;;) {
          for await (const line of all) console.log(line);
        }
      }
    `,
    'a loop that has an end': `${start}
      export async function work(signal: AbortSignal) {
        for (let round = 0; round < 3; round++) await step();
        while (other()) await step();
        for (;;) {
          await step();
          if (other()) break;
          await sleep(1_000, { signal });
        }
      }
    `,
    'no scope in reach': `${start}
      export async function work() {
        for (;;) await step();
      }
    `,
  },
  reports: {
    'a round that does not know, and one that may have no signal': {
      code: `${start}
      export async function work(context: TaskContext) {
        for (;;) {
        ~~~ noCheckpoint
          await step();
        }
      }
      export async function poll(signal?: AbortSignal) {
        while (true) {
        ~~~~~ noCheckpoint
          await step();
        }
      }
    `,
      suggests: [
        [
          `${start}
      export async function work(context: TaskContext) {
        for (;;) {
          context.signal.throwIfAborted();
          await step();
        }
      }
      export async function poll(signal?: AbortSignal) {
        while (true) {
          await step();
        }
      }
    `,
        ],
        [
          `${start}
      export async function work(context: TaskContext) {
        for (;;) {
          await step();
        }
      }
      export async function poll(signal?: AbortSignal) {
        while (true) {
          signal?.throwIfAborted();
          await step();
        }
      }
    `,
        ],
      ],
    },
    'a round that knows nothing of the cancellation': `${start}
      export async function work(context: TaskContext) {
        for (;;) {
        ~~~ noCheckpoint
          await step();
          await sleep(1_000);
        }
      }
    `,
    'a way to the next round that passes the checkpoint by': `${start}
      export async function work({ signal }: { signal: AbortSignal }) {
        while (true) {
        ~~~~~ noCheckpoint
          if (await step()) continue;
          await sleep(1_000, { signal });
        }
      }
    `,
    'files that are read again and again': `${start}
      export async function work(signal: AbortSignal) {
        do {
        ~~ noCheckpoint
          console.log(await readFile('state'));
        } while (true);
      }
    `,
  },
  misses: {
    'a method that does not know': `${start}
      export async function work(reader: { read(): Promise<void> }, signal: AbortSignal) {
        for (;;) await reader.read();
      }
    `,
  },
});
