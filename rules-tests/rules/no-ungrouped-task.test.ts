import { describeRule } from '../support/describe-rule.js';

/** What the programs call. Each program is a module in which these functions are declared. */
const given = `
      declare function load(from?: unknown): Promise<string>;
      declare function other(): Promise<void>;
      declare function check(...values: unknown[]): boolean;
      declare const ready: boolean;
      declare const items: readonly string[];
      export {};`;

describeRule('no-ungrouped-task', {
  allows: {
    'a promise that the next statement awaits': `${given}
      const page = load();
      await page;
    `,
    'one with calls between, any of which could throw': `${given}
      const page = load();
      check(1);
      items.forEach((item) => check(item));
      await page;
    `,
    'one that is returned': `${given}
      function start() {
        const page = load();
        check(page);
        return page;
      }
      function both() {
        const page = load();
        return [page];
      }
    `,
    'one that is awaited on each path': `${given}
      async function get() {
        const page = load();
        if (ready) return page;
        if (check()) return await page;
        return (await page).length;
      }
    `,
    'one that is awaited in a finally': `${given}
      async function get() {
        const page = load();
        try {
          if (ready) return 1;
          if (check()) throw new Error('no');
        } finally {
          await page;
        }
        return 2;
      }
    `,
    'promises that are handed over together': `${given}
      const a = load('a');
      const b = load('b');
      const [x, y] = await Promise.all([a, b]);
    `,
    'one that is handed to any call': `${given}
      declare function expect<T>(value: T): { rejects: { toThrow(): Promise<void> } };
      const page = load();
      await expect(page).rejects.toThrow();
    `,
    'one that gets a handler at once': `${given}
      const page = load();
      page.catch(() => {});
      await other();
      await page;
    `,
    'one whose error is handled, while something else is awaited': `${given}
      const a = load().catch(() => 'none');
      const b = load().then(String, () => 'none').finally(() => {});
      await other();
      await a;
      await b;
    `,
    'one that is raced': `${given}
      async function get(limit: Promise<never>) {
        const page = load();
        return await Promise.race([page, limit]);
      }
    `,
    'one that a closure has from here on': `${given}
      function start() {
        const page = load();
        return { stop: () => page };
      }
      async function run() {
        const page = load();
        const stop = async () => {
          await page;
        };
        return stop;
      }
      function hold(register: (stop: () => unknown) => void) {
        let page: Promise<string> | undefined;
        register(() => page);
        page = load();
      }
    `,
    'a promise of the module that its functions await': `${given}
      const page = load();
      await other();
      export async function get() {
        return (await page).length;
      }
    `,
    'one that the module exports': `${given}
      export const page = load();
      const later = load();
      const last = load();
      await other();
      export { later, last as default };
    `,
    'one that only exists when it is awaited': `${given}
      async function get() {
        const page = ready ? load() : undefined;
        check();
        if (page) await page;
      }
      async function early() {
        let page: Promise<string> | undefined;
        if (ready) page = load();
        check();
        if (page !== undefined) return page;
        return '';
      }
      async function maybe(value: () => string | Promise<string>) {
        const page = value();
        if (page instanceof Promise) await page;
      }
    `,
    'one that a test finds where none is wanted': `${given}
      declare function validate(): string | Promise<string>;
      export function check2() {
        const value = validate();
        if (value instanceof Promise) throw new TypeError('has to be synchronous');
        return value;
      }
    `,
    'what may be a result at once, by its type': `${given}
      declare function render(): string | Promise<string>;
      declare const routes: { add(show: () => unknown): void };
      const page = render();
      if (ready) routes.add(() => page);
      export async function show() {
        const other = render();
        await load();
        return other;
      }
    `,
    'a tick, after which no rejection is unhandled yet': `${given}
      const page = load();
      await Promise.resolve();
      await null;
      await undefined;
      await page;
    `,
    'a list that is waited for when there is something in it': `${given}
      async function all() {
        const pages = [];
        for (const item of items) {
          if (item !== '') pages.push(load(item));
        }
        if (pages.length > 0) await Promise.all(pages);
        const more = new Set<Promise<string>>();
        if (ready) more.add(load());
        if (!more.size) return;
        await Promise.all(more);
      }
    `,
    'one that is taken out of a collection': `${given}
      export async function next(pages: Promise<string>[], byName: Map<string, Promise<string>>) {
        const first = pages.shift();
        const known = byName.get('a');
        const found = pages.map((page) => page.catch(() => ''));
        await other();
        return [first, known, found];
      }
    `,
    'one that is handed to what may not be there': `${given}
      export function start(registry?: { add(page: Promise<string>): void }) {
        const page = load();
        registry?.add(page);
      }
    `,
    'one that the call which starts it can await': `${given}
      declare function open(onClose: () => Promise<unknown>): Promise<string>;
      async function start() {
        const opened = open(() => opened);
        await other();
      }
    `,
    'one that a loop hands on': `${given}
      async function fill(known: Map<string, Promise<string>>) {
        const page = load();
        for (const item of items) known.set(item, page);
        await other();
      }
      async function more(next: () => string | undefined) {
        const page = load();
        let item = next();
        while (item && ready) {
          check(page);
          item = next();
        }
        await other();
      }
    `,
    'an event, which has to be waited for before it is set off': `${given}
      declare function once(target: unknown, name: string): Promise<unknown>;
      declare const page: { waitForEvent(name: string): Promise<string>; click(): Promise<void> };
      const closed = once(page, 'close');
      const download = page.waitForEvent('download');
      await page.click();
      await download;
      await closed;
    `,
    'one that waits for a fake clock': `${given}
      declare const vi: { advanceTimersByTimeAsync(ms: number): Promise<void> };
      const page = load();
      await vi.advanceTimersByTimeAsync(10);
      await page;
    `,
    'one that handles its own errors': `${given}
      async function report() {
        try {
          await load();
        } catch (error) {
          check(error);
        }
      }
      const reported = report();
      await other();
      await reported;
    `,
    'one behind the same test twice': `${given}
      async function get(quick: boolean) {
        let page;
        if (!quick) page = load();
        check();
        if (!quick) await page;
      }
    `,
    'one behind a test of a collection that has given the same before': `${given}
      const pages = new Map<string, Promise<string>>();
      items.forEach((item) => {
        if (item === '' || pages.has(item)) return;
        const page = load(item);
        if (page && !pages.has(item)) {
          pages.set(item, page);
        }
      });
      export const all = Promise.all(pages.values());
      function fill(seen: Set<string>, item: string) {
        let page;
        if (seen.has(item)) page = load(item);
        if (seen.has(item)) return page;
        return undefined;
      }
    `,
    'a memo of a function': `${given}
      let cached: Promise<string> | undefined;
      export function get() {
        return (cached ??= load());
      }
      let other2: Promise<string> | undefined;
      export function fill() {
        other2 ??= load();
        cached = cached ?? load();
        cached ||= load();
      }
    `,
    'a memo that is filled and then returned': `${given}
      let cached: Promise<string> | undefined;
      export function get() {
        if (cached === undefined) {
          cached = load();
        }
        return cached;
      }
    `,
    'a memo of a class': `${given}
      class Store {
        #page?: Promise<string>;
        private other: Promise<string> | undefined;
        get page() {
          return (this.#page ??= load());
        }
        get() {
          if (!this.other) this.other = load();
          return this.other;
        }
      }
    `,
    'a memo of many': `${given}
      const cache = new Map<string, Promise<string>>();
      export function get(key: string) {
        const known = cache.get(key);
        if (known) return known;
        const page = load(key);
        cache.set(key, page);
        return page;
      }
      export function fill(key: string) {
        if (!cache.has(key)) cache.set(key, load(key));
        return cache.get(key)!;
      }
      class Pages {
        #pages = new Map<string, Promise<string>>();
        get(key: string) {
          if (!this.#pages.has(key)) this.#pages.set(key, load(key));
          return this.#pages.get(key);
        }
      }
    `,
    'a memo of objects': `${given}
      const known = new WeakMap<object, Promise<string>>();
      export function fill(key: object) {
        known.set(key, load(key));
      }
    `,
    'a field that some method awaits': `${given}
      class Worker {
        private running?: Promise<string>;
        start() {
          this.running = load();
        }
        async stop() {
          await this.running;
        }
      }
    `,
    'a field, and a name of the module, that the same function awaits': `${given}
      let current: Promise<string> | undefined;
      class Worker {
        running?: Promise<string>;
        #saving: Promise<string> | undefined;
        async run() {
          this.running = load();
          try {
            check();
            await this.running;
          } finally {
            this.running = undefined;
          }
          current = load();
          await current;
        }
        async save() {
          if (!this.#saving) this.#saving = load();
          await other();
          return this.#saving;
        }
      }
    `,
    'a field that the disposer takes': `${given}
      class Worker {
        #running = load();
        #stopping: Promise<string> | undefined;
        async [Symbol.asyncDispose]() {
          this.#stopping = load();
          await Promise.allSettled([this.#running, this.#stopping]);
        }
      }
    `,
    'a private field of a class that reads its fields by names that only the run knows': `${given}
      export class Jobs {
        private reading?: Promise<string>;
        private writing?: Promise<string>;
        start() {
          this.reading = load('a');
          this.writing = load('b');
        }
        async end() {
          for (const name of ['reading', 'writing'] as const) await this[name];
        }
      }
    `,
    'a field that another class of the file awaits': `${given}
      class Worker {
        running?: Promise<string>;
        start() {
          this.running = load();
        }
      }
      export async function run(worker: Worker) {
        worker.start();
        await worker.running;
      }
    `,
    'a field that is published': `${given}
      interface Closable {
        closed: Promise<string>;
      }
      export class Connection implements Closable {
        readonly ready = load();
        closed = load();
        protected opening = load();
      }
      export class Server {
        constructor(readonly ready?: Promise<string>) {
          this.ready = load();
        }
      }
      declare class Base {
        pending: Promise<string>;
      }
      export class Derived extends Base {
        start() {
          this.pending = load();
        }
      }
      export class Assets {
        manifest: Promise<string> | string;
        constructor() {
          this.manifest = load().then((text) => (this.manifest = text));
        }
      }
      class Hidden {
        manifest = load();
      }
      export { Hidden };
    `,
    'a field that is a queue': `${given}
      class Queue {
        #last: Promise<unknown> = Promise.resolve();
        add(work: () => Promise<void>) {
          this.#last = this.#last.then(work);
          return this.#last;
        }
      }
    `,
    'a set of what is running, that is joined at the end': `${given}
      class Server {
        #running = new Set<Promise<void>>();
        handle() {
          const running = other().finally(() => this.#running.delete(running));
          this.#running.add(running);
        }
        spawn() {
          this.#running.add(other());
        }
        async close() {
          await Promise.allSettled(this.#running);
        }
      }
    `,
    'an array of promises that are awaited together': `${given}
      const pages: Promise<string>[] = [];
      for (const item of items) {
        pages.push(load(item));
      }
      await Promise.all(pages);
    `,
    'an array of promises in a function': `${given}
      async function all() {
        const pages = [load('a'), load('b')];
        if (ready) pages.push(load('c'));
        check(pages.length);
        return (await Promise.all(pages)).join();
      }
    `,
    'an array made with map': `${given}
      const pages = items.map((item) => load(item));
      const sizes = Array.from(items, async (item) => (await load(item)).length);
      await Promise.all([...pages, ...sizes]);
    `,
    'a bounded number at a time': `${given}
      const running = new Set<Promise<unknown>>();
      for (const item of items) {
        const page = load(item).then(() => running.delete(page));
        running.add(page);
        if (running.size >= 4) await Promise.race(running);
      }
      await Promise.all(running);
    `,
    batches: `${given}
      let batch: Promise<string>[] = [];
      for (const item of items) {
        batch.push(load(item));
        if (batch.length === 10) {
          await Promise.all(batch);
          batch = [];
        }
      }
      await Promise.all(batch);
    `,
    'promises that are taken out of their array by name': `${given}
      const [a, b] = [load('a'), load('b')];
      await Promise.all([a, b]);
    `,
    'promises in an object, awaited together': `${given}
      const jobs = { a: load('a'), b: load('b') };
      await Promise.all(Object.values(jobs));
      const more = { a: load('a') };
      await more.a;
      const record: Record<string, Promise<string>> = {};
      for (const item of items) record[item] = load(item);
      await Promise.all(Object.values(record));
    `,
    'an object with a method that takes it': `${given}
      async function run() {
        const job = {
          page: load(),
          async finish() {
            await this.page;
          },
        };
        await job.finish();
      }
    `,
    'an object that goes to somebody else': `${given}
      declare function render(props: object): void;
      render({ page: load(), more: [load()] });
      const props = { page: load() };
      render(props);
      export const start = () => ({ page: load() });
    `,
    'a literal whose promises nothing comes between': `${given}
      await Promise.all([await load(), load(), load()]);
    `,
    'what belongs to a parameter': `${given}
      export function start(state: { page?: Promise<string> }, pages: Promise<string>[]) {
        state.page = load();
        pages.push(load());
        globalThis.name = '';
      }
    `,
    'withResolvers, and a promise that is settled already': `${given}
      declare const deferreds: { withResolvers<T>(): { promise: Promise<T>; resolve(value: T): void } };
      const { promise, resolve } = deferreds.withResolvers<string>();
      const done = Promise.resolve('done');
      await other();
      resolve('now');
      await promise;
      await done;
    `,
    'a task of a group': `
      import { TaskGroup } from 'mooring';
      declare function load(): Promise<string>;
      await using group = new TaskGroup();
      const a = group.createTask(load);
      const b = group.createTask(load);
      await a;
      await b;
      await group.join();
    `,
    'a copy of a promise that was started somewhere else': `${given}
      export async function get(page: Promise<string>, holder: { page: Promise<string> }) {
        const same = page;
        const held = holder.page;
        await other();
        await same;
        await held;
      }
    `,
    'a lazy thenable, which starts nothing': `${given}
      interface Query { then(done: (rows: string[]) => void): void }
      declare function select(): Query;
      const query = select();
      await other();
    `,
    'a module that loads': `${given}
      const fs = import('node:fs');
      await other();
      await fs;
    `,
    'a value of type any': `${given}
      declare const anything: any;
      const page = anything.load();
      await other();
    `,
    'a call that the settings name': {
      code: `${given}
        const page = load();
        await other();
        await page;
      `,
      settings: { safeCalls: ['load'] },
    },
    'a type of promise that the settings name': {
      code: `
        class Quiet<T> extends Promise<T> {}
        declare function load(): Quiet<string>;
        const page = load();
        export {};
      `,
      settings: { safePromises: ['Quiet'] },
    },
    'a loop that awaits each round': `${given}
      for (const item of items) {
        const page = load(item);
        check(item);
        await page;
      }
    `,
    'a loop whose last round waits for all that the rounds have started': `${given}
      export async function all() {
        const pages: Promise<string>[] = [];
        for (let i = 0; i < items.length; i++) {
          pages.push(load(items[i]));
          if (i === items.length - 1) {
            return await Promise.all(pages);
          }
        }
      }
    `,
    'a promise that is assigned and used at once': `${given}
      let page: Promise<string>;
      const text = await (page = load());
      check((page = load()));
    `,
    'a queue of another library': `${given}
      declare const queue: { add(work: Promise<string>): void; push(work: unknown): void };
      queue.add(load());
      queue.push(load());
    `,
    'an error that is caught here': `${given}
      async function get() {
        const page = load();
        try {
          if (ready) throw new Error('no');
        } catch {
          check();
        }
        return page;
      }
    `,
    'a process that ends': `${given}
      const page = load();
      if (ready) process.exit(1);
      await page;
    `,
    'a map whose values are taken all at once': `${given}
      async function all() {
        const byName = new Map<string, Promise<string>>();
        for (const item of items) byName.set(item, load(item));
        check(await Promise.all(byName.values()));
        const more = new Map<string, Promise<string>>();
        for (const item of items) more.set(item, load(item));
        const entries = [...more.entries()].map(async ([name, page]) => [name, await page]);
        return Promise.all(entries);
      }
    `,
    'one that is thrown, as React wants it': `${given}
      function read() {
        const page = load();
        throw page;
      }
    `,
    'a text in the hands of a tag': `${given}
      declare function sql(texts: TemplateStringsArray, ...values: unknown[]): Promise<string>;
      const where = sql\`where id = 1\`;
      const rows = sql\`select \${where}\`;
      await rows;
    `,
    'what another function collects, and this one awaits one after the other': `
      declare const pages: AsyncIterable<string>;
      declare function save(page: string): Promise<string>;
      export async function saveAll(visit: (each: (page: string) => void) => Promise<void>) {
        const saving: Promise<string | Error>[] = [];
        await visit((page) => {
          saving.push(save(page).catch((error) => error));
        });
        for (const one of saving) console.log(await one);
      }
    `,
    'F7: one that the module exports under its name': `${given}
      let page = Promise.resolve('');
      if (ready) page = load();
      export default page;
    `,
    'F8: a deferred, whoever makes it': `${given}
      const deferred = <T>() => {
        let settle!: (value: T) => void;
        const promise = new Promise<T>((resolve) => {
          settle = resolve;
        });
        return Object.assign(promise, { resolve: settle });
      };
      declare function start(use: (value: string) => void): void;
      export async function run() {
        const page = deferred<string>();
        await other();
        try {
          start((value) => page.resolve(value));
        } catch {
          return null;
        }
        return page;
      }
      interface Deferred extends Promise<string> { reject(error: unknown): void }
      declare function makeDeferred(): Deferred;
      export async function runAgain() {
        const page = makeDeferred();
        await other();
        return page;
      }
    `,
    'F19: one that a loop looks at again and again': `${given}
      declare function sleep<T>(ms: number, value: T): Promise<T>;
      export async function wait(child: { readonly exited: boolean }) {
        const ended = load();
        let code: string | null = null;
        while (!child.exited) code = await Promise.race([ended, sleep(100, null)]);
        return code;
      }
    `,
    'F25: in a test one that is started, set off, and awaited, and a service that is closed': `${given}
      declare function it(name: string, test: () => Promise<void>): void;
      declare const page: { submit(): Promise<void>; result(): Promise<string> };
      declare class Worker { run(): Promise<void>; close(): Promise<void> }
      it('submits', async () => {
        const result = page.result();
        await page.submit();
        check(await result);
      });
      it('runs', async () => {
        const worker = new Worker();
        const running = worker.run();
        await other();
        await worker.close();
      });
    `,
    'in recommended one that is pending in a handler of a user interface, for which nobody waits': {
      code: `${given}
      export function Page({ show }: { show(text: string): void }) {
        const onSelect = async (id: string) => {
          const listing = load();
          await other();
          show(await listing);
        };
        return <button onClick={() => onSelect('1')} />;
      }
    `,
      filename: 'file.tsx',
      options: { reports: 'mistakes' },
    },
    'F16: in recommended one that leaves, of which the callee handles the error': {
      code: `${given}
      async function loadSafe() {
        return await load().catch(() => '');
      }
      export async function start() {
        const page = loadSafe();
        if (ready) return;
        check(await page);
      }
    `,
      options: { reports: 'mistakes' },
    },
    'in recommended a program that its file has started, and looks on at': {
      code: `${given}
      const running = load();
      if (ready) running.then(() => check('done'));
    `,
      options: { reports: 'mistakes' },
    },
    'a promise that no work is behind, and that nothing can reject': `${given}
      function gate() {
        let open: (() => void) | undefined;
        const opened = () => new Promise<void>((resolve) => {
          open = resolve;
        });
        const first = opened();
        const start = () => open?.();
        return check(first || start) ? undefined : start;
      }
    `,
    'one that a name holds which may hold a flag too, where it is told from the flag': `${given}
      declare const updated: ((id: string) => Promise<string> | boolean) | undefined;
      export function refetch(ids: readonly string[]) {
        const results = new Map<string, Promise<string> | boolean | undefined>();
        for (const id of ids) {
          let result: Promise<string> | boolean | undefined;
          if (updated) result = updated(id);
          if (!updated || result === true) result = load(id);
          if (result !== false) results.set(id, result);
        }
        return results;
      }
      export function first(id: string) {
        let page: Promise<string> | 'none' = 'none';
        if (ready) page = load(id);
        if ('none' === page) throw new Error('nothing');
        return page;
      }
      export async function second(id: string) {
        let page: Promise<string> | 0 = 0;
        if (ready) page = load(id);
        return page === 0 ? '' : page;
      }
    `,
    'a wait with a deadline for an event of a part of what later lines go on with': `${given}
      import type { ChildProcess } from 'node:child_process';
      declare function scenario(): Promise<string>;
      function addressOf(child: ChildProcess): Promise<string> {
        const { stderr } = child;
        if (!stderr) throw new Error('no stderr');
        return new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error('late')), 10_000);
          stderr.setEncoding('utf8');
          stderr.on('data', (chunk: string) => {
            clearTimeout(late);
            resolve(chunk);
          });
        });
      }
      export async function profile(child: ChildProcess) {
        const address = addressOf(child);
        const steps = await scenario();
        child.send(steps);
        return await address;
      }
    `,
    'a wait for an event of what later lines go on with: it cannot be awaited before': `${given}
      declare const head: HTMLElement;
      function loadOf(script: HTMLScriptElement): Promise<void> {
        return new Promise((resolve, reject) => {
          script.addEventListener('load', () => resolve());
          script.addEventListener('error', () => reject(new Error('not loaded')));
        });
      }
      export async function inject(script: HTMLScriptElement) {
        const loaded = loadOf(script);
        await other();
        head.append(script);
        await loaded;
      }
    `,
  },
  reports: {
    'one that a name holds which is told from another flag': `${given}
      declare const flag: boolean;
      export function refetch(id: string) {
        let result: Promise<string> | boolean | undefined;
        if (ready) result = load(id);
                            ~~~~~~~~ left
        if (flag !== false) return result;
        if (result === true) return result;
        return undefined;
      }
    `,
    'a wait with a deadline that starts work of its own': `${given}
      import type { ChildProcess } from 'node:child_process';
      declare function start(child: ChildProcess): void;
      function addressOf(child: ChildProcess): Promise<string> {
        return new Promise((resolve, reject) => {
          setTimeout(() => reject(new Error('late')), 10_000);
          child.on('message', (text: string) => resolve(text));
          start(child);
        });
      }
      export async function profile(child: ChildProcess) {
        const address = addressOf(child);
                        ~~~~~~~~~~~~~~~~ meanwhile
        await other();
        child.send('go');
        return await address;
      }
    `,
    'a wait for an event of what no later line names, and work that tells its end by one': `${given}
      import { EventEmitter } from 'node:events';
      declare function request(path: string): EventEmitter;
      function closed(server: EventEmitter): Promise<void> {
        return new Promise((resolve, reject) => {
          server.on('close', () => resolve()).on('error', reject);
        });
      }
      function get(path: string): Promise<unknown> {
        return new Promise((resolve, reject) => {
          request(path).on('end', resolve).on('error', reject);
        });
      }
      export async function run(server: EventEmitter, path: string) {
        const end = closed(server);
                    ~~~~~~~~~~~~~~ meanwhile
        await other();
        await end;
      }
      export async function both(path: string) {
        const got = get(path);
                    ~~~~~~~~~ meanwhile
        await other();
        check(path);
        await got;
      }
    `,
    'a promise of a deferred that may be rejected': `${given}
      export function gate() {
        let fail: ((error: unknown) => void) | undefined;
        const opened = () => new Promise<void>((_, reject) => {
          fail = reject;
        });
        const first = opened();
                      ~~~~~~~~ left
        if (check()) return first;
        return fail;
      }
    `,
    'F25: a service that is closed, outside of a test': `${given}
      declare class Worker { run(): Promise<void>; close(): Promise<void> }
      export async function main() {
        const worker = new Worker();
        const running = worker.run();
                        ~~~~~~~~~~~~ service
        await other();
        await worker.close();
      }
    `,
    'in recommended one whose error goes to no one': {
      code: `${given}
      export async function start() {
        const page = load();
                     ~~~~~~ left
        if (ready) return;
        check(await page);
      }
    `,
      options: { reports: 'mistakes' },
    },
    'M1: in recommended a list of which one is awaited after the other': {
      code: `${given}
      export async function start(ids: string[]) {
        const pages = ids.map((id) => load(id));
                      ~~~~~~~~~~~~~~~~~~~~~~~~~ oneByOne
        for (const page of pages) check(await page);
        const [first, second] = ids.map(load);
                                ~~~~~~~~~~~~~ meanwhile
        return [await first, await second];
      }
    `,
      options: { reports: 'mistakes' },
    },
    'a test that ends before what it started': `${given}
      declare function it(name: string, test: () => void): void;
      it('loads', () => {
        const page = load();
                     ~~~~~~ left
        check(1);
      });
    `,
    'one whose error is handled, and which a path leaves running': `${given}
      class Page {
        async show() {
          const saved = this.save();
                        ~~~~~~~~~~~ leftHandled
          await other();
          if (ready) return;
          await saved;
        }
        hide() {
          this.running = load().catch(check);
                         ~~~~~~~~~~~~~~~~~~~ ownerlessHandled
        }
        private running?: Promise<unknown>;
        private async save() {
          try {
            await load();
          } catch (error) {
            check(error);
          }
        }
      }
    `,
    'two that are awaited one after the other: the second floats while the first is awaited': {
      code: `${given}
        const a = load('a');
        const b = load('b');
                  ~~~~~~~~~ meanwhile
        await a;
        await b;
      `,
      // With an `await` for the second the first would be alone.
      suggests: [[]],
    },
    'two that one expression awaits': `${given}
      async function sum() {
        const a = load('a');
        const b = load('b');
                  ~~~~~~~~~ meanwhile
        return (await a) + (await b);
      }
    `,
    'one that a return leaves behind': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ left
        if (ready) return;
        await page;
      }
    `,
    'one behind a test of a collection that may give something else by now': `${given}
      const pages = new Map<string, Promise<string>>();
      export const all = Promise.all(pages.values());
      function replace(item: string) {
        if (pages.has(item)) return;
        pages.set(item, other().then(() => ''));
        const page = load(item);
                     ~~~~~~~~~~ left
        if (!pages.has(item)) pages.set(item, page);
      }
      async function wait(item: string) {
        if (pages.has(item)) return;
        await other();
        const page = load(item);
                     ~~~~~~~~~~ left
        if (!pages.has(item)) pages.set(item, page);
      }
      function ask(item: string, of: string) {
        if (pages.has(of)) return;
        const page = load(item);
                     ~~~~~~~~~~ left
        if (!pages.has(item)) pages.set(item, page);
      }
    `,
    'one that a throw leaves behind': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ left
        if (ready) throw new Error('not ready');
        await page;
      }
    `,
    'one that nobody awaits': `${given}
      export function start() {
        const page = load();
                     ~~~~~~ left
        check(1);
      }
      const unused = load();
                     ~~~~~~ left
    `,
    'one that is only looked at': `${given}
      export function start() {
        const page = load();
                     ~~~~~~ left
        if (page) check(1);
        void page;
        return typeof page;
      }
    `,
    'one that waits for something else': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ meanwhile
        await other();
        return page;
      }
    `,
    'one that waits for a stream': `${given}
      async function get(stream: AsyncIterable<string>) {
        const page = load();
                     ~~~~~~ meanwhile
        for await (const part of stream) check(part);
        return page;
      }
    `,
    'one that is awaited in one case only': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ left
        if (ready) await page;
      }
    `,
    'one whose error is handled, and that is left running': `${given}
      async function get() {
        const page = load().catch(() => 'none');
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~ leftHandled
        if (ready) return;
        await page;
      }
    `,
    'one that another takes the place of': `${given}
      async function get() {
        let page = load('a');
                   ~~~~~~~~~ left
        if (ready) page = load('b');
        return page;
      }
    `,
    'one that a loop starts over and over': `${given}
      async function get() {
        let page = load();
        while (check()) {
          const text = await page;
          page = load(text);
                 ~~~~~~~~~~ meanwhile
          await other();
        }
        return page;
      }
    `,
    'one of each round, of which the last is awaited': `${given}
      async function get() {
        let page: Promise<string> | undefined;
        for (const item of items) {
          page = load(item);
                 ~~~~~~~~~~ left
        }
        await page;
      }
    `,
    'an event that a path never waits for': `${given}
      declare function once(target: unknown, name: string): Promise<unknown>;
      async function get() {
        const closed = once({}, 'close');
                       ~~~~~~~~~~~~~~~~~ left
        if (ready) return;
        await closed;
      }
    `,
    'one that a loop only looks at': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ meanwhile
        for (const item of items) check(item);
        await other();
        return page;
      }
    `,
    'a chain that is stored': `${given}
      const size = load().then((page) => page.length);
                   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ meanwhile
      await other();
      check(await size);
    `,
    'a combination of promises': `${given}
      const both = Promise.all([load('a'), load('b')]);
                   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ meanwhile
      await other();
      await both;
    `,
    'an async function called where it stands': `${given}
      const running = (async () => {
                      ~~~~~~~~~~~~~…  meanwhile
        await other();
      })();
      await other();
      await running;
    `,
    'a variable that is assigned later': `${given}
      async function get() {
        let page;
        page = load();
               ~~~~~~ meanwhile
        await other();
        await page;
      }
    `,
    'an alias': `${given}
      async function get() {
        const page = load();
                     ~~~~~~ meanwhile
        const same = page;
        await other();
        await same;
      }
    `,
    'a template with a tag': `${given}
      declare function $(texts: TemplateStringsArray): Promise<string>;
      const build = $\`build\`;
                    ~~~~~~~~ meanwhile
      await other();
      await build;
    `,
    'a pattern of two': `${given}
      async function get() {
        const [a, b] = [load('a'), load('b')];
                                   ~~~~~~~~~ meanwhile
        await a;
        await b;
        const { c, d } = { c: load('c'), d: load('d') };
                                            ~~~~~~~~~ meanwhile
        return [await c, await d];
      }
    `,
    'an array whose promises are awaited one after the other': `${given}
      async function all() {
        const pages = [load('a'), load('b')];
                       ~~~~~~~~~ meanwhile
                                  ~~~~~~~~~ meanwhile
        for (const page of pages) check(await page);
        const more = items.map(async (item) => load(item));
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ oneByOne
        for await (const page of more) check(page);
      }
    `,
    'an array whose elements are awaited by index': `${given}
      const pages = [load('a'), load('b')];
                                ~~~~~~~~~ meanwhile
      await pages[0];
      await pages[1];
    `,
    'an array that is filled while something else is awaited': `${given}
      const pages: Promise<string>[] = [];
      for (const item of items) {
        pages.push(load(item));
                   ~~~~~~~~~~ meanwhile
        await other();
      }
      await Promise.all(pages);
    `,
    'an array that is filled from a stream': `${given}
      async function all(stream: AsyncIterable<string>) {
        const pages = [];
        for await (const item of stream) {
          pages.push(load(item));
                     ~~~~~~~~~~ meanwhile
        }
        return Promise.all(pages);
      }
    `,
    'a set and a map that nobody asks again': `${given}
      function start() {
        const running = new Set<Promise<string>>();
        running.add(load());
                    ~~~~~~ left
        const byName = new Map<string, Promise<string>>();
        byName.set('a', load());
                        ~~~~~~ left
        return running.size + byName.size;
      }
    `,
    'a map whose values are awaited one after the other': `${given}
      async function all() {
        const byName = new Map<string, Promise<string>>();
        for (const item of items) byName.set(item, load(item));
                                                   ~~~~~~~~~~ meanwhile
        for (const page of byName.values()) check(await page);
        const more = new Map<string, Promise<string>>();
        for (const item of items) more.set(item, load(item));
                                                 ~~~~~~~~~~ meanwhile
        for await (const page of more.values()) check(page);
      }
    `,
    'a collection that is made with promises in it': `${given}
      const running = new Set([load('a'), load('b')]);
                               ~~~~~~~~~ meanwhile
                                          ~~~~~~~~~ meanwhile
      const byName = new Map([['a', load('c')]]);
                                    ~~~~~~~~~ meanwhile
      await other();
      await Promise.all([...running, ...byName.values()]);
    `,
    'one that a round of a loop leaves behind': `${given}
      async function all() {
        for (const item of items) {
          const page = load(item);
                       ~~~~~~~~~~ left
          if (item === '') continue;
          await page;
        }
      }
    `,
    'a loop of which some other round waits, or the last one and goes on': `${given}
      export async function most() {
        const pages: Promise<string>[] = [];
        for (let i = 0; i < items.length; i++) {
          pages.push(load(items[i]));
                     ~~~~~~~~~~~~~~ left
          if (i === items.length - 2) return await Promise.all(pages);
        }
      }
      export async function every(others: string[]) {
        const pages: Promise<string>[] = [];
        for (let i = 0; i < items.length; i++) {
          pages.push(load(items[i]));
                     ~~~~~~~~~~~~~~ left
          if (i === others.length - 1) return await Promise.all(pages);
        }
      }
    `,
    'a map that is returned too late': `${given}
      async function start() {
        const byName = new Map<string, Promise<string>>();
        for (const item of items) byName.set(item, load(item));
                                                   ~~~~~~~~~~ meanwhile
        await other();
        return byName;
      }
    `,
    'an object whose promises are awaited one after the other': `${given}
      const jobs = { a: load('a'), b: load('b') };
                                      ~~~~~~~~~ meanwhile
      await jobs.a;
      await jobs.b;
    `,
    'a property that is set later': `${given}
      async function run() {
        const jobs: { a?: Promise<string> } = {};
        jobs.a = load();
                 ~~~~~~ meanwhile
        await other();
        await jobs.a;
      }
    `,
    'a literal in which something else is awaited': `${given}
      await Promise.all([load(), await other()]);
                         ~~~~~~ meanwhile
      check({ page: load(), done: await other() });
                    ~~~~~~ meanwhile
    `,
    'one that is only taken out again': `${given}
      function start() {
        const running = new Set<Promise<string>>();
        const page = load().finally(() => running.delete(page));
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ left
        return running.has(page);
      }
    `,
    'a field of an exported class that keeps it for a while': `${given}
      export class Worker {
        running?: Promise<string>;
        closing: Promise<string> | undefined;
        start() {
          this.running = load();
                         ~~~~~~ ownerless
        }
        close() {
          this.closing = load();
                         ~~~~~~ ownerless
        }
      }
    `,
    'a field of a class that reads others by their names, and a name that nobody can compute': `${given}
      export class Jobs {
        private reading?: Promise<string>;
        #writing?: Promise<string>;
        readonly names = new Map<string, string>();
        start() {
          this.reading = load('a');
                         ~~~~~~~~~ ownerless
        }
        end() {
          return this['names'].get('a');
        }
      }
      export class Hidden {
        #writing?: Promise<string>;
        [key: string]: unknown;
        start(key: string) {
          this.#writing = load('b');
                          ~~~~~~~~~ ownerless
          return this[key];
        }
      }
    `,
    'a field that nothing awaits': `${given}
      class Worker {
        running?: Promise<string>;
        #other = load();
                 ~~~~~~ ownerless
        start() {
          if (this.running) return;
          this.running = load();
                         ~~~~~~ ownerless
        }
      }
    `,
    'a private field that only another class names': `${given}
      class Worker {
        constructor(private running?: Promise<string>) {}
        start() {
          this.running = load();
                         ~~~~~~ ownerless
        }
      }
      class Other {
        running = load();
        stop() {
          return this.running;
        }
      }
    `,
    'a field, and a name of the module, that only the same function awaits, and too late': `${given}
      let current: Promise<string> | undefined;
      class Worker {
        running?: Promise<string>;
        #jobs: Promise<string>[] = [];
        async run() {
          this.running = load();
                         ~~~~~~ meanwhile
          this.#jobs.push(load());
                          ~~~~~~ meanwhile
          current = load();
                    ~~~~~~ meanwhile
          await other();
          await this.running;
          await Promise.all(this.#jobs);
          return current;
        }
      }
    `,
    'a set of what is running that nobody joins': `${given}
      class Server {
        #running = new Set<Promise<string>>();
        get isBusy() {
          return this.#running.size > 0;
        }
        handle() {
          this.#running.add(load());
                            ~~~~~~ ownerless
        }
      }
    `,
    'a variable of the module that nothing awaits': `${given}
      let running: Promise<string> | undefined;
      export function start() {
        if (running) return;
        running = load();
                  ~~~~~~ ownerless
      }
    `,
    'an async generator that may never be asked again': `${given}
      export async function* parts() {
        const page = load();
                     ~~~~~~ left
        yield 'first';
        yield await page;
      }
    `,
    'an object of the module that nothing awaits': `${given}
      const state: { page?: Promise<string> } = {};
      export function start() {
        state.page = load();
                     ~~~~~~ ownerless
      }
    `,
    'a list of the module that nothing awaits': `${given}
      const running: Promise<string>[] = [];
      export function start() {
        running.push(load());
                     ~~~~~~ ownerless
        return running.length;
      }
    `,
    'one in reach of a group, which can have it': {
      code: `
        import { TaskGroup } from 'mooring';
        declare function load(from?: string): Promise<string>;
        declare function token(): Promise<string>;
        export async function get() {
          await using group = new TaskGroup();
          const a = load('a');
                    ~~~~~~~~~ meanwhile
          const b = load(await token());
                    ~~~~~~~~~~~~~~~~~~~ meanwhile
          await group.join();
          await a;
          await b;
        }
      `,
      suggests: [
        [
          `
        import { TaskGroup } from 'mooring';
        declare function load(from?: string): Promise<string>;
        declare function token(): Promise<string>;
        export async function get() {
          await using group = new TaskGroup();
          const a = group.createTask(() => load('a'));
          const b = load(await token());
          await group.join();
          await a;
          await b;
        }
      `,
        ],
        // With an `await` for it the first would be alone.
        [],
      ],
    },
    'one in the body of a group': {
      code: `
        import { TaskGroup } from 'mooring';
        declare function load(from?: string): Promise<string>;
        declare function token(): Promise<string>;
        await TaskGroup.run(async (group) => {
          const a = load('a');
                    ~~~~~~~~~ meanwhile
          await token();
          return Promise.all([a]);
        });
      `,
      suggests: [
        [
          `
        import { TaskGroup } from 'mooring';
        declare function load(from?: string): Promise<string>;
        declare function token(): Promise<string>;
        await TaskGroup.run(async (group) => {
          const a = group.createTask(() => load('a'));
          await token();
          return Promise.all([a]);
        });
      `,
        ],
      ],
    },
    'nothing is suggested where a promise is wanted': {
      code: `${given}
        async function get() {
          const page = load();
                       ~~~~~~ meanwhile
          await other();
          return page.then((text) => text.length);
        }
        async function more() {
          const page: Promise<string> = load();
                                        ~~~~~~ meanwhile
          await other();
          return page;
        }
        function start() {
          const page = load();
                       ~~~~~~ left
        }
        async function again() {
          let page = load();
                     ~~~~~~ left
          if (ready) page = load();
          return await page;
        }
      `,
      suggests: [[], [], [], []],
    },
  },
  misses: {
    'a promise made by hand, which is mostly an event': `${given}
      const done = new Promise<void>((resolve) => setTimeout(resolve, 10));
      await other();
      await done;
    `,
    'a promise that a call takes and forgets': `${given}
      const page = load();
      check(page);
    `,
    'a field that is awaited, but too late, where others might await it': `${given}
      class Worker {
        running?: Promise<string>;
        async run() {
          this.running = load();
          await other();
          await this.running;
        }
        async stop() {
          await this.running;
        }
      }
    `,
    'a promise in a combination with something that is awaited': `${given}
      const page = load();
      await Promise.all([page, await other()]);
    `,
  },
});
