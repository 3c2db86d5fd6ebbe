import { describeRule } from '../support/describe-rule.js';

/** What all programs here can use. */
const given = (code: string): string => `
  import { TaskGroup } from 'mooring';
  declare const items: string[];
  declare const ready: boolean;
  declare const running: Promise<number>;
  declare function load(id?: string): Promise<number>;
  declare function report(error: unknown): void;
  ${code.trim()}
`;

describeRule('no-floating-promises', {
  allows: {
    'a call in an executor that tells both ends by what it is handed': `
      declare function write(page: string, done: (error: Error | null, size?: number) => void): Promise<void>;
      export const size = new Promise((yes, no) => {
        write('', (error, size) => {
          if (error) no(error);
          else yes(size);
        });
      });
    `,
    'a call by whose callback the test is told, though its type knows no callback': `
      declare function it(name: string, test: (done: (error?: Error) => void) => void): void;
      declare const client: {
        close(isForced?: unknown): Promise<void>;
        execute(query: string, parameters?: unknown): Promise<string>;
      };
      it('asks', (done) => {
        client.execute('a', () => {
          done();
        });
      });
      it('closes', (done) => {
        client.close(done);
      });
    `,
    'a listener of what has a promise for any name at all': given(`
  interface Emitter { on(event: string, listener: () => void): this }
  declare const client: Emitter & { [command: string]: (...args: unknown[]) => Promise<string> };
  client.on('ready', () => {});`),
    'a promise that is awaited': given(`
  async function save() {
    await load();
    await (ready ? load() : running);
    for await (const item of items.map(load)) report(item);
  }`),
    'a promise that is returned': given(`
  function save() {
    return load();
  }
  const saveLater = () => load();`),
    'a promise that is yielded': given(`
  function* save() {
    yield load();
    yield* [load()];
  }`),
    'a promise that is thrown, as React has it': given(`
  function read() {
    throw load();
  }`),
    'a promise that is stored, which is left to no-ungrouped-task': given(`
  function save() {
    const page = load();
    let other;
    other = load();
    return [page, other];
  }`),
    'a promise that is handed to a parameter that takes one': given(`
  declare function track(work: PromiseLike<number>): void;
  declare function maybe(work: number | Promise<number>): void;
  declare function keep<T>(value: T): void;
  track(load());
  maybe(load());
  keep(load());`),
    'a promise that is put into a container': given(`
  const pages = new Set<Promise<number>>();
  const byId: Map<string, any> = new Map();
  pages.add(load());
  byId.set('a', load());
  const list: any[] = [];
  list.push(load());`),
    'what a container gives back of the promises that it holds': given(`
  declare const pages: Promise<number>[];
  declare const all: Set<Promise<number>>;
  function forget() {
    pages.splice(0, 1);
    pages.shift();
    all.add(running);
  }`),
    'a promise that another one adopts': given(`
  export const adopted = new Promise((resolve) => resolve(load()));
  export function adopt(deferred: { resolve(value: any): void }) {
    deferred.resolve(load());
  }`),
    'a promise in what a test asks it about': given(`
  declare function expect(value: unknown): { resolves: { toBe(value: number): Promise<void> } };
  await expect(load()).resolves.toBe(1);`),
    'a settled promise as an argument: it starts nothing': given(`
  declare const stub: { returns(value: any): void };
  stub.returns(Promise.resolve(1));
  stub.returns(Promise.reject(new Error()));`),
    'an argument of a call whose result is awaited: it may wait for it': given(`
  declare function settle(value: unknown): Promise<void>;
  await settle(load());`),
    'an argument that may be none, as what is asked for its absence': given(`
  declare const assert: { equal(actual: unknown, expected: unknown): void };
  declare const waiting: Map<string, Promise<number>>;
  assert.equal(waiting.get('page'), undefined);`),
    'a callback of the end, for a call that no overload fits': given(`
  type Callback = (error?: Error | null, value?: string) => void;
  declare const client: { set(key: string, value: string, done?: Callback): Promise<string> };
  declare function done(): void;
  // @ts-expect-error a value is missing
  client.set('page', function (err) { done(); });`),
    'an argument that is written as a promise: it is the promise that is meant': given(`
  declare const assert: { equal(actual: unknown, expected: unknown): void };
  declare function isObject(value: unknown): boolean;
  assert.equal(isObject(new Promise(() => {})), true);`),
    'an argument of a constructor, which may keep it': given(`
  declare class Holder { constructor(value: unknown) }
  new Holder(load());`),
    'a promise as a part of what is logged': given(`
  console.log([load()], { page: load() });`),
    'a promise that is stored and logged': given(`
  console.log(running);`),
    'a callee of which nothing is known': given(`
  declare const log: any;
  log(load());
  log();`),
    'a task of a group': given(`
  await TaskGroup.run(async (group) => {
    group.createTask(() => load());
    void group.createTask(() => load());
    group.createTask(() => load()).then(report);
  });`),
    'any and unknown': given(`
  declare const anything: any;
  declare function start(): unknown;
  anything.start();
  start();
  load() as any;`),
    'a query builder, which starts nothing until it is awaited': given(`
  declare function query(): PromiseLike<number> & { where(id: string): PromiseLike<number> };
  query();
  query().where('a');`),
    'tests of node:test, which the runner waits for': `
      import test, { describe, it, suite, type TestContext } from 'node:test';
      import * as runner from 'node:test';
      test('a', async () => {});
      it('b', () => {});
      describe('c', () => { it.skip('d'); test.only('e'); });
      suite('f');
      runner.test('g', () => {});
    `,
    'tests of node:test that are declared under a name of the file': `
      import test, { it } from 'node:test';
      declare const isWindows: boolean;
      const skipOnWindows = isWindows ? test.skip : test;
      skipOnWindows('a', async () => {});
      const { only: alone } = test;
      alone('b', () => {});
      function declareAll(check: typeof it) {
        check('c', () => {});
      }
      const cases = { slow: isWindows ? it.todo : it };
      cases.slow('d');
      declareAll(it);
    `,
    'a list to wait for that may not be there': given(`
  export async function save(more?: string[]) {
    await Promise.all(more?.map(load) ?? []);
    await Promise.all(ready ? items.map(load) : []);
    await Promise.allSettled((more && more.map(load)) || []);
  }`),
    'calls that the settings name': {
      code: given(`
  load();
  console.log(load());`),
      settings: { safeCalls: [{ from: 'file', name: 'load' }] },
    },
    'a call that takes anything, when the settings name it': {
      code: given(`
  console.log(load());`),
      settings: { safeCalls: [{ from: 'lib', name: 'log' }] },
    },
    'types of promises that the settings name': {
      code: given(`
  declare class Safe<T> extends Promise<T> {}
  declare function start(): Safe<void>;
  start();
  start().finally(report as () => void);
  [start()];`),
      settings: { safePromises: [{ from: 'file', name: 'Safe' }] },
    },
    'an entry point that handles its error': given(`
  load().catch(report);
  load().then(String, report);
  void load().catch(report).finally(() => {});
  if (ready) load().catch(report);`),
    'what may be a result, where a result is wanted: the code may know': given(`
  declare function render(): string | Promise<string>;
  declare function start(): Promise<number> | undefined;
  declare function isAllowed(): boolean | Promise<boolean>;
  export function show() {
    console.log(String(render()));
    if (start()) return \`\${render()}\`;
    return !isAllowed() && { ...(render() as object | Promise<object>) };
  }`),
    'a chain whose handler may be undefined as far as types can tell': given(`
  export function settled(work: Promise<number>) {
    let resolve: (() => void) | undefined;
    const settling = new Promise<void>((done) => (resolve = done));
    work.then(resolve, resolve);
    return settling;
  }`),
    'an entry point that handles its errors inside': given(`
  async function main() {
    try {
      await load();
    } catch (error) {
      report(error);
    }
  }
  main();`),
    'a listener on a promise that is an emitter too, and gives itself': given(`
  declare class Download extends Promise<number> {
    on(event: string, listener: () => void): this;
    off(event: string, listener: () => void): this;
  }
  async function watch(download: Download, show: () => void) {
    void download.on('progress', show);
    await download;
    void download.off('progress', show);
  }`),
    'a promise that gets further properties': given(`
  function named(name: string) {
    const page = load();
    Object.defineProperties(page, { name: { value: name } });
    void Object.assign(page, { name });
    return page;
  }`),
    'a call that a test expects to throw': given(`
  declare const t: { throws(body: () => void): void };
  declare function expect(body: () => void): { not: object; toThrow(error?: unknown): void };
  t.throws(() => {
    void load('');
  });
  expect(() => {
    const id = '';
    load(id);
  }).toThrow(TypeError);`),
    'a promise that somebody else has, and whose error is marked as handled': given(`
  async function save() {
    const page = load();
    page.catch(() => {});
    running.then(undefined, report);
    await load();
    return page;
  }`),
    'a method that gives the promise itself back, which is given on': given(`
  class Search extends Promise<number> {
    #limit = 10;
    limit(limit: number): this {
      const self = this;
      if (limit > 0) return self;
      this.#limit = limit;
      return this;
    }
  }
  export function search() {
    const found = new Search(() => {});
    found.limit(5);
    return found;
  }`),
    'an assertion about a promise, of what was awaited before': given(`
  declare function expect(value: unknown): { rejects: { toThrow(): Promise<void> } };
  export async function check() {
    expect(await load()).rejects.toThrow();
  }`),
    'a chain that looks on at a promise of which others have what comes after it': given(`
  export function open() {
    const opened = load();
    opened.catch(() => {});
    return { close: async () => opened.then((page) => save(page)) };
  }`),
    'a chain that looks on at a promise which somebody else has': given(`
  class Pages {
    readonly #loading = new Set<Promise<number>>();
    add(page: Promise<number>) {
      this.#loading.add(page);
      page.then(() => this.#loading.delete(page)).catch(report);
      page.catch(report).finally(() => this.#loading.delete(page));
    }
  }`),
    'a chain that settles an outer promise': given(`
  declare function defer(): { promise: Promise<number>; resolve(n: number): void; reject(): void };
  const twice = () => new Promise<number>((done, fail) => {
    load().then(done, fail);
    load().then((value) => done(2 * value)).catch(fail);
  });
  function later() {
    const { promise, resolve, reject } = defer();
    load().then(resolve, reject);
    return promise;
  }
  function latest() {
    const deferred = defer();
    load().then((value) => deferred.resolve(value)).catch(deferred.reject);
    return deferred.promise;
  }`),
    'a chain that settles a promise when it succeeds, and cannot fail': given(`
  declare const model: { once(event: string): Promise<number> };
  async function tried(): Promise<number> {
    try {
      return await load();
    } catch {
      return 0;
    }
  }
  export async function wait(signal: AbortSignal, deferred: PromiseWithResolvers<number>) {
    await new Promise<unknown>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      void model.once('loaded').then(resolve);
      tried().then(() => resolve(1));
    });
    void tried().then(deferred.resolve);
  }`),
    'a chain that tells its end to a callback, on both ways': given(`
  function save(done: (error?: unknown, value?: number) => void) {
    load().then((value) => done(null, value), done);
    load().then((value) => done(null, value)).catch(done);
    load().catch(report).finally(() => done());
  }
  function send(...args: unknown[]) {
    const done = args.pop() as (error?: unknown) => void;
    load().then(() => done()).catch((error) => done(error));
  }`),
    'a chain that tells its end to an observer, or to the controller of a stream': given(`
  interface Observer { next(value: number): void; complete(): void; error(error: unknown): void }
  function observe(observer: Observer) {
    load().then((value) => {
      observer.next(value);
      observer.complete();
    }).catch((error) => observer.error(error));
    (async () => observer.next(await load()))().catch(observer.error);
  }
  const stream = new ReadableStream({
    start(controller) {
      load().then((value) => controller.enqueue(value), (error) => controller.error(error));
    },
  });`),
    'a test of what a promise gives': given(`
  if (await load()) report(1);
  const text = \`\${await load()}\`;
  console.log(text);`),
    'a default that a line reads, and one that a field takes': given(`
  function show(page = load()) {
    return page;
  }
  class Page {
    constructor(readonly page = load()) {}
  }`),
    'the default export of a config, which its tool awaits': {
      code: given(`
  export default load();`),
      filename: 'file.config.ts',
    },
    'one of which a test is told in the end': given(`
  declare function it(name: string, body: (done: (error?: unknown) => void) => void): void;
  it('loads', (done) => {
    load().then(() => done());
  });`),
    'one that handles its error, and that the clean-up of an effect ends': given(`
  declare function useEffect(effect: () => () => void): void;
  declare function follow(signal: AbortSignal): Promise<void>;
  useEffect(() => {
    const controller = new AbortController();
    follow(controller.signal).catch(report);
    void follow(controller.signal).catch(report);
    return () => controller.abort();
  });
  useEffect(() => {
    let shown = true;
    const refresh = async () => {
      try {
        const page = await load();
        if (shown) report(page);
      } catch (error) {
        report(error);
      }
    };
    refresh();
    return () => {
      shown = false;
    };
  });`),
    'one that is a by-product: the call tells its end to a callback': given(`
  declare const server: { stop(done?: (error?: Error) => void): Promise<void> };
  declare function query(text: string, done: (error: unknown, rows: number[]) => void): Promise<number[]>;
  declare const store: { flush(done: (err: Error | null) => void): Promise<void> };
  function onStopped(error?: Error) {
    report(error);
  }
  export function end() {
    server.stop(onStopped);
    query('count', (error, rows) => report(error ?? rows));
    store.flush((err) => {
      if (err) report(err);
    });
  }`),
    'one that is declared to be possible, of a function that gives nothing': given(`
  type Notify = (text: string) => void | Promise<void>;
  function ring(text: string): void | Promise<void> {
    report(text);
  }
  function makeNotify(prefix: string): Notify {
    return function notify(text) {
      report(prefix + text);
    };
  }
  export function tell() {
    ring('a');
    makeNotify('b')('c');
    makeNotify('d').call(undefined, 'e');
  }`),
    'a default export that is no promise': given(`
  export default { load };`),
    'an expression that never runs': given(`
  const never = false;
  never && load();`),
    'a tagged template, whose tag gets the promise': given(`
  declare function sql(texts: TemplateStringsArray, ...values: unknown[]): string;
  console.log(sql\`\${load()}\`);`),
    'an array of other things': given(`
  items.map((item) => item.length);
  await Promise.all(items.map(load));`),
    'a generator of promises, which has made none yet': given(`
  declare function pages(): Generator<Promise<number>>;
  pages();`),
    'an expression of JSX': {
      code: `
        declare function load(): Promise<void>;
        declare namespace JSX { interface IntrinsicElements { a: object } interface Element {} }
        export const link = <a href={load()} {...{}}>{load()}</a>;
      `,
      filename: 'file.tsx',
    },
    'F5, F13, F14: a chain that settles a promise, by whatever name': given(`
  declare const zip: { on(event: 'entry', listener: (entry: string) => void): void; next(): void };
  export const all = new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => reject(error);
    zip.on('entry', (entry) => {
      Promise.resolve().then(() => load(entry)).then(() => zip.next()).catch(fail);
    });
  });
  export const gone = new Promise<void>((done) => {
    load().catch(() => {}).then(() => done());
    void load().catch(() => {}).then(() => done());
  });
  export function withResolvers() {
    const { promise, resolve: ok, reject: no } = Promise.withResolvers<number>();
    load().then(ok, no);
    return promise;
  }
  export function byNames() {
    let ok!: (value: number) => void, no!: (error: unknown) => void;
    const promise = new Promise<number>((yes, fail) => {
      ok = yes;
      no = fail;
    });
    load().then(ok, no);
    return promise;
  }
  export class Page {
    private open!: (value: number) => void;
    private fail!: (error: unknown) => void;
    readonly ready = new Promise<number>((yes, no) => {
      this.open = yes;
      this.fail = no;
    });
    start() {
      load().then(this.open, this.fail);
    }
    again() {
      load().then((value) => this.end(value)).catch((error) => this.end(0, error));
    }
    end(value: number, error?: unknown) {
      if (error) this.fail(error);
      else this.open(value);
    }
  }
  interface Waiting { ok(value: number): void; no(error: unknown): void }
  const waiting = new Map<string, Waiting>();
  export const answer = (id: string) => new Promise<number>((ok, no) => waiting.set(id, { ok, no }));
  export function receive(id: string) {
    const entry = waiting.get(id)!;
    load(id).then((value) => entry.ok(value), (error) => entry.no(error));
  }`),
    'F12: a function that settles the promise around it on both ways': given(`
  declare const child: { start(): Promise<void>; onDone(listener: () => void): void };
  export const ended = new Promise<void>((resolve, reject) => {
    const init = async () => {
      try {
        await child.start();
        child.onDone(resolve);
      } catch (error) {
        reject(error);
      }
    };
    init();
    void init();
  });
  export function open(done: (error?: unknown, value?: number) => void) {
    const run = async () => {
      let value: number;
      try {
        value = await load();
      } catch (error) {
        done(error);
        return;
      }
      done(undefined, value);
    };
    run();
  }`),
    'F15: a chain that tells a stream, or a port': given(`
  import { Readable } from 'node:stream';
  import { parentPort } from 'node:worker_threads';
  export const pages = new Readable({
    read() {
      load().then((page) => this.push(page), (error) => this.destroy(error));
    },
  });
  parentPort!.on('message', () => {
    load().then((page) => parentPort!.postMessage({ page }), (error) => parentPort!.postMessage({ error }));
  });`),
    'F15: in recommended a chain that reaches somebody on both ways': {
      code: given(`
  class Jobs {
    complete(id: string, value: number) { report([id, value]); }
    fail(id: string, error: unknown) { report([id, error]); }
    run(id: string) {
      load(id).then((value) => this.complete(id, value), (error) => this.fail(id, error));
    }
  }`),
      options: { reports: 'mistakes' },
    },
    'F8: a chain on a deferred, which is settled here': given(`
  declare class Deferred<T> extends Promise<T> { resolve(value: T): void }
  export function start(controller: AbortController) {
    const stopped = new Deferred<void>((resolve) => resolve());
    stopped.then(() => controller.abort());
    return stopped;
  }`),
    'a chain that looks on at what an object or a map has, gone through by its values': given(`
  declare class Deferred<T> extends Promise<T> { reject(error: unknown): void }
  export class Room {
    waiting: Record<string, [string, Deferred<void>]> = {};
    readonly byId = new Map<string, Deferred<void>>();
    close() {
      for (const [, waiting] of Object.values(this.waiting)) {
        waiting.reject(new Error('closed'));
        waiting.catch(() => {});
      }
      for (const [, waiting] of this.byId.entries()) waiting.catch(() => {});
    }
  }`),
    'void of what the file awaits, gives back or hands on': given(`
  export class Store {
    #loading = load();
    start() {
      void this.#loading;
    }
    async loaded() {
      await this.#loading;
    }
  }
  export function start(ready: boolean) {
    const page = load();
    void page;
    return ready ? page : Promise.all([page]);
  }`),
    'a call whose function gives a task of a group': given(`
  export class Service {
    constructor(private readonly group: TaskGroup) {}
    spawn(): Promise<number> {
      return this.group.createTask(() => load());
    }
    start() {
      this.spawn();
      void this.spawn();
      this.spawn().catch(report);
    }
  }`),
    'a thing that is set in the function that it is made with': given(`
  type Write<T> = (get: (thing: Atom<T>) => T, set: (thing: Atom<T>, to: T) => Promise<void>) => Promise<void>;
  interface Atom<T> { init: T; write: Write<T> }
  declare function atom<T>(init: T, write: Write<T>): Atom<T>;
  export const count: Atom<number> = atom(0, async (get, set) => {
    set(count, get(count) + 1);
    await load();
    set(count, -1);
  });`),
    'a chain that settles the promise around it, or ends the process': given(`
  import { createWriteStream } from 'node:fs';
  export const written = new Promise<string>((done, fail) => {
    load().then((text) => {
      createWriteStream('a').on('finish', () => done('a')).on('error', fail).end(text);
    }).catch(async (error) => {
      report(error);
      process.exit(1);
    });
  });`),
    'F17: a chain that looks on at promises which are awaited elsewhere': given(`
  export async function all(controller: AbortController) {
    const pages = items.map(load);
    for (const page of pages) page.catch((error) => controller.abort(error));
    await Promise.allSettled(pages);
  }
  export class Poller {
    #run: Promise<unknown> | undefined;
    idle = true;
    start() {
      this.#run = load().catch(report);
      void this.#run.then(() => {
        this.idle = true;
      });
    }
    async dispose() {
      await this.#run;
    }
  }
  export async function one() {
    const page = load().catch(report);
    void page.then(() => report('loaded'));
    await page;
  }`),
    'F16, F20: in recommended a promise whose error its callee handles, or a chain': {
      code: given(`
  declare class Socket { send(message: string): Promise<void>; }
  class Client extends Socket {
    sendMayFail(message: string) {
      return this.send(message).catch(report);
    }
    async sendLater(message: string) {
      return await this.send(message).catch(report);
    }
    async sendSafe(message: string) {
      try {
        await this.send(message);
      } catch (error) {
        report(error);
      }
    }
    start() {
      this.sendMayFail('a');
      this.sendLater('b');
    }
  }
  export function other(client: Client) {
    client.sendSafe('a');
    client.sendMayFail('b');
    Promise.resolve(1).then(() => load()).catch(report);
  }
  declare function useEffect(effect: () => (() => void) | void): void;
  declare function fetchPage(signal: AbortSignal): Promise<number>;
  useEffect(() => {
    const controller = new AbortController();
    fetchPage(controller.signal).then(report).catch(report);
    return () => controller.abort();
  });`),
      options: { reports: 'mistakes' },
    },
    'F23: an async function that is called where it stands, which is left to no-detached-iife':
      given(`
  export function start() {
    (async () => {
      await load();
    })();
    void (async () => load())();
    (async () => load())().catch(report);
  }`),
    'F24: in recommended a queue that is filled with void': {
      code: given(`
  declare const queue: { add(job: string): Promise<void> };
  export function addAll(jobs: string[], last: string) {
    for (const job of jobs) void queue.add(job);
    return queue.add(last);
  }`),
      options: { reports: 'mistakes' },
    },
    'a promise that its callee keeps, where others take it': given(`
  export class Entry {
    private closing: Promise<number> | undefined;
    private opening: Promise<number> | undefined;
    async closed() {
      await this.closing;
      return this.opening;
    }
    release() {
      void this.close();
      this.open();
    }
    private close(): Promise<number> {
      if (this.closing) return this.closing;
      const closing = load();
      this.closing = closing;
      return closing;
    }
    private open(): Promise<number> {
      return (this.opening ??= load());
    }
  }`),
    'a name that other code gives a promise whose error is handled': given(`
  export async function run(signal: AbortSignal) {
    let stopping: Promise<unknown> | undefined;
    signal.addEventListener('abort', () => {
      stopping = load().catch(report);
    });
    try {
      await load();
    } catch (error) {
      void stopping;
      throw error;
    }
  }`),
    'a promise that a stand-in is told to give': given(`
  declare function fn(): { (...args: any[]): any; mockReturnValue(value: any): void; mockReturnValueOnce(value: unknown): void };
  let open!: (value: number) => void;
  fn().mockReturnValue(new Promise((resolve) => { open = resolve; }));
  fn().mockReturnValueOnce(load());
  export { open };`),
    'a promise of the result that a stand-in is told to give: it takes it over': given(`
  declare function fn(): { mockResolvedValue(value: any): void; mockResolvedValueOnce(value: any): void; resolves(value: unknown): void };
  fn().mockResolvedValue(load());
  fn().mockResolvedValueOnce(load());
  fn().resolves(load());`),
    'in recommended one that is marked, where the catch around has something else to look at': {
      code: given(`
  export function handle(data: string) {
    try {
      report(JSON.parse(data));
      void load(data);
    } catch (error) {
      report(error);
    }
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one that could be returned by its place, and not by its type': {
      code: given(`
  declare const channel: { consume(each: () => void | Promise<void>): Promise<void> };
  export async function start() {
    await channel.consume(() => {
      load();
    });
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one in a function that a timer or an event runs': {
      code: given(`
  export function start(target: EventTarget) {
    setTimeout(async () => {
      load();
    }, 10);
    target.addEventListener('open', async () => {
      load();
    });
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one in a store of a user interface, which shows what comes of it': {
      code: given(`
  import type { ActionTree } from 'vuex';
  export const actions: ActionTree = {
    async rename(_: unknown, id: string) {
      load(id);
    },
  };`),
      options: { reports: 'mistakes' },
    },
    'in recommended one of a function that works before it returns: the catch sees what it throws':
      {
        code: given(`
  declare const cache: { write(data: string): void };
  export class Results {
    store(data: string): Promise<string> {
      if (data === '') return Promise.resolve(data);
      cache.write(data);
      return load(data).then(() => data);
    }
    mark(data: string) {
      try {
        this.store(data);
      } catch (error) {
        report(error);
      }
    }
  }`),
        options: { reports: 'mistakes' },
      },
    'in recommended an assertion that Vitest waits for at the end of the test': {
      code: given(`
  import { expect, it } from 'vitest';
  it('rejects', () => {
    expect(load('a')).rejects.toThrow('gone');
    expect(async () => { await load('b'); }).rejects.not.toThrow();
  });`),
      options: { reports: 'mistakes' },
    },
    'in recommended an assertion that Vitest waits for, by its global name': {
      code: `
  /// <reference types="vitest/globals" />
  declare function load(id: string): Promise<string>;
  it('rejects', () => {
    expect(load('a')).rejects.toThrow('gone');
  });
  export {};`,
      options: { reports: 'mistakes' },
    },
    'in recommended one in a composable': {
      code: given(`
  import { ref } from 'vue';
  export async function usePages() {
    const page = ref(await load());
    load('next');
    return page;
  }`),
      options: { reports: 'mistakes' },
    },
  },
  reports: {
    'a call that is handed something of the context of its test, which is no callback': `
      declare function it(name: string, test: (t: { title: string }) => Promise<void>): void;
      declare const client: { open(title: string): Promise<void> };
      it('opens', async (t) => {
        client.open(t.title);
        ~~~~~~~~~~~~~~~~~~~~ step
        await client.open('');
      });
    `,
    'a call that a test goes past, which is told by another line': `
      declare function it(name: string, test: (done: (error?: Error) => void) => void): void;
      declare const client: { close(isForced?: unknown): Promise<void> };
      it('closes', (done) => {
        client.close();
        ~~~~~~~~~~~~~~ floating
        done();
      });
    `,
    'a listener whose registration is a promise': given(`
  declare const bus: { on(event: string, listener: () => void): Promise<void> };
  bus.on('ready', () => {});
  ~~~~~~~~~~~~~~~~~~~~~~~~~ floating`),
    'what the callee alone does not settle: the code around it, the overload, a type that is put in':
      given(`
  declare class Link { close(then: () => void): void; }
  declare class Socket extends Link { override close(then: () => void): Promise<void>; }
  declare function read(id: number, each: () => void): void;
  declare function read(path: string, each: () => void): Promise<void>;
  declare class Box<T> { open(look: (value: T) => void): T; }
  declare class Queue { add(job: () => void): this; run(job: () => void): Promise<void>; }
  interface Matchers<T> { toBe(other: T): void; get(): T; resolves: { toBe(other: unknown): Promise<void> } }
  declare function expect<T>(value: T): Matchers<T>;
  function run(link: Link, box: Box<Promise<number>>, jobs: Record<string, (f: () => void) => Promise<void>>) {
    link.close(() => {});
    if (link instanceof Socket) link.close(() => {});
                                ~~~~~~~~~~~~~~~~~~~~ floating
    read(1, () => {});
    read('1', () => {});
    ~~~~~~~~~~~~~~~~~~~ floating
    box.open(() => {});
    ~~~~~~~~~~~~~~~~~~ floating
    new Queue().add(() => {}).run(() => {});
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    jobs.first!(() => {});
    ~~~~~~~~~~~~~~~~~~~~~ floating
    (link as unknown as Socket).close(() => {});
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    expect(1).toBe(2);
    expect(load()).get();
    ~~~~~~~~~~~~~~~~~~~~ floating
    expect(load()).resolves.toBe(1);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  }`),
    'in recommended one that is marked, and alone in the try around': {
      code: given(`
  export function handle(data: string) {
    try {
      const id = data;
      void load(id);
           ~~~~~~~~ unseen
    } catch (error) {
      report(error);
    }
  }
  export function other(data: string) {
    try {
      report(JSON.parse(data));
      load(data);
      ~~~~~~~~~~ unseen
    } catch (error) {
      report(error);
    }
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one of a function that only makes a promise, and of an async one': {
      code: given(`
  declare const cache: { write(data: string): void };
  function store(data: string): Promise<string> {
    return data === '' ? Promise.resolve(data) : load(data).then(() => data);
  }
  async function save(data: string): Promise<string> {
    cache.write(data);
    return data === '' ? Promise.resolve(data) : await load(data);
  }
  export function mark(data: string) {
    try {
      store(data);
      ~~~~~~~~~~~ unseen
    } catch (error) {
      report(error);
    }
  }
  export function markLate(data: string) {
    try {
      save(data);
      ~~~~~~~~~~ unseen
    } catch (error) {
      report(error);
    }
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended an assertion that Vitest knows nothing of': {
      code: given(`
  import { expect, it } from 'vitest';
  it('loads', () => {
    load('a').then((page) => expect(page).toBe('a')).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ assertion
  });`),
      options: { reports: 'mistakes' },
    },
    'in recommended an assertion of a promise that another runner does not wait for': {
      code: given(`
  import { it } from 'node:test';
  declare function expect(value: unknown): { rejects: { toThrow(text: string): Promise<void> } };
  it('rejects', () => {
    expect(load('a')).rejects.toThrow('gone');
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ assertion
  });`),
      options: { reports: 'mistakes' },
    },
    'in recommended one that could be returned, by its place and its type': {
      code: given(`
  declare const lock: { run(work: () => Promise<void> | void): Promise<void> };
  declare function save(): Promise<void>;
  export async function start() {
    await lock.run(() => {
      save();
      ~~~~~~ given
    });
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one in the store of a server': {
      code: given(`
  import { Store } from './redis';
  export async function rename(id: string) {
    load(id);
    ~~~~~~~~ floating
    return await load(Store);
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended one in a component that is drawn on a server, and in its actions': {
      filename: 'file.tsx',
      code: given(`
  export default async function Page() {
    const page = await load();
    load('views');
    ~~~~~~~~~~~~~ floating
    const save = async () => {
      'use server';
      load('saved');
      ~~~~~~~~~~~~~ unawaited
    };
    return <form action={save}>{page}</form>;
  }`),
      options: { reports: 'mistakes' },
    },
    'a promise that its callee keeps, out of which nobody takes it': given(`
  export class Entry {
    private closing: Promise<number> | undefined;
    get isClosing() {
      return this.closing !== undefined;
    }
    release() {
      void this.close();
           ~~~~~~~~~~~~ void
    }
    private close(): Promise<number> {
      return (this.closing ??= load());
    }
  }`),
    'a name that other code gives a promise whose error nobody handles': given(`
  export async function run(signal: AbortSignal) {
    let stopping: Promise<unknown> | undefined;
    signal.addEventListener('abort', () => {
      stopping = ready ? load().catch(report) : load();
    });
    await load();
    void stopping;
         ~~~~~~~~ void
  }`),
    'what may give nothing, of what may not be there': `
      interface Session { end(): Promise<void>; keep?(page: Promise<void>): void | Promise<void> }
      declare const session: Session | undefined;
      export function keep(page: Promise<void>): void {
        session?.keep?.(page);
        ~~~~~~~~~~~~~~~~~~~~~ maybe
        session?.end();
        ~~~~~~~~~~~~~~ floating
      }
    `,
    'one beside a callback that is told of errors only, or a function that may give one': given(`
  declare function poll(onError: (error: Error) => void): Promise<void>;
  class Bell {
    ring(): void | Promise<void> {}
  }
  function later(): void | Promise<void> {
    if (ready) return;
    return load().then(() => {});
  }
  export function tell(bell: Bell) {
    poll((error) => report(error));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    bell.ring();
    ~~~~~~~~~~~ maybe
    later();
    ~~~~~~~ maybe
  }`),
    'F16: a function whose error its callee handles, and never says that it goes to no one': given(`
  class Client {
    send(message: string) {
      return load(message).catch(report);
    }
    close() {
      return this.send('close');
    }
  }
  export function start(client: Client) {
    client.send('a');
    ~~~~~~~~~~~~~~~~ chain
    client.close();
    ~~~~~~~~~~~~~~ chain
  }`),
    'a method that hands its error on': given(`
  class Client {
    send(message: string) {
      return load(message).then(report);
    }
    async later() {
      await load().catch(report);
      await this.send('b');
    }
  }
  export function start(client: Client) {
    client.send('a');
    ~~~~~~~~~~~~~~~~ floating
    client.later();
    ~~~~~~~~~~~~~~ floating
  }`),
    'functions that call each other in a circle': given(`
  const ping = async (): Promise<void> => { await pong(); };
  const pong = async (): Promise<void> => { await ping(); };
  export function start() {
    ping();
    ~~~~~~ floating
  }`),
    'void of what the file only looks at, or chains': given(`
  export class Store {
    #loading = load();
    start() {
      void this.#loading;
           ~~~~~~~~~~~~~ void
      this.#loading.then(report);
      ~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    }
  }
  export function start() {
    const page = load();
    void page;
         ~~~~ void
    if (page) report('started');
  }`),
    'a call whose function waits for a task of a group': given(`
  export class Service {
    constructor(private readonly group: TaskGroup) {}
    async spawn() {
      report(await this.group.createTask(() => load()));
    }
    start() {
      this.spawn();
      ~~~~~~~~~~~~ floating
    }
  }`),
    'a thing that is set in the function of another': given(`
  type Write<T> = (get: (thing: Atom<T>) => T, set: (thing: Atom<T>, to: T) => Promise<void>) => Promise<void>;
  interface Atom<T> { init: T; write: Write<T> }
  declare function atom<T>(init: T, write: Write<T>): Atom<T>;
  const count = atom(0, async () => {});
  export const other: Atom<number> = atom(0, async (get, set) => {
    set(count, get(count) + 1);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    await load();
  });`),
    'a chain on what a loop starts, and one that may end the process': given(`
  export function start(urls: readonly string[]) {
    for (const page of urls.map(load)) page.catch(() => {});
                                       ~~~~~~~~~~~~~~~~~~~~ chain
    return new Promise<unknown>((done) => {
      load().then(done).catch((error) => {
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~… untold
        if (urls.length === 0) process.exit(1);
        report(error);
      });
    });
  }`),
    'a chain that settles a promise only when it succeeds': given(`
  export const page = new Promise<number>((done) => {
    load().then((value) => done(value));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ untold
    load().then(done).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ untold
    void load().then(done);
         ~~~~~~~~~~~~~~~~~ untold
  });`),
    'F24: a queue that is filled with void, as each error goes to no one': given(`
  declare const queue: { add(job: string): Promise<void> };
  export function addAll(jobs: string[], last: string) {
    for (const job of jobs) void queue.add(job);
                                 ~~~~~~~~~~~~~~ void
    return queue.add(last);
  }`),
    'a call that may give nothing, as its type says': given(`
  declare const navigate: (path: string) => Promise<void> | void;
  export function go() {
    navigate('/');
    ~~~~~~~~~~~~~ maybe
  }`),
    'a call whose work is over when it returns': given(`
  async function setWidth(width: number) { report(width); }
  export function start() {
    setWidth(1);
    ~~~~~~~~~~~ over
    Promise.resolve(1);
    ~~~~~~~~~~~~~~~~~~ over
  }`),
    'a promise as a statement': {
      code: given(`
  export async function save() {
    load();
    ~~~~~~ unawaited
  }`),
      suggests: [
        [
          given(`
  export async function save() {
    await load();
  }`),
        ],
      ],
    },
    'one in a function that could be async': {
      code: given(`
  export function save() {
    load();
    ~~~~~~ floating
  }`),
      suggests: [
        [
          given(`
  export async function save() {
    await load();
  }`),
        ],
      ],
    },
    'one in a namespace, which cannot await either': {
      code: given(`
  export namespace Pages {
    load();
    ~~~~~~ floating
  }`),
      suggests: [[]],
    },
    'one in the body of a group, which is offered to the group': {
      code: given(`
  await TaskGroup.run(async (group) => {
    load('a');
    ~~~~~~~~~ unawaited
  });`),
      suggests: [
        [
          given(`
  await TaskGroup.run(async (group) => {
    group.createTask(() => load('a'));
  });`),
          given(`
  await TaskGroup.run(async (group) => {
    await load('a');
  });`),
        ],
      ],
    },
    'one that is not moved into a task when an await would move with it': {
      code: given(`
  await TaskGroup.run(async (group) => {
    load(String(await load()));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  });`),
      suggests: [
        [
          given(`
  await TaskGroup.run(async (group) => {
    await load(String(await load()));
  });`),
        ],
      ],
    },
    'one where nothing is imported yet': {
      code: `
        import { log } from './log.js';
        export async function save() {
          fetch('/save');
          ~~~~~~~~~~~~~~ unawaited
        }
      `,
      suggests: [
        [
          `
        import { log } from './log.js';
        export async function save() {
          await fetch('/save');
        }
      `,
        ],
      ],
    },
    void: {
      code: given(`
  export async function save() {
    void /* later */ load();
                     ~~~~~~ void
  }`),
      suggests: [
        [
          given(`
  export async function save() {
    await /* later */ load();
  }`),
        ],
      ],
    },
    'void in a callback': given(`
  document.addEventListener('click', () => void load());
                                                ~~~~~~ void
  `),
    'an async function that handles its errors inside': given(`
  function start() {
    refresh();
    ~~~~~~~~~ chain
    all();
    ~~~~~ chain
  }
  async function all() {
    let id = '';
    try {
      for await (const item of items.map(load)) report(item);
      await load(id);
    } catch (error) {
      report(error);
    }
  }
  const refresh = async () => {
    try {
      await load();
    } catch {}
  };`),
    'a method that handles its errors inside': given(`
  class Poller {
    start() {
      this.poll();
      ~~~~~~~~~~~ chain
    }
    async poll() {
      try {
        await load();
      } catch {}
    }
  }`),
    'a function that handles its errors in part': given(`
  async function again() {
    try {
      await load();
    } catch (error) {
      await load('again');
    }
  }
  async function leaving() {
    try {
      return load();
    } catch {}
  }
  async function closing() {
    try {
      await load();
    } finally {
      report(0);
    }
  }
  function start() {
    again();
    ~~~~~~~ floating
    leaving();
    ~~~~~~~~~ floating
    closing();
    ~~~~~~~~~ floating
  }`),
    'a listener on a promise that nobody has': given(`
  declare class Download extends Promise<number> {
    on(event: string, listener: () => void): this;
  }
  declare function download(): Download;
  function watch(show: () => void) {
    download().on('progress', show);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  }`),
    'a promise that is made for the properties it gets': given(`
  function start(name: string) {
    Object.assign(load(), { name });
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  }`),
    'a call before one that a test expects to throw': given(`
  declare const t: { throws(body: () => void): void };
  t.throws(() => {
    load('a');
    ~~~~~~~~~ floating
    load('');
  });`),
    'void over a chain that handles its error, which nobody is told to await': {
      code: given(`
  function save() {
    void load().catch(report);
         ~~~~~~~~~~~~~~~~~~~~ void
  }`),
      suggests: [[]],
    },
    'a promise behind a condition': {
      code: given(`
  ready && load();
           ~~~~~~ floating
  ready ? load() : running;
          ~~~~~~ floating
                   ~~~~~~~ floating`),
      suggests: [
        [
          given(`
  ready && await load();
  ready ? load() : running;`),
        ],
        [
          given(`
  ready && load();
  ready ? await load() : running;`),
        ],
        [
          given(`
  ready && load();
  ready ? load() : await running;`),
        ],
      ],
    },
    'a promise before a comma, and after it': given(`
  (load(), running);
   ~~~~~~ floating
           ~~~~~~~ floating
  export const x = (load(), 1);
                    ~~~~~~ floating`),
    'a promise in the head of a loop': given(`
  for (load(); ready; load()) report(1);
       ~~~~~~ floating
                      ~~~~~~ floating`),
    'new, import() and a tag': given(`
  declare function run(texts: TemplateStringsArray): Promise<void>;
  new Promise((resolve, reject) => console.log(resolve, reject));
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  import('node:fs');
  ~~~~~~~~~~~~~~~~~ floating
  run\`all\`;
  ~~~~~~~~ floating`),
    'a call that may not happen': given(`
  declare const page: { load?(): Promise<void> } | undefined;
  page?.load?.();
  ~~~~~~~~~~~~~~ floating`),
    'a type assertion': given(`
  declare function start(): unknown;
  start() as Promise<void>;
  ~~~~~~~~~~~~~~~~~~~~~~~~ floating`),
    'a promise that an assertion stands after, which is awaited with it': {
      code: given(`
  load() satisfies Promise<number>;
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating`),
      suggests: [
        [
          given(`
  await (load() satisfies Promise<number>);`),
        ],
      ],
    },
    'a promise that another name holds': given(`
  running;
  ~~~~~~~ floating`),
    'a promise that comes into a generator': given(`
  export function* pages(): Generator<number, void, Promise<number>> {
    yield 1;
    ~~~~~~~ floating
  }`),
    'a chain without a handler for its error': given(`
  load().then(String);
  ~~~~~~~~~~~~~~~~~~~ floating
  load().finally(() => {});
  ~~~~~~~~~~~~~~~~~~~~~~~~ floating
  load().catch(report).then(String);
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating`),
    'a chain with a handler that is no function': given(`
  load().catch(undefined);
  ~~~~~~~~~~~~~~~~~~~~~~~ floating
  load().then(String, null);
  ~~~~~~~~~~~~~~~~~~~~~~~~~ floating
  declare const maybe: (() => void) | undefined;
  load().catch(maybe);
  ~~~~~~~~~~~~~~~~~~~ floating`),
    'a chain in a function that handles its error': {
      code: given(`
  export async function save() {
    load().then(String).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
  }`),
      // Who has taken care of its error did not mean to wait.
      suggests: [[]],
    },
    'a step of a test': given(`
  declare function it(name: string, test: () => Promise<void>): void;
  it('adds', async () => {
    load();
    ~~~~~~ step
    String(await load());
  });`),
    'work of which a comment says that it is not awaited': {
      code: given(`
  export async function warm() {
    // Deliberately not awaited: the answer goes out first.
    load();
    ~~~~~~ floating
    await load();
  }`),
      suggests: [[]],
    },
    'a chain that tells only one of its ends': given(`
  declare const response: { send(value: number): void };
  function save(next: (error: unknown) => void) {
    load().then((value) => response.send(value)).catch(next);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
  }
  const once = new Promise<number>((resolve) => {
    load().then(resolve);
    ~~~~~~~~~~~~~~~~~~~~ untold
  });`),
    'a chain that only logs its error with what it was given': given(`
  function save(logger: { error(error: unknown): void }) {
    load().then(report).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
    load().then(String).catch((error) => logger.error(error));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
  }
  const once = () => new Promise<number>((resolve) => {
    load().then(resolve).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ untold
  });`),
    'a chain on a promise that no other line takes': given(`
  function save() {
    const page = load();
    page.then(String).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
  }`),
    'a method that gives another promise than itself back, and an assertion about one': given(`
  declare function expect(value: unknown): { rejects: { toThrow(): Promise<void> } };
  class Search extends Promise<number> {
    limit(limit: number): Promise<number> {
      return limit > 0 ? this : load();
    }
  }
  export async function search() {
    const found = new Search(() => {});
    found.limit(5);
    ~~~~~~~~~~~~~~ floating
    expect(load()).rejects.toThrow();
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
    return await found;
  }`),
    'a chain on the promise of another that starts more work': given(`
  function save(page: Promise<number>) {
    page.then(() => load()).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
    page.finally(async () => {}).catch(report);
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ chain
  }`),
    'an array of promises': {
      code: given(`
  export async function save() {
    items.map(async (item) => load(item));
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ array
    await items.map(load);
    ~~~~~~~~~~~~~~~~~~~~~ array
  }`),
      suggests: [
        [
          given(`
  export async function save() {
    await TaskGroup.map(items, async (item) => load(item));
    await items.map(load);
  }`),
          given(`
  export async function save() {
    await Promise.all(items.map(async (item) => load(item)));
    await items.map(load);
  }`),
        ],
        [
          given(`
  export async function save() {
    items.map(async (item) => load(item));
    await Promise.all(items.map(load));
  }`),
        ],
      ],
    },
    'an array of promises in the body of a group': {
      code: given(`
  await TaskGroup.run(async (group) => {
    void items.map(async (item) => load(item));
         ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ array
  });`),
      suggests: [
        [
          given(`
  await TaskGroup.run(async (group) => {
    await TaskGroup.map(items, async (item) => load(item), group);
  });`),
          given(`
  await TaskGroup.run(async (group) => {
    await Promise.all(items.map(async (item) => load(item)));
  });`),
        ],
      ],
    },
    'a promise where a call takes anything': {
      code: given(`
  console.log('page', load());
                      ~~~~~~ argument
  export const text = JSON.stringify(load());
                                     ~~~~~~ argument`),
      suggests: [
        [
          given(`
  console.log('page', await load());
  export const text = JSON.stringify(load());`),
        ],
        [
          given(`
  console.log('page', load());
  export const text = JSON.stringify(await load());`),
        ],
      ],
    },
    'a promise where a call takes any object': given(`
  declare function show(value: object): void;
  declare function send(value: any): { status: number };
  show(load());
       ~~~~~~ argument
  send(load());
       ~~~~~~ argument`),
    'a promise in a test': {
      code: given(`
  export async function save() {
    if (load()) report(1);
        ~~~~~~ tested
    while (!load()) report(1);
            ~~~~~~ tested
    return load() ? 1 : 2;
           ~~~~~~ tested
  }`),
      suggests: [
        [
          given(`
  export async function save() {
    if (await load()) report(1);
    while (!load()) report(1);
    return load() ? 1 : 2;
  }`),
        ],
        [
          given(`
  export async function save() {
    if (load()) report(1);
    while (!await load()) report(1);
    return load() ? 1 : 2;
  }`),
        ],
        [
          given(`
  export async function save() {
    if (load()) report(1);
    while (!load()) report(1);
    return await load() ? 1 : 2;
  }`),
        ],
      ],
    },
    'a promise before &&': given(`
  load() && report(1);
  ~~~~~~ tested
  export const first = load() && running;
                       ~~~~~~ tested`),
    'a promise in a text': given(`
  export const text = \`page \${load()}\`;
                              ~~~~~~ text
  export const sum = 'page ' + load();
                               ~~~~~~ text`),
    'a promise that is spread into an object': given(`
  export const options = { ...load(), a: 1 };
                              ~~~~~~ spread`),
    'a default that no line reads': {
      code: given(`
  export async function show(page = load(), { other = load() } = {}) {}
                                    ~~~~~~ default
                                                      ~~~~~~ default`),
      suggests: [[], []],
    },
    'a promise as the default export': {
      code: given(`
  export default load();
                 ~~~~~~ exported`),
      suggests: [
        [
          given(`
  export default await load();`),
        ],
      ],
    },
    'a lazy thenable, when the option says so': {
      code: given(`
  declare function query(): PromiseLike<number>;
  query();
  ~~~~~~~ floating
  await TaskGroup.run((group) => {
    group.createTask(() => 1);
  });`),
      options: { checkThenables: true },
    },
    'a test inside of a test of node:test, which it has to wait for': `
      import test from 'node:test';
      test('outer', (context) => {
        context.test('inner', async () => {});
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ given
      });
    `,
    'void before what may give nothing': given(`
  declare const debounced: () => Promise<void> | undefined;
  export function change() {
    void debounced();
         ~~~~~~~~~~~ maybe
    void debounced()?.catch(report);
         ~~~~~~~~~~~~~~~~~~~~~~~~~~ void
  }`),
    'a name of the file that is either a test of node:test or something else': given(`
  import test from 'node:test';
  const run = ready ? test.skip : load;
  run();
  ~~~~~ floating`),
    'code of a class that runs with nobody to wait': {
      code: given(`
  export class Page {
    static {
      load().catch(report);
      ~~~~~~~~~~~~~~~~~~~~ chain
    }
    size = (load(), 1);
            ~~~~~~ floating
  }`),
      suggests: [[], []],
    },
    'a file of CommonJS, at whose top nobody can await': {
      code: `
        declare function load(): Promise<void>;
        load();
        ~~~~~~ floating
      `,
      filename: 'file.cts',
      suggests: [[]],
    },
  },
  misses: {
    'a promise in a name that is put into a text or a test': given(`
  console.log(\`\${running}\`);
  if (running) report(1);`),
    'an array of promises where a call takes anything': given(`
  console.log(items.map(load));`),
    'a promise that is handed to a constructor which drops it': given(`
  new Error('failed', { cause: 1 });
  declare class Dropper { constructor(value: unknown) }
  new Dropper(load());`),
    'a promise in an object that nobody takes': given(`
  ({ page: load() });`),
  },
});
