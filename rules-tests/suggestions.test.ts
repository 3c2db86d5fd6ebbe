import { afterAll, describe, expect, test, vi } from 'vitest';

import { PROVIDERS } from './support/providers.js';
import { dedent } from './support/squiggles.js';
import {
  type Given,
  messages,
  type Offered,
  offered,
  removeProjects,
} from './support/suggestions.js';

vi.setConfig({ testTimeout: 300_000 });
afterAll(removeProjects);

/** What is suggested for a program; nothing of it may bring a compile error. */
function suggestions(given: Given | string): readonly Offered[] {
  const all = offered(given);
  expect(all.flatMap(({ errors, id }) => errors.map((error) => `${id}: ${error}`))).toEqual([]);
  return all;
}

const ids = (given: Given | string): readonly string[] => suggestions(given).map(({ id }) => id);

/** One of the programs is this one. */
function expectOffered(given: Given | string, wanted: string): void {
  expect(suggestions(given).map(({ after }) => after)).toContain(dedent(wanted));
}

const load = 'declare function load(id?: string): Promise<number>;';

describe.each(PROVIDERS)('S1, the top of a file that is no ES module, by %s', (provider) => {
  const main = `
    export async function main() {}
    main();
  `;
  test.each([
    { in: 'a .ts of a CommonJS package', type: 'commonjs' },
    { in: 'a .cts', filename: 'file.cts' },
    {
      in: 'what a package of CommonJS runs as it is, though its tsconfig speaks of a bundler',
      type: 'commonjs',
      compilerOptions: { module: 'Preserve' },
    },
    {
      in: 'a file that is compiled to CommonJS',
      compilerOptions: { module: 'CommonJS', moduleResolution: 'Bundler' },
    },
    {
      in: 'ES modules that cannot wait',
      compilerOptions: { module: 'ES2020', moduleResolution: 'Bundler' },
    },
    {
      in: 'a target without async functions',
      compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler', target: 'ES2015' },
    },
  ] as const)('offers no `await` in $in', (given) => {
    expect(ids({ code: main, provider, ...given })).toEqual([]);
  });
  test.each([
    { in: 'a .ts of a package of ES modules' },
    { in: 'a .mts of a CommonJS package', filename: 'file.mts', type: 'commonjs' },
    { in: 'a file for a bundler', type: 'unsaid', compilerOptions: { module: 'Preserve' } },
    {
      in: 'ESNext',
      type: 'unsaid',
      compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler' },
    },
  ] as const)('offers it in $in', (given) => {
    expect(ids({ code: main, provider, ...given })).toEqual(['awaitIt']);
  });
  test('offers none in a script, which imports and exports nothing', () => {
    const compilerOptions = { module: 'ESNext', moduleResolution: 'Bundler' };
    expect(ids({ code: `${load} load();`, provider, compilerOptions })).toEqual([]);
  });
});

test('a test whose clock stands still is offered no `await`', () => {
  const code = `
    ${load}
    declare const vi: { useFakeTimers(): void; advanceTimersByTimeAsync(ms: number): Promise<void> };
    declare function test(name: string, run: () => Promise<void>): void;
    vi.useFakeTimers();
    test('a', async () => {
      load();
      await vi.advanceTimersByTimeAsync(10);
    });
  `;
  const offers = ids({ code, filename: 'a.test.ts', preset: 'structured-type-checked' });
  expect(offers).not.toContain('awaitIt');
});

