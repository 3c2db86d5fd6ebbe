import { describeRule } from '../support/describe-rule.js';

/** What the programs call. Each program is a module in which these are declared. */
const given = `
      import { EventEmitter } from 'node:events';
      import { abandonOnCancel, sleep, type TaskContext } from 'mooring';
      declare const door: EventEmitter;
      declare function stat(path: string, done: (error: Error | null, size?: number) => void): void;
      declare function raceSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T>;
      export const used = [abandonOnCancel, sleep];`;

describeRule('require-cancellable-executor', {
  allows: {
    'no signal at hand': `${given}
      export const opened = () => new Promise((resolve) => door.once('open', resolve));
    `,
    'an executor that looks at the signal': `${given}
      export async function opened({ signal }: TaskContext) {
        await new Promise<void>((resolve, reject) => {
          door.once('open', () => resolve());
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        });
      }
      export async function left(signal: AbortSignal) {
        const leave = () => door.removeAllListeners();
        signal.addEventListener('abort', leave);
        await raceSignal(new Promise((resolve) => door.once('open', resolve)), signal);
      }
    `,
    'an executor that hands the signal on': `${given}
      export async function closed(context: TaskContext) {
        return await new Promise((resolve) => {
          const watcher = new EventTarget();
          watcher.addEventListener('close', resolve, { signal: context.signal });
        });
      }
    `,
    'an executor that settles at once': `${given}
      export async function turn(signal: AbortSignal) {
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setTimeout(resolve, 0));
        await new Promise<void>((resolve) => resolve());
        return new Promise<string>((resolve) => ['a'].forEach((name) => resolve(name)));
      }
    `,
    'a queue, of which somebody takes the waiting one': `${given}
      const waiting: (() => void)[] = [];
      export async function turn(signal: AbortSignal) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return waiting.length;
      }
    `,
    'the end of something': `${given}
      declare const server: { close(done: () => void): void; stop(): void };
      export async function run(signal: AbortSignal) {
        try {
          await fetch('/', { signal });
        } finally {
          await new Promise<unknown>((resolve) => door.once('closed', resolve));
        }
        await new Promise<void>((resolve) => server.close(resolve));
      }
    `,
  },
  reports: {
    'a sleep of its own': {
      code: `${given}
      export async function poll(context: TaskContext) {
        await new Promise((resolve) => setTimeout(resolve, 500));
                  ~~~~~~~ blind
      }
    `,
      suggests: [
        [
          `${given}
      export async function poll(context: TaskContext) {
        await sleep(500, context);
      }
    `,
        ],
      ],
    },
    'a wait for an event': {
      code: `${given}
      export async function opened(signal: AbortSignal): Promise<number> {
        return new Promise((resolve) => door.once('open', resolve));
                   ~~~~~~~ blind
      }
    `,
      suggests: [
        [
          `${given}
      export async function opened(signal: AbortSignal): Promise<number> {
        return abandonOnCancel(new Promise((resolve) => door.once('open', resolve)), { signal });
      }
    `,
        ],
      ],
    },
    'a callback of Node, and a property that takes one': `${given}
      declare const request: { onsuccess: () => void; result: string };
      export async function sizeOf(path: string, options: { signal?: AbortSignal } = {}) {
        const size = await new Promise<number | undefined>((resolve, reject) => {
                               ~~~~~~~ blind
          stat(path, (error, found) => (error ? reject(error) : resolve(found)));
        });
        const text = await new Promise<string>((resolve) => {
                               ~~~~~~~ blind
          request.onsuccess = () => resolve(request.result);
        });
        return [size, text, options.signal?.aborted];
      }
    `,
  },
  misses: {
    'a promise with a name': `${given}
      export async function opened(signal: AbortSignal) {
        const open = new Promise((resolve) => door.once('open', resolve));
        await open;
      }
    `,
    'an executor that asks only once': `${given}
      export async function opened(signal: AbortSignal) {
        await new Promise((resolve) => {
          if (!signal.aborted) door.once('open', resolve);
        });
      }
    `,
  },
});
