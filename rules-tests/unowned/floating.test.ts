import { describeRule } from '../support/describe-rule.js';

/** What the programs call. Each program is a module in which these functions are declared. */
const given = `
      declare function load(from?: unknown): Promise<string>;
      declare function find(id: string): Promise<string | undefined>;
      declare function maybe(): Promise<string> | undefined;
      declare function cached(): string | Promise<string>;
      declare const ids: readonly string[];
      declare const rows: readonly (readonly string[])[];
      export {};`;

/** A test whose mocks have the types of what they stand for. `jest` and `vi` are globals. */
const mocks = `${given}
      import { notify } from './notify.js';
      type Load = (id?: string) => Promise<string>;
      type Mock = Load & { mockResolvedValueOnce(value: string): void };
      declare global {
        const jest: {
          fn(implementation?: Load): unknown;
          mock(path: string, factory: () => object): void;
          mocked(real: unknown): Mock;
        };
        const vi: { fn<F>(implementation?: F): F };
      }
      declare function beforeEach(run: () => void): void;`;

describeRule('no-floating-promises', {
  allows: {
    'a call of a function that another has made, and cast to a type that gives a promise': `${given}
      export function later<Run extends (...given: any[]) => unknown>(run: Run, ms = 20): Run {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const put = (...given: any[]) => {
          clearTimeout(timer);
          timer = setTimeout(() => run(...given), ms);
        };
        return <Run>(<any>put);
      }
      const saving = later(async (id: string) => { await find(id); });
      export class Page {
        private readonly keep = later(async () => { await load(); });
        open() {
          this.keep();
          saving('a');
          void later(load)('b');
        }
      }
    `,
    'a mock that no line tells what to give': `${mocks}
      jest.mock('./notify.js', () => ({ notify: jest.fn() }));
      let notifying: Mock;
      beforeEach(() => {
        notifying = notify as Mock;
      });
      const store = { save: jest.fn() as Load };
      const loading = vi.fn<Load>();
      export function test() {
        notifying('a');
        jest.mocked(notify)('b');
        void store.save();
        loading('c').then(console.log);
      }
    `,
    'lists that are spread, or flat': `${given}
      await Promise.all([...ids.map(load), load()]);
      await Promise.all(rows.flatMap((row) => row.map(load)));
      await Promise.all(rows.map((row) => Promise.all(row.map(load))));
      await Promise.allSettled([ids, rows]);
    `,
    'tests of what may be no promise': `${given}
      if (maybe() !== undefined) console.log('there');
      if (typeof cached() === 'string') console.log('here');
      const first = load();
      if (load() === first) console.log('the same promise');
      if (load() instanceof Promise) console.log('a promise');
      if ((await find('a')) === undefined) console.log('none');
      switch (await find('b')) { case undefined: break; }
    `,
    'a chain with handlers that nobody can see': {
      options: { reports: 'mistakes' },
      code: `${given}
        declare const handlers: [() => void, (error: unknown) => void];
        function start() {
          load().then(...handlers);
          load().then(console.log).catch(...[console.error]);
        }
        console.log(start);
      `,
    },
  },
  reports: {
    'a mock that a line tells what to give, and what is none': `${mocks}
      jest.mock('./notify.js', () => ({ ...console, notify: jest.fn(), ...console }));
      const notifying = notify as Mock;
      const store = { save: jest.fn() as Load };
      const saving = store.save as Mock;
      const loading = vi.fn<Load>(load);
      let later = vi.fn<Load>();
      export function test() {
        saving.mockResolvedValueOnce('a');
        later = load;
        notifying('a');
        ~~~~~~~~~~~~~~ floating
        store.save();
        ~~~~~~~~~~~~ floating
        loading('c');
        ~~~~~~~~~~~~ floating
        later();
        ~~~~~~~ floating
      }
    `,
    'M2: a list of promises as one of the values': `${given}
      await Promise.all([ids.map((id) => load(id))]);
                         ~~~~~~~~~~~~~~~~~~~~~~~~~ nested
      await Promise.allSettled([load('x'), ids.map(load)]);
                                           ~~~~~~~~~~~~~ nested
      const all = await Promise.all(rows.map((row) => row.map(load)));
                                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ nested
      console.log(all.length);
    `,
    'M2: lists of lists that nobody takes': `${given}
      function start() {
        rows.map((row) => row.map(load));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ lists
      }
      await Promise.all(rows.map(async (row) => row.map(load)));
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ lists
      console.log(start);
    `,
    'M3: a promise compared with nothing': `${given}
      function check(id: string) {
        if (find(id) !== undefined) throw new Error('taken');
            ~~~~~~~~ tested
        const isFree = find(id) == null;
                       ~~~~~~~~ tested
        return isFree && undefined === find(id);
                                       ~~~~~~~~ tested
      }
      console.log(check);
    `,
    'M3: a promise asked for its type, for a member, for a case, for a truth': `${given}
      function ask(id: string) {
        if (typeof find(id) === 'string') return 1;
                   ~~~~~~~~ tested
        if ('name' in load(id)) return 2;
                      ~~~~~~~~ tested
        switch (find(id)) {
                ~~~~~~~~ tested
          case undefined:
            return 3;
        }
        return Boolean(find(id));
                       ~~~~~~~~ tested
      }
      console.log(ask, ids.filter((id) => Boolean(find(id))));
                                                  ~~~~~~~~ tested
    `,
    'M16: a handler that throws the error again': `${given}
        function start() {
          load().catch((error) => { throw error; });
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
          load().then(console.log, (error) => {
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~… floating
            console.error(error);
            throw error;
          });
          load().then(...[], () => {});
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
          load().catch((error) => Promise.reject(error));
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        }
        console.log(start);
    `,
    'M16: handlers that nobody can see, in structured': `${given}
      declare const handlers: [() => void, (error: unknown) => void];
      function start() {
        load().then(...handlers);
        ~~~~~~~~~~~~~~~~~~~~~~~~ chain
      }
      console.log(start);
    `,
  },
  misses: {},
});
