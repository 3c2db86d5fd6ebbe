import { expect, test } from 'vitest';

import { describeRule } from '../support/describe-rule.js';
import { lint } from '../support/lint.js';

/** What all programs here can use. */
const given = (code: string): string => `
  import { EventEmitter } from 'node:events';
  import { TaskGroup } from 'mooring';
  declare const emitter: EventEmitter;
  declare const items: string[];
  declare function save(item?: unknown): Promise<void>;
  declare function log(item?: unknown): void;
  ${code.trim()}
`;

describeRule('no-async-void-callback', {
  allows: {
    'a parameter of an async function, which is not that function': `
      export async function start(onEnd: () => void, listen: (f: () => void) => void) {
        listen(onEnd);
      }
    `,
    'one in a test whose last step tells the test that it is over': given(`
  declare function it(name: string, body: (done: (error?: unknown) => void) => void): void;
  declare function test(name: string, body: () => Promise<void>): void;
  declare function passed(done: () => void, emitter: EventEmitter): void;
  it('greets', (done) => {
    emitter.on('greeting', async (name) => {
      await save(name);
      passed(done, emitter);
    });
  });
  it('refuses', (done) => {
    emitter.once('refusal', async () => {
      try {
        await save();
        throw new Error('taken');
      } catch (error) {
        log(error);
        done();
      }
    });
  });
  test('leaves', async () => {
    const { promise, resolve: left } = Promise.withResolvers<void>();
    emitter.on('leave', async (name) => {
      await save(name);
      left();
    });
    await promise;
  });`),
    'a function that is not async': given(`
  items.forEach((item) => log(item));
  items.forEach(log);
  emitter.on('data', (data) => { log(data); });
  setTimeout(log, 100);`),
    'a function whose promise the caller takes': given(`
  declare function retry(work: () => Promise<void>): Promise<void>;
  await retry(async () => {});
  await retry(save);
  await Promise.all(items.map(async (item) => save(item)));
  await save().then(async () => {}, async () => {});`),
    'a caller that takes a promise or nothing': given(`
  declare function route(handler: (path: string) => void | Promise<void>): void;
  route(async () => {});`),
    'a caller of which one overload takes a promise': given(`
  declare function use(handler: () => void): void;
  declare function use(handler: () => Promise<void>, isAsync: true): void;
  use(async () => {});`),
    'a listener whose type depends on the event': given(`
  interface Events { read: () => void; write: () => Promise<void> }
  declare function on<Name extends keyof Events>(name: Name, listener: Events[Name]): void;
  on('write', async () => {});`),
    'a caller that gives back what it is handed': given(`
  declare function once<F extends (...args: never[]) => void>(work: F): F;
  export const saveOnce = once(async () => {});`),
    'a caller that says nothing of the result, and is none of the platform': given(`
  declare function use(handler: () => any): void;
  declare function test(handler: () => unknown): void;
  declare function call(handler: Function): void;
  declare const koa: { on(event: string, handler: () => any): void };
  use(async () => {});
  test(async () => {});
  call(async () => {});
  koa.on('error', async () => {});`),
    'a caller of which nothing is known': given(`
  declare const app: any;
  app.use(async () => {});
  app.on('open', save);`),
    'finally, which waits for its function': given(`
  await save().finally(async () => {});`),
    'tests of node:test, whose functions the runner waits for': `
      import test, { after, beforeEach, describe, it } from 'node:test';
      describe('all', async () => {});
      beforeEach(async () => {});
      after(async () => {});
      it('one', async () => {});
      test('two', async (context) => {
        await context.test('three', async () => {});
      });
    `,
    'a test runner in the way of mocha: a callback, or a promise': given(`
  type Func = (done: (error?: unknown) => void) => void;
  type AsyncFunc = () => PromiseLike<unknown>;
  declare const it: { (title: string, fn?: Func): void; (title: string, fn?: AsyncFunc): void };
  it('saves', async () => {});`),
    'a handler of Express 5': given(`
  type Handler = (request: object, response: object, next: () => void) => void | Promise<void>;
  declare const app: { get(path: string, ...handlers: (Handler | Handler[])[]): void };
  app.get('/', async () => {});`),
    'an executor that settles its promise by a chain': given(`
  export const saved = new Promise<void>((resolve, reject) => save().then(resolve, reject));
  export const first = new Promise<void>((resolve, reject) =>
    save().then(() => resolve()).catch(reject),
  );`),
    'in recommended a promise that is never settled, in a test, which its time limit ends': {
      code: given(`
  declare function it(name: string, test: () => Promise<void>): void;
  it('ends', () => new Promise<void>(async (done) => {
    await save();
    done();
  }));
  it('reads', async () => {
    await new Promise<void>((resolve, reject) => {
      emitter.once('error', reject).once('data', async (data) => {
        await save(data);
        resolve();
      });
    });
  });`),
      options: { reports: 'mistakes' },
    },
    'in recommended an executor that another linter was told to leave': {
      code: given(`
  // eslint-disable-next-line no-async-promise-executor
  export const saved = new Promise<void>(async (resolve) => {
    await save();
    resolve();
  });`),
      options: { reports: 'mistakes' },
    },
    'a function that is kept for who runs it: no line of the file calls it': given(`
  class Step {
    #run: () => void;
    constructor(readonly name: string, run: () => void) {
      this.#run = run;
    }
    get run() {
      return this.#run;
    }
  }
  class Journey {
    readonly steps: Step[] = [];
    constructor(readonly start: () => void) {}
    step(name: string, run: () => void): void {
      this.steps.push(new Step(name, run));
    }
  }
  declare const runner: { add(journey: Journey): void; register(run: () => void): void };
  function setUp(run: () => void): void {
    runner.register(run);
  }
  const journey = new Journey(async () => save());
  journey.step('saves', async () => save());
  runner.add(journey);
  setUp(async () => save());`),
    'an async executor that only starts an async function, which throws nothing itself': given(`
  async function run(page: string, done: (size: number) => void) {
    await save(page);
    done(page.length);
  }
  export const size = new Promise<number>(async (resolve) => {
    run('a', resolve);
  });`),
    'an executor whose call tells both ends by what it is handed': given(`
  declare function write(page: string, done: (error: Error | null, size?: number) => void): Promise<void>;
  declare function send(page: string, sent: (size: number) => void, failed: (error: Error) => void): Promise<void>;
  export const written = new Promise<void>((resolve, reject) =>
    write('', (error) => (error ? reject(error) : resolve())),
  );
  export const size = new Promise((yes, no) => send('', yes, no));
  export const last = new Promise((yes, no) => {
    const done = (error: Error | null, size?: number) => {
      if (error) return no(error);
      yes(size);
    };
    write('', done);
  });`),
    'a function that marks promises as handled, which somebody else has': given(`
  declare const pages: Promise<void>[];
  pages.forEach((page) => page.catch(() => {}));`),
    'an async generator, which runs only as far as somebody iterates': given(`
  emitter.on('data', async function* () {});`),
    'a function with an overload that gives no promise': given(`
  declare function read(done: () => void): void;
  declare function read(): Promise<string>;
  setTimeout(read, 100);`),
    'a question whether an element has a promise': given(`
  declare const pages: { loading: Promise<void> }[];
  pages.filter((page) => page.loading);`),
    'a function that removes a listener': given(`
  emitter.off('data', save);
  document.removeEventListener('click', save);`),
    'calls that the settings name': {
      code: given(`
  emitter.on('data', save);`),
      settings: { safeCalls: [{ from: 'lib', name: 'on' }] },
    },
    'promises that the settings name': {
      code: given(`
  declare class Safe<T> extends Promise<T> {}
  declare function start(): Safe<void>;
  emitter.on('data', start);
  emitter.on('data', () => start());`),
      settings: { safePromises: ['Safe'] },
    },
    'attributes of JSX, whose handlers React calls': {
      code: `
        declare namespace JSX {
          interface IntrinsicElements { button: { onClick(): void } }
          interface Element {}
        }
        export const button = <button onClick={async () => {}} />;
      `,
      filename: 'file.tsx',
    },
    'an argument after a spread': given(`
  declare const options: [number];
  declare function use(count: number, handler: () => void): void;
  use(...options, async () => {});`),
    'an argument where no function is taken': given(`
  declare function keep(value: { run(): Promise<void> }): void;
  keep({ run: async () => {} });
  log(save);`),
    'an async executor that hands every error on': given(`
  export const page = new Promise<number>(async (resolve, reject) => {
    try {
      resolve(await load());
    } catch (error) {
      reject(error);
    }
  });`),
    'an async executor that waits for what cannot fail, before it hands on what does': given(`
  async function close() {
    try {
      await save();
    } catch (error) {
      log(error);
    }
  }
  export const saved = new Promise<void>(async (resolve, reject) => {
    try {
      await close();
      try {
        resolve(await save());
      } catch (error) {
        reject(error);
      }
    } finally {
      log();
    }
  });`),
    'an async executor of a class that is named for promises, which hands every error on': given(`
  class LazyPromise<T> extends Promise<T> {}
  export const page = new LazyPromise<void>(async (resolve, reject) => {
    try {
      resolve(await save());
    } catch (error) {
      if (error instanceof Error) reject(error);
      else reject(new Error(String(error)));
    } finally {
      log();
    }
  });`),
    'F1: a function of the project that awaits its callback, or hands it to one that does': given(`
  async function withSize(size: number, body: () => void) {
    log(size);
    await body();
  }
  async function withPanel(body: () => void) {
    await withSize(1, body);
  }
  await withPanel(async () => {
    await save();
  });
  class Menu {
    #pick: () => void;
    constructor(private readonly open: () => void, pick: () => void) {
      this.#pick = pick;
    }
    async run() {
      await this.open();
      const picked: unknown = this.#pick();
      await picked;
    }
  }
  new Menu(async () => save(), async () => save());
  const queue: (() => void)[] = [];
  const enqueue = (job: () => void) => new Promise<void>((ok) => queue.push(() => ok(job())));
  await enqueue(async () => save());`),
    'a function of the project that does not call what it is handed': given(`
  function inProcess(title: string, code: () => void) {
    log(\`\${title}: (\${code})()\`);
  }
  inProcess('saves', async () => save());`),
    'an async executor that only has others called later: they settle it': given(`
  declare const socket: { once(event: string, listener: (value: number) => void): void };
  export const later = new Promise<number>(async (resolve) => {
    setTimeout(() => resolve(1), 10);
  });
  export const opened = new Promise<number>(async (resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  export const now = new Promise<number>(async (resolve) => resolve(1));`),
    'F3: an executor that settles its promise on both ways': given(`
  declare function load(): Promise<string>;
  export const text = new Promise<string>(async (resolve) => {
    let text = '';
    try {
      text = await load();
    } catch (error) {
      log(error);
    }
    resolve(text);
  });
  export const other = new Promise(async (resolve, reject) => {
    const fail = (error: unknown) => {
      reject(error);
      log(error);
    };
    try {
      resolve(await load());
    } catch (error) {
      fail(error);
    }
  });
  export const last = new Promise<void>(async (done) => {
    try {
      await load();
    } catch {
      log();
    } finally {
      done();
    }
  });`),
    'F4: a callback that tells its own caller through done': given(`
  declare class Strategy {
    constructor(verify: (token: string, done: (error: unknown, user?: string) => void) => void);
  }
  new Strategy(async (token, done) => {
    try {
      await save(token);
      done(null, 'user');
    } catch (error) {
      done(error);
    }
  });
  declare function use(handler: (request: string, next: (error?: unknown) => void) => void): void;
  use(async (request, next) => {
    try {
      await save(request);
    } catch (error) {
      return next(error);
    }
    next();
  });`),
    'F10: a callback of which nothing is known': given(`
  declare function act(work: () => void): void;
  declare function act(work: () => Promise<void>): Promise<void>;
  declare const history: { undo(): Promise<void> };
  act(() => history.undo() as any);`),
    'F11: a listener that settles a promise on both ways': given(`
  await new Promise<void>((resolve, reject) => {
    emitter.once('done', async (job) => {
      try {
        await save(job);
        resolve();
      } catch (error) {
        reject(error);
      }
    });
  });
  declare function after(times: number, work: () => void): () => void;
  await new Promise<void>((yes, no) => {
    emitter.on('done', after(2, async () => {
      try {
        await save();
        yes();
      } catch (error) {
        no(error);
      }
    }));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onDone = async () => {
    try {
      await save();
      resolve();
    } catch (error) {
      reject(error);
    }
  };
  emitter.on('done', onDone);
  await promise;`),
    'F15: a listener that answers its port on both ways': given(`
  import { parentPort } from 'node:worker_threads';
  parentPort!.on('message', async (message) => {
    try {
      parentPort!.postMessage(await save(message));
    } catch (error) {
      parentPort!.postMessage({ error });
    }
  });`),
    'in recommended a loop of which nobody has thought of waiting': {
      code: given(`
  declare const logWriters: { write(text: string): Promise<void> }[];
  emitter.on('data', () => { items.forEach((item) => save(item)); });
  export async function start() {
    logWriters.forEach((writer) => writer.write('start'));
    await save();
  }`),
      options: { reports: 'mistakes' },
    },
    'in recommended a loop in a store of a user interface, where promises are dropped as a rule': {
      code: given(`
  import { defineStore } from 'pinia';
  export const useItems = defineStore('items', {
    actions: {
      async saveAll() {
        const saved = items.filter(Boolean);
        saved.forEach((item) => save(item));
      },
    },
  });`),
      options: { reports: 'mistakes' },
    },
    'in recommended a listener, which has nobody who could wait': {
      code: given(`
  document.addEventListener('click', async () => save());
  window.addEventListener('resize', save);
  setInterval(save, 1000);
  emitter.on('data', async () => save());
  export const button = <button onClick={async () => save()} />;`),
      filename: 'file.tsx',
      options: { reports: 'mistakes' },
    },
    'F22: in recommended a function that awaits nothing, and one that handles its errors': {
      code: given(`
  let count = 0;
  export const third = new Promise<void>((resolve) => {
    emitter.on('done', async () => {
      if (++count === 3) resolve();
    });
  });
  requestAnimationFrame(async (time) => log(time));
  emitter.on('data', async (data) => {
    try {
      await save(data);
    } catch (error) {
      log(error);
    }
  });
  items.forEach(async (item) => save(item).catch(log));`),
      options: { reports: 'mistakes' },
    },
    'a function whose errors are handled, and whose last step settles the promise around': given(`
  export function ended(child: EventEmitter): Promise<number> {
    return new Promise<number>((resolve) => {
      child.on('close', async (code: number) => {
        await save(code).catch(log);
        log(code);
        resolve(code);
      });
    });
  }`),
    'a function that the callee only gives back, itself or in an object': given(`
  function define(main: () => void) {
    if (typeof main !== 'function') throw new TypeError();
    return { name: 'a', main };
  }
  const named = (main: () => void) => main;
  const listed = (main: () => void) => [main] as const;
  export const script = define(async () => save());
  export const later = named(async () => save());
  export const all = listed(() => save());`),
    'a listener that the class awaits, one after the other or all together': given(`
  class Bus {
    private readonly listeners = new Set<() => unknown>();
    private readonly others: (() => unknown)[] = [];
    on(listener: () => void): void {
      this.listeners.add(listener);
    }
    also(listener: () => void): void {
      this.others.push(listener);
    }
    async fire() {
      for (const each of this.listeners) await each();
      await Promise.all([...this.others].map((each) => each()));
    }
  }
  export function start(bus: Bus) {
    bus.on(async () => save());
    bus.also(async () => save());
  }`),
  },
  reports: {
    'what the callee alone does not settle: the overload, a type that is put in, what it is known to be':
      given(`
  declare class Source<F> { on(listener: F): void; map<T>(make: () => T): T; }
  declare function each(count: number, listener: () => void): void;
  declare function each(name: string, listener: (this: string) => void): void;
  declare class Keeper extends Source<() => void> { override on(listener: (() => void) | number): void; }
  export function start(source: Source<() => void>, names: string[]) {
    source.map(() => save());
    source.on(() => save());
              ~~~~~ callback
    each(1, async () => { await save(); });
            ~~~~~~~~… callback
    each('a', save);
              ~~~~ callback
    if (source instanceof Keeper) source.on(() => save());
                                            ~~~~~ callback
    (source as Source<any> as Source<() => void>).on(() => save());
                                                     ~~~~~ callback
  }`),
    'a function that the callee keeps, and that a listener of its own or its own line calls without a wait':
      given(`
  class Page {
    #shown: () => void = () => {};
    constructor(private readonly hidden: () => void) {}
    whenShown(run: () => void): void {
      this.#shown = run;
    }
    show() {
      this.#shown();
      emitter.on('hidden', this.hidden);
    }
  }
  new Page(async () => save()).whenShown(async () => save());
           ~~~~~~~~… callback
                                         ~~~~~~~~… callback`),
    'a function that the callee keeps and calls without a wait, also where it gives it back':
      given(`
  class Bus {
    private readonly listeners = new Set<() => unknown>();
    on(listener: () => void): void {
      this.listeners.add(listener);
    }
    fire() {
      for (const each of this.listeners) each();
    }
  }
  function called(main: () => void) {
    main();
    log({ main });
  }
  export function start(bus: Bus) {
    bus.on(async () => save());
           ~~~~~~~~… callback
    called(async () => save());
           ~~~~~~~~… callback
  }`),
    'a function whose errors are handled, and that settles nothing in the end': given(`
  export function ended(child: EventEmitter): Promise<number> {
    return new Promise<number>((resolve) => {
      child.on('close', async (code: number) => {
                        ~~~~~~~~~~~~~~~~~~~~… handled
        resolve(code);
        await save(code).catch(log);
      });
    });
  }`),
    'F1: a function of the project that calls its callback and drops what it gives': given(`
  function withSize(size: number, body: () => void) {
    log(size);
    body();
    setTimeout(() => body(), size);
  }
  withSize(1, async () => save());
              ~~~~~~~~~~~ callback`),
    'an async executor that starts what may throw itself': given(`
  declare function run(page: string, done: (size: number) => void): Promise<void>;
  async function begin(page: string, done: (size: number) => void) { await save(page); done(1); }
  export const size = new Promise<number>(async (resolve) => {
                                          ~~~~~~~~~~~~~~~~~~ executor
    run('a', resolve);
  });
  export const other = new Promise<number>(async (resolve) => {
                                           ~~~~~~~~~~~~~~~~~~ executor
    begin(JSON.parse('"a"'), resolve);
  });`),
    'an async executor that does something else before it has others called': given(`
  declare const socket: { connect(): string; once(event: string, listener: (value: string) => void): void };
  export const opened = new Promise<string>(async (resolve, reject) => {
                                            ~~~~~~~~~~~~~~~~~~~~~~~~~~ executor
    const name = socket.connect();
    socket.once(name, resolve);
    socket.once('error', reject);
  });
  export const later = new Promise<string>(async (resolve) => {
                                           ~~~~~~~~~~~~~~~~~~ executor
    await save();
    setTimeout(() => resolve(''), 10);
  });`),
    'F3: an executor that settles its promise on one way only': given(`
  export const one = new Promise<void>(async (resolve) => {
                                       ~~~~~~~~~~~~~~~~~~ executor
    try {
      await save();
      resolve();
    } catch (error) {
      log(error);
    }
  });
  export const two = new Promise<void>(async (resolve) => {
                                       ~~~~~~~~~~~~~~~~~~ executor
    try {
      await save();
    } catch (error) {
      return;
    }
    resolve();
  });`),
    'F22: a function that is async and awaits nothing': given(`
  let count = 0;
  emitter.on('done', async () => {
                     ~~~~~~~~~~~ needless
    count++;
  });
  requestAnimationFrame(async (time) => log(time));
                        ~~~~~~~~~~~~~~~ needless
  items.forEach(async (item) => {
                ~~~~~~~~~~~~~~~ needless
    log(item);
  });`),
    'in recommended a loop that does not wait, and an answer that is not there': {
      code: given(`
  items.forEach(async (item) => save(item));
                ~~~~~~~~~~~~~~~ loop
  log(items.filter(async (item) => save(item)));
                   ~~~~~~~~~~~~~~~ predicate`),
      options: { reports: 'mistakes' },
    },
    'in recommended a loop in a store, where somebody has thought of waiting': {
      code: given(`
  import { defineStore } from 'pinia';
  export const useItems = defineStore('items', {
    actions: {
      async saveAll() {
        items.forEach(async (item) => await save(item));
                      ~~~~~~~~~~~~~~~ loop
      },
    },
  });`),
      options: { reports: 'mistakes' },
    },
    'one that settles what somebody waits for, and lets an error out that does not': given(`
  export async function closed() {
    const { promise, resolve: over } = Promise.withResolvers<void>();
    emitter.once('close', async () => {
                          ~~~~~~~~~~~ settler
      await save();
      over();
    });
    await promise;
  }
  declare function it(name: string, body: (done: () => void) => void): void;
  it('is saved on the way', (done) => {
    emitter.on('line', async (line) => {
                       ~~~~~~~~~~~~~~~ callback
      done();
      await save(line);
    });
    emitter.on('end', async () => {
                      ~~~~~~~~~~~ callback
      await save();
      log(emitter);
    });
  });`),
    'a function that handles its errors itself, for which nobody waits': given(`
  setInterval(() => save().catch(log), 1000);
              ~~~~~ handled
  items.forEach(async (item) => {
                ~~~~~~~~~~~~~~~ handled
    try {
      await save(item);
    } catch (error) {
      log(error);
    }
  });
  class Saver {
    constructor() {
      emitter.on('end', this.onEnd.bind(this));
                        ~~~~~~~~~~~~~~~~~~~~~ handled
    }
    async onEnd() {
      try {
        await save();
      } catch {}
      log('end');
    }
  }`),
    'an async executor of a class that is named for promises': given(`
  class LazyPromise<T> extends Promise<T> {}
  export const saved = new LazyPromise<void>(async (resolve) => {
                                             ~~~~~~~~~~~~~~~~~~ executor
    resolve(await save());
  });`),
    'one whose end calls an async method, which settles something on the way': given(`
  class Room {
    #opening?: { reject(error: unknown): void };
    constructor() {
      emitter.on('leave', this.leave);
                          ~~~~~~~~~~ callback
    }
    leave = async () => {
      log('leaving');
      await this.close();
    };
    async close() {
      this.#opening?.reject(new Error('closed'));
      await save();
    }
  }`),
    'an async executor that swallows its error: nothing settles the promise': given(`
  export const page = new Promise<number>(async (resolve) => {
                                          ~~~~~~~~~~~~~~~~~~ executor
    try {
      resolve(await load());
    } catch {}
  });`),
    forEach: {
      code: given(`
  items.forEach(async (item) => {
                ~~~~~~~~~~~~~~~ loop
    await save(item);
  });`),
      suggests: [
        [
          given(`
  for (const item of items) {
    await save(item);
  }`),
          given(`
  await TaskGroup.map(items, async (item) => {
    await save(item);
  });`),
        ],
      ],
    },
    'forEach with the index, which a task does not get in its place': {
      code: given(`
  items.forEach(async (item, index) => save([item, index]));
                ~~~~~~~~~~~~~~~~~~~~~~ loop`),
      suggests: [
        [
          given(`
  for (const [index, item] of items.entries()) {
    await save([item, index]);
  }`),
        ],
      ],
    },
    'forEach in the body of a group': {
      code: given(`
  await TaskGroup.run(async (group) => {
    items.forEach(async (item) => save(item));
                  ~~~~~~~~~~~~~~~ loop
  });`),
      suggests: [
        [
          given(`
  await TaskGroup.run(async (group) => {
    for (const item of items) {
      await save(item);
    }
  });`),
          given(`
  await TaskGroup.run(async (group) => {
    await TaskGroup.map(items, async (item) => save(item), group);
  });`),
        ],
      ],
    },
    'forEach in a function that could be async': {
      code: given(`
  export function saveAll() {
    items.forEach(async (item) => save(item));
                  ~~~~~~~~~~~~~~~ loop
  }`),
      suggests: [
        [
          given(`
  export async function saveAll() {
    for (const item of items) {
      await save(item);
    }
  }`),
        ],
      ],
    },
    'forEach of a set, and of a map': given(`
  new Set(items).forEach(async () => { await save(); });
                         ~~~~~~~~~~~ loop
  new Map([['a', 1]]).forEach(async () => { await save(); });
                              ~~~~~~~~~~~ callback`),
    'a listener': {
      code: given(`
  emitter.on('data', async (data) => {
                     ~~~~~~~~~~~~~~~ callback
    await save(data);
  });`),
      suggests: [[]],
    },
    'a listener where a group is open': {
      code: given(`
  await TaskGroup.run(async (group) => {
    emitter.on('data', async (data): Promise<void> => save(data));
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ callback
    emitter.once('end', save);
                        ~~~~ callback
  });`),
      suggests: [
        [
          given(`
  await TaskGroup.run(async (group) => {
    emitter.on('data', (data) => { group.createTask(async () => save(data)); });
    emitter.once('end', save);
  });`),
        ],
        [
          given(`
  await TaskGroup.run(async (group) => {
    emitter.on('data', async (data): Promise<void> => save(data));
    emitter.once('end', (...args) => { group.createTask(() => save(...args)); });
  });`),
        ],
      ],
    },
    "a listener of an emitter that extends the platform's": given(`
  class Queue extends EventEmitter {
    start() {
      this.addListener('data', async () => { await save(); });
                               ~~~~~~~~~~~ callback
    }
  }`),
    'a listener of the DOM, which says that it takes any result': given(`
  document.addEventListener('click', async () => { await save(); });
                                     ~~~~~~~~~~~ callback
  new AbortController().signal.addEventListener('abort', async () => { await save(); });
                                                         ~~~~~~~~~~~ callback`),
    'a timer': given(`
  import * as timers from 'node:timers';
  setTimeout(async () => { await save(); }, 100);
             ~~~~~~~~~~~ callback
  setInterval(save, 100);
              ~~~~ callback
  setImmediate(async () => { await save(); });
               ~~~~~~~~~~~ callback
  timers.setTimeout(save, 100);
                    ~~~~ callback
  queueMicrotask(async () => { await save(); });
                 ~~~~~~~~~~~ callback
  process.nextTick(async () => { await save(); });
                   ~~~~~~~~~~~ callback
  requestAnimationFrame(async () => { await save(); });
                        ~~~~~~~~~~~ callback`),
    'a parameter that returns void': given(`
  declare function use(handler: (value: number) => void): void;
  declare class Watcher { constructor(handler: () => void) }
  use(async () => { await save(); });
      ~~~~~~~~~~~ callback
  new Watcher(async () => { await save(); });
              ~~~~~~~~~~~ callback`),
    'one of many parameters that return void': given(`
  declare const app: { get(path: string, ...handlers: (() => void)[]): void };
  app.get('/', log, async () => { await save(); });
                    ~~~~~~~~~~~ callback`),
    'an async executor': {
      code: given(`
  export const saved = new Promise<void>(async (resolve) => {
                                         ~~~~~~~~~~~~~~~~~~ executor
    await save();
    resolve();
  });`),
      suggests: [
        [
          given(`
  export const saved = new Promise<void>(async (resolve, reject) => {
    try {
      await save();
      resolve();
    } catch (error) {
      reject(error);
    }
  });`),
        ],
      ],
    },
    'an async executor of one expression, in parentheses': {
      code: given(`
  export const saved = new Promise(async (resolve) => (resolve(await save()) as void));
                                   ~~~~~~~~~~~~~~~~~~ executor`),
      suggests: [
        [
          given(`
  export const saved = new Promise(async (resolve, reject) => {
    try {
      (resolve(await save()) as void);
    } catch (error) {
      reject(error);
    }
  });`),
        ],
      ],
    },
    'an executor that gives a promise which nobody sees': given(`
  export const saved = new Promise<void>((resolve) => save().then(resolve));
                                         ~~~~~~~~~~~~ executor`),
    'an executor whose call tells one end only by what it is handed': given(`
  declare function send(page: string, sent: () => void): Promise<void>;
  export const sent = new Promise<void>((resolve) => send('', resolve));
                                        ~~~~~~~~~~~~ executor
  export const saved = new Promise<void>((resolve) => send('', () => resolve()));
                                         ~~~~~~~~~~~~ executor`),
    'a function that gives the promise of another': given(`
  setTimeout(() => save(), 100);
             ~~~~~ callback
  items.forEach((item) => save(item));
                ~~~~~~~~~ loop
  emitter.on('data', (data) => {
                     ~~~~~~~~~ callback
    if (data) return save(data);
  });`),
    'a function by its name': given(`
  async function saveAll() { await save(); }
  const later = async () => { await save(); };
  class Page {
    async save() { await save(); }
    start() {
      emitter.on('data', this.save);
                         ~~~~~~~~~ callback
      emitter.on('data', this.save.bind(this));
                         ~~~~~~~~~~~~~~~~~~~~ callback
    }
  }
  emitter.on('data', saveAll);
                     ~~~~~~~ callback
  emitter.on('data', later);
                     ~~~~~ callback
  emitter.on('data', save as (data: unknown) => Promise<void>);
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ callback`),
    'one of two functions': given(`
  emitter.on('data', items.length > 0 ? save : log);
                                        ~~~~ callback`),
    'a question to each element of an array': given(`
  declare function isDone(item: string): Promise<boolean>;
  items.filter(async (item) => item !== '');
               ~~~~~~~~~~~~~~~ predicate
  items.some(isDone);
             ~~~~~~ predicate
  items.find((item) => isDone(item));
             ~~~~~~~~~ predicate`),
    'a function expression, which is left as it is': {
      code: given(`
  await TaskGroup.run(async (group) => {
    emitter.on('data', async function (data) {
                       ~~~~~~~~~~~~~~~~~~~~~ callback
      await save(this);
    });
  });`),
      suggests: [[]],
    },
    'a call that may not happen': given(`
  declare const page: { onOpen?(handler: () => void): void } | undefined;
  page?.onOpen?.(async () => { await save(); });
                 ~~~~~~~~~~~ callback`),
  },
  misses: {
    'a property that returns void': given(`
  declare function start(options: { onOpen(): void }): void;
  start({ onOpen: async () => {} });`),
    'an assignment': given(`
  declare const socket: { onopen: (() => void) | null };
  socket.onopen = async () => {};`),
    'a method that overrides one which returns void': given(`
  class Page { open(): void {} }
  class AsyncPage extends Page { override async open() {} }`),
  },
});

function adviceTo(executor: string): string {
  return adviceIn(`export const saved = new Promise<void>(${executor});`);
}

function adviceIn(program: string): string {
  const code = given(program);
  const rules = { 'mooring/no-async-void-callback': 'error' } as const;
  const [message] = lint(code, { typed: true, rules });
  return message?.message.split('. ').at(-1) ?? '';
}

test('an executor is told to be a plain function only where it is none', () => {
  expect(adviceTo('async (yes) => { await save(); yes(); }')).toMatch(/^Make the executor a plain/);
  expect(adviceTo('(yes) => save().then(yes)')).toMatch(/^Take what it gives in place of/);
});

test('an assertion that looks for what is thrown is told by the one that waits', () => {
  const asserted = (assertion: string): string =>
    adviceIn(
      `import assert from 'node:assert'; assert.${assertion}(async () => { await save(); });`,
    );
  expect(asserted('throws')).toBe('Await it with `rejects`.');
  expect(asserted('doesNotThrow')).toBe('Await it with `doesNotReject`.');
  const expected = "import { expect } from 'vitest'; expect(async () => save()).toThrow();";
  expect(adviceIn(expected)).toBe('Await it with `rejects` or `resolves`.');
});
