import { describeRule } from '../support/describe-rule.js';
import { provider } from '../support/providers.js';

const LOAD =
  'declare function load(url: string, options?: { signal?: AbortSignal }): Promise<string>;';

/** Pages that are loaded by tasks, each with what its function is written as. */
function pages(task: string, options = ', { signal }'): string {
  return `
    import { TaskGroup } from 'mooring';
    ${LOAD}
    export async function pages(urls: readonly string[], signal: AbortSignal) {
      await TaskGroup.map(urls, ${task}${options});
    }
  `;
}

/** Not over the native backend of typescript-eslint: `Partial<T>` has no properties there. */
const PARTIAL = {
  code: `
    import { TaskGroup } from 'mooring';
    interface Options { signal?: AbortSignal; priority?: number }
    declare class Queue<T extends Options> {
      add(url: string, options?: Partial<T>): Promise<string>;
    }
    export async function all<T extends Options>(
      queue: Queue<T>, urls: readonly string[], options: Partial<T>,
    ) {
      await TaskGroup.map(urls, (url) => queue.add(url, options), { signal: options.signal });
                                                        ~~~~~~~ outer
    }
  `,
  suggests: [
    [
      `
    import { TaskGroup } from 'mooring';
    interface Options { signal?: AbortSignal; priority?: number }
    declare class Queue<T extends Options> {
      add(url: string, options?: Partial<T>): Promise<string>;
    }
    export async function all<T extends Options>(
      queue: Queue<T>, urls: readonly string[], options: Partial<T>,
    ) {
      await TaskGroup.map(urls, (url, context) => queue.add(url, { ...options, signal: context.signal } as typeof options), { signal: options.signal });
    }
  `,
    ],
  ],
};

