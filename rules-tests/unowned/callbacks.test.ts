import { expect, test } from 'vitest';

import { describeRule } from '../support/describe-rule.js';
import { lint } from '../support/lint.js';
import { dedent } from '../support/squiggles.js';

const given = `
      import assert from 'node:assert';
      import { EventEmitter } from 'node:events';
      declare function save(from?: unknown): Promise<void>;
      declare const anything: any;
      export {};`;

describeRule('no-async-void-callback', {
  allows: {
    'functions that an assertion calls and waits for': `${given}
      import { expect } from '@playwright/test';
      await assert.rejects(async () => { await save(); });
      await expect(async () => { await save(); }).rejects.toThrow();
      await expect(async () => { await save(); }).toPass();
      assert.throws(() => { JSON.parse('{'); });
    `,
    'in recommended a loop over a function that the file leaves wherever it names it': {
      code: `${given}
        declare const pages: string[];
        declare const shown: { on(listen: (page: string) => void): void };
        async function check(page: string) { await save(page); }
        export async function start() {
          await save();
          shown.on(check);
          pages.forEach(check);
        }
      `,
      options: { reports: 'mistakes' },
    },
    'a function that another has made, and cast to a type that gives a promise': `${given}
      export function later<Run extends (...given: any[]) => unknown>(run: Run, ms = 20): Run {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const put = (...given: any[]) => {
          clearTimeout(timer);
          timer = setTimeout(() => run(...given), ms);
        };
        return <Run>(<any>put);
      }
      declare const view: { on(name: string, listen: (this: void) => void): void };
      const saving = later(async () => { await save(); }, 1_000);
      view.on('show', saving);
      class Page {
        readonly #keep = later(async () => { await save(); });
        open() {
          view.on('hide', this.#keep);
          view.on('blur', later(save));
          view.on('key', () => this.#keep());
          view.on('end', () => saving());
        }
      }
      export { Page };
    `,
    'an expectation of the project itself': `${given}
      declare function expect(run: () => unknown): { toThrow(): Promise<void> };
      await expect(async () => { await save(); }).toThrow();
    `,
    'functions of the file that hand it to a chain, or keep it for code that takes what it gives': `${given}
      const run = (job: () => void) => { Promise.resolve().then(job).catch(anything); };
      run(async () => { await save(); });
      class Bus {
        #byName: Record<string, () => void> = {};
        on(name: string, listener: () => void) { this.#byName[name] = listener; }
        async emit(name: string) { await this.#byName[name]?.(); }
      }
      new Bus().on('a', async () => { await save(); });
      const jobs: (() => void)[] = [];
      const later = (job: () => void) => { jobs.push(job); };
      later(async () => { await save(); });
      jobs.push(async () => { await save(); });
      export async function drain() { for (const job of jobs.splice(0)) await job(); }
      class Hooks {
        readonly #byName = new Map<string, () => void>();
        on(name: string, hook: () => void) { this.#byName.set(name, hook); }
        all() { return Promise.all([...this.#byName.values()].map((hook) => hook())); }
      }
      new Hooks().on('a', async () => { await save(); });
    `,
    'a call that takes a listener away': `${given}
      declare const signal: {
        disconnect(slot: () => void): void;
        unbind(slot: () => void): void;
        connect(slot: () => void): void;
      };
      const slot = async () => { await save(); };
      signal.disconnect(slot);
      signal.unbind(slot);
    `,
    'a callee of which nothing is known': `${given}
      anything.run(async () => { await save(); });
      anything.on(async () => { await save(); });
    `,
    'in recommended a listener on any': {
      options: { reports: 'mistakes' },
      code: `${given}
        anything.on('close', async () => { await save(); });
      `,
    },
    'a callback that settles the promise around it both ways': `${given}
      export const done = new Promise<void>((resolve, reject) => {
        anything.commit(async (error: unknown) => {
          try {
            await save(error);
            resolve();
          } catch (e) {
            reject(e);
          }
        });
      });
    `,
  },
  reports: {
    'a function that another has made, which gives what it is handed gives': `${given}
      export function once<Run extends (...given: any[]) => unknown>(run: Run): Run {
        let result: unknown;
        const put = (...given: any[]) => (result ??= run(...given));
        return put as Run;
      }
      declare const view: { on(name: string, listen: (this: void) => void): void };
      const saving = once(async () => { await save(); });
      view.on('show', saving);
                      ~~~~~~ callback
    `,
    'M5: an async function that is looked at for what it throws': `${given}
      import { expect } from '@playwright/test';
      assert.doesNotThrow(async () => { await save(); });
                          ~~~~~~~~~~~ throw
      assert.throws(async () => save());
                    ~~~~~~~~~~~ throw
      expect(async () => { await save(); }).not.toThrow();
             ~~~~~~~~~~~ throw
      const run = async () => { await save(); };
      expect(run).toThrow(TypeError);
             ~~~ throw
    `,
    'M7: an async listener on what is any': `${given}
      anything.on('close', async () => { await save(); });
                           ~~~~~~~~~~~ callback
      anything.stream.once('end', async () => { await save(); });
                                  ~~~~~~~~~~~ callback
    `,
    'what has a method of the name `resolve` and settles nothing': `${given}
      import path, * as paths from 'node:path';
      declare const container: { resolve<T>(name: string): T };
      const write = async () => { await save(path.resolve('a')); };
      setTimeout(async () => { await write(); }, 1);
                 ~~~~~~~~~~~ callback
      setTimeout(async () => { await save(); paths.resolve('a'); }, 1);
                 ~~~~~~~~~~~ callback
      setTimeout(async () => { await container.resolve<Promise<void>>('a'); }, 1);
                 ~~~~~~~~~~~ callback
    `,
    'functions of the file that keep it for code that drops what it gives': `${given}
      class Bus {
        #byName: Record<string, () => void> = {};
        on(name: string, listener: () => void) { this.#byName[name] = listener; }
        emit(name: string) { this.#byName[name]?.(); }
      }
      new Bus().on('a', async () => { await save(); });
                        ~~~~~~~~~~~ callback
      const jobs: (() => void)[] = [];
      const later = (job: () => void) => { jobs.push(job); };
      later(async () => { await save(); });
            ~~~~~~~~~~~ callback
      jobs.push(async () => { await save(); });
                ~~~~~~~~~~~ callback
      export async function drain() { for (const job of jobs.splice(0)) job(); await save(); }
      const once = (job: () => void) => { try { job(); } catch (error) { anything(error); } };
      once(async () => { await save(); });
           ~~~~~~~~~~~ callback
    `,
    'listeners of an emitter that gives their errors to its listener for errors': `${given}
      const emitter = new EventEmitter({ captureRejections: true });
      emitter.on('error', (error) => { anything(error); });
      emitter.on('data', async () => { await save(); });
                         ~~~~~~~~~~~ handled
      setTimeout(async () => { await save(); }, 1);
                 ~~~~~~~~~~~ callback
    `,
    'M7: an emitter whose listeners are no more than functions': `${given}
      declare const bus: { on(event: string, listener: Function): void };
      bus.on('close', async () => { await save(); });
                      ~~~~~~~~~~~ callback
    `,
    'M7: a callback whose error leaves the promise around it pending': {
      options: { reports: 'mistakes' },
      code: `${given}
        export const a = new Promise<void>((ok, no) => {
          anything.commit(async (error: unknown) => {
                          ~~~~~~~~~~~~~~~~~~~~~~~~~… settler
            if (error) return no(error);
            await save();
            ok();
          });
        });
        export const b = new Promise<number>((resolve) =>
          anything.load(async (n: number) => {
                        ~~~~~~~~~~~~~~~~~~~… settler
            await save(n);
            resolve(n);
          }),
        );
      `,
    },
    'in recommended a loop over a function that another line waits for, or that nothing else names':
      {
        code: `${given}
        declare const pages: string[];
        async function check(page: string) { await save(page); }
        async function recheck(page: string) { await save(page); }
        export async function start() {
          await check('a');
          pages.forEach(check);
                        ~~~~~ loop
          pages.forEach(recheck);
                        ~~~~~~~ loop
        }
      `,
        options: { reports: 'mistakes' },
      },
    'forEach with a function by its name, which a loop awaits': {
      code: `${given}
        declare const items: string[];
        async function store(item: string) { await save(item); }
        async function put(item: string, index: number) { await save([item, index]); }
        export function saveAll() {
          items.forEach(store);
                        ~~~~~ loop
        }
        export const putAll = () => {
          items.forEach(put);
                        ~~~ loop
        };
      `,
      suggests: [
        [
          `${given}
        declare const items: string[];
        async function store(item: string) { await save(item); }
        async function put(item: string, index: number) { await save([item, index]); }
        export async function saveAll() {
          for (const each of items) {
            await store(each);
          }
        }
        export const putAll = () => {
          items.forEach(put);
        };
      `,
        ],
        [],
      ],
    },
    'filter, which asks all before it counts': {
      code: `${given}
        declare const users: string[];
        async function isActive(user: string) { await save(user); return user !== ''; }
        export async function active() {
          return users.filter(isActive);
                              ~~~~~~~~ predicate
        }
        export async function known() {
          const all = users.filter(async (name) => await isActive(name));
                                   ~~~~~~~~~~~~~~~ predicate
          return all;
        }
      `,
      suggests: [
        [
          `${given}
        declare const users: string[];
        async function isActive(user: string) { await save(user); return user !== ''; }
        export async function active() {
          return (await Promise.all(users.map(async (item) => ((await isActive(item)) ? [item] : [])))).flat();
        }
        export async function known() {
          const all = users.filter(async (name) => await isActive(name));
          return all;
        }
      `,
        ],
        [
          `${given}
        declare const users: string[];
        async function isActive(user: string) { await save(user); return user !== ''; }
        export async function active() {
          return users.filter(isActive);
        }
        export async function known() {
          const all = (await Promise.all(users.map(async (name) => ((await isActive(name)) ? [name] : [])))).flat();
          return all;
        }
      `,
        ],
      ],
    },
  },
  misses: {},
});

test('what is said of a caller that drops a promise is what is known of it', () => {
  const code = dedent(`${given}
    const emitter = new EventEmitter();
    emitter.on('close', async () => { await save(); });
    anything.on('close', async () => { await save(); });
    setTimeout(async () => { await save(); }, 1);
    [1].forEach(async () => { await save(); });
    declare function later(done: () => void): void;
    later(async () => { await save(); });
  `);
  const rules = { 'mooring/no-async-void-callback': 'error' } as const;
  const said = lint(code, { typed: true, rules }).map(({ message }) =>
    message.replace(/ th(e|is) .*/, ''),
  );
  expect(said).toEqual([
    'By its type `emitter.on` does not wait for',
    'Nothing here says that `anything.on` waits for',
    '`setTimeout` does not wait for',
    '`forEach` does not wait for',
    'By its type `later` does not wait for',
  ]);
});
