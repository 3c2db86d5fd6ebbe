import { afterAll, expect, test } from 'vitest';

import { describeRule } from '../support/describe-rule.js';
import { messages, removeProjects } from '../support/suggestions.js';

afterAll(removeProjects);

/** What the programs call. Each program is a module in which these functions are declared. */
const given = `
      declare function load(from?: unknown): Promise<string>;
      declare function other(): Promise<void>;
      declare const api: { get(id: string): Promise<string> };
      declare const ids: readonly string[];
      export {};`;

describeRule('no-ungrouped-task', {
  allows: {
    'an event of a member that is handed over: it has to be listened to before': `${given}
      declare const picker: { show(): Promise<void>; onDidHide(run: () => void): void };
      declare function asPromise(event: (run: () => void) => void): Promise<void>;
      export async function pick() {
        const hidden = asPromise(picker.onDidHide).then(() => 'hidden');
        await picker.show();
        return await hidden;
      }
    `,
    'collections whose errors are handled, and that a loop goes through to the end': `${given}
      export async function all() {
        const pages = ids.map((id) => load(id).catch(() => ''));
        for await (const page of pages) console.log(page);
      }
      export async function each(isLoud: boolean) {
        for (;;) {
          const pages = ids.map(async (id) => { try { return await load(id); } catch { return ''; } });
          for (const page of pages) {
            if (!isLoud) console.log('next');
            const text = await page;
            for (const part of text) if (part === ' ') break;
            try { if (text === '') throw new Error('empty'); } catch { continue; }
          }
          if (isLoud) break;
        }
      }
    `,
    'collections that are awaited together': `${given}
      const all = await Promise.all(ids.map(load));
      const pages = ids.map(api.get);
      console.log(all, await Promise.all(pages));
      const byId = new Map(ids.map((id) => [id, load(id)] as const));
      console.log(await Promise.all(byId.values()));
    `,
    'elements that are moved on, or get a handler': `${given}
      const pending: Promise<string>[] = [];
      for (const page of ids.map(load)) pending.push(page);
      for (const page of ids.map(load)) page.catch(() => {});
      for (const page of ids.map(load)) void page.then(console.log, console.error);
      await Promise.all(pending);
    `,
    'elements that are taken out and awaited together': `${given}
      const [first, second] = ids.map(load);
      console.log(await Promise.all([first, second]));
    `,
    'a map with what was started before': `${given}
      declare const running: Map<string, Promise<string>>;
      const pages = [...running.values()].map((page) => page);
      for (const page of pages) console.log(await page);
    `,
    'functions that handle their errors, one after the other': `${given}
      for (const done of ids.map(async (id) => { try { await load(id); } catch (e) { console.error(e); } })) {
        await done;
      }
    `,
    'an argument before one that is awaited, where the error is handled': `${given}
      declare function use(page: Promise<string>, name: string): void;
      use(load().catch(() => ''), await api.get('name'));
      use(Promise.resolve(''), await api.get('name'));
    `,
    'an argument after the await': `${given}
      declare function use(name: string, page: Promise<string>): Promise<void>;
      await use(await api.get('name'), load());
    `,
    'a return from a try whose finally awaits nothing, or that awaits': `${given}
      declare const file: { close(): Promise<void>; closeSync(): void };
      async function a() {
        try { return load(); } finally { file.closeSync(); }
      }
      async function b() {
        try { return await load(); } finally { await file.close(); }
      }
      async function c() {
        try { return load().catch(() => ''); } finally { await file.close(); }
      }
      async function d() {
        try {
          return new Promise<string>((resolve) => setTimeout(resolve, 1, 'a'));
        } finally {
          await file.close();
        }
      }
      console.log(a, b, c, d);
    `,
    'a tail that somebody awaits': `${given}
      class Queue {
        #tail: Promise<unknown> = Promise.resolve();
        save() {
          this.#tail = this.#tail.then(() => load());
          return this.#tail;
        }
      }
      class Log {
        #tail: Promise<unknown> = Promise.resolve();
        write() {
          this.#tail = this.#tail.then(() => load());
        }
        async close() {
          await this.#tail;
        }
      }
      console.log(Queue, Log);
    `,
    'waiting for an event that the code sets off': `${given}
      declare const page: {
        click(): Promise<void>;
        waitForRequest(): Promise<string>;
        waitForResponse(): Promise<string>;
      };
      async function save() {
        const request = page.waitForRequest();
        const response = page.waitForResponse();
        await page.click();
        console.log(await request);
        console.log(await response);
      }
      console.log(save);
    `,
    'waiting for an answer that the code asks for, and a look for what runs already': `${given}
      declare const port: {
        expectMessage(): Promise<string>;
        write(text: string): Promise<void>;
        findTask(name: string): Promise<void> | undefined;
      };
      async function ask() {
        const answer = port.expectMessage();
        await port.write('help');
        return await answer;
      }
      function begin() {
        const running = port.findTask('begin');
        if (running) return false;
        return true;
      }
      console.log(ask, begin);
    `,
    'what a method keeps, which is what is awaited meanwhile': `${given}
      declare function save(): Promise<string>;
      class Loader {
        #latest: Promise<unknown> = Promise.resolve();
        async add() {
          const added = this.#extend(save());
          await this.#settled();
          return added;
        }
        #extend<T>(added: Promise<T>): Promise<T> {
          this.#latest = Promise.all([added, this.#latest]);
          this.#latest.catch(() => {});
          return added;
        }
        async #settled() {
          await this.#latest;
        }
      }
      console.log(Loader);
    `,
    'a list that is made where it gets its first promise, and is asked for': `${given}
      declare function wait(page: string): Promise<void>;
      declare function report(error: unknown): void;
      function send(pages: string[], done: () => void) {
        let pending: Promise<void>[] | null = null;
        for (const page of pages) {
          if (page !== '') {
            pending ??= [];
            pending.push(wait(page));
          }
        }
        if (pending === null) {
          done();
        } else {
          Promise.all(pending).then(done, report);
        }
      }
      console.log(send);
    `,
    'what is pushed while something is awaited, when its error is handled': `${given}
      declare const stream: { on(event: string, listener: (data?: unknown) => void): void };
      const pending: Promise<unknown>[] = [];
      await new Promise((resolve, reject) => {
        stream.on('data', (data) => { pending.push(load(data).catch(reject)); });
        stream.on('end', resolve);
      });
      await Promise.all(pending);
    `,
    'a resource that is used before the function is left': `${given}
      declare function connect(): Disposable & { query(): Promise<string>; count(): number };
      async function a() {
        using c = connect();
        return await c.query();
      }
      function b() {
        using c = connect();
        return c.count();
      }
      function d() {
        using stack = new DisposableStack();
        stack.use(connect());
        return load();
      }
      console.log(a, b, d);
    `,
  },
  reports: {
    'M1: a function by its name, or a method, for each of a collection': `${given}
      const a = ids.map(load);
                ~~~~~~~~~~~~~ oneByOne
      for (const page of a) await page;
      const b = Array.from(ids, load);
                ~~~~~~~~~~~~~~~~~~~~~ oneByOne
      for (const page of b) console.log(await page);
      const c = ids.map(api.get);
                ~~~~~~~~~~~~~~~~ meanwhile
      await other();
      await Promise.all(c);
    `,
    'M1: elements taken out of such a collection': `${given}
      const [first, second] = ids.map(load);
                              ~~~~~~~~~~~~~ meanwhile
      await first;
      await second;
      async function one() {
        const [head, ...rest] = ids.map((id) => load(id));
                                ~~~~~~~~~~~~~~~~~~~~~~~~~ meanwhile
        console.log(await head);
        await Promise.all(rest);
      }
      console.log(one);
    `,
    'M1: a loop over what a call starts': `${given}
      for (const page of ids.map(load)) console.log(page);
                         ~~~~~~~~~~~~~ left
      for (const page of ids.map((id) => load(id))) await page;
                         ~~~~~~~~~~~~~~~~~~~~~~~~~ oneByOne
      for await (const page of ids.map(load)) console.log(page);
                               ~~~~~~~~~~~~~ oneByOne
    `,
    'M1: a map and a set of promises': `${given}
      const byId = new Map(ids.map((id) => [id, load(id)] as const));
                           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ oneByOne
      for (const [id, page] of byId) console.log(id, await page);
      const pages = new Set(ids.map(load));
                            ~~~~~~~~~~~~~ oneByOne
      for (const page of pages.values()) console.log(await page);
    `,
    'M4: an argument that is started before another one is awaited': `${given}
      declare function use(page: Promise<string>, name: string): void;
      declare class Page { constructor(text: Promise<string>, name: { of: string }); }
      use(load(), await api.get('name'));
          ~~~~~~ meanwhile
      new Page(load(), { of: await api.get('name') });
               ~~~~~~ meanwhile
      console.log([load(), await other()].length, load(), await other());
                   ~~~~~~ meanwhile
                                                  ~~~~~~ meanwhile
    `,
    'M8: a promise in whose place another one is put': `${given}
      async function get() {
        let page = load('a');
                   ~~~~~~~~~ left
        page = load('b');
        return page;
      }
      function pick(name: string) {
        let page = load(name);
                   ~~~~~~~~~~ left
        page = load('default');
        return page;
      }
      console.log(get, pick);
    `,
    'M9: work that is returned while what it uses is closed': `${given}
      declare const file: { close(): Promise<void> };
      async function read() {
        try {
          return load(file);
                 ~~~~~~~~~~ meanwhile
        } finally {
          await file.close();
        }
      }
      const readAll = async () => {
        try {
          if (ids.length === 0) return '';
          return ids[0] === '' ? load('') : load(ids[0]);
                                 ~~~~~~~~ meanwhile
                                            ~~~~~~~~~~~~ meanwhile
        } catch {
          return '';
        } finally {
          await file.close().catch(() => {});
        }
      };
      console.log(read, readAll);
    `,
    'what is begun by a name that finds nothing, or that gives it in any case': `${given}
      declare const port: {
        start(name: string): Promise<void> | undefined;
        findAll(name: string): Promise<string>;
      };
      function begin() {
        const running = port.start('begin');
                        ~~~~~~~~~~~~~~~~~~~ left
        const found = port.findAll('begin');
                      ~~~~~~~~~~~~~~~~~~~~~ left
        if (running || found) return false;
        return true;
      }
      console.log(begin);
    `,
    'M10: two waits, one awaited after the other': `${given}
      declare function waitForLine(line: RegExp): Promise<string>;
      declare function kill(): Promise<void>;
      async function both() {
        const a = waitForLine(/a/);
        const b = waitForLine(/b/);
                  ~~~~~~~~~~~~~~~~ meanwhile
        try {
          await a;
          await b;
        } catch (error) {
          await kill();
          throw error;
        }
      }
      console.log(both);
    `,
    'M11: what is pushed by a listener while something else is awaited': `${given}
      declare const stream: { on(event: string, listener: (data?: unknown) => void): void };
      const pending: Promise<unknown>[] = [];
      await new Promise((resolve, reject) => {
        stream.on('data', (data) => { pending.push(load(data)); });
                                                   ~~~~~~~~~~ meanwhile
        stream.on('end', resolve);
        stream.on('error', reject);
      });
      await Promise.all(pending);
      async function walk(each: (visit: (id: string) => void) => Promise<void>) {
        const writes = new Set<Promise<string>>();
        await each((id) => { writes.add(load(id)); });
                                        ~~~~~~~~ meanwhile
        return Promise.all(writes);
      }
      console.log(walk);
    `,
    'M12: a tail that nobody awaits': `${given}
      class Queue {
        #tail: Promise<unknown> = Promise.resolve();
        save() {
          this.#tail = this.#tail.then(() => load());
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ tail
        }
      }
      let last: Promise<unknown> = Promise.resolve();
      function enqueue(id: string) {
        last = last.finally(() => load(id));
               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ tail
      }
      console.log(Queue, enqueue);
    `,
    'M14: work that is returned and outlives the resource that it uses': `${given}
      declare function connect(): Disposable & { query(): Promise<string> };
      declare function run(connection: object): Promise<string>;
      async function a() {
        using c = connect();
        return c.query();
               ~~~~~~~~~ disposed
      }
      function b() {
        using c = connect();
        return run({ on: c });
               ~~~~~~~~~~~~~~ disposed
      }
      console.log(a, b);
    `,
  },
  misses: {},
});

test.each([
  [
    'a loop that would have gone through all',
    'the `break` in line 4 leaves it',
    `
      const pages = ids.map((id) => load(id).catch(() => ''));
      for await (const page of pages) {
        if (page === '') break;
        console.log(page);
      }
      if (ids.length === 0) throw new Error('none');
      return ids;`,
  ],
  [
    'a round of the loop around',
    'the `continue` in line 4 leaves it',
    `
      for (const id of ids) {
        const page = load(id).catch(() => '');
        if (id === '') continue;
        await page;
      }
      if (ids.length === 0) throw new Error('none');
      return ids;`,
  ],
  [
    'the function, before a loop',
    'the `return` in line 3 leaves it',
    `
      const pages = ids.map((id) => load(id).catch(() => ''));
      if (ids.length === 1) return ids;
      for (const page of pages) {
        if ((await page) === '') break;
      }
      return [];`,
  ],
])('what leaves a promise is named where it does: %s', (_, exit, code) => {
  const program = `
    declare const ids: string[]; declare function load(id: string): Promise<string>;
    export async function all() {${code.trimStart()}
    }
  `;
  expect(messages(program)).toEqual([expect.stringContaining(exit)]);
});