describeRule('use-child-signal', {
  allows: {
    'a listener, which its signal ends, and not the adding of it, also where that gives a promise': `
      import { TaskGroup } from 'mooring';
      interface Options { once?: boolean; signal?: AbortSignal }
      interface Bus {
        open(topic: string): Promise<void>;
        addEventListener(name: string, heard: () => void, options?: Options): Promise<void>;
        addListener(name: string, heard: () => void, options?: Options): Promise<void>;
      }
      export async function start(bus: Bus, heard: () => void) {
        await TaskGroup.all([
          () => bus.open('news'),
          () => bus.addEventListener('subscribe', heard),
          () => bus.addListener('gone', heard, { once: true }),
        ]);
      }
    `,
    'tasks of a group that nobody waits for, where one that fails does not end the others': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function first(urls: readonly string[], signal: AbortSignal) {
        const found = Promise.withResolvers<string>();
        TaskGroup.map(urls, async (url) => {
          found.resolve(await load(url, { signal }));
        }).catch((error: unknown) => { console.warn(error); });
        void TaskGroup.all([() => load('/', { signal }), () => load('/2', { signal })]).then(
          ([page]) => { found.resolve(page); },
          (error: unknown) => { console.warn(error); },
        );
        return found.promise;
      }
    `,
    'what is over at once, shared with others, or would be left half done': `
      import { writeFile } from 'node:fs/promises';
      import { TaskGroup } from 'mooring';
      ${LOAD}
      const pages = new Map<string, Promise<string>>();
      async function key(text: string, options?: { signal?: AbortSignal }) {
        options?.signal?.throwIfAborted();
        return text.trim();
      }
      export async function all(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.map(urls, async (url) => {
          pages.set(url, load(url));
          await writeFile(await key(url, { signal }), url);
        }, { signal });
      }
    `,
    'a group that is started with its task, and whose tasks could not be told of the end': `
      import { TaskGroup } from 'mooring';
      interface Row { name: string; parts: Blob[] }
      declare function decode(part: Blob): Promise<string>;
      declare function read(url: string): Promise<Row[]>;
      export async function all(rows: readonly Row[]) {
        await TaskGroup.map(rows, async (row) => {
          if (row.name === '') throw new Error('no name');
          const [first] = await TaskGroup.all([() => decode(row.parts[0]!), () => decode(row.parts[1]!)]);
          return first;
        });
        await TaskGroup.map(rows, (row) => TaskGroup.map(row.parts, decodeAll => decode(decodeAll)));
        await TaskGroup.map(rows, async ({ name }) => {
          const read1 = await read(name);
          return TaskGroup.map(read1, async (row) => ({ ...row, name }));
        });
      }
    `,
    'a task that handles its errors, in a group that nobody ends': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export const first = (urls: readonly string[]) => TaskGroup.map(urls, async (url) => {
        try { return await load(url); } catch { return undefined; }
      });
      export const second = (urls: readonly string[]) =>
        TaskGroup.map(urls, (url) => load(url).catch(() => ''));
      const third = (urls: readonly string[]) => TaskGroup.map(urls, async (url) => {
        const texts: string[] = [];
        try { texts.push(await load(url)); } catch (error) { texts.push(String(error)); }
        return texts;
      });
      export { third };
    `,
    'a task of a group in which a failure is an outcome, and that nobody ends': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function all(urls: readonly string[], signal: AbortSignal) {
        const [first] = await TaskGroup.allSettled([() => load('/a'), () => load('/b')]);
        await TaskGroup.allSettled(urls.map((url) => () => load(url)), { limit: 4 });
        const again = async () => load('/c', { signal });
        return [first, await TaskGroup.allSettled([again, async () => load('/d')], { name: 'all' })];
      }
    `,
    'a task beside which none can fail, in a group that nobody ends': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      declare function log(error: unknown): void;
      declare function size(url: string): Promise<number>;
      const all = async (urls: readonly string[]) => {
        const found = await Promise.allSettled(urls.map((url) => size(url)));
        return found.filter((each) => each.status === 'fulfilled').map((each) => each.value);
      };
      async function tried<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
        try { return await run(); } catch { return otherwise; }
      }
      class Sizes {
        async #size(url: string) { return await tried(async () => await size(url), 0); }
        async page(url: string) {
          return TaskGroup.all([() => load(url), () => this.#size(url)], { limit: 2 });
        }
      }
      const isKnown = async (url: string) => {
        try { return (await size(url)) > 0; } catch (error) { log(error); return false; }
      };
      interface Page { url: string }
      async function known(page: Page, signal: AbortSignal): Promise<Page> {
        if (page.url === '') return page;
        const text = await load(page.url, { signal }).catch(() => '');
        const isThere = await isKnown(text);
        if (!isThere) return page;
        log(text);
        return { ...page, url: text };
      }
      export const first = (urls: readonly string[]) => TaskGroup.all([
        () => load('/a').catch((error: unknown) => { log(error); return null; }),
        () => all(urls),
        () => load('/b').then((text) => text.length, log),
      ]);
      export const second = (pages: readonly Page[], signal: AbortSignal) =>
        TaskGroup.map(pages, async (page) => {
          const text = await load(page.url, { signal }).catch(() => '');
          const isThere = await isKnown(text);
          return isThere ? page : known({ url: text }, signal);
        });
      export const third = () => TaskGroup.all([() => load('/alone')]);
      export { Sizes };
    `,
    'clean-up under a name that is the class’s own': `
      import { TaskGroup } from 'mooring';
      declare function drop(name: string, options?: { signal?: AbortSignal }): Promise<void>;
      declare const names: string[];
      export class Server {
        async _stopImpl() { await TaskGroup.map(names, (name) => drop(name)); }
        async __close() { await TaskGroup.map(names, (name) => drop(name)); }
        _disposeAll = async () => { await TaskGroup.map(names, (name) => drop(name)); };
      }
    `,
    'an attempt that ends with just the signal that it hands on': `
      import { retry } from 'mooring/retry';
      ${LOAD}
      export async function pages(url: string, signal: AbortSignal) {
        await retry(() => load(url, { signal }), { signal });
        await retry(() => load(url), { attempts: 5 });
        await retry((attempt) => load(url, attempt), { signal, timeout: 100 });
      }
    `,
    'the task’s own scope, whole or taken apart': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function both(url: string, outer: AbortSignal) {
        await TaskGroup.all(
          [(context) => load(url, context), ({ signal }) => load(url, { signal })],
          { signal: outer },
        );
      }
    `,
    'signals put together': pages(
      'async (url, context) => load(url, { signal: AbortSignal.any([context.signal, signal]) })',
    ),
    'a shield': pages('async (url) => load(url, { signal: AbortSignal.timeout(100) })'),
    'a signal that the body has made': pages(`async (url, context) => {
      const both = AbortSignal.any([context.signal, AbortSignal.timeout(100)]);
      await load(url, { signal: both });
    }`),
    'clean-up': pages(`async (url, context) => {
      try {
        await load(url, context);
      } finally {
        await load('/done', { signal });
      }
    }`),
    'what nobody waits for': pages('async (url) => { void load(url, { signal }); }'),
    'a call with an explicit undefined': pages('async (url) => load(url, undefined)'),
    'a body with nothing that accepts one': pages('async (url) => url.length'),
    'a deadline that reaches nothing is another rule’s': `
      import { timeout } from 'mooring';
      ${LOAD}
      export const page = (url: string, signal: AbortSignal) =>
        timeout(100, () => load(url, { signal }));
    `,
    'no task around': `
      ${LOAD}
      export const page = (url: string, signal: AbortSignal) => load(url, { signal });
    `,
  },
  reports: {
    'a group that is opened later, is told how many run at once, or whose tasks take a signal': `
      import { TaskGroup } from 'mooring';
      interface Row { name: string; parts: Blob[]; run: any }
      declare function decode(part: Blob): Promise<string>;
      declare function read(url: string): Promise<Row[]>;
      interface OwnSignal { readonly aborted: boolean }
      declare function send(url: string, init?: { signal?: OwnSignal | null }): Promise<string>;
      ${LOAD}
      export async function all(rows: readonly Row[]) {
        await TaskGroup.map(rows, async ({ name, parts }) => {
          const more = await read(name);
          await TaskGroup.map(parts, (part) => decode(part));
                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
          return more;
        });
        await TaskGroup.map(rows, async (row) => {
          for (const part of row.parts) await TaskGroup.map([part], (each) => decode(each));
                                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
        });
        await TaskGroup.map(rows, ({ parts }) => TaskGroup.map(parts, (part) => decode(part), { limit: 2 }));
                                                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
        await TaskGroup.map(rows, ({ name }) => TaskGroup.all([() => load(name), () => read(name)]));
                                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
                                                                     ~~~~~~~~~~ none
        await TaskGroup.map(rows, ({ parts }) => TaskGroup.all([() => send('/a')]));
                                                 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
        await TaskGroup.map(rows, ({ parts, run }) => TaskGroup.map(parts, (part) => run(part)));
                                                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ none
      }
    `,
    'a task that handles its errors, of a group that somebody else ends, or beside others': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function all(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.map(urls, async (url) => {
          try { return await load(url); } catch { return undefined; }
                             ~~~~~~~~~ none
        }, { signal });
        await TaskGroup.all([
          async () => { try { await load('/a'); } catch { return; } },
                                    ~~~~~~~~~~ none
          () => { throw new Error('no'); },
        ]);
        await TaskGroup.map(urls, async (url) => {
          try { return await load(url); } catch (error) { throw new Error(url, { cause: error }); }
                             ~~~~~~~~~ none
        });
      }
    `,
    'a task of a group that is ended from outside, by the first that has a value, or by options out of sight': `
      import { TaskGroup, type TaskGroupOptions } from 'mooring';
      ${LOAD}
      export async function all(signal: AbortSignal, options: TaskGroupOptions) {
        await TaskGroup.allSettled([() => load('/a')], { signal });
                                          ~~~~~~~~~~ none
        await TaskGroup.allSettled([() => load('/b')], { limit: 2, ...options });
                                          ~~~~~~~~~~ none
        await TaskGroup.allSettled([() => load('/c')], options);
                                          ~~~~~~~~~~ none
        await TaskGroup.any([() => load('/d'), () => load('/e').catch(() => '')]);
                                   ~~~~~~~~~~ none
                                                     ~~~~~~~~~~ none
        await TaskGroup.all([() => load('/f'), () => load('/g').catch(() => '')], { signal });
                                   ~~~~~~~~~~ none
                                                     ~~~~~~~~~~ none
      }
    `,
    'a task beside one that fails: it hands its errors on, waits for more than it catches, or is not in sight': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      declare function size(url: string): Promise<number>;
      declare function parse(text: string): number;
      declare const others: readonly (() => Promise<number>)[];
      async function sized(url: string) {
        const known = await size(url);
        try { return known + (await size(url)); } catch { return known; }
      }
      export async function all(url: string, isQuiet: boolean) {
        await TaskGroup.all([
          () => load('/a'),
                ~~~~~~~~~~ none
          () => size(url).catch((error: unknown) => { if (isQuiet) return 0; throw error; }),
        ]);
        await TaskGroup.all([() => load('/b'), () => sized(url)]);
                                   ~~~~~~~~~~ none
        await TaskGroup.all([() => load('/c'), ...others]);
                                   ~~~~~~~~~~ none
        await TaskGroup.all([() => load('/d'), () => parse(url)]);
                                   ~~~~~~~~~~ none
        await TaskGroup.map([url], (each) => load(each).catch((error) => { if (isQuiet) return ''; throw error; }));
                                             ~~~~~~~~~~ none
      }
    `,
    'an outer signal beside what stands in for none': `
      import { TaskGroup } from 'mooring';
      export async function all(urls: readonly string[], options: { signal?: AbortSignal }) {
        await TaskGroup.map(urls, async (url) => {
          await fetch(url, { signal: options.signal ?? null });
                                     ~~~~~~~~~~~~~~ outer
        });
        await TaskGroup.map(urls, async (url, context) => {
          await fetch(url, { signal: context.signal ?? null });
        });
      }
    `,
    'an outer signal that may be missing, in a group that does not follow it': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      interface Options { readonly signal?: AbortSignal; readonly depth?: number }
      export async function one(urls: readonly string[], signal?: AbortSignal) {
        await TaskGroup.map(urls, (url) => load(url, { signal }));
                                                       ~~~~~~ outer
      }
      export async function two(urls: readonly string[], options: Options) {
        await TaskGroup.map(urls, (url) => load(url, { signal: options.signal }));
                                                               ~~~~~~~~~~~~~~ outer
      }
      export async function three(urls: readonly string[], options?: Options) {
        await TaskGroup.map(urls, (url) => load(url, options));
                                                     ~~~~~~~ outer
      }
      export async function four(urls: readonly string[], options?: Options) {
        await TaskGroup.map(urls, (url) => load(url, { signal: options?.signal }));
                                                               ~~~~~~~~~~~~~~~ outer
      }
    `,
    'options of an open type': {
      code: `
        import { TaskGroup } from 'mooring';
        interface Options { signal?: AbortSignal; priority?: number }
        export async function each<T extends Options>(
          add: (url: string, options?: T) => Promise<string>, urls: string[], options?: T,
        ) {
          await TaskGroup.map(urls, (url) => add(url, options), { signal: options?.signal });
                                                      ~~~~~~~ outer
        }
      `,
      suggests: [
        [
          `
        import { TaskGroup } from 'mooring';
        interface Options { signal?: AbortSignal; priority?: number }
        export async function each<T extends Options>(
          add: (url: string, options?: T) => Promise<string>, urls: string[], options?: T,
        ) {
          await TaskGroup.map(urls, (url, context) => add(url, { ...options, signal: context.signal } as typeof options), { signal: options?.signal });
        }
      `,
        ],
      ],
    },
    ...(provider === 'tsgo' ? {} : { 'options that are part of an open type': PARTIAL }),
    'an attempt that is not told of the end of the call, or of its own': `
      import { retry } from 'mooring/retry';
      ${LOAD}
      export async function pages(url: string, signal: AbortSignal) {
        await retry(() => load(url), { signal });
                          ~~~~~~~~~ none
        await retry(async (attempt) => {
          await load(url, { signal });
                            ~~~~~~ outer
          await load(url, attempt);
        }, { signal, timeout: 100 });
      }
    `,
    'the body of main': `
      import { main } from 'mooring/main';
      ${LOAD}
      await main(() => load('/'));
                       ~~~~~~~~~ none
    `,
    'a parameter without parentheses': {
      code: pages('async url => load(url, { signal })').replace(
        /( *)await TaskGroup.map.*/,
        (line) => `${line}\n${' '.repeat(line.indexOf('signal }'))}~~~~~~ outer`,
      ),
      suggests: [[pages('async (url, context) => load(url, { signal: context.signal })')]],
    },
    'a task that is started': {
      code: `
    import { TaskGroup } from 'mooring';
    ${LOAD}
    export async function serve(url: string, signal: AbortSignal) {
      await using group = new TaskGroup({ signal });
      await group.start<void>(async (context, ready) => {
        ready();
        await load(url, { signal });
                          ~~~~~~ outer
      });
      await group.join();
    }
  `,
      suggests: [
        [
          `
    import { TaskGroup } from 'mooring';
    ${LOAD}
    export async function serve(url: string, signal: AbortSignal) {
      await using group = new TaskGroup({ signal });
      await group.start<void>(async (context, ready) => {
        ready();
        await load(url, { signal: context.signal });
      });
      await group.join();
    }
  `,
        ],
      ],
    },
    'the signal that the group was given': {
      code: pages('async (url, context) => [context, await load(url, { signal })]').replace(
        /( *)await TaskGroup.map.*/,
        (line) => `${line}\n${' '.repeat(line.indexOf('signal }'))}~~~~~~ outer`,
      ),
      suggests: [
        [pages('async (url, context) => [context, await load(url, { signal: context.signal })]')],
      ],
    },
    'where the task has not named its scope': {
      code: pages('async (url) => load(url, { signal })').replace(
        /( *)await TaskGroup.map.*/,
        (line) => `${line}\n${' '.repeat(line.indexOf('signal }'))}~~~~~~ outer`,
      ),
      suggests: [[pages('async (url, context) => load(url, { signal: context.signal })')]],
    },
    'a signal that the group knows nothing of is kept beside its own': {
      code: pages('async (url) => load(url, { signal })', '').replace(
        /( *)await TaskGroup.map.*/,
        (line) => `${line}\n${' '.repeat(line.indexOf('signal }'))}~~~~~~ outer`,
      ),
      suggests: [
        [
          pages(
            'async (url, context) => load(url, { signal: AbortSignal.any([context.signal, signal]) })',
            '',
          ),
        ],
      ],
    },
    'no signal at all': {
      code: pages('async (url) => load(url)').replace(
        /( *)await TaskGroup.map.*/,
        (line) => `${line}\n${' '.repeat(line.indexOf('load('))}~~~~~~~~~ none`,
      ),
      suggests: [[pages('async (url, context) => load(url, { signal: context.signal })')]],
    },
    'the signal of the group, and the scope of the group whole': {
      code: `
        import { sleep, TaskGroup } from 'mooring';
        ${LOAD}
        export async function both(url: string) {
          await TaskGroup.run(async (group) => {
            group.createTask(async () => {
              await sleep(100, group);
                               ~~~~~ outer
            });
            group.createTask((own) => load(url + own, { signal: group.signal }));
                                                                ~~~~~~~~~~~~ outer
          });
        }
      `,
      suggests: [
        [
          `
            import { sleep, TaskGroup } from 'mooring';
            ${LOAD}
            export async function both(url: string) {
              await TaskGroup.run(async (group) => {
                group.createTask(async (context) => {
                  await sleep(100, context);
                });
                group.createTask((own) => load(url + own, { signal: group.signal }));
              });
            }
          `,
        ],
        [
          `
            import { sleep, TaskGroup } from 'mooring';
            ${LOAD}
            export async function both(url: string) {
              await TaskGroup.run(async (group) => {
                group.createTask(async () => {
                  await sleep(100, group);
                });
                group.createTask((own) => load(url + own, { signal: own.signal }));
              });
            }
          `,
        ],
      ],
    },
    'one of two calls of a timeout': `
      import { timeout } from 'mooring';
      ${LOAD}
      export const page = (url: string, { signal }: { signal: AbortSignal }) =>
        timeout(100, async (deadline) => {
          await load(url, deadline);
          return load(url, { signal });
                             ~~~~~~ outer
        }, { signal });
    `,
    'in a closure of the task': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function pages(urls: readonly string[], signal: AbortSignal) {
        await TaskGroup.all([
          async () => Promise.all(urls.map((url) => load(url, { signal }))),
                                                                ~~~~~~ outer
        ], { signal });
      }
    `,
  },
  misses: {
    'in the body of a group, whose own signal ends when a task fails': `
      import { TaskGroup } from 'mooring';
      ${LOAD}
      export async function page(url: string, signal: AbortSignal) {
        await TaskGroup.run(async (group) => {
          group.createTask((context) => load(url, context));
          await load(url, { signal });
        }, { signal });
      }
    `,
    'a signal that was put into options before': pages(
      'async (url, context) => [context, await load(url, { ...{ signal } })]',
    ),
  },
});
