import { describeRule } from '../support/describe-rule.js';

const LOAD =
  'declare function load(url: string, options?: { signal?: AbortSignal; retries?: number }): Promise<string>;';

const CLIENT = `
  interface Options { retries?: number; signal?: AbortSignal; fetchOptions?: { signal?: AbortSignal } }
  declare class Client {
    constructor(options: Options);
    readonly pages: Client;
    get(url: string, options?: Options): Promise<string>;
  }
  declare const client: Http;
  interface Http {
    (url: string, options?: Options): Promise<string>;
    get(url: string, options?: Options): Promise<string>;
    extend(options: Options): Http;
  }
`;

/** An interface that is told of the signal, and what its classes call. */
const PAGES = `
  interface Options { force?: boolean; signal?: AbortSignal }
  interface Pages {
    load(url: string, options?: Options): Promise<number>;
    drop(url: string, options?: Options): Promise<void>;
  }
  declare function send(url: string, force?: boolean): Promise<string>;
`;

/** Three calls, each without a signal but for those that are written otherwise. */
function threeCalls(first: string, second: string, third: string): string {
  return `
    import type { TaskContext } from 'mooring';
    ${LOAD}
    declare function save(text: string, signal?: AbortSignal): Promise<void>;
    export async function copy(url: string, context: TaskContext) {
      const options = { retries: 3 };
      await ${first};
      await ${second};
      await ${third};
    }
  `;
}

/** A call with twelve signals at hand. */
function twelveOpen(call: string, under: string): string {
  const names = Array.from({ length: 12 }, (_, index) => `open${index + 1}`);
  return `
    ${LOAD}
    export async function all(url: string, ${names.map((name) => `${name}: AbortSignal`).join(', ')}) {
      await ${call};${under}
      for (const each of [${names.join(', ')}]) each.throwIfAborted();
    }
  `;
}

