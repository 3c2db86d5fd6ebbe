import { describeRule } from '../support/describe-rule.js';

const given = (code: string): string => `
  import to, { to as named } from 'await-to-js';
  import fs, { pathExists } from 'fs-extra';
  import open from 'open';
  import * as all from 'fs-extra';
  import { tryit } from 'radash';
  import { useAsyncFn } from 'react-use';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { promisify } from 'node:util';
  declare const ids: string[];
  declare function load(id?: string): Promise<number>;
  declare function report(error: unknown): void;
  declare const server: {
    close(fn?: (error?: Error) => void): Promise<void>;
    each(fn: () => void): Promise<void>;
    failed(fn: (error: Error) => void): Promise<void>;
  };
  ${code.trim()}
`;

/** In recommended a promise that is simply left is reported where its error could go to no one. */
const mistakes = (code: string): { code: string; options: object } => ({
  code: given(code),
  options: { reports: 'mistakes' },
});

describeRule('no-floating-promises', {
  allows: {
    'a step of a test that is a member of its options': mistakes(`
      declare function it(name: string, options: { test(): Promise<void> }): void;
      it('loads', {
        async test() {
          load('a');
          await load('b');
        },
      });`),
    'what is written into a compressor, which takes whatever it is given': mistakes(`
      export async function pack(data: Uint8Array<ArrayBuffer>) {
        const gzip = new CompressionStream('gzip');
        const writer = gzip.writable.getWriter();
        writer.write(data);
        writer.close();
        return await new Response(gzip.readable).arrayBuffer();
      }`),
    'a page that is opened for a person: what is waited for is the start of the opener': mistakes(`
      export async function start() {
        open('https://example.com');
        await load();
      }`),
    'a function that takes errors for values, by a package': mistakes(`
      async function save(): Promise<void> {
        const [error, page] = await to(load());
        if (error) report(error);
        const [again] = await named(load(page));
        if (again) report(again);
      }
      export async function start() {
        save();
        await load();
      }`),
    'a question of fs-extra, whose error is a no, under any name of the module': mistakes(`
      async function score(folder: string): Promise<number> {
        if (await fs.pathExists(folder)) return 1;
        return (await pathExists(folder)) || (await all.pathExists(folder)) ? 2 : 0;
      }
      export async function start() {
        score('a');
        fs.pathExists('b').then((is) => ids.push(String(is)));
        await load();
      }`),
    'one that does so by a function of its own': mistakes(`
      const settle = <T>(work: Promise<T>) =>
        work.then((value) => [undefined, value] as const).catch((error: unknown) => [error, undefined] as const);
      async function attempt<T>(work: () => Promise<T>) {
        try {
          return { ok: true, value: await work() };
        } catch (error) {
          return { ok: false, error };
        }
      }
      async function save() {
        const [error] = await settle(load());
        const { ok } = await attempt(() => load());
        return ok ? error : undefined;
      }
      export async function start() {
        save();
        settle(load());
        attempt(load);
        await load();
      }`),
    'a dialog of a store of MobX': mistakes(`
      import { when } from 'mobx';
      class Dialogs {
        isOpen = false;
        answer: boolean | null = null;
        async show(text: string): Promise<{ confirmed: boolean; text: string }> {
          this.answer = null;
          this.isOpen = true;
          await when(() => !this.isOpen);
          return { confirmed: Boolean(this.answer), text };
        }
        async fail(text: string): Promise<void> {
          await this.show(text);
        }
        async start() {
          this.fail('no');
          await load();
        }
      }
      export const dialogs = new Dialogs();`),
    'what handles its error, and is over when it returns': given(`
      export class Page {
        #open = true;
        dispose(): Promise<void> {
          this.#open = false;
          return Promise.resolve();
        }
        get isOpen() {
          return this.#open;
        }
      }
      export function close(page: Page) {
        page.dispose();
      }`),
    'one that waits for what nothing can reject': mistakes(`
      const pause = promisify(setTimeout);
      const quietly = tryit(load);
      const [state, run] = useAsyncFn(load);
      async function wave(): Promise<void> {
        await sleep(100);
        await pause(100);
        await Promise.allSettled(ids.map(load));
        await Promise.resolve();
        await Promise.all([sleep(1), new Promise((resolve, reject) => setTimeout(resolve, 1))]);
        await quietly();
        await run();
        report(state);
      }
      export async function start() {
        wave();
        await load();
      }`),
    'an argument that is kept for others, by the name of what keeps it': given(`
      declare const app: {
        provide(name: string, value: unknown): void;
        use(value: unknown): void;
        register(value: unknown): void;
      };
      app.provide('page', load());
      app.use(load());
      app.register(load());`),
    'what is asked of a promise itself, and not of its result': given(`
      import assert from 'node:assert';
      import { inspect, types } from 'node:util';
      import { expect } from 'vitest';
      declare function isThenable(value: unknown): boolean;
      declare const tap: { type(value: unknown, of: unknown): void };
      assert.ok(types.isPromise(load()));
      assert.strictEqual(load('a'), load('a'));
      expect(load('a')).toBe(load('a'));
      expect(load('a')).not.toBe(load('b'));
      tap.type(load(), Promise);
      export const all = [isThenable(load()), inspect(load())];`),
    'the top of a program that listens for rejections': given(`
      process.on('unhandledRejection', (error) => {
        report(error);
        process.exitCode = 1;
      });
      load();`),
    'a call with a callback of the end that stands before other arguments': given(`
      type Callback<T> = ((error: Error | null, value?: T) => void) & { promise?: Promise<T> };
      declare function retry<T>(name: string, run: (end: Callback<T>, attempt: number) => void, end: Callback<T>, attempt?: number): void | Promise<T>;
      export function describe(end: Callback<string>) {
        retry('a', (again) => again(null, 'a'), end, 0);
        retry<string>('b', (again) => again(null, 'b'), (error, value) => end(error, value), 0);
        retry<string>('c', (again) => again(null, 'c'), (failed) => (failed ? end(failed) : end(null, 'c')));
      }`),
    'a chain that tells its end to a function that calls a callback': given(`
      declare function series(run: (item: string, end: (error?: Error) => void) => void): void;
      series((item, end) => {
        const settled = (error?: Error) => {
          if (error) report(error);
          end(error);
        };
        load(item).then(() => settled(), settled);
      });
      series((item, end) => {
        load(item).then(() => over(), (error: Error) => over(error));
        function over(error?: Error) {
          end(error);
        }
      });`),
    'a call whose callback is told the end, by its type': given(`
      it('closes', (done) => {
        server.close(done);
        server.close(() => done());
        server.close((reason) => report(reason));
      });
      declare function it(name: string, run: (done: (error?: Error) => void) => void): void;`),
  },
  reports: {
    'a page that is to be waited for': mistakes(`
      export async function start() {
        open('https://example.com', { wait: true });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        await load();
      }`),
    'what is written into a stream that unpacks, or whose other end is a file': mistakes(`
      export async function unpack(data: Uint8Array<ArrayBuffer>) {
        const gzip = new DecompressionStream('gzip');
        const writer = gzip.writable.getWriter();
        writer.write(data);
        ~~~~~~~~~~~~~~~~~~ floating
        return await new Response(gzip.readable).arrayBuffer();
      }
      export async function packTo(data: Uint8Array<ArrayBuffer>, file: WritableStream) {
        const gzip = new CompressionStream('gzip');
        const writer = gzip.writable.getWriter();
        writer.close();
        ~~~~~~~~~~~~~~ floating
        await gzip.readable.pipeTo(file);
      }`),
    'what waits for one that may be rejected all the same': mistakes(`
      const settle = async <T>(work: Promise<T>) => [undefined, await work] as const;
      async function save() {
        const [error] = await settle(load());
        return error;
      }
      async function wave(): Promise<void> {
        await sleep(100, undefined, { signal: AbortSignal.timeout(10) });
      }
      const both = () => Promise.all([sleep(1), load()]);
      export async function start() {
        save();
        ~~~~~~ floating
        wave();
        ~~~~~~ floating
        both();
        ~~~~~~ floating
        await load();
      }`),
    'an argument whose result was meant': given(`
      import assert from 'node:assert';
      declare function isNumber(value: unknown): boolean;
      assert.strictEqual(load('a'), 1);
                         ~~~~~~~~~ argument
      export const yes = isNumber(load());
                                  ~~~~~~ argument`),
    'what may be a result by its type, as what it may be': given(`
      declare function render(): string | Promise<string>;
      export function show() {
        render();
        ~~~~~~~~ maybe
      }`),
    'a call with a function that it calls, or that is told errors alone': given(`
      export function start() {
        server.each(() => report(1));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        server.failed((error) => report(error));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }`),
  },
  misses: {},
});

