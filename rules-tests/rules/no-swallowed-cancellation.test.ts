import { describeRule } from '../support/describe-rule.js';

const LOAD =
  'declare function load(url: string, options?: { signal?: AbortSignal }): Promise<string>;';

/** A function that gets a signal, loads a page with it, and does something with the error. */
function handling(handler: string, after = ''): string {
  return `
    import { isCancellation } from 'mooring';
    ${LOAD}
    declare function report(error: unknown): void;
    declare class LoadError extends Error {}
    export async function page(url: string, signal: AbortSignal): Promise<unknown> {
      console.log(isCancellation, report, LoadError);
      let last: unknown = undefined;
      try {
        last = await load(url, { signal });
      } ${handler}
      ${after}
      return last;
    }
  `;
}

describeRule('no-swallowed-cancellation', {
  allows: {
    'the wait for what cannot reject, which the signal bounds, as the last that a function does': `
      declare const shown: { has(name: string): boolean; whenReady(ready: () => void): void };
      declare function raceSignal<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T>;
      declare function aborted(signal: AbortSignal): Promise<never>;
      declare function clear(timer: unknown): void;
      declare function every(run: () => void): unknown;
      export async function untilShown(signal?: AbortSignal): Promise<void> {
        let timer: unknown;
        await raceSignal(new Promise<void>((resolve) => {
          timer = every(() => { if (shown.has('header')) resolve(); });
        }), signal).catch(() => {}).finally(() => { clear(timer); });
      }
      export async function untilReady(signal: AbortSignal): Promise<void> {
        const ready = new Promise<void>((resolve) => shown.whenReady(resolve));
        try { await raceSignal(ready, signal); } catch {}
      }
      export function untilEither(signal: AbortSignal): Promise<void> {
        const ready = new Promise<void>((resolve) => shown.whenReady(resolve));
        return Promise.race([ready, aborted(signal)]).catch(() => {});
      }
    `,
    'work that was started with the signal is waited for afterwards, or beside it': `
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        const page = load(url, { signal });
        const icon = url === '' ? Promise.resolve('') : load('icon', { signal }).catch(() => '');
        return Promise.all([page, icon]);
      }
      export async function second(url: string, signal: AbortSignal) {
        const page = load(url, { signal });
        let icon = '';
        try { icon = await load('icon', { signal }); } catch { icon = 'none'; }
        return [await page, icon];
      }
      export const third = (url: string, options: { signal: AbortSignal }) =>
        Promise.all([load(url, options), load('icon', options).catch(() => '')]);
    `,
    'what throws is near, though a handler above comes to it by a longer way': `
      ${LOAD}
      const far = (error: unknown): void => { nearer(error); };
      const nearer = (error: unknown): void => { near(error); };
      const near = (error: unknown): void => { check(error); };
      function check(error: unknown): void { if (!(error instanceof SyntaxError)) throw error; }
      export async function first(url: string, signal: AbortSignal) {
        try { return await load(url, { signal }); } catch (error) { far(error); check(error); return ''; }
      }
      export async function second(url: string, signal: AbortSignal) {
        try { return await load(url, { signal }); } catch (error) { near(error); return ''; }
      }
    `,
    'the error is handed to what asks itself, behind an interface': `
      ${LOAD}
      interface Log { error(text: string, context: object, error?: unknown): void }
      declare function isErrorAborted(error: unknown): boolean;
      export function makeLog(write: (text: string) => void): Log {
        return {
          error(text, context, error) {
            if (!isErrorAborted(error)) write(text + String(context) + String(error));
          },
        };
      }
      interface Sink { warn(error: unknown): void }
      export class ConsoleSink implements Sink {
        warn(error: unknown) { if ((error as Error).name !== 'AbortError') console.warn(error); }
      }
      export class Service {
        constructor(private readonly logger: Log, private readonly sink: Sink) {}
        async first(url: string, signal: AbortSignal) {
          try { await load(url, { signal }); } catch (e) { this.logger.error('no page', { url }, e); }
        }
        async second(urls: string[], signal: AbortSignal) {
          await Promise.all(
            urls.map((url) => load(url, { signal }).catch((e) => { this.logger.error('no page', {}, e); })),
          );
        }
        async third(url: string, signal: AbortSignal) {
          try { await load(url, { signal }); } catch (e) { this.sink.warn(e as Error); }
        }
      }
    `,
    'what is called never fails because of the signal': `
      ${LOAD}
      declare function report(error: unknown): void;
      class Duties {
        async poll(slot: number, signal: AbortSignal) {
          this.prefetch(slot, signal).catch((error) => { report(error); });
          await load(String(slot));
        }
        async warm(slot: number, options: { signal: AbortSignal }) {
          void this.prefetch(slot, options.signal);
          await load(String(slot));
        }
        async tried(slot: number, signal: AbortSignal) {
          console.log(await load(String(slot)));
          try { await load(String(slot), { signal }); } catch (error) { if (!signal.aborted) report(error); }
        }
        async prefetch(slot: number, signal: AbortSignal) { await load(String(slot), { signal }); }
      }
      const polled = async (duties: Duties, slot: number, signal: AbortSignal) => duties.poll(slot, signal);
      export async function first(duties: Duties, signal: AbortSignal) {
        try { await duties.poll(1, signal); } catch (error) { report(error); }
      }
      export async function second(duties: Duties, signal: AbortSignal) {
        await duties.warm(2, { signal }).catch((error) => { report(error); });
      }
      export async function third(duties: Duties, signal: AbortSignal) {
        try { await duties.tried(3, signal); } catch (error) { report(error); }
      }
      export async function fourth(duties: Duties, signal: AbortSignal) {
        try { await polled(duties, 4, signal); } catch (error) { report(error); }
      }
    `,
    'a comment says that whatever goes wrong is to end there': `
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        try { await load(url, { signal }); } catch (error) {
          // Log but don't throw: the overlay is an extra.
          console.warn(error);
        }
      }
      export async function second(url: string, signal: AbortSignal) {
        try { await load(url, { signal }); } catch { /* Non-critical */ }
      }
      export const third = (url: string, signal: AbortSignal) =>
        load(url, { signal }).catch(() => { /* best effort */ return undefined; });
    `,
    'a task of its own that does what it can, and a wait that the abort is to end': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      declare function delay(ms: number, options?: { signal?: AbortSignal }): Promise<void>;
      declare class Task { static from(body: (task: { signal: AbortSignal }) => Promise<void>): Task }
      export const first = (url: string) =>
        Task.from(async (task) => { try { await load(url, { signal: task.signal }); } catch {} });
      export async function second(found: () => string | undefined, signal: AbortSignal) {
        let text: string | undefined;
        while (!signal.aborted) {
          text = found();
          if (text !== undefined) break;
          try { await delay(100, { signal }); } catch { return; }
        }
        console.log(text);
      }
      export async function third(urls: readonly string[]) {
        await TaskGroup.map(urls, async (url, context) => {
          try { await load(url, context); } catch { /* It is not needed. */ }
        });
      }
    `,
    'an empty catch, after which nothing comes, around timers: they fail for nothing but the abort': `
      import { setInterval, setTimeout } from 'node:timers/promises';
      import { sleep } from 'mooring';
      export async function first(beat: () => void, signal: AbortSignal) {
        try {
          for await (const _ of setInterval(100, undefined, { signal })) beat();
        } catch {}
      }
      async function outcome<T>(promise: Promise<T>) {
        try { return [await promise] as const; } catch (error) { return [undefined, error] as const; }
      }
      export async function beside(beat: () => Promise<void>, signal: AbortSignal) {
        try {
          for await (const _ of setInterval(100, undefined, { signal })) await outcome(beat());
        } catch {}
      }
      export async function second(signal: AbortSignal) {
        console.log('waits');
        try { await setTimeout(100, undefined, { signal }); } catch (error) {}
      }
      export const third = async (scope: { signal: AbortSignal }) => {
        try { await sleep(100, scope); } catch {}
      };
    `,
    'a function of the project that throws, or looks for the cancellation': `
      ${LOAD}
      function rethrowUnlessHttp(error: unknown): void {
        if (!(error instanceof TypeError)) throw error;
      }
      const warn = (error: unknown): void => { rethrowUnlessHttp(error); console.warn(error); };
      export class Pages {
        constructor(readonly signal: AbortSignal) {}
        #check(): void { this.signal.throwIfAborted(); }
        async page(url: string, signal: AbortSignal) {
          try {
            return await load(url, { signal });
          } catch {
            this.#check();
            return '';
          }
        }
        async quiet(url: string, signal: AbortSignal) {
          return await load(url, { signal }).catch((error: unknown) => { warn(error); return ''; });
        }
        async twice(url: string, signal: AbortSignal) {
          try { return await load(url, { signal }); } catch (error) { rethrowUnlessHttp(error); return ''; }
        }
      }
    `,
    'a method that catches every error itself': `
      export class Contacts {
        async ping(url: string, options?: { signal?: AbortSignal }): Promise<boolean> {
          try {
            await fetch(url, options);
            return true;
          } catch (error) {
            options?.signal?.throwIfAborted();
            return false;
          }
        }
        async find(url: string, options?: { signal?: AbortSignal }): Promise<string> {
          const isThere = async () => await this.quiet(url, options).catch(() => false);
          try {
            return String(await this.quiet(url, options));
          } catch {
            console.log('never', isThere);
            return '';
          }
        }
        async quiet(url: string, options?: { signal?: AbortSignal }): Promise<boolean> {
          try {
            return await this.ping(url, options);
          } catch (error) {
            console.log(error, options?.signal?.aborted);
            return false;
          }
        }
      }
    `,
    'the cancellation is asked for': handling(
      'catch (error) { if (isCancellation(error, { signal })) throw error; report(error); }',
    ),
    'the error is told to the caller by a callback of his': `
      ${LOAD}
      interface Callbacks { onText(text: string): void; onError(error: unknown): void }
      export async function stream(url: string, callbacks: Callbacks, signal: AbortSignal) {
        try {
          callbacks.onText(await load(url, { signal }));
        } catch (error) {
          callbacks.onError(error);
        }
        return url;
      }
    `,
    'the signal is looked at': handling(
      'catch (error) { signal.throwIfAborted(); report(error); }',
    ),
    'the error is thrown again, with its cause': handling(
      'catch (error) { throw new LoadError(url, { cause: error }); }',
    ),
    'the error is kept, returned, or handed to somebody': handling(
      'catch (error) { last = error; }',
    ),
    'the error is part of the result': handling('catch (error) { return { error }; }'),
    'the next call ends at once': handling(
      'catch (error) { report(error); }',
      'await load(url, { signal });',
    ),
    'clean-up': handling('finally { try { await load(url, { signal }); } catch { report(url); } }'),
    'what is waited for is handed no signal': `
      ${LOAD}
      export async function page(url: string, signal: AbortSignal) {
        try {
          return await load(url, signal.aborted ? {} : undefined);
        } catch {
          return undefined;
        }
      }
    `,
    'the scope is the function’s own: it may deal with its end': `
      import { timeout } from 'mooring';
      ${LOAD}
      export async function page(url: string) {
        const controller = new AbortController();
        using deadline = timeout(100);
        try {
          await load(url, { signal: controller.signal });
          return await load(url, deadline);
        } catch {
          return undefined;
        }
      }
    `,
    'nobody waits for it, so that there is nobody to tell': `
      ${LOAD}
      export function prefetch(url: string, signal: AbortSignal) {
        void load(url, { signal }).catch(() => {});
      }
    `,
    'a loop that looks at the signal in each round': `
      ${LOAD}
      export async function poll(url: string, signal: AbortSignal) {
        while (!signal.aborted) {
          try {
            await load(url, { signal });
          } catch (error) {
            console.error(error);
          }
        }
      }
    `,
    'another error in its place': `
      ${LOAD}
      export const page = (url: string, signal: AbortSignal) =>
        load(url, { signal }).catch(() => Promise.reject(new Error(url)));
    `,
    'a promise that is settled with the error': `
      ${LOAD}
      export function page(url: string, signal: AbortSignal) {
        return new Promise((resolve, reject) => {
          load(url, { signal }).then(resolve, reject);
          load(url, { signal }).then(resolve).catch((error) => { reject(error); });
        });
      }
    `,
  },
  reports: {
    'the wait for what may reject, one that is gone on from, and one whose error is an answer': `
      declare const shown: { whenReady(ready: () => void, failed?: (error: unknown) => void): void };
      declare function raceSignal<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T>;
      declare function count(): void;
      export async function first(signal: AbortSignal): Promise<void> {
        await raceSignal(new Promise<void>((resolve, reject) => shown.whenReady(resolve, reject)), signal)
          .catch(() => {});
           ~~~~~ swallowed
      }
      export async function second(signal: AbortSignal): Promise<void> {
        await raceSignal(new Promise<void>((resolve) => shown.whenReady(resolve)), signal).catch(() => {});
                                                                                           ~~~~~ swallowed
        count();
      }
      export async function third(signal: AbortSignal): Promise<boolean | void> {
        return raceSignal(new Promise<void>((resolve) => shown.whenReady(resolve)), signal).catch(() => false);
                                                                                            ~~~~~ swallowed
      }
    `,
    'work that was started before, and is over, or whose errors are handled too': `
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        const page = await load(url, { signal });
        const icon = load('icon', { signal }).catch(() => '');
                                              ~~~~~ swallowed
        return [page, await icon];
      }
      export async function second(url: string, signal: AbortSignal) {
        const page = load(url, { signal }).catch(() => '');
        const icon = load('icon', { signal }).catch(() => '');
                                              ~~~~~ swallowed
        return Promise.all([page, icon]);
      }
    `,
    'the error is handed to what only writes it down, and what is called waits with the signal': `
      ${LOAD}
      declare function report(error: unknown): void;
      interface Log { error(text: string, error?: unknown): void }
      export function makeLog(): Log {
        return { error(text, error) { console.error(text, error); } };
      }
      async function rethrows(url: string, signal: AbortSignal) {
        console.log(await load(url));
        try { return await load(url, { signal }); } catch (error) { report(error); throw error; }
      }
      async function later(url: string, signal: AbortSignal) {
        const page = load(url, { signal });
        return page;
      }
      export class Service {
        constructor(private readonly logger: Log) {}
        async first(url: string, signal: AbortSignal) {
          try { await load(url, { signal }); } catch (e) { this.logger.error('no page', e); }
                                               ~~~~~ swallowed
        }
        async second(url: string, signal: AbortSignal) {
          try { await rethrows(url, signal); } catch (e) { this.logger.error('no page', e); }
                                               ~~~~~ swallowed
        }
        async third(url: string, signal: AbortSignal) {
          try {
            await later(url, signal);
          } catch (e) {
            ~~~~~ swallowed
            // It is not there.
            this.logger.error('no page', e);
          }
        }
      }
    `,
    'an empty catch of a function that others wait for, and a wait of another kind': `
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        try { await load(url, { signal }); } catch {}
                                             ~~~~~ swallowed
      }
      export async function second(url: string, signal: AbortSignal) {
        try { await load(url, { signal }); } catch { return; }
                                             ~~~~~ swallowed
        console.log(url);
      }
    `,
    'timers beside other work, and before some': `
      import { setTimeout } from 'node:timers/promises';
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        try {
          await setTimeout(100, undefined, { signal });
          await load(url, { signal });
        } catch {}
          ~~~~~ swallowed
      }
      export async function second(url: string, signal: AbortSignal) {
        try { await setTimeout(100, undefined, { signal }); } catch {}
                                                              ~~~~~ swallowed
        return await load(url);
      }
    `,
    'an error that a logger of any name writes down, or a function that only logs': `
      ${LOAD}
      declare const debugLogger: Console;
      function note(error: unknown): void {
        try { JSON.parse(String(error)); } catch (other) { console.warn(other); }
      }
      export class Pages {
        readonly #log = console;
        async first(url: string, signal?: AbortSignal) {
          try { return await load(url, { signal: signal ?? (null as never) }); } catch (error) { this.#log.error(error); return ''; }
                                                                                 ~~~~~ swallowed
        }
        async second(url: string, options: { signal: AbortSignal }) {
          try { return await load(url, options); } catch (error) { debugLogger.error(error); }
                                                   ~~~~~ swallowed
          return '';
        }
        async third(url: string, options: { signal: AbortSignal }) {
          try { return await load(url, options); } catch (error) { note(error); return ''; }
                                                   ~~~~~ swallowed
        }
      }
    `,
    'a fallback for every error': {
      code: handling('catch { return undefined; }').replace(
        /( *)\} catch .*/,
        (line, indent: string) => `${line}\n${indent}  ~~~~~ swallowed`,
      ),
      suggests: [
        [
          handling(
            'catch (error) { if (isCancellation(error, { signal })) throw error; return undefined; }',
          ),
        ],
      ],
    },
    'an error that is logged, in a task': {
      code: `
        import { TaskGroup } from 'mooring';
        ${LOAD}
        export async function pages(urls: readonly string[], signal: AbortSignal) {
          await TaskGroup.map(urls, async (url, context) => {
            try {
              await Promise.all([load(url, context), load(url + '/2')]);
            } catch (error) {
              ~~~~~ swallowed
              console.error(error instanceof Error ? error.message : error);
            }
          }, { signal });
        }
      `,
      suggests: [
        [
          `
            import { TaskGroup, isCancellation } from 'mooring';
            ${LOAD}
            export async function pages(urls: readonly string[], signal: AbortSignal) {
              await TaskGroup.map(urls, async (url, context) => {
                try {
                  await Promise.all([load(url, context), load(url + '/2')]);
                } catch (error) {
                  if (isCancellation(error, context)) throw error;
                  console.error(error instanceof Error ? error.message : error);
                }
              }, { signal });
            }
          `,
        ],
      ],
    },
    'the handler of a promise, and the second one of then': {
      code: `
        ${LOAD}
        export async function page(url: string, signal?: AbortSignal) {
          const first = await load(url, { signal: signal! }).catch(() => undefined);
                                                             ~~~~~ swallowed
          console.log(first);
        }
        export const short = (url: string, options: { signal: AbortSignal }) =>
          load(url, options).then((text) => text.length, (error) => { console.error(error); });
                             ~~~~ swallowed
      `,
      suggests: [
        [
          `
            ${LOAD}
            export async function page(url: string, signal?: AbortSignal) {
              const first = await load(url, { signal: signal! }).catch((error) => { if (signal?.aborted) throw error; return undefined; });
              console.log(first);
            }
            export const short = (url: string, options: { signal: AbortSignal }) =>
              load(url, options).then((text) => text.length, (error) => { console.error(error); });
          `,
        ],
        [
          `
            ${LOAD}
            export async function page(url: string, signal?: AbortSignal) {
              const first = await load(url, { signal: signal! }).catch(() => undefined);
              console.log(first);
            }
            export const short = (url: string, options: { signal: AbortSignal }) =>
              load(url, options).then((text) => text.length, (error) => { if (options.signal?.aborted) throw error; console.error(error); });
          `,
        ],
      ],
    },
    'a loop over events, and a test of the signal': `
      import { on, type EventEmitter } from 'node:events';
      export async function listen(emitter: EventEmitter, signal: AbortSignal) {
        try {
          for await (const event of on(emitter, 'change', { signal })) console.log(event);
        } catch {}
          ~~~~~ swallowed
      }
      export async function step(emitter: EventEmitter, signal: AbortSignal) {
        try {
          await 1;
          emitter.emit('change');
          signal.throwIfAborted();
        } catch {}
          ~~~~~ swallowed
      }
    `,
  },
  misses: {
    'a handler that has a name of another file': `
      import { inspect } from 'node:util';
      ${LOAD}
      export const page = (url: string, signal: AbortSignal) => load(url, { signal }).catch(inspect);
    `,
    'an error of one kind is thrown again, and the cancellation is none': handling(
      'catch (error) { if (error instanceof LoadError) throw error; report(error); }',
    ),
    'a signal that the object keeps': `
      ${LOAD}
      export class Client {
        readonly #signal = new AbortController().signal;
        async page(url: string) {
          try {
            return await load(url, { signal: this.#signal });
          } catch {
            return undefined;
          }
        }
      }
    `,
  },
});