describeRule('forward-signal', {
  allows: {
    'a timer that is handed over with the signal to what ends the wait': `
      import { setTimeout } from 'node:timers/promises';
      interface Options { signal?: AbortSignal }
      declare function delay(ms: number, options?: Options): Promise<void>;
      declare function raceSignal<T>(promise: Promise<T>, signal?: AbortSignal, options?: object): Promise<T>;
      declare function abortable<T>(options: Options, promise: Promise<T>): Promise<T>;
      export async function first(signal: AbortSignal) {
        await raceSignal(delay(100), signal);
      }
      export async function second(options: Options) {
        await raceSignal(delay(100), options.signal, { errorName: 'TimeoutError' });
      }
      export async function third({ signal }: Options) {
        await abortable({ signal }, setTimeout(100));
      }
    `,
    'a client that was made with the signal, in a name, in a field, by a helper, or in the call': `
      ${CLIENT}
      function connect(signal: AbortSignal) {
        return new Client({ retries: 2, fetchOptions: { signal } });
      }
      export async function pages(url: string, signal: AbortSignal) {
        const http = client.extend({ signal });
        const other = connect(signal);
        await http(url);
        await http.get(url);
        await other.pages.get(url);
        return connect(signal).get(url);
      }
      export class Api {
        readonly #http: Client;
        readonly short;
        constructor(private readonly signal: AbortSignal) {
          this.#http = new Client({ fetchOptions: { signal } });
          this.short = client.extend({ signal: this.signal }).extend({});
        }
        async page(url: string, signal: AbortSignal) {
          signal.throwIfAborted();
          await this.short(url);
          return this.#http.get(url);
        }
      }
    `,
    'a process, a stream and a body that end with the signal themselves': `
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      import { createReadStream } from 'node:fs';
      import { Readable } from 'node:stream';
      declare function request(
        url: string,
        options: { signal: AbortSignal },
      ): Promise<{ body: Readable & { dump(options?: { signal?: AbortSignal }): Promise<void> } }>;
      export async function first(command: string, signal: AbortSignal) {
        const child = spawn(command, { signal });
        return once(child, 'close');
      }
      export async function second(path: string, signal: AbortSignal) {
        for await (const line of Readable.from(createReadStream(path, { signal }))) console.log(line);
      }
      export async function third(url: string, signal: AbortSignal) {
        const { body } = await request(url, { signal });
        await body.dump();
      }
    `,
    'what a listener of the abort ends': `
      import { once } from 'node:events';
      import type { Worker } from 'node:worker_threads';
      ${CLIENT}
      declare function connect(): Client & { close(): void };
      export async function first(worker: Worker, signal: AbortSignal) {
        signal.addEventListener('abort', () => void worker.terminate(), { once: true });
        return once(worker, 'exit');
      }
      export async function second(url: string, { signal }: { signal: AbortSignal }) {
        const client = connect();
        const stop = () => { client.close(); };
        signal.addEventListener('abort', stop);
        try {
          return await client.get(url);
        } finally {
          signal.removeEventListener('abort', stop);
        }
      }
      export async function third(worker: Worker, signal: AbortSignal) {
        function stop() { worker.postMessage('stop'); }
        signal.addEventListener('abort', stop);
        await once(worker, 'exit');
      }
    `,
    'what a function with the signal, or a listener of the abort, is to end': `
      interface Child extends Promise<string> { kill(): void; on(event: string, done: () => void): void }
      declare function run(command: string, options?: { signal?: AbortSignal }): Child;
      declare function killOnAbort(signal: AbortSignal | undefined, child: Child): () => void;
      declare function end(all: { on(event: string, done: () => void): void }, signal: AbortSignal): void;
      export async function first(command: string, options: { signal?: AbortSignal }) {
        const child = run(command);
        const forget = killOnAbort(options.signal, child);
        await child.finally(forget);
      }
      export async function second(command: string, signal: AbortSignal) {
        const child = run(command);
        signal.addEventListener('abort', () => { child.kill(); }, { once: true });
        return await child;
      }
      export function third(command: string, signal: AbortSignal) {
        const child = run(command);
        end(child, signal);
        return child;
      }
    `,
    'one side of a race that the signal decides': `
      import { once } from 'node:events';
      ${LOAD}
      export async function first(url: string, signal: AbortSignal) {
        const aborted = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => { reject(signal.reason); }, { once: true });
        });
        while (url !== '') url = await Promise.race([load(url), aborted]);
      }
      export const second = async (url: string, signal: AbortSignal) =>
        Promise.race([load(url), once(signal, 'abort')]);
      export const third = async (url: string, { signal }: { signal: AbortSignal }) =>
        Promise.race([new Promise((resolve) => { signal.onabort = resolve; }), load(url)]);
    `,
    'the span around the work': `
      interface Options { signal?: AbortSignal }
      declare const tracer: {
        startActiveSpan<T>(name: string, body: () => Promise<T>, options?: Options): Promise<T>;
        withSpan<T>(name: string, body: () => Promise<T>, options?: Options): Promise<T>;
      };
      ${LOAD}
      export async function pages(url: string, signal: AbortSignal) {
        await tracer.startActiveSpan('load', () => load(url, { signal }));
        await tracer.withSpan('load', async () => load(url, { signal }));
        return tracer.startActiveSpan('end', async () => url);
      }
    `,
    'a field that nothing fills': `
      ${LOAD}
      export class Builder {
        signal?: AbortSignal;
        async page(url: string) { return load(url); }
        async other(url: string) { return load(url + '/2', { retries: 2 }); }
      }
      export class Private {
        #signal?: AbortSignal;
        async page(url: string) { return [await load(url), this.#signal]; }
      }
    `,
    'a method of the very object that has the signal': `
      import { test } from 'node:test';
      import type { TestContext } from 'node:test';
      interface Context {
        readonly signal: AbortSignal;
        step(name: string, body: () => Promise<void>, options?: { signal?: AbortSignal }): Promise<void>;
      }
      test('all', async (t) => {
        await t.test('a part', async () => {});
        await t.test('another', { timeout: 100 }, () => {});
      });
      export const parts = async (t: TestContext) => { await t.test('a part', () => {}); };
      export const handler = async (context: Context) => { await context.step('one', async () => {}); };
    `,
    'a function of the very object that has the signal, which is handed nothing and goes on with what it has': `
      interface Call { path: string; signal?: AbortSignal }
      interface Chained extends Call { next(changed?: Call): Promise<string>; }
      type Chain = (intercept: (call: Chained) => Promise<string>) => void;
      export function plugin(use: Chain, keys: readonly string[]) {
        use(({ signal, next }) => (signal?.aborted ? Promise.resolve('') : next()));
        use(async (options) => {
          if (keys.includes(options.path)) return options.next();
          return options.signal?.aborted ? '' : await options.next();
        });
        use(async (options) => {
          const { signal } = options;
          signal?.throwIfAborted();
          return options.next();
        });
        use(async (options) => {
          const { next } = options;
          options.signal?.throwIfAborted();
          return next();
        });
        use(async ({ signal, ...rest }) => (signal ? rest.next() : ''));
      }
      interface Koa { readonly request: { readonly signal: AbortSignal }; next(options?: { signal?: AbortSignal }): Promise<void> }
      export async function timed({ request: { signal }, next }: Koa) {
        signal.throwIfAborted();
        await next();
      }
    `,
    'a call that ends something': `
      interface Options { signal?: AbortSignal }
      declare class Transaction {
        insert(text: string, options?: Options): Promise<void>;
        commit(options?: Options): Promise<void>;
      }
      declare const consumer: { run(options: Options): Promise<void>; disconnect(options?: Options): Promise<void> };
      declare const file: { closeAll(options?: Options): Promise<void> };
      export async function save(transaction: Transaction, text: string, signal: AbortSignal) {
        await transaction.insert(text, { signal });
        signal.throwIfAborted();
        await transaction.commit();
        await consumer.run({ signal });
        await consumer.disconnect();
        await file.closeAll();
      }
    `,
    'what answers the abort itself': `
      import { once } from 'node:events';
      ${LOAD}
      declare function wait(signal: AbortSignal): Promise<void>;
      export async function first(id: string, signal: AbortSignal) {
        if (signal.aborted) {
          await load('/cancelled/' + id);
          return;
        }
        await load(id, { signal });
        signal.aborted && (await load('/late'));
      }
      export async function second(url: string, options: { signal: AbortSignal }) {
        while (!options.signal.aborted) await wait(options.signal);
        return load(url);
      }
      export async function third(url: string, signal?: AbortSignal) {
        if (signal === undefined) return;
        await once(signal, 'abort');
        await load(url);
      }
      export async function fourth(url: string, signal: AbortSignal) {
        if (signal.aborted === false) await wait(signal);
        else await load(url);
      }
    `,
    'the part that is there is read after a command that may have been cut off': `
      ${LOAD}
      declare function run(command: string, signal: AbortSignal): Promise<{ aborted: boolean }>;
      export async function shell(command: string, signal: AbortSignal) {
        const result = await run(command, signal);
        const output = await load('/log');
        if (result.aborted) return output + ' (cancelled)';
        return output;
      }
    `,
    'a function that knows the signal without being told': `
      import { AsyncLocalStorage } from 'node:async_hooks';
      ${LOAD}
      const current = new AsyncLocalStorage<AbortSignal>();
      async function ambient(url: string, options?: { signal?: AbortSignal }) {
        return load(url, { signal: options?.signal ?? current.getStore()! });
      }
      export async function pages(url: string, signal: AbortSignal) {
        const own = async (path: string, options: { signal?: AbortSignal } = { signal }) =>
          load(path, options);
        async function merged(path: string, options?: { signal?: AbortSignal }) {
          return load(path, { signal, ...options });
        }
        await own(url);
        await merged(url);
        return ambient(url);
      }
      export class Session {
        constructor(readonly signal: AbortSignal) {}
        async page(url: string, options: { signal?: AbortSignal } = {}) {
          return load(url, { signal: options.signal ?? this.signal });
        }
        async both(url: string) {
          return (await this.page(url)) + (await this.page(url + '/2'));
        }
      }
    `,
    'what is over at once, and only asks the signal': `
      import { subtle } from 'node:crypto';
      async function digest(text: string, options?: { signal?: AbortSignal }) {
        const hash = await subtle.digest('SHA-256', new TextEncoder().encode(text));
        options?.signal?.throwIfAborted();
        return hash;
      }
      async function key(text: string, options?: { signal?: AbortSignal }) {
        return digest(text, options);
      }
      const check = async (text: string, { signal }: { signal?: AbortSignal } = {}) =>
        signal?.aborted === true ? '' : text;
      export async function keys(text: string, signal: AbortSignal) {
        signal.throwIfAborted();
        return [await digest(text), await key(text), await check(text)];
      }
    `,
    'a promise that others share': `
      ${LOAD}
      const pages = new Map<string, Promise<string>>();
      let last: Promise<string> | undefined;
      export class Cache {
        #page: Promise<string> | undefined;
        async get(url: string, signal: AbortSignal) {
          signal.throwIfAborted();
          let page = pages.get(url);
          if (page === undefined) {
            page = load(url);
            pages.set(url, page);
          }
          pages.set('/', load('/'));
          last ??= load('/last');
          this.#page ??= load('/first');
          return [await page, await last, await this.#page];
        }
      }
    `,
    'a file that would be left half written': `
      import { appendFile, writeFile } from 'node:fs/promises';
      import * as fs from 'node:fs';
      export async function save(path: string, text: string, signal: AbortSignal) {
        signal.throwIfAborted();
        await writeFile(path, text);
        await appendFile(path, text);
        await fs.promises.writeFile(path, text);
      }
    `,
    'a branch in which there is none, and one whose other branch hands it on': `
      ${LOAD}
      export const first = (url: string, options?: { signal?: AbortSignal }) =>
        options == null ? load(url) : load(url, options);
      export async function second(url: string, signal?: AbortSignal) {
        if (!signal) return load(url);
        return signal === undefined ? load(url) : load(url, { signal });
      }
      export function third(url: string, signal?: AbortSignal) {
        const options = signal == null ? {} : { signal };
        return Object.keys(options).length === 0 ? load(url) : load(url, options);
      }
    `,
    'a test of which a part says that there is none': `
      ${LOAD}
      export async function first(url: string, isOpen: boolean, signal?: AbortSignal) {
        if (!signal && isOpen) return load(url);
        if (!(isOpen || signal != null)) return load(url);
        return signal || (await load(url));
      }
    `,
    'options that are there only with a signal, awaited or in a branch of a branch': `
      ${LOAD}
      export async function first(url: string, details?: { signal?: AbortSignal }) {
        const options = details?.signal ? { signal: details.signal } : undefined;
        return options ? await load(url, options) : url === '' ? await load('/') : await load(url);
      }
      export async function second(url: string, signal?: AbortSignal) {
        const options = signal && { signal };
        if (!options) await load(url);
        return url === '' ? await load(url) : await load(url, options);
      }
    `,
    'a function of the file that takes the signal where it is given none': `
      ${LOAD}
      export async function all(url: string, signal: AbortSignal) {
        const one = (own: AbortSignal = signal) => load(url, { signal: own });
        await one();
        return signal.aborted;
      }
    `,
    'what the object with the signal has made, and ends with it': `
      import { once } from 'node:events';
      import type { Readable } from 'node:stream';
      interface Cursor { readonly signal?: AbortSignal; stream(): Readable }
      export const first = (cursor: Cursor) => {
        const stream = cursor.stream();
        return once(stream, 'data');
      };
      export const again = (cursor: Cursor) => once(cursor.stream(), 'data');
    `,
    'a call that is handed the signal, alone, in options, or with all that has it': `
      import type { TaskContext } from 'mooring';
      ${LOAD}
      declare function save(text: string, signal?: AbortSignal): Promise<void>;
      export async function copy(url: string, context: TaskContext) {
        await save(await load(url, { signal: context.signal }), context.signal);
        await load(url, context);
      }
    `,
    'explicit undefined and null: the author has said that it is to run on': `
      ${LOAD}
      declare function save(text: string, signal?: AbortSignal | null): Promise<void>;
      export async function copy(url: string, signal: AbortSignal) {
        signal.throwIfAborted();
        await load(url, undefined);
        await load(url, { signal: undefined as never });
        await save(url, null);
        await save(url, undefined);
      }
    `,
    'options that may carry one, and spreads': `
      ${LOAD}
      export async function copy(
        url: string,
        signal: AbortSignal,
        options: { retries?: number; signal?: AbortSignal },
        given: [string, { signal?: AbortSignal }],
      ) {
        signal.throwIfAborted();
        await load(url, options);
        await load(url, { ...options });
        await load(...given);
        const own: { retries: number; signal?: AbortSignal } = { retries: 3 };
        own.signal = signal;
        await load(url, own);
      }
    `,
    'a request that was made with one, or came from somebody': `
      export async function answer(url: string, signal: AbortSignal, given: Request) {
        const request = new Request(url, { signal });
        await fetch(request);
        await fetch(given);
        await fetch(new Request(given, { method: 'POST' }));
      }
    `,
    'clean-up': `
      ${LOAD}
      export async function copy(url: string, signal: AbortSignal) {
        signal.throwIfAborted();
        try {
          await load(url, { signal });
        } catch (error) {
          await load('/undo');
          throw error;
        } finally {
          await load('/done');
        }
      }
      export class Client {
        #signal: AbortSignal = new AbortController().signal;
        async close() {
          await load(String(this.#signal));
        }
        async flushAll(signal: AbortSignal) {
          await load(String(signal));
        }
      }
    `,
    'what is done when the call returns, and lifetimes': `
      declare function watch(name: string, options?: { signal?: AbortSignal }): void;
      export function start(target: EventTarget, signal: AbortSignal) {
        watch('one');
        target.addEventListener('close', () => {});
        return signal.aborted;
      }
    `,
    'no scope is in reach, or only one that is made for something else': `
      ${LOAD}
      export async function copy(url: string) {
        const controller = new AbortController();
        const short = AbortSignal.timeout(100);
        await load(url, { signal: controller.signal });
        await load(url, { signal: short });
        return load(url);
      }
    `,
    'a call of the function itself, and one that nobody waits for': `
      export async function load(url: string, signal?: AbortSignal): Promise<string> {
        signal?.throwIfAborted();
        void load(url + '/next', signal).catch(() => {});
        return url.length > 10 ? url : load(url + '/');
      }
    `,
    'a function that takes no signal': `
      declare function load(url: string): Promise<string>;
      export const copy = (url: string, signal: AbortSignal) => (signal.aborted ? url : load(url));
    `,
    'a task of a group, which has the signal of the group': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function copy(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.run(async (group) => {
          for (const url of urls) group.createTask((context) => load(url, context));
          await group.start<string>((context, ready) => {
            ready('now');
            return load('/', context);
          });
        }, { signal });
      }
    `,
    'a body that has not named its scope is another rule’s': `
      import { TaskGroup, timeout } from 'mooring';
      ${LOAD}
      export async function copy(url: string, signal: AbortSignal) {
        await TaskGroup.all([() => load(url)], { signal });
        await timeout(100, () => load(url), { signal });
      }
    `,
    'a value that is no options, where it takes options in its place': `
      import { readFile } from 'node:fs/promises';
      interface RunOptions { prompt: string; signal?: AbortSignal }
      interface Agent {
        run(query: string, steps?: number): Promise<string>;
        run(options: RunOptions): Promise<string>;
      }
      declare function ask(query: RunOptions | string, steps?: number): Promise<string>;
      export class Asking {
        constructor(private readonly agent: Agent) {}
        first(query: string, signal: AbortSignal) { return this.agent.run(query, 3); }
        async second(query: string, signal: AbortSignal) { return (await ask(query)).length; }
        third(path: string, signal: AbortSignal) { return readFile(path, 'utf8'); }
      }
    `,
    'a function that never reads the signal that it declares': `
      interface Options { method?: string; retries?: number; signal?: AbortSignal }
      declare function send(url: string, method?: string): Promise<string>;
      async function byName(url: string, options: Options = {}) {
        await send(url, options.method ?? 'GET');
        return send(url);
      }
      async function byPattern(url: string, { method, retries }: Options) {
        for (let left = retries ?? 0; left > 0; left--) await send(url, method);
      }
      async function byPlace(url: string, _signal?: AbortSignal) {
        await send(url);
        return (await send(url)).length;
      }
      const normalised = (options: Options) => { const { method, retries } = options; return { method, retries }; };
      const through = async (url: string, options: Options) => send(url, normalised(options).method);
      export async function pages(url: string, signal: AbortSignal) {
        await byName(url);
        await byPattern(url, { retries: 3 });
        await byPlace(url);
        await through(url, { method: 'GET' });
      }
    `,
    'a method of an interface, where the object is of a class that never reads the signal': `
      ${PAGES}
      class StoredPages implements Pages {
        async load(url: string) { return (await send(url)).length; }
        async drop(url: string, { force }: Options = {}) { await send(url, force); }
      }
      const shared: Pages = new StoredPages();
      export async function first(url: string, signal: AbortSignal) {
        await shared.load(url);
        await shared.drop(url, { force: true });
      }
      export class Second {
        readonly #pages: Pages = new StoredPages();
        load(url: string, { signal }: Options) { return this.#pages.load(url, {}); }
      }
      abstract class Core {
        core = this;
        pages: Pages;
        constructor() { this.pages = new StoredPages(); }
      }
      class Remote extends Core {}
      export class Third {
        constructor(private readonly remote: Remote) {}
        async load(url: string, options: Options) {
          const pages = [await this.remote.core.pages.load(url)];
          options.signal?.throwIfAborted();
          return pages;
        }
      }
    `,
    'a parameter that has to be there and is named as what is not read': `
      ${LOAD}
      export const tool = { async run(url: string, _signal: AbortSignal) { return load(url); } };
      export async function page(url: string, _abortSignal?: AbortSignal) { await load(url, {}); }
      export class Tool { run(url: string, _signal: AbortSignal) { return load(url); } }
    `,
    'what runs in another worker, to which no signal can be sent': `
      interface Fetcher { fetch(url: string, init?: RequestInit): Promise<Response>; connect(address: string): unknown }
      interface Options { signal?: AbortSignal }
      interface Room extends Fetcher { join(user: string, options?: Options): Promise<void> }
      interface Mailer extends Fetcher { send(letter: string, signal?: AbortSignal): Promise<void> }
      declare const env: { readonly rooms: { get(id: string): Room }; readonly mailer: Mailer };
      export async function enter(user: string, signal: AbortSignal) {
        const room = env.rooms.get('hall');
        await room.join(user);
        await room.join(user, {});
        await env.mailer.send(user);
      }
    `,
    'what a listener ends that a name is given later': `
      interface Child { start(id: string, options?: { signal?: AbortSignal }): Promise<void>; cancel(id: string): void }
      export async function run(child: Child, id: string, signal?: AbortSignal) {
        let onAbort: (() => void) | undefined;
        if (signal) {
          onAbort = () => { child.cancel(id); };
          signal.addEventListener('abort', onAbort, { once: true });
        }
        await child.start(id);
      }
    `,
  },
  reports: {
    'options that have to be made of more than the signal, for which nothing is suggested': {
      code: `
        interface Page { readonly path: string; readonly signal?: AbortSignal }
        declare function open(page?: Page): Promise<void>;
        declare function visit(name: string, page?: Page, signal?: AbortSignal): Promise<void>;
        declare function read(page?: Page | { readonly signal?: AbortSignal }): Promise<void>;
        export async function all(signal: AbortSignal) {
          await open();
                ~~~~~~ unsignalled
          await visit('a');
                ~~~~~~~~~~ unsignalled
          await read();
                ~~~~~~ unsignalled
          signal.throwIfAborted();
        }
      `,
      suggests: [
        [],
        [
          `
        interface Page { readonly path: string; readonly signal?: AbortSignal }
        declare function open(page?: Page): Promise<void>;
        declare function visit(name: string, page?: Page, signal?: AbortSignal): Promise<void>;
        declare function read(page?: Page | { readonly signal?: AbortSignal }): Promise<void>;
        export async function all(signal: AbortSignal) {
          await open();
          await visit('a', undefined, signal);
          await read();
          signal.throwIfAborted();
        }
      `,
        ],
        [
          `
        interface Page { readonly path: string; readonly signal?: AbortSignal }
        declare function open(page?: Page): Promise<void>;
        declare function visit(name: string, page?: Page, signal?: AbortSignal): Promise<void>;
        declare function read(page?: Page | { readonly signal?: AbortSignal }): Promise<void>;
        export async function all(signal: AbortSignal) {
          await open();
          await visit('a');
          await read({ signal });
          signal.throwIfAborted();
        }
      `,
        ],
      ],
    },
    'a service beside the signal that is handed something else, what another object in it does, one of the class':
      {
        code: `
        interface Options { signal?: AbortSignal }
        interface Store { reread(options?: Options): Promise<void> }
        interface Parts {
          signal: AbortSignal | undefined;
          store: Store;
          load(url: string, options?: Options): Promise<string>;
        }
        export async function all(parts: Parts) {
          parts.signal?.throwIfAborted();
          await parts.load('/a');
                ~~~~~~~~~~~~~~~~ unsignalled
          await parts.store.reread();
                ~~~~~~~~~~~~~~~~~~~~ unsignalled
        }
        export async function each({ signal, load }: Parts, { store }: Parts) {
          if (signal !== undefined) await load('/a');
                                          ~~~~~~~~~~ unsignalled
          await store.reread();
                ~~~~~~~~~~~~~~ unsignalled
        }
        export class Pages {
          #signal: AbortSignal;
          constructor(signal: AbortSignal, readonly store: Store) { this.#signal = signal; }
          async save() {
            await this.store.reread();
                  ~~~~~~~~~~~~~~~~~~~ unsignalled
            this.#signal.throwIfAborted();
          }
        }
      `,
      },
    'the rest of a chain under a deadline that it does not know': `
      import { timeout } from 'mooring';
      interface Call { path: string; signal?: AbortSignal; next(changed?: { signal?: AbortSignal }): Promise<string> }
      export async function inTime(options: Call) {
        options.signal?.throwIfAborted();
        return timeout(100, async ({ signal }) => {
          signal.throwIfAborted();
          return options.next();
                 ~~~~~~~~~~~~~~ unsignalled
        }, { signal: options.signal });
      }
    `,
    'work that is handed over with the signal to what ends the wait: it runs on': `
      declare function delay(ms: number, options?: { signal?: AbortSignal }): Promise<void>;
      declare function raceSignal<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T>;
      export async function first(url: string, signal: AbortSignal) {
        await raceSignal(fetch(url), signal);
                         ~~~~~~~~~~ unsignalled
        await delay(100);
              ~~~~~~~~~~ unsignalled
      }
    `,
    'a signal that is taken out of options under a name that says it is not used': `
      interface Options { abortSignal: AbortSignal }
      declare function read(url: string, options?: { signal?: AbortSignal }): Promise<string>;
      export async function first({ abortSignal: _signal }: Options) {
        return read('a');
               ~~~~~~~~~ unsignalled
      }
      export async function second(_signal: AbortSignal, url: string) {
        return read(url);
      }
    `,
    'a method of an interface, of a class that reads the signal, or where others may have made the object': `
      ${PAGES}
      export class StoredPages implements Pages {
        async load(url: string) { return (await send(url)).length; }
        async drop(url: string) { await send(url); }
      }
      class RemotePages implements Pages {
        async load(url: string, options?: Options) { return (await fetch(url, { signal: options?.signal ?? null })).status; }
        async drop(url: string) { await send(url); }
      }
      class SlowPages extends StoredPages {}
      export class Client {
        readonly #remote: Pages = new RemotePages();
        readonly #stored: Pages;
        #either: Pages = new StoredPages();
        readonly #slow: Pages = new SlowPages();
        constructor(private readonly given: Pages, stored?: Pages) {
          this.#stored = stored ?? new StoredPages();
        }
        connect() { this.#either = new RemotePages(); }
        async load(url: string, signal: AbortSignal) {
          await this.#remote.load(url);
                ~~~~~~~~~~~~~~~~~~~~~~ unsignalled
          await this.#stored.load(url);
                ~~~~~~~~~~~~~~~~~~~~~~ unsignalled
          await this.#either.load(url);
                ~~~~~~~~~~~~~~~~~~~~~~ unsignalled
          await this.#either.drop(url);
          await this.#slow.load(url);
                ~~~~~~~~~~~~~~~~~~~~ unsignalled
          return this.given.load(url);
                 ~~~~~~~~~~~~~~~~~~~~ unsignalled
        }
      }
    `,
    'a function that is too far from what never reads the signal, and not the nearer ones': `
      interface Options { signal?: AbortSignal }
      declare function send(url: string): Promise<string>;
      const deaf = async (url: string, _options?: Options) => send(url);
      const near = async (url: string, options?: Options) => deaf(url, options);
      const nearer = async (url: string, options?: Options) => near(url, options);
      const far = async (url: string, options?: Options) => nearer(url, options);
      export async function first(url: string, signal: AbortSignal) {
        return far(url);
               ~~~~~~~~ unsignalled
      }
      export async function second(url: string, signal: AbortSignal) {
        return near(url);
      }
    `,
    'a function held by a name knows the signal, and the call does not': `
      ${LOAD}
      declare function retry<T>(work: () => Promise<T>, options?: { attempts?: number; signal?: AbortSignal }): Promise<T>;
      declare function poll<T>(work: { run(): Promise<T> }, options?: { signal?: AbortSignal }): Promise<T>;
      export async function first(url: string, signal: AbortSignal) {
        const apiCall = () => load(url, { signal });
        await retry(apiCall, { attempts: 3 });
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ beside
        await retry(() => apiCall());
              ~~~~~~~~~~~~~~~~~~~~~~ beside
        await poll({ run: apiCall });
              ~~~~~~~~~~~~~~~~~~~~~~ beside
      }
      export async function second(url: string, { signal: abort }: { signal?: AbortSignal }) {
        async function page() { return load(url, { signal: abort! }); }
        const other = () => load(url, { signal: null! });
        await retry(page);
              ~~~~~~~~~~~ beside
        await retry(other);
              ~~~~~~~~~~~~ unsignalled
      }
      export class Client {
        constructor(private readonly signal: AbortSignal) {}
        page = () => load('/', { signal: this.signal });
        third() { return retry(this.page); }
                         ~~~~~~~~~~~~~~~~ beside
      }
    `,
    'a place for a signal beside what is no options, and a function that reads it': `
      interface Options { method?: string; signal?: AbortSignal }
      declare function ask(query: Options | string, options?: Options): Promise<string>;
      async function reads(url: string, options: Options = {}) {
        return fetch(url, { method: 'GET', signal: options.signal ?? null });
      }
      async function takesAll(url: string, { method, ...rest }: Options) {
        return fetch(url, rest);
      }
      class Base { async load(url: string, _signal?: AbortSignal): Promise<string> { throw new Error(url); } }
      interface Plain { fetch(url: string, options?: Options): Promise<string> }
      export async function pages(url: string, base: Base, plain: Plain, _signal: AbortSignal) {
        _signal.throwIfAborted();
        await ask(url);
              ~~~~~~~~ unsignalled
        await reads(url);
              ~~~~~~~~~~ unsignalled
        await takesAll(url, {});
              ~~~~~~~~~~~~~~~~~ unsignalled
        await base.load(url);
              ~~~~~~~~~~~~~~ unsignalled
        await plain.fetch(url);
              ~~~~~~~~~~~~~~~~ unsignalled
      }
    `,
    'of what was made with the signal, data, and a connection that need not keep it': `
      ${CLIENT}
      declare function user(id: string, options: { signal: AbortSignal }): Promise<{ name: string }>;
      declare function posts(of: { name: string }, options?: Options): Promise<string>;
      declare function connect(options: { signal: AbortSignal }): Promise<Client>;
      export async function page(id: string, signal: AbortSignal) {
        const found = await user(id, { signal });
        await posts(found);
              ~~~~~~~~~~~~ unsignalled
        const connection = await connect({ signal });
        return connection.get('/');
               ~~~~~~~~~~~~~~~~~~~ unsignalled
      }
    `,
    'a function that somebody has put into options with a signal': `
      import { once } from 'node:events';
      ${CLIENT}
      interface Given { signal?: AbortSignal; load(url: string, options?: Options): Promise<string> }
      interface Tools { readonly signal: AbortSignal; readonly client: Client }
      export const first = async (given: Given) => given.load('/');
                                                   ~~~~~~~~~~~~~~~ unsignalled
      export async function second(tools: Tools) {
        tools.signal.addEventListener('abort', () => { console.log(tools.signal.reason); });
        return tools.client.get('/');
               ~~~~~~~~~~~~~~~~~~~~~ unsignalled
      }
      export async function third(target: EventTarget & NodeJS.EventEmitter, signal: AbortSignal) {
        signal.addEventListener('close', () => { target.emit('end'); });
        await once(target, 'end');
              ~~~~~~~~~~~~~~~~~~~ unsignalled
      }
    `,
    'a function that is handed one that knows the signal, and waits besides': `
      declare function retry<T>(work: () => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
      ${LOAD}
      export async function page(url: string, signal: AbortSignal) {
        await retry(() => load(url, { signal }));
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ beside
        return retry(async () => url);
               ~~~~~~~~~~~~~~~~~~~~~~ unsignalled
      }
      export class Client {
        signal?: AbortSignal;
        use(signal: AbortSignal) { this.signal = signal; }
        async page(url: string) { return load(url); }
                                         ~~~~~~~~~ unsignalled
      }
    `,
    'before the signal has aborted, and after a loop that something else ends': `
      ${LOAD}
      export async function page(url: string, signal: AbortSignal) {
        if (!signal.aborted) await load(url);
                                   ~~~~~~~~~ unsignalled
        while (!signal.aborted) {
          if (url === '') break;
          url = url.slice(1);
        }
        await load(url);
              ~~~~~~~~~ unsignalled
      }
    `,
    'a function of the file that would stop between two steps': `
      ${LOAD}
      async function both(url: string, options?: { signal?: AbortSignal }) {
        const first = await load(url, options);
        options?.signal?.throwIfAborted();
        return first + (await load(url + '/2', options));
      }
      export async function page(url: string, signal: AbortSignal) {
        signal.throwIfAborted();
        return await both(url);
                     ~~~~~~~~~ unsignalled
      }
    `,
    'a text or a stream where another overload takes options, and a parameter that is a field': `
      import { pipeline } from 'node:stream/promises';
      interface Options { url?: string; signal?: AbortSignal }
      declare function got(url: string, options?: Options): Promise<string>;
      declare function got(options: Options): Promise<string>;
      export class Client {
        constructor(protected readonly signal: AbortSignal) {}
        async get(url: string, from: NodeJS.ReadableStream, to: NodeJS.WritableStream) {
          await pipeline(from, to);
                ~~~~~~~~~~~~~~~~~~ unsignalled
          return got(url);
                 ~~~~~~~~ unsignalled
        }
      }
    `,
    'a signal that a function has made of the one at hand comes first': {
      code: `
        declare function anySignal(signals: (AbortSignal | undefined)[]): AbortSignal;
        export async function page(url: string, options: { signal?: AbortSignal }) {
          const signal = anySignal([AbortSignal.timeout(100), options.signal]);
          const response = await fetch(url);
                                 ~~~~~~~~~~ unsignalled
          signal.throwIfAborted();
          return response.text();
        }
      `,
      suggests: [
        [
          `
        declare function anySignal(signals: (AbortSignal | undefined)[]): AbortSignal;
        export async function page(url: string, options: { signal?: AbortSignal }) {
          const signal = anySignal([AbortSignal.timeout(100), options.signal]);
          const response = await fetch(url, { signal });
          signal.throwIfAborted();
          return response.text();
        }
      `,
          `
        declare function anySignal(signals: (AbortSignal | undefined)[]): AbortSignal;
        export async function page(url: string, options: { signal?: AbortSignal }) {
          const signal = anySignal([AbortSignal.timeout(100), options.signal]);
          const response = await fetch(url, { signal: options.signal });
          signal.throwIfAborted();
          return response.text();
        }
      `,
        ],
      ],
    },
    'a group whose class stands in parentheses, or is called without any': {
      code: `
        import { TaskGroup } from 'mooring';
        export async function page(signal: AbortSignal) {
          await using group = new TaskGroup;
                              ~~~~~~~~~~~~~ unsignalled
          signal.throwIfAborted();
          return group.size;
        }
        export async function other(signal: AbortSignal) {
          await using group = new (TaskGroup);
                              ~~~~~~~~~~~~~~~ unsignalled
          signal.throwIfAborted();
          return group.size;
        }
      `,
      suggests: [
        [
          `
        import { TaskGroup } from 'mooring';
        export async function page(signal: AbortSignal) {
          await using group = new TaskGroup({ signal });
          signal.throwIfAborted();
          return group.size;
        }
        export async function other(signal: AbortSignal) {
          await using group = new (TaskGroup);
          signal.throwIfAborted();
          return group.size;
        }
      `,
        ],
        [
          `
        import { TaskGroup } from 'mooring';
        export async function page(signal: AbortSignal) {
          await using group = new TaskGroup;
          signal.throwIfAborted();
          return group.size;
        }
        export async function other(signal: AbortSignal) {
          await using group = new (TaskGroup)({ signal });
          signal.throwIfAborted();
          return group.size;
        }
      `,
        ],
      ],
    },
    'a function of the platform, with a signal as a parameter': {
      code: `
        export async function page(url: string, signal: AbortSignal) {
          const response = await fetch(url);
                                 ~~~~~~~~~~ unsignalled
          signal.throwIfAborted();
          return response.text();
        }
      `,
      suggests: [
        [
          `
            export async function page(url: string, signal: AbortSignal) {
              const response = await fetch(url, { signal });
              signal.throwIfAborted();
              return response.text();
            }
          `,
        ],
      ],
    },
    'options that are written out, in a constant, and a signal of its own place': {
      code: `
        import type { TaskContext } from 'mooring';
        ${LOAD}
        declare function save(text: string, signal?: AbortSignal): Promise<void>;
        export async function copy(url: string, context: TaskContext) {
          const options = { retries: 3 };
          await load(url, { retries: 2 });
                ~~~~~~~~~~~~~~~~~~~~~~~~~ unsignalled
          await load(url, options);
                ~~~~~~~~~~~~~~~~~~ unsignalled
          await save(url);
                ~~~~~~~~~ unsignalled
        }
      `,
      suggests: [
        [
          threeCalls(
            'load(url, { retries: 2, signal: context.signal })',
            'load(url, options)',
            'save(url)',
          ),
        ],
        [
          threeCalls(
            'load(url, { retries: 2 })',
            'load(url, { ...options, signal: context.signal })',
            'save(url)',
          ),
        ],
        [
          threeCalls(
            'load(url, { retries: 2 })',
            'load(url, options)',
            'save(url, context.signal)',
          ),
        ],
      ],
    },
    'the runtime’s own calls and groups, which take a scope whole': {
      code: `
        import { sleep, TaskGroup, type TaskContext } from 'mooring';
        export async function rest(context: TaskContext) {
          await sleep(100);
                ~~~~~~~~~~ unsignalled
          await using group = new TaskGroup();
                              ~~~~~~~~~~~~~~~ unsignalled
          await group.join();
        }
      `,
      suggests: [
        [
          `
            import { sleep, TaskGroup, type TaskContext } from 'mooring';
            export async function rest(context: TaskContext) {
              await sleep(100, context);
              await using group = new TaskGroup();
              await group.join();
            }
          `,
        ],
        [
          `
            import { sleep, TaskGroup, type TaskContext } from 'mooring';
            export async function rest(context: TaskContext) {
              await sleep(100);
              await using group = new TaskGroup(context);
              await group.join();
            }
          `,
        ],
      ],
    },
    'an overload, a method, and a request that was made without one': `
      declare const client: {
        get(url: string): Promise<string>;
        get(url: string, signal: AbortSignal): Promise<string>;
      };
      export async function page(url: string, { signal }: { signal: AbortSignal }) {
        const request = new Request(url, { method: 'POST' });
        signal.throwIfAborted();
        await client.get(url);
              ~~~~~~~~~~~~~~~ unsignalled
        await fetch(request);
              ~~~~~~~~~~~~~~ unsignalled
      }
    `,
    'a loop over ticks, a retry, and a wait in the body of main': `
      import { sleep } from 'mooring';
      import { main } from 'mooring/main';
      import { retry } from 'mooring/retry';
      import { ticks } from 'mooring/time';
      await main(async (scope) => {
        for await (const { index } of ticks(1_000)) {
                                      ~~~~~~~~~~~~ loop
          await retry((attempt) => sleep(index, attempt), { timeout: 100 });
                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unsignalled
          await sleep(10);
                ~~~~~~~~~ unsignalled
        }
      });
    `,
    'a loop over events': `
      import { on, type EventEmitter } from 'node:events';
      export async function listen(emitter: EventEmitter, signal: AbortSignal) {
        for await (const event of on(emitter, 'change')) {
                                  ~~~~~~~~~~~~~~~~~~~~~ loop
          if (signal.aborted) break;
          console.log(event);
        }
      }
    `,
    'from a local function, which only the task itself calls': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function pages(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.map(urls, async (url, context) => {
          const again = () => load(url);
                              ~~~~~~~~~ unsignalled
          await load(url, context).catch(() => again());
        }, { signal });
      }
    `,
    'with a suggestion for each scope at hand, the nearest first': {
      code: `
        import { TaskGroup } from 'mooring';
        ${LOAD}
        export async function page(url: string, signal: AbortSignal) {
          await using group = new TaskGroup({ signal });
          await load(url);
                ~~~~~~~~~ unsignalled
          await group.join();
        }
      `,
      suggests: [
        ['group.signal', 'signal'].map(
          (signal) => `
            import { TaskGroup } from 'mooring';
            ${LOAD}
            export async function page(url: string, signal: AbortSignal) {
              await using group = new TaskGroup({ signal });
              await load(url, { ${signal === 'signal' ? '' : 'signal: '}${signal} });
              await group.join();
            }
          `,
        ),
      ],
    },
    'with no more than ten suggestions, however many are open': {
      code: twelveOpen('load(url)', '\n            ~~~~~~~~~ unsignalled'),
      suggests: [
        [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) =>
          twelveOpen(`load(url, { signal: open${n} })`, ''),
        ),
      ],
    },
    'by its type, and by a field of the class': `
      import { test } from 'node:test';
      ${LOAD}
      test('loads', async (t) => {
        await load('/');
              ~~~~~~~~~ unsignalled
        t.diagnostic('loaded');
      });
      export class Client {
        readonly #signal: AbortSignal;
        constructor(signal: AbortSignal) {
          this.#signal = signal;
        }
        async get(url: string) {
          this.#signal.throwIfAborted();
          return load(url);
                 ~~~~~~~~~ unsignalled
        }
      }
    `,
  },
  misses: {
    'in a closure that has no signal of its own: who calls it is not known': `
      ${LOAD}
      export async function pages(urls: readonly string[], signal: AbortSignal) {
        signal.throwIfAborted();
        return Promise.all(urls.map(async (url) => load(url)));
      }
    `,
    'options that came from somewhere else and have none': `
      ${LOAD}
      export async function page(url: string, signal: AbortSignal, options: { retries: number }) {
        signal.throwIfAborted();
        return load(url, options);
      }
    `,
  },
});