describeRule('no-async-void-callback', {
  allows: {
    'an executor that waits for what cannot fail': `
      declare function load(): Promise<number>;
      const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
      export const later = () => new Promise<void>(async (resolve) => {
        await sleep(1);
        resolve();
      });
      export const settled = () => new Promise(async (resolve) => {
        const [page] = await Promise.allSettled([load()]);
        resolve(page);
      });
      export const given = () => new Promise(async (resolve) => {
        resolve(await load().catch(() => 0));
      });`,
    'the queue of a package that waits for its jobs': `
      import { queue } from 'async';
      import Queue from 'queue';
      declare function load(): Promise<void>;
      const jobs = new Queue({ concurrency: 1 });
      jobs.push(async () => {
        await load();
      });
      export const others = queue(async (name: string) => {
        await load();
        console.log(name);
      });`,
  },
  reports: {
    'an executor that could fail, or whose `catch` settles nothing': `
      declare function load(): Promise<number>;
      declare function report(error: unknown): void;
      export const page = () => new Promise(async (resolve) => {
                                            ~~~~~~~~~~~~~~~~~~ executor
        resolve(await load());
      });
      export const other = () => new Promise(async (resolve) => {
                                             ~~~~~~~~~~~~~~~~~~ executor
        try {
          resolve(await load());
        } catch (error) {
          report(error);
        }
      });`,
    'a promise of its own is none that it would settle': `
      declare function load(): Promise<void>;
      const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      export const timer = setInterval(async () => {
                                       ~~~~~~~~~~~ callback
        await load();
        await sleep(1);
      }, 1000);`,
  },
  misses: {},
});
