import { describeRule } from '../support/describe-rule.js';

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
  },
  reports: {
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
      suggests: [[]],
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
    await TaskGroup.map(items, async (item) => save(item), group);
  });`),
        ],
      ],
    },
    'forEach in a function that cannot await': {
      code: given(`
  export function saveAll() {
    items.forEach(async (item) => save(item));
                  ~~~~~~~~~~~~~~~ loop
  }`),
      suggests: [[]],
    },
    'forEach of a set, and of a map': given(`
  new Set(items).forEach(async () => {});
                         ~~~~~~~~~~~ loop
  new Map([['a', 1]]).forEach(async () => {});
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
      this.addListener('data', async () => {});
                               ~~~~~~~~~~~ callback
    }
  }`),
    'a listener of the DOM, which says that it takes any result': given(`
  document.addEventListener('click', async () => {});
                                     ~~~~~~~~~~~ callback
  new AbortController().signal.addEventListener('abort', async () => {});
                                                         ~~~~~~~~~~~ callback`),
    'a timer': given(`
  import * as timers from 'node:timers';
  setTimeout(async () => {}, 100);
             ~~~~~~~~~~~ callback
  setInterval(save, 100);
              ~~~~ callback
  setImmediate(async () => {});
               ~~~~~~~~~~~ callback
  timers.setTimeout(save, 100);
                    ~~~~ callback
  queueMicrotask(async () => {});
                 ~~~~~~~~~~~ callback
  process.nextTick(async () => {});
                   ~~~~~~~~~~~ callback
  requestAnimationFrame(async () => {});
                        ~~~~~~~~~~~ callback`),
    'a parameter that returns void': given(`
  declare function use(handler: (value: number) => void): void;
  declare class Watcher { constructor(handler: () => void) }
  use(async () => {});
      ~~~~~~~~~~~ callback
  new Watcher(async () => {});
              ~~~~~~~~~~~ callback`),
    'one of many parameters that return void': given(`
  declare const app: { get(path: string, ...handlers: (() => void)[]): void };
  app.get('/', log, async () => {});
                    ~~~~~~~~~~~ callback`),
    'an async executor': {
      code: given(`
  export const saved = new Promise<void>(async (resolve) => {
                                         ~~~~~~~~~~~~~~~~~~ executor
    await save();
    resolve();
  });`),
      suggests: [[]],
    },
    'an executor that gives a promise which nobody sees': given(`
  export const saved = new Promise<void>((resolve) => save().then(resolve));
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
  async function saveAll() {}
  const later = async () => {};
  class Page {
    async save() {}
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
  page?.onOpen?.(async () => {});
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
