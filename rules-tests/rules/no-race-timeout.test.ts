import { describeRule } from '../support/describe-rule.js';
import { under } from '../support/under.js';

const declarations = `
  import { sleep, TaskGroup, timeout } from 'mooring';
  import { EventEmitter, once } from 'node:events';
  import { promisify } from 'node:util';
  declare const url: string, ms: number, socket: EventEmitter, signal: AbortSignal;
  declare function work(): Promise<number>;
  declare const untyped: any;
`;

/** One of a mesh of functions with more ways through it than can be walked. */
function waitingForLater(index: number, _: unknown, { length }: readonly number[]): string {
  const waits = Array.from(
    { length: length - index - 1 },
    (_, on) => `await wait${index + on + 1}();`,
  );
  return `async function wait${index}(): Promise<unknown> { ${waits.join(' ')} return work(); }`;
}

describeRule('no-race-timeout', {
  allows: {
    ...under(declarations, {
      'a race between events': `
        await Promise.race([once(socket, 'open'), once(socket, 'error')]);
      `,
      'a race for an event that is called timeout': `
        const timeout = once(socket, 'timeout');
        await Promise.race([work(), timeout]);
      `,
      'a race between works': `
        await Promise.race([fetch(url), fetch('/mirror')]);
      `,
      'a race between works that have deadlines of their own': `
        declare function fetchWithTimeout(url: string, ms: number): Promise<Response>;
        await Promise.race([fetchWithTimeout(url, 100), fetchWithTimeout('/mirror', 100)]);
      `,
      'a race between works that a wrapper gives a deadline': `
        declare function pTimeout<T>(promise: Promise<T>, ms: number): Promise<T>;
        await Promise.race([pTimeout(work(), 100), timeout(100, () => work())]);
      `,
      'a second attempt that starts after a while': `
        await Promise.race([fetch(url), sleep(100).then(() => fetch('/mirror'))]);
      `,
      'a second attempt in an async function': `
        await Promise.race([fetch(url), (async () => { await sleep(100); return fetch('/mirror'); })()]);
      `,
      'work that begins with a pause': `
        async function later() { await sleep(100); return work(); }
        await Promise.race([work(), later()]);
      `,
      'work that is only delayed': `
        await Promise.race([
          work(),
          new Promise((resolve) => setTimeout(() => resolve(work()), 100)),
        ]);
      `,
      'functions each of which waits for all that come after it': `
        ${[...Array(40).keys()].map(waitingForLater).join('\n')}
        await Promise.race([work(), wait0()]);
      `,
      'functions that wait for one another': `
        async function one(): Promise<void> { await other(); }
        async function other(): Promise<void> { await one(); }
        await Promise.race([work(), one()]);
      `,
      polling: `
        async function ready() { while (!untyped.ready) await sleep(10); }
        await Promise.race([work(), ready()]);
      `,
      'a look whether a promise has settled': `
        await Promise.race([work(), new Promise((resolve) => setTimeout(resolve, 0))]);
        await Promise.race([work(), Promise.resolve('pending')]);
      `,
      'a pause that can be cut short': `
        const aborted = once(signal, 'abort');
        await Promise.race([sleep(100), aborted]);
        await Promise.race([sleep(100), once(signal, 'abort')]);
        await Promise.race([
          sleep(100),
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
        ]);
      `,
      'a look whether work is slow, which is waited for in the end': `
        const loading = work();
        const first = await Promise.race([loading, sleep(200)]);
        if (first === undefined) untyped.spinner.start();
        await loading;
      `,
      'such a look whose chain waits for the work in the end': `
        const slow = work();
        await Promise.race([slow, sleep(200)]).then(() => slow);
      `,
      'a race between timers': `
        await Promise.race([sleep(100), sleep(200)]);
      `,
      'a race in a group, which cancels who loses and waits for them': `
        await TaskGroup.race([(context) => sleep(100, context), () => work()]);
      `,
      'a timer alone': `
        await new Promise((resolve) => setTimeout(resolve, 100));
      `,
      'a callback with a deadline': `
        await new Promise((resolve, reject) => {
          setTimeout(() => reject(new Error('late')), 100);
          socket.once('open', resolve);
        });
      `,
      'work that is tried again after a while': `
        await new Promise((resolve, reject) => {
          const attempt = () => { work().then(resolve, () => setTimeout(attempt, 100)); };
          attempt();
        });
      `,
      'work that is started after a while': `
        await new Promise((resolve, reject) => {
          setTimeout(() => work().then(resolve, reject), 100);
        });
      `,
      'resolvers that work calls as well': `
        const { promise, resolve } = Promise.withResolvers<void>();
        setTimeout(() => resolve(), 100);
        socket.on('open', () => resolve());
        const other = Promise.withResolvers<number>();
        setTimeout(() => other.resolve(untyped.load()), 100);
        await Promise.race([work(), promise, other.promise]);
      `,
      'a method of the class that does work': `
        class Client {
          async timeout(after: number) { await sleep(after); return work(); }
          async load() { await Promise.race([work(), this.timeout(100)]); }
        }
      `,
      'racers that are not written in the file': `
        await Promise.race(untyped.racers);
        await Promise.race([...untyped.racers, work()]);
      `,
      'another Promise': `
        {
          const Promise = untyped;
          await Promise.race([work(), sleep(100)]);
        }
      `,
    }),
    'timeout itself': `
      import { timeout } from 'mooring';
      await timeout(100, (deadline) => fetch('/', { signal: deadline.signal }));
    `,
    ...under(declarations, {
      'F18: work whose end is awaited when the timer wins': `
        declare function closeGracefully(): Promise<void>;
        declare function kill(): Promise<void>;
        declare function rejectAfter(ms: number): Promise<never>;
        declare function workWith(signal: AbortSignal): Promise<string>;
        export async function close() {
          try {
            await Promise.race([closeGracefully(), rejectAfter(ms)]);
          } catch {
            await kill();
          }
        }
        export async function look() {
          const controller = new AbortController();
          const working = workWith(controller.signal);
          const first = await Promise.race([working, sleep(100).then(() => 'late')]);
          if (first === 'late') {
            controller.abort();
            await working.catch(() => {});
          }
        }
        export async function end(child: EventEmitter & { kill(): void }) {
          const closed = once(child, 'close');
          const ended = await Promise.race([closed.then(() => true), sleep(100).then(() => false)]);
          if (!ended) {
            child.kill();
            await closed;
          }
        }
      `,
      'F19: the same work, looked at again and again': `
        export async function wait(child: { readonly exited: boolean }) {
          const ended = work();
          let code: unknown;
          while (!child.exited) code = await Promise.race([ended, sleep(100)]);
          return code;
        }
      `,
    }),
    'a timer that ends the work and awaits its end before it rejects, by a function of its own': `
      declare const consumer: { cancel(): Promise<void>; wait(): Promise<string> };
      export function consumeOne(ms: number): Promise<string> {
        return new Promise((resolve, reject) => {
          const finish = async (settle: () => void) => {
            await consumer.cancel();
            settle();
          };
          setTimeout(() => void finish(() => reject(new Error('late'))), ms);
          consumer.wait().then(resolve, reject);
        });
      }
    `,
  },
  reports: {
    'a timer that rejects by a function which awaits nothing': `
      declare const consumer: { cancel(): void; wait(): Promise<string> };
      export function consumeOne(ms: number): Promise<string> {
        return new Promise((resolve, reject) => {
               ~~~~~~~~~~~ executor
          const finish = (settle: () => void) => {
            consumer.cancel();
            settle();
          };
          setTimeout(() => finish(() => reject(new Error('late'))), ms);
          consumer.wait().then(resolve, reject);
        });
      }
    `,
    ...under(declarations, {
      'F18: work that is stopped, and whose end nobody awaits': `
        declare function workWith(signal: AbortSignal): Promise<string>;
        declare function rejectAfter(ms: number): Promise<never>;
        export function byTimer() {
          const controller = new AbortController();
          const late = new Promise<never>((_, no) =>
            setTimeout(() => {
              controller.abort();
              no(Error('late'));
            }, ms),
          );
          return Promise.race([workWith(controller.signal), late]);
                 ~~~~~~~~~~~~ stopped
        }
        export async function byFinally() {
          const controller = new AbortController();
          try {
            return await Promise.race([workWith(controller.signal), rejectAfter(10)]);
                         ~~~~~~~~~~~~ stopped
          } finally {
            controller.abort();
          }
        }
      `,
      'work beside which something else is stopped': `
        declare function workWith(signal?: AbortSignal): Promise<string>;
        declare function beat(): void;
        export async function byTimer() {
          const timer = setInterval(beat, 100);
          const stopBeating = () => clearInterval(timer);
          const late = new Promise<never>((_, no) =>
            setTimeout(() => {
              stopBeating();
              no(Error('late'));
            }, ms),
          );
          try {
            return await Promise.race([workWith(), late]);
                         ~~~~~~~~~~~~ race
          } finally {
            stopBeating();
          }
        }
      `,
    }),
    ...under(declarations, {
      'a promise that a timer rejects': `
        await Promise.race([work(), new Promise((_, reject) => setTimeout(reject, 100))]);
              ~~~~~~~~~~~~ race
      `,
      'a promise that a timer rejects with an error': `
        await Promise.race([
              ~~~~~~~~~~~~ race
          work(),
          new Promise<never>((_resolve, reject) => {
            setTimeout(() => { reject(new Error('late')); }, ms);
          }),
        ]);
      `,
      'a promise that a timer resolves': `
        const late = Symbol('late');
        await Promise.race([work(), new Promise((resolve) => setTimeout(() => resolve(late), 100))]);
              ~~~~~~~~~~~~ race
      `,
      'a timer against an event: no work runs on, but what loses stays behind': `
        let open!: () => void;
        const opened = new Promise<void>((resolve) => { open = resolve; });
        const closed = new Promise<void>((resolve) => socket.once('close', resolve));
        await Promise.race([opened, new Promise((_, reject) => setTimeout(reject, 100))]);
              ~~~~~~~~~~~~ event
        await Promise.race([closed, new Promise((_, reject) => setTimeout(reject, 100))]);
              ~~~~~~~~~~~~ event
      `,
      'a timer against an event and work': `
        const closed = new Promise<void>((resolve) => socket.once('close', resolve));
        const late = new Promise((_, reject) => setTimeout(reject, 100));
        await Promise.race([closed, work(), late]);
              ~~~~~~~~~~~~ race
      `,
      'a timer that can be cleared': `
        let timer: ReturnType<typeof setTimeout> | undefined;
        try {
          await Promise.race([
                ~~~~~~~~~~~~ race
            work(),
            new Promise((_, reject) => { timer = setTimeout(() => reject(new Error()), 100); }),
          ]);
        } finally {
          clearTimeout(timer);
        }
      `,
      'a timer that can be cancelled': `
        await Promise.race([work(), new Promise((resolve, reject) => {
              ~~~~~~~~~~~~ race
          setTimeout(resolve, 100);
          signal.addEventListener('abort', () => reject(signal.reason));
        })]);
      `,
      'a timer of globalThis': `
        await Promise.race([work(), new Promise((done) => globalThis.setTimeout(done, 100))]);
              ~~~~~~~~~~~~ race
      `,
      sleep: `
        await Promise.race([work(), sleep(100)]);
              ~~~~~~~~~~~~ race
      `,
      'sleep, and then an error': `
        await Promise.race([work(), sleep(100).then(() => { throw new Error('late'); })]);
              ~~~~~~~~~~~~ race
      `,
      'sleep, and then a rejection': `
        await Promise.race([work(), sleep(100).then(() => Promise.reject(new Error('late')))]);
              ~~~~~~~~~~~~ race
      `,
      'sleep, and then a value': `
        await Promise.race([work(), sleep(100).then(() => undefined)]);
              ~~~~~~~~~~~~ race
      `,
      'sleep, and then an abort': `
        const controller = new AbortController();
        await Promise.race([work(), sleep(100).then(() => controller.abort())]);
              ~~~~~~~~~~~~ stopped
      `,
      'an async function that is called where it stands': `
        await Promise.race([work(), (async () => { await sleep(100); throw new Error(); })()]);
              ~~~~~~~~~~~~ race
      `,
      'a function of the file': `
        const rejectAfter = (after: number) =>
          new Promise<never>((_, reject) => setTimeout(reject, after));
        await Promise.race([work(), rejectAfter(100)]);
              ~~~~~~~~~~~~ race
      `,
      'a function of the file under any name': `
        async function guard(after: number): Promise<never> {
          await sleep(after);
          console.warn('late');
          throw new Error('late');
        }
        await Promise.race([work(), guard(100)]);
              ~~~~~~~~~~~~ race
      `,
      'a function of the file that returns what another gives': `
        function inner(after: number) {
          return new Promise((_, reject) => { setTimeout(reject, after); });
        }
        function outer(after: number) { return inner(after).finally(() => work()); }
        await Promise.race([work(), outer(100)]);
              ~~~~~~~~~~~~ race
      `,
      'a function of the file that is many functions away': `
        const wait0 = () => sleep(100);
        ${[...Array(20).keys()].map((of) => `const wait${of + 1} = () => wait${of}();`).join('\n')}
        await Promise.race([work(), wait20()]);
              ~~~~~~~~~~~~ race
      `,
      'a function of another file, by its name': `
        declare function rejectAfter(ms: number): Promise<never>;
        await Promise.race([work(), rejectAfter(100)]);
              ~~~~~~~~~~~~ race
        await Promise.race([work(), untyped.createTimeoutPromise(ms, 'late')]);
              ~~~~~~~~~~~~ race
        await Promise.race([work(), untyped.delay(untyped.seconds(1))]);
              ~~~~~~~~~~~~ race
      `,
      'a method of the class': `
        class Client {
          #guard(after: number) { return new Promise((_, reject) => setTimeout(reject, after)); }
          readonly late = async (after: number) => { await sleep(after); throw new Error('late'); };
          async load() {
            await Promise.race([work(), this.#guard(100)]);
                  ~~~~~~~~~~~~ race
            await Promise.race([work(), this.late(100)]);
                  ~~~~~~~~~~~~ race
          }
        }
      `,
      'a timer that is promisified': `
        const nap = promisify(setTimeout);
        await Promise.race([work(), nap(100)]);
              ~~~~~~~~~~~~ race
      `,
      'resolvers that a timer calls': `
        const { promise: first, reject } = Promise.withResolvers<never>();
        setTimeout(() => reject(new Error('late')), 100);
        await Promise.race([work(), first]);
              ~~~~~~~~~~~~ race
        const second = Promise.withResolvers();
        const timer = setTimeout(second.resolve, 100);
        await Promise.race([work(), second.promise]);
              ~~~~~~~~~~~~ race
      `,
      'a variable': `
        const late = new Promise((_, reject) => setTimeout(reject, 100));
        await Promise.race([work(), late]);
              ~~~~~~~~~~~~ race
      `,
      'a variable that is assigned later': `
        let late: Promise<never> | undefined;
        late = new Promise((_, reject) => setTimeout(reject, 100));
        await Promise.race([work(), late]);
              ~~~~~~~~~~~~ race
      `,
      'a parameter, by its name': `
        const first = (timeoutPromise: Promise<never>) => Promise.race([work(), timeoutPromise]);
                                                          ~~~~~~~~~~~~ race
      `,
      'a property, by its name': `
        await Promise.race([work(), untyped.timeout]);
              ~~~~~~~~~~~~ race
      `,
      'what a function gives beside other things': `
        const { promise, clear } = untyped.createTimeout(100);
        await Promise.race([work(), promise]).finally(clear);
              ~~~~~~~~~~~~ race
      `,
      'a signal that aborts after a while': `
        await Promise.race([work(), new Promise((_, reject) => {
              ~~~~~~~~~~~~ race
          AbortSignal.timeout(100).addEventListener('abort', reject);
        })]);
        await Promise.race([work(), new Promise((_, reject) => {
              ~~~~~~~~~~~~ race
          AbortSignal.timeout(100).onabort = () => reject(new Error('late'));
        })]);
        const late = AbortSignal.timeout(100);
        await Promise.race([work(), once(late, 'abort')]);
              ~~~~~~~~~~~~ race
      `,
      'a timer that is there sometimes': `
        await Promise.race([work(), ...(ms ? [sleep(ms)] : [])]);
              ~~~~~~~~~~~~ race
        await Promise.race([work(), ms ? sleep(ms) : work()]);
              ~~~~~~~~~~~~ race
      `,
      'work that has to do with cancelling': `
        await Promise.race([untyped.callOnCancelHooks(), sleep(100)]);
              ~~~~~~~~~~~~ race
        await Promise.race([fetch(url, { signal: untyped.abortSignal }), sleep(100)]);
              ~~~~~~~~~~~~ race
      `,
      'work that is used again, where the timer rejects': `
        declare function rejectAfter(ms: number): Promise<never>;
        const loading = work();
        await Promise.race([loading, rejectAfter(200)]);
              ~~~~~~~~~~~~ race
        await loading;
      `,
      'a timer among many': `
        await Promise.race([...untyped.racers, work(), sleep(100)]);
              ~~~~~~~~~~~~ race
      `,
      'racers in a variable': `
        const racers = [work(), sleep(100)];
        await Promise.race(racers);
              ~~~~~~~~~~~~ race
      `,
      'a wrapper, where it is made': `
        function withTimeout<T>(promise: Promise<T>, after: number): Promise<T> {
          return Promise.race([promise, sleep(after).then(() => { throw new Error('late'); })]);
                 ~~~~~~~~~~~~ race
        }
        await withTimeout(work(), 100);
      `,
      'a wrapper without a race': `
        function withTimeout<T>(promise: Promise<T>, after: number): Promise<T> {
          return new Promise((resolve, reject) => {
                 ~~~~~~~~~~~ executor
            const timer = setTimeout(() => reject(new Error('late')), after);
            promise.then((value) => { clearTimeout(timer); resolve(value); }, reject);
          });
        }
      `,
      'a wrapper that awaits the work': `
        const within = (after: number) => new Promise((resolve, reject) => {
                                          ~~~~~~~~~~~ executor
          setTimeout(reject, after);
          void (async () => { resolve(await work()); })();
        });
      `,
    }),
    'setTimeout of timers/promises, under any name': `
      import { setTimeout as pause } from 'node:timers/promises';
      import timers from 'timers/promises';
      declare function work(): Promise<void>;
      await Promise.race([work(), pause(100)]);
            ~~~~~~~~~~~~ race
      await Promise.race([work(), timers.scheduler.wait(100)]);
            ~~~~~~~~~~~~ race
    `,
    'and suggests a timeout, with the signal where it is taken': {
      code: `
        import { timeout } from 'mooring';
        await Promise.race([fetch('/'), new Promise((_, reject) => setTimeout(reject, 1_000))]);
              ~~~~~~~~~~~~ race
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          await timeout(1_000, (deadline) => fetch('/', { signal: deadline.signal }));
          `,
        ],
      ],
    },
    'and suggests to abandon what takes no signal, and imports both': {
      code: `
        import { once } from 'node:events';
        declare function work(): Promise<void>;
        declare function rejectAfter(ms: number): Promise<never>;
        await Promise.race([rejectAfter(5 * 60), work()]);
              ~~~~~~~~~~~~ race
      `,
      suggests: [
        [
          `
          import { once } from 'node:events';
          import { timeout, abandonOnCancel } from 'mooring';
          declare function work(): Promise<void>;
          declare function rejectAfter(ms: number): Promise<never>;
          await timeout(5 * 60, (deadline) => abandonOnCancel(work(), deadline));
          `,
        ],
      ],
    },
    'and suggests to abandon what runs already': {
      code: `
        import { timeout as within } from 'mooring';
        export function withTimeout<T>(promise: Promise<T>, timeout: number): Promise<T> {
          const timer = () => new Promise<never>((_, reject) => setTimeout(reject, timeout));
          const rejectAfter = (ms: number) => new Promise<never>((_, reject) => setTimeout(reject, ms));
          return Promise.race([promise, rejectAfter(timeout)]);
                 ~~~~~~~~~~~~ race
        }
      `,
      suggests: [
        [
          `
          import { timeout as within, abandonOnCancel } from 'mooring';
          export function withTimeout<T>(promise: Promise<T>, timeout: number): Promise<T> {
            const timer = () => new Promise<never>((_, reject) => setTimeout(reject, timeout));
            const rejectAfter = (ms: number) => new Promise<never>((_, reject) => setTimeout(reject, ms));
            return within(timeout, (deadline) => abandonOnCancel(promise, deadline));
          }
          `,
        ],
      ],
    },
    'and suggests another name where that one is taken': {
      code: `
        export function load(timeout: number) {
          return Promise.race([fetch('/'), new Promise((_, reject) => setTimeout(reject, timeout))]);
                 ~~~~~~~~~~~~ race
        }
      `,
      suggests: [
        [
          `
          import { timeout as mooringTimeout } from 'mooring';
          export function load(timeout: number) {
            return mooringTimeout(timeout, (deadline) => fetch('/', { signal: deadline.signal }));
          }
          `,
        ],
      ],
    },
    'and imports after a directive, and beside an import of types': {
      code: `
        'use strict';
        import type { TaskContext } from 'mooring';
        export const load = () => Promise.race([fetch('/'), new Promise((_, reject) => setTimeout(reject, 1))]);
                                  ~~~~~~~~~~~~ race
      `,
      suggests: [
        [
          `
          'use strict';
          import type { TaskContext } from 'mooring';
          import { timeout } from 'mooring';
          export const load = () => timeout(1, (deadline) => fetch('/', { signal: deadline.signal }));
          `,
        ],
      ],
    },
    'and imports first in a file that imports nothing': {
      code: `
        'use client';
        export const load = () => Promise.race([fetch('/'), new Promise((_, reject) => setTimeout(reject, 1))]);
                                  ~~~~~~~~~~~~ race
      `,
      suggests: [
        [
          `
          'use client';
          import { timeout } from 'mooring';
          export const load = () => timeout(1, (deadline) => fetch('/', { signal: deadline.signal }));
          `,
        ],
      ],
    },
    'and suggests an async body where the work awaits, and keeps the signal as the parent': {
      code: `
        import * as mooring from 'mooring';
        declare const signal: AbortSignal, deadline: () => Promise<string>;
        await Promise.race([fetch(await deadline(), { signal }), new Promise((_, reject) => setTimeout(reject, 1))]);
              ~~~~~~~~~~~~ race
      `,
      suggests: [
        [
          `
          import * as mooring from 'mooring';
          declare const signal: AbortSignal, deadline: () => Promise<string>;
          await mooring.timeout(1, async (scope) => fetch(await deadline(), { signal: scope.signal }), { signal });
          `,
        ],
      ],
    },
    'and suggests nothing where the timer resolves, is kept, or is one of many': {
      code: `
        import { sleep } from 'mooring';
        declare function work(): Promise<void>;
        await Promise.race([work(), sleep(100)]);
              ~~~~~~~~~~~~ race
        let timer: ReturnType<typeof setTimeout> | undefined;
        await Promise.race([work(), new Promise((_, reject) => { timer = setTimeout(reject, 1); })]);
              ~~~~~~~~~~~~ race
        await Promise.race([work(), work(), new Promise((_, reject) => setTimeout(reject, 1))]);
              ~~~~~~~~~~~~ race
      `,
      suggests: [[], [], []],
    },
    'and suggests nothing where the timer is given a signal, which would be lost': {
      code: `
        declare const signal: AbortSignal;
        declare function work(): Promise<void>;
        declare function rejectAfter(ms: number, options?: unknown): Promise<never>;
        await Promise.race([work(), rejectAfter(100, { signal })]);
              ~~~~~~~~~~~~ race
        await Promise.race([work(), rejectAfter(100, 'late')]);
              ~~~~~~~~~~~~ race
      `,
      suggests: [
        [],
        [
          `
          import { timeout, abandonOnCancel } from 'mooring';
          declare const signal: AbortSignal;
          declare function work(): Promise<void>;
          declare function rejectAfter(ms: number, options?: unknown): Promise<never>;
          await Promise.race([work(), rejectAfter(100, { signal })]);
          await timeout(100, (deadline) => abandonOnCancel(work(), deadline));
          `,
        ],
      ],
    },
    'in a file that requires its modules': {
      filename: 'file.cts',
      code: `
        const load = () => Promise.race([fetch('/'), new Promise((_, reject) => setTimeout(reject, 1))]);
                           ~~~~~~~~~~~~ race
      `,
    },
  },
  misses: under(declarations, {
    'a timer of another file whose name says something else': `
      declare function tooLate(ms: number): Promise<never>;
      await Promise.race([work(), tooLate(100)]);
    `,
    'Promise.any': `
      await Promise.any([work(), sleep(100)]);
    `,
    'a list that is put together': `
      await Promise.race([work()].concat(untyped.sleep(100)));
    `,
  }),
});