describe.each(PROVIDERS)('a signal that may be missing, by %s', (provider) => {
  const code = `
    interface Options { readonly signal?: AbortSignal; readonly depth?: number }
    declare function get(url: string, options?: Options): Promise<string>;
    export async function page(url: string, own: Options, signal?: AbortSignal): Promise<string> {
      return await get(url, { depth: 1 });
    }
    export async function pages(url: string, options?: Options): Promise<string[]> {
      const init = { depth: 2 };
      return [await get(url), await get(url, init), await get(url, options)];
    }
  `;
  const offeredUnder = (exactOptionalPropertyTypes: boolean): readonly Offered[] =>
    offered({
      code,
      provider,
      preset: 'strict-type-checked',
      compilerOptions: { exactOptionalPropertyTypes },
    }).filter(({ rule }) => rule === 'forward-signal');
  test('is left out where it is, under exactOptionalPropertyTypes', () => {
    const texts = offeredUnder(true).map(({ after }) => after);
    expect(texts.map((after) => /\{[^{}]*\.\.\.\(.*$/m.exec(after)?.[0])).toEqual([
      '{ depth: 1, ...(signal && { signal }) });',
      '{ depth: 1, ...(own.signal && { signal: own.signal }) });',
      '{ ...(options?.signal && { signal: options?.signal }) }), await get(url, init), await get(url, options)];',
      '{ ...init, ...(options?.signal && { signal: options?.signal }) }), await get(url, options)];',
    ]);
  });
  test.each([true, false])('compiles, exact or not: %s', (isExact) => {
    const all = offeredUnder(isExact);
    expect(all.flatMap(({ errors }) => errors)).toEqual([]);
    expect(all).toHaveLength(4);
  });
});

describe.each(PROVIDERS)('the import of the runtime, by %s', (provider) => {
  const code = `
    ${load}
    export async function save(): Promise<void> {
      load();
      await load('a');
    }
  `;
  test('is written where the package resolves', () => {
    expect(ids({ code, provider })).toContain('restInGroup');
  });
  test('is not written where it is not installed', () => {
    expect(ids({ code, provider, hasRuntime: false })).toEqual(['awaitIt']);
  });
  test('is asked for by the message that has no other advice', () => {
    const both = `${load} export const both = () => Promise.all([load('a'), load('b')]);`;
    const said = (hasRuntime: boolean): string[] =>
      messages({ code: both, provider, hasRuntime }).filter((each) => each.includes('a group'));
    expect(said(false)).toEqual([expect.stringContaining('`mooring`, which is not installed')]);
    expect(said(true)).toEqual([expect.not.stringContaining('installed')]);
  });
  test.each([
    { under: 'Node 16 from CommonJS', type: 'commonjs', compilerOptions: { module: 'Node16' } },
    {
      under: 'node10',
      compilerOptions: { module: 'ESNext', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    },
    {
      under: 'CommonJS as it is written',
      type: 'commonjs',
      compilerOptions: { module: 'NodeNext', verbatimModuleSyntax: true },
    },
  ] as const)('is not written under $under', ({ compilerOptions, ...given }) => {
    expect(ids({ code, provider, compilerOptions, ...given })).not.toContain('restInGroup');
  });
  test('is written in CommonJS that may require ES modules', () => {
    expect(ids({ code, provider, type: 'commonjs' })).toContain('restInGroup');
    expect(ids({ code, provider, filename: 'file.cts' })).toContain('restInGroup');
  });
});

describe('S2, an await that a handler stands around', () => {
  const given = `
    ${load}
    declare function wait(ms: number): Promise<void>;
  `;
  test.each([
    `export async function get() {
      const page = load();
      await wait(1);
      try { return await page; } catch { return 'fallback'; }
    }`,
    `export async function get() {
      const page = load();
      await wait(1);
      return Promise.allSettled([page]);
    }`,
    `export async function get() {
      const page = load();
      await wait(1);
      return Promise.any([page]);
    }`,
    `export async function get(close: () => void) {
      const page = load();
      await wait(1);
      try { await page; } finally { close(); }
    }`,
  ])('is left where it is: %#', (code) => {
    expect(ids(given + code)).toEqual([]);
  });
  test('is left also where a group is open', () => {
    expect(
      ids(`
        import { TaskGroup } from 'mooring';
        ${given}
        await TaskGroup.run(async (group) => {
          const page = load();
          await wait(1);
          try { await page; } catch { return 'fallback'; }
        });
      `),
    ).toEqual([]);
  });
});

describe('S3, what a later line brings about', () => {
  test.each([
    `declare function nextMessage(): Promise<string>;
     declare function send(text: string): Promise<void>;
     export async function ask() {
       const message = nextMessage();
       await send('hello');
       return await message;
     }`,
    `declare const page: { reply(name: string): Promise<string>; click(): Promise<void> };
     export async function download() {
       const download = page.reply('download');
       await page.click();
       return await download;
     }`,
    `declare function reply(): Promise<string>;
     declare const socket: { emit(text: string): Promise<void> };
     export async function ask() {
       const answer = reply();
       await socket.emit('hello');
       return await answer;
     }`,
  ])('is not awaited before that line: %#', (code) => {
    const found = ids(code);
    expect(found).not.toContain('awaitHere');
    expect(found).toContain('restInGroup');
  });
});

describe('S4, what was found out of a value before', () => {
  const given = `
    import { TaskGroup } from 'mooring';
    declare function load(id: string): Promise<number>;
    declare function maybe(): string | undefined;
    declare const config: { name?: string };
  `;
  test.each([
    `await TaskGroup.run((group) => { if (config.name) load(config.name); });`,
    `await TaskGroup.run((group) => {
      let name = maybe();
      while (name) { load(name); name = maybe(); }
    });`,
    `export class Page {
      name?: string;
      open() {
        return TaskGroup.run((group) => { if (this.name !== undefined) load(this.name); });
      }
    }`,
    `await TaskGroup.run((group) => {
      if (!config.name) return;
      void load(config.name);
    });`,
    `export async function both() {
      if (!config.name) return;
      load('first');
      await load(config.name);
    }`,
  ])('is not lost in a function: %#', (code) => {
    expect(ids(given + code).filter((id) => id !== 'awaitIt' && id !== 'awaitAsync')).toEqual([]);
  });
  test('is not in danger where an object has it, or a method of the same is called', () => {
    const code = `
      declare const updates: { path: string | undefined }[];
      export class Client {
        readonly path?: string;
        async find(name: string) { return [await load(name), this.path ?? '']; }
        where(): string | undefined { return this.path; }
        async all() {
          updates.push({ path: this.path });
          updates.push({ path: this.where() });
          const first = this.find(String(this.path));
          const second = this.find(String(this.where()));
          return [await first, await second];
        }
      }`;
    expect(ids(given + code)).toContain('restInGroup');
  });
  test('is kept of a constant name', () => {
    expect(
      ids(`${given} await TaskGroup.run((group) => {
        const name = maybe();
        if (name !== undefined) load(name);
      });`),
    ).toContain('createTask');
  });
});

describe('S5, all of a list', () => {
  const given = `
    declare function send(file: string): Promise<void>;
    declare const options: { files?: string[] };
  `;
  test('is not rewritten where it says what each gives', () => {
    const code = `declare function put(pairs: [string, number][]): void;
      declare function size(name: string): Promise<number>;
      export async function all(names: string[]) {
        put(await Promise.all(names.map<Promise<[string, number]>>(async (n) => [n, await size(n)])));
      }`;
    expect(ids(code)).toEqual([]);
  });
  test('that may not be there', () => {
    expectOffered(
      `${given} export async function all() { options.files?.map((file) => send(file)); }`,
      `${given} export async function all() { await Promise.all(options.files?.map((file) => send(file)) ?? []); }`,
    );
  });
  test('that a function may not give', () => {
    expectOffered(
      `declare function start(): Promise<void>[] | undefined;
       export async function all() { start(); }`,
      `declare function start(): Promise<void>[] | undefined;
       export async function all() { await Promise.all(start() ?? []); }`,
    );
  });
  test('of a map, which is gone through by its entries', () => {
    expectOffered(
      `declare function startAll(): Map<string, Promise<void>>;
       export async function all() { startAll(); }`,
      `declare function startAll(): Map<string, Promise<void>>;
       export async function all() { await Promise.all(startAll().values()); }`,
    );
  });
});

describe('S6, `void` where its value is taken', () => {
  test.each([
    ['async (): Promise<void> => void load()', 'async (): Promise<void> => void (await load())'],
    [
      'async (): Promise<void> => { return void load(); }',
      'async (): Promise<void> => { return void (await load()); }',
    ],
    [
      'async (ready: boolean): Promise<undefined> => ready ? void load() : undefined',
      'async (ready: boolean): Promise<undefined> => ready ? void (await load()) : undefined',
    ],
    ['async () => [void load()]', 'async () => [void (await load())]'],
  ])('stays: %s', (before, after) => {
    expectOffered(`${load} export const run = ${before};`, `${load} export const run = ${after};`);
  });
});

describe('S7, an error of its own at the deadline', () => {
  const given = `
    declare function work(): Promise<string>;
    class LateError extends Error {}
    const rejectWith = (error: Error, ms: number) =>
      new Promise<never>((_, reject) => setTimeout(() => reject(error), ms));
  `;
  test('is not exchanged where it is told by its class', () => {
    expect(
      ids(
        `${given} export const get = () => Promise.race([work(), rejectWith(new LateError(), 750)]);`,
      ),
    ).toEqual([]);
  });
  test('and the suggestion says that it is another', () => {
    const [first] = offered(`${given}
      export const get = () => Promise.race([
        work(),
        new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 750)),
      ]);`);
    expect(first?.says).toMatch(/TimeoutError/);
  });
});

describe('S8, a queue that is started later', () => {
  test.each([
    `declare const q: { add(work: () => number): Promise<number>; start(): void };
     export async function all(ns: number[]) {
       for (const n of ns) q.add(() => n);
       q.start();
     }`,
    `declare class Pool { add(work: () => number): Promise<number>; onIdle(): Promise<void> }
     export async function all(pool: Pool, ns: number[]) {
       for (const n of ns) void pool.add(() => n);
       await pool.onIdle();
     }`,
    `export class Jobs {
       declare queue: { push(work: () => number): Promise<number>; resume(): void };
       async all(ns: number[]) {
         ns.map((n) => n);
         this.queue.push(() => 1);
         this.queue.resume();
       }
     }`,
  ])('is not waited for at each job: %#', (code) => {
    expect(ids(code)).not.toContain('awaitIt');
  });
});

describe('S9, a service that runs until it is closed', () => {
  test.each([
    `declare const worker: { run(): Promise<void> };
     export async function main() { worker.run(); }`,
    `declare function pollForever(): Promise<void>;
     export async function main() { pollForever(); }`,
    `${load}
     async function serve() { while (true) await load(); }
     export async function main() { void serve(); }`,
    `${load}
     export class Consumer {
       async start() { this.#loop(); }
       async #loop() { for (;;) await load(); }
     }`,
  ])('is not waited for: %#', (code) => {
    expect(ids(code)).not.toContain('awaitIt');
  });
});

describe('S10, a group of one task', () => {
  test('is not offered', () => {
    expect(ids(`${load} export async function get() { load(); }`)).toEqual(['awaitIt']);
  });
  test('the rest of the block is its body instead', () => {
    expectOffered(
      `
        import { TaskGroup } from 'mooring';
        ${load}
        export async function get(): Promise<number> {
          load('a');
          const page = await load('b');
          return page;
        }
      `,
      `
        import { TaskGroup } from 'mooring';
        ${load}
        export async function get(): Promise<number> {
          return await TaskGroup.run(async (group) => {
            group.createTask(() => load('a'));
            const page = await load('b');
            return page;
          });
        }
      `,
    );
  });
  test.each([
    'for (const id of ids) { load(); if (id) continue; await load(id); }',
    'if (ids.length > 0) { load(); return; }',
    'load(); var later = await load(); ids.push(String(later)); function never() {} ',
  ])('not where the rest leaves the block, or is needed outside of it: %s', (body) => {
    expect(
      ids(`${load} export async function get(ids: string[]) { ${body} never?.(); }
        declare const never: undefined | (() => void);`),
    ).not.toContain('restInGroup');
  });
});

describe('S11, the lines of a file', () => {
  test('are indented by tabs, and broken by what breaks them', () => {
    const file = (lines: readonly string[]): string => lines.join('\r\n');
    const [, after] = offered({
      code: file([load, 'export async function get() {', '\tload();', '\tawait load();', '}']),
    });
    expect(after?.after).toBe(
      file([
        "import { TaskGroup } from 'mooring';",
        load,
        'export async function get() {',
        '\tawait TaskGroup.run(async (group) => {',
        '\t\tgroup.createTask(() => load());',
        '\t\tawait load();',
        '\t});',
        '}',
      ]),
    );
  });
});

describe('the words of a file', () => {
  test('have no semicolon, and double quotes, where the file has', () => {
    expectOffered(
      `
        import { other } from "node:os"
        export async function get(load: () => Promise<void>) {
          load()
          await load()
        }
      `,
      `
        import { other } from "node:os"
        import { TaskGroup } from "mooring"
        export async function get(load: () => Promise<void>) {
          await TaskGroup.run(async (group) => {
            group.createTask(() => load())
            await load()
          })
        }
      `,
    );
  });
  test('a function that is sent to a page has no import of the file', () => {
    expect(
      ids(`
        declare const page: { evaluate(body: () => Promise<void>): Promise<void> };
        await page.evaluate(async () => {
          fetch('/a');
          await fetch('/b');
        });
      `),
    ).toEqual(['awaitIt']);
  });
  test('who wrote `void` is not told to await where more comes below', () => {
    expect(ids(`${load} export async function get() { void load(); await load(); }`)).toEqual([
      'restInGroup',
    ]);
  });
});

describe('S12, a function that is not async', () => {
  test.each([
    [
      'an exported function',
      'export function get(): void { load(); }',
      'export async function get(): Promise<void> { await load(); }',
    ],
    [
      'an arrow function',
      'export const get = () => void load();',
      'export const get = async () => void (await load());',
    ],
    [
      'a function whose callers can wait',
      'function get() { load(); } export async function main() { get(); await get(); }',
      'async function get() { await load(); } export async function main() { await get(); await get(); }',
    ],
    [
      'one whose caller becomes async with it',
      'function get() { load(); } function main() { get(); } export async function all() { main(); }',
      'async function get() { await load(); } async function main() { await get(); } export async function all() { await main(); }',
    ],
    [
      'a private method',
      'export class Page { #get() { load(); } async open() { this.#get(); } }',
      'export class Page { async #get() { await load(); } async open() { await this.#get(); } }',
    ],
    [
      'a static method with words before its name',
      'export class Page { private static get(): void { load(); } }',
      'export class Page { private static async get(): Promise<void> { await load(); } }',
    ],
    [
      'a function for a parameter that takes a promise',
      'declare function it(name: string, body: () => void | Promise<void>): void; it("a", () => { load(); });',
      'declare function it(name: string, body: () => void | Promise<void>): void; it("a", async () => { await load(); });',
    ],
    [
      '`forEach` with an async function',
      'export async function all(ids: string[]) { ids.forEach(async (id) => { if (!id) return; await load(id); }); }',
      'export async function all(ids: string[]) { for (const id of ids) { if (!id) continue; await load(id); } }',
    ],
    [
      '`forEach` of a list that may not be there',
      'export async function all(ids?: string[]) { ids?.forEach(async (id) => { await load(id); }); }',
      'export async function all(ids?: string[]) { for (const id of ids ?? []) { await load(id); } }',
    ],
    [
      '`forEach` in a function that is not async',
      'export function all(ids: string[]) { ids.forEach(async (id) => { await load(id); }); }',
      'export async function all(ids: string[]) { for (const id of ids) { await load(id); } }',
    ],
  ])('is made async: %s', (_, before, after) => {
    expectOffered(`${load} ${before}`, `${load} ${after}`);
  });
  test('a handler whose `catch` was to see the error', () => {
    expectOffered(
      `${load}
      declare function toast(text: string): void;
      declare function on(event: string, listener: () => void): void;
      const toggle = () => { try { load(); } catch { toast('failed'); } };
      on('click', toggle);
      on('key', () => { try { load(); } catch { toast('failed'); } });`,
      `${load}
      declare function toast(text: string): void;
      declare function on(event: string, listener: () => void): void;
      const toggle = async () => { try { await load(); } catch { toast('failed'); } };
      on('click', toggle);
      on('key', () => { try { load(); } catch { toast('failed'); } });`,
    );
  });
  test.each([
    ['one that gives a result', 'export function get() { load(); return 1; }'],
    [
      'one that a caller drops',
      'function get() { load(); } export const main = () => { get(); return 1; };',
    ],
    ['a constructor', 'export class Page { constructor() { load(); } }'],
    ['a setter', 'export class Page { set page(id: string) { load(id); } }'],
    [
      'a handler',
      'declare function on(name: string, listener: () => void): void; on("a", () => { load(); });',
    ],
    [
      'a method that a base class calls',
      'declare class Base { open(): void } export class Page extends Base { open() { load(); } }',
    ],
    ['a hook of React', 'export function usePage() { load(); }'],
    ['a generator', 'export function* pages() { load(); yield 1; }'],
    [
      'one that is handed to who drops it',
      'declare function on(listener: () => void): void; function get() { load(); } on(get);',
    ],
  ])('stays as it is: %s', (_, code) => {
    expect(ids(`${load} ${code}`)).toEqual([]);
  });
});

describe('the advice of a message fits its place', () => {
  test.each([
    ['an async function', 'export async function get() { load(); }', /Await it, or make it a task/],
    [
      'a function that could be async',
      'export function get() { load(); }',
      /Make the function around it async/,
    ],
    [
      'a handler',
      'declare function on(listener: () => void): void; on(() => { load(); });',
      /Handle its error here, or make it a task of a group that outlives/,
    ],
    [
      'an effect',
      'declare function useEffect(effect: () => void | (() => void)): void; useEffect(() => { load(); });',
      /Handle its error, and see that the clean-up/,
    ],
    [
      'a constructor',
      'export class Page { constructor() { load(); } }',
      /a method that its owner awaits/,
    ],
    [
      'a service',
      'declare const worker: { run(): Promise<void> }; export async function main() { worker.run(); }',
      /list `worker.run` in `settings.mooring.safeCalls`/,
    ],
  ])('in %s', (_, code, advice) => {
    expect(messages(`${load} ${code}`)).toEqual([expect.stringMatching(advice)]);
  });
  test('at the top of CommonJS', () => {
    expect(messages({ code: `${load} load(); export {};`, type: 'commonjs' })).toEqual([
      expect.stringMatching(/Give it a `catch`/),
    ]);
  });
});
