// Where no `await` is offered, because it would do harm, and the like of it where one is.
import { afterAll, describe, expect, test, vi } from 'vitest';

import { type Given, messages, offered, removeProjects } from './support/suggestions.js';

vi.setConfig({ testTimeout: 300_000 });
afterAll(removeProjects);

const WAITS = new Set([
  'awaitAll',
  'awaitAsync',
  'awaitAsyncOpen',
  'awaitHere',
  'awaitIt',
  'forOf',
]);

const GIVEN = `
  declare function load(id?: string): Promise<number>;
  declare function save(): Promise<void>;
  declare const server: {
    start(): Promise<void>;
    stop(): void;
    on(event: string, run: () => void): void;
    onClose(run: () => void): void;
    onmessage: (() => void) | undefined;
  };
  declare const store: { get(id: string): Promise<number>; set(id: string, value: number): void };
  declare function test(name: string, run: () => void | Promise<void>): void;
  declare function expect(value: unknown): { toBe(other: unknown): void };
`;

/** The suggestions that wait, of those for a program. */
function waits(given: Given | string): readonly string[] {
  const details = typeof given === 'string' ? { code: given } : given;
  const all = offered({ ...details, code: GIVEN + details.code });
  expect(all.flatMap(({ errors, id }) => errors.map((error) => `${id}: ${error}`))).toEqual([]);
  return all.map(({ id }) => id).filter((id) => WAITS.has(id));
}

describe('a later line registers a listener', () => {
  test.each([
    `
    declare const app: { get(path: string, run: () => void): void };
    export async function serve() {
      server.start();
      app.get('/page', () => {});
    }`,
    `
    declare const commands: { registerCommand(name: string, run: () => void): number };
    declare const subscriptions: number[];
    export async function activate() {
      server.start();
      subscriptions.push(commands.registerCommand('stop', () => server.stop()));
    }`,
    `    export async function serve() {
      server.start();
      server.on('error', () => {});
    }`,
    `    export async function serve(isQuiet: boolean) {
      if (!isQuiet) {
        Promise.race([server.start(), load()]).then(() => {});
      }
      server.onmessage = () => {};
    }`,
    `    export const serve = () => {
      server.start();
      server.onClose(() => server.stop());
    };`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    declare const db: { step(name: string, run: () => Promise<void>): Promise<void> };
    export async function serve() {
      server.start();
      await db.step('all', async () => {});
    }`,
    `
    declare const all: readonly (typeof server)[];
    export async function serve() {
      for (const each of all) {
        each.on('error', () => {});
        each.start();
      }
    }`,
    `    export async function serve() {
      server.on('error', () => {});
      server.start();
    }`,
    `    export async function serve(isQuiet: boolean) {
      if (isQuiet) {
        server.start();
        return;
      }
      server.on('error', () => {});
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('a later line settles what it may wait for', () => {
  test.each([
    `    export async function race() {
      let open = () => {};
      const opened = new Promise<void>((resolve) => { open = resolve; });
      opened.then(save);
      save();
      open();
    }`,
    `    export async function race() {
      const resolve: ((value: number) => void)[] = [];
      const first = new Promise<number>((done) => { resolve.push(done); });
      first.then((value) => load(String(value)));
      resolve[0]?.(1);
    }`,
    `    declare const clock: { tick(ms: number): void };
    export async function late() {
      load();
      clock.tick(10);
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `    declare const queue: { subscribe(run: (m: { ack(): Promise<void> }) => void | Promise<void>): void };
    export const first = () => new Promise<unknown>((resolve) => {
      queue.subscribe((m) => {
        m.ack();
        resolve(m);
      });
    });`,
    `    export async function both() {
      save();
      await load();
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('a later line waits for what it brings about', () => {
  test.each([
    `
    export async function pack(data: Uint8Array<ArrayBuffer>, gzip: CompressionStream) {
      const writer = gzip.writable.getWriter();
      writer.write(data);
      writer.close();
      const parts = [];
      for (const reader = gzip.readable.getReader(); ; ) {
        const { value, done } = await reader.read();
        if (done) return parts;
        parts.push(value);
      }
    }`,
    `    declare function waitForOutput(of: unknown): Promise<string>;
    export async function output() {
      server.start();
      return await waitForOutput(server);
    }`,
    `    declare const page: { click(): Promise<void>; waitForNavigation(): Promise<string> };
    export async function go(isOpen: boolean) {
      if (!isOpen) page.click();
      const url = await page.waitForNavigation();
      return url;
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    declare const client: { dispose(): Promise<void>; waitForClose(): Promise<void> };
    export async function end() {
      client.dispose();
      await client.waitForClose();
    }`,
    `    declare function wait(ms: number): Promise<void>;
    export async function output() {
      server.start();
      await wait(10);
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('a test that starts a thing, and sets it off', () => {
  test.each([
    {
      filename: 'a.test.ts',
      code: `
    declare function serve(run: (tell: (text: string) => Promise<void>) => Promise<void>): number;
    test('is told twice', async () => {
      const sent = load();
      expect(serve(async (tell) => {
        tell('a');
        await sent;
        await tell('b');
      })).toBe(1);
      await sent;
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `    test('reads', async () => {
      store.get('a');
      store.set('a', 2);
      expect(await store.get('a')).toBe(2);
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `    declare const bus: { emit(event: string): void };
    test('answers', async () => {
      load();
      bus.emit('loaded');
      await save();
    });`,
    },
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    {
      filename: 'a.test.ts',
      code: `
    test('is told', async () => {
      const told = load();
      save();
      await told;
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `
    declare const user: { type(text: string): Promise<void>; click(name: string): Promise<void> };
    test('types', async () => {
      user.type('a');
      await user.click('save');
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `    test('reads', async () => {
      save();
      expect(await store.get('a')).toBe(2);
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `
    declare const queue: { subscribe(run: (m: { ack(): Promise<void> }) => void | Promise<void>): void };
    test('is told', async () => {
      await new Promise<unknown>((resolve) => {
        queue.subscribe((m) => {
          m.ack();
          resolve(m);
        });
      });
    });`,
    },
    `    export async function write() {
      store.get('a');
      store.set('a', 2);
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('a person has to answer', () => {
  test.each([
    `
    export class State {
      #closed = () => {};
      async showDialog(text: string) {
        console.log(text);
        await new Promise<void>((resolve) => { this.#closed = resolve; });
      }
      async showError() { return await this.showDialog('error'); }
      async open() {
        this.showError();
        await load();
        this.#closed();
      }
    }`,
    `    declare function showErrorDialog(text: string): Promise<void>;
    export async function open() {
      showErrorDialog('No such page');
      await load();
    }`,
    `    declare const SheetManager: { show(name: string): Promise<unknown> };
    export async function open() {
      await load();
      SheetManager.show('news');
    }`,
    `    async function check() { if (await confirmed()) await save(); }
    async function confirmed() { return await askUser(); }
    declare function askUser(): Promise<boolean>;
    export async function open() {
      void check();
    }`,
    `    declare function askUser(): Promise<boolean>;
    async function far() { await nearer(); }
    async function nearer() { await near(); }
    async function near() { await close(); }
    async function close() { await closest(); }
    async function closest() { await askUser(); }
    export async function start() {
      void far(); // Too far to be followed, which says nothing of what is nearer.
      await save();
    }
    export async function open() {
      close();
    }`,
    `    // @ts-expect-error It is not installed.
    import { dialog as box } from 'electron';
    const dialog = box as { showMessageBox(options: object): Promise<number> };
    export async function quit() {
      dialog.showMessageBox({ message: 'Sure?' });
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    export class Page {
      async openShareDialog() { await load('share'); }
      async share() {
        this.openShareDialog();
        await save();
      }
    }`,
    `    async function check() { if (await load()) await save(); }
    export async function open() {
      check();
    }`,
    `
    declare function askUser(): Promise<boolean>;
    async function check() {
      if (await load()) await askUser();
      if (Date.now() > 0 && !(await askUser())) return;
    }
    export async function open() {
      check();
      await save();
    }`,
    `    declare function showPage(id: string): Promise<void>;
    export async function open() {
      showPage('a');
      await load();
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('what is given back is there already', () => {
  test.each([
    `
    const running = new Set<string>();
    export function sync(id: string): boolean {
      running.add(id);
      load(id).finally(() => running.delete(id));
      return false;
    }`,
    `
    declare const view: { preload(): Promise<void> };
    view.preload();
    export {};`,
    `
    const pages: Record<string, Promise<number>> = {};
    export async function sync(id: string) {
      pages[id] = load(id);
      pages[id].finally(() => { delete pages[id]; });
    }`,
    `    const cache = new Map<string, number>();
    export async function get(id: string, isStale: boolean): Promise<number> {
      const cached = cache.get(id);
      if (cached !== undefined) {
        if (isStale) load(id).then((page) => cache.set(id, page));
        return cached;
      }
      return await load(id);
    }`,
    `    declare const rows: number[];
    export async function first(isOld: boolean): Promise<number | undefined> {
      const row = rows[0];
      // Load again in the background.
      if (isOld) {
        load('rows');
      }
      await save();
      return row;
    }`,
    `    declare function read(id: string): Promise<number>;
    export async function page(id: string, known?: number): Promise<number> {
      const before = known;
      if (before !== undefined) {
        read(id).then((page) => { known = page; });
        return before;
      }
      return await read(id);
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    declare const spinner: { stop(): void };
    export async function add(id: string) {
      load(id).finally(() => spinner.stop());
    }`,
    `    export async function add(id: string): Promise<string> {
      const name = id + '!';
      load(name);
      return name;
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('the other way of an `if` waits for the same work', () => {
  test.each([
    `
    export async function writeAll(ids: string[], isNonBlocking: boolean) {
      const all = ids.map((id) => load(id));
      if (isNonBlocking) {
        Promise.all(all);
        return ids;
      }
      await Promise.all(all);
      return ids;
    }`,
    `
    export async function write(isLate: boolean) {
      if (isLate) {
        save();
      } else {
        await save();
      }
    }`,
  ])('%s', (code) => {
    expect(waits(code)).toEqual([]);
  });

  test.each([
    `
    export async function write(isLate: boolean) {
      if (isLate) {
        save();
      }
      await save();
    }`,
    `
    export async function write(isLate: boolean, id: string) {
      if (isLate) {
        load(id);
      } else {
        await save();
      }
    }`,
  ])('and else it is offered: %s', (code) => {
    expect(waits(code)).not.toEqual([]);
  });
});

describe('a later line is not to come later than it does, or not at all', () => {
  test.each([
    `
    export async function all(ids: readonly string[]) {
      for (const id of ids) {
        try {
          await load(id);
        } catch {
          save();
        }
      }
    }`,
    {
      filename: 'view.tsx',
      code: `    declare function setOpen(isOpen: boolean): void;
    export async function submit() {
      save();
      setOpen(false);
    }`,
    },
    {
      filename: 'view.tsx',
      code: `    declare const panel: { hide(): void };
    declare function useCallback<T extends Function>(run: T, of: unknown[]): T;
    export const useFocus = () => useCallback((id: string) => {
      load(id);
      if (id) panel.hide();
    }, []);`,
    },
    `    declare const event: { preventDefault(): void };
    export async function submit() {
      save();
      event.preventDefault();
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    export async function all(id: string) {
      try {
        await load(id);
      } catch {
        save();
      }
    }`,
    {
      filename: 'view.tsx',
      code: `    declare function setOpen(isOpen: boolean): void;
    export async function submit() {
      setOpen(false);
      save();
    }`,
    },
    `    declare function setOwner(id: string): void;
    export async function submit() {
      save();
      setOwner('a');
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('its author does not wait, and more comes below', () => {
  test.each([
    `
    declare const request: { getPromise(): Promise<number> };
    export async function handle() {
      request.getPromise().finally(() => {});
      await save();
    }`,
    `    void load();
    console.log('started');
    save().catch(() => {});`,
    `    export async function apply(isNew: boolean) {
      void load();
      if (isNew) await save();
    }`,
    `    declare const pages: { ready: Promise<void> };
    export async function open() {
      pages.ready.then(() => console.log('ready'));
      await save();
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `    export async function apply(isNew: boolean): Promise<boolean> {
      if (isNew) {
        void load();
      }
      console.log('applied');
      return isNew;
    }`,
    {
      filename: 'a.test.ts',
      code: `    test('applies', async () => {
      load();
      expect(1).toBe(1);
    });`,
    },
    `    declare const pages: { ready: Promise<void> };
    export async function open() {
      pages.ready.then(() => console.log('ready'));
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('a function that others call, or that a value is made of', () => {
  test.each([
    `
    declare const hooks: { send(event: string): Promise<void> };
    export async function change(id: string) {
      await save();
      hooks.send('saved');
      hooks.send('changed');
      if (id !== '') hooks.send(id);
    }
    export async function close() {
      await save();
      hooks.send('closed');
    }`,
    `    declare const handlers: Record<string, (page: string) => Promise<void>>;
    export async function dispatch(events: Record<string, string>) {
      await save();
      for (const name of Object.keys(events)) handlers[name](events[name]);
    }`,
    `
    declare function debounce<T extends (...args: never[]) => unknown>(run: T): T;
    export const write = debounce((id: string) => {
      load(id);
      store.set(id, 1);
    });`,
    `    export function parse(lines: string[]) {
      for (const line of lines) {
        if (line === 'end') save();
      }
    }`,
    `    export class Reader {
      read(id: string) {
        load(id);
        store.set(id, 1);
      }
    }`,
    `    interface Atom<T> { readonly value: T }
    declare function atom<T>(read: (get: (id: string) => Promise<number>) => T): Atom<T>;
    export const page = atom((get) => {
      get('a');
    });`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `
    declare function useCallback<T extends Function>(run: T, of: unknown[]): T;
    export const useWrite = () => useCallback((id: string) => {
      store.set(id, 1);
      load(id);
    }, []);`,
    `    export function parse(line: string) {
      if (line === 'end') save();
    }`,
    `    declare function locked<T>(run: () => T | Promise<T>): Promise<T>;
    export async function page() {
      await locked(() => {
        load();
      });
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('the next round of a loop', () => {
  test.each([
    `    export async function poll() {
      await load();
      poll();
    }`,
    `    export class Watcher {
      async watch(): Promise<void> {
        await save();
        if (await load()) this.watch();
      }
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `    export async function walk(ids: readonly string[]): Promise<void> {
      await load(ids[0]);
      for (const id of ids) walk([id]);
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('the clock of a test stands still', () => {
  const clock = (body: string): Given => ({
    filename: 'a.test.ts',
    code: `
    declare const vi: { useFakeTimers(): void };
    declare function act(run: () => Promise<void>): Promise<void>;
    declare function atom(read: () => Promise<void>): { read: () => Promise<void> };
    vi.useFakeTimers();
    ${body}`,
  });
  test.each([
    `test('reads', async () => { load(); expect(1).toBe(1); });`,
    `test('reads', async () => { await act(async () => { load(); }); });`,
    `export async function read() { load(); }`,
  ])('is offered no wait: %#', (body) => {
    expect(waits(clock(body))).toEqual([]);
  });
  test('a function that the test does not wait for is', () => {
    const body = `test('reads', () => { expect(atom(async () => { load(); })).toBe(1); });`;
    expect(waits(clock(body))).toEqual(['awaitIt']);
  });
});

describe('a later line waits for it, or looks whether it is there', () => {
  test.each([
    `    export async function read() {
      const page = load();
      page.then((length) => store.set('a', length));
      for (let round = 0; round < 3; round++) await save();
      await page;
    }`,
    `    export async function* skip(items: AsyncIterable<number>) {
      let isOpen = false;
      load().then(() => (isOpen = true));
      for await (const item of items) if (isOpen) yield item;
    }`,
    `    export async function until() {
      let isDone = false;
      load().then(() => { isDone = true; });
      while (!isDone) await save();
    }`,
    {
      filename: 'a.test.ts',
      code: `
      declare function deferred(): { promise: Promise<void>; resolve(): void };
      test('answers', async () => {
        const answered = deferred();
        store.get('a');
        await answered.promise;
      });`,
    },
    `
    declare function it(name: string, run: (done: () => void) => void | Promise<void>): void;
    it('calls', (done) => {
      server.on('close', () => { done(); });
      load();
    });`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });
  test.each([
    `    export async function read() {
      const page = load();
      store.get('a');
      await page;
    }`,
    `    export async function known() {
      let isDone = false;
      load().then(() => { isDone = true; });
      return isDone;
    }`,
    `    export async function answers(answer: { promise: Promise<void> }) {
      store.get('a');
      await answer.promise;
    }`,
    `
    interface Test { equal(a: number, b: number): void }
    declare function it(name: string, run: (t: Test) => void | Promise<void>): void;
    it('calls', (t) => {
      t.equal(1, 1);
      load();
    });`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('several are started side by side', () => {
  const together = (given: Given | string): readonly string[] => {
    const details = typeof given === 'string' ? { code: given } : given;
    const all = offered({ ...details, code: GIVEN + details.code });
    expect(all.flatMap(({ errors, id }) => errors.map((error) => `${id}: ${error}`))).toEqual([]);
    return all
      .filter(({ id }) => id === 'awaitTogether')
      .map(({ after }) => after.slice(after.indexOf('export ')));
  };
  test('they are awaited together, with what is said between them', () => {
    const code = `
  export async function start() {
    load('a');

    // The totals.
    store.get('b'); // and more
    save();
    return 1;
  }`;
    const after = `export async function start() {
  await Promise.all([
    load('a'),

    // The totals.
    store.get('b'), // and more
    save(),
  ]);
  return 1;
}`;
    expect(together(code).map((text) => text.trim())).toEqual([after, after, after]);
  });
  test('in one line too', () => {
    const after = `export async function start() { await Promise.all([load('a'), save()]); }`;
    const code = `  export async function start() { load('a'); save(); }`;
    expect(together(code).map((text) => text.trim())).toEqual([after, after]);
  });
  test.each([
    `    export async function start() { load('a'); server.stop(); save(); }`,
    `    export async function start() { load('a'); if (server) save(); }`,
    `    export async function start() { save().catch(console.error); load('a'); }`,
    { filename: 'a.test.ts', code: `    test('a', async () => { load('a'); save(); });` },
  ])('what is not beside each other, and what a test does, is not: %#', (given) => {
    expect(together(given)).toEqual([]);
  });
});

describe('a jump leads to where its label stands', () => {
  const round = (jump: string): string => `
    export async function serve(ids: string[], parts: string[]) {
      all: for (const id of ids) {
        for (const part of parts) {
          server.start();
          ${jump};
        }
        server.on('error', () => {});
      }
    }`;

  test('so that a line between is no later one', () => {
    expect(waits(round('break all'))).toEqual(['awaitIt']);
    expect(waits(round('continue all'))).toEqual(['awaitIt']);
    expect(waits(round('break'))).toEqual([]);
    expect(waits(round('continue'))).toEqual([]);
  });

  test('and a line after the block that is left is one', () => {
    const left = `
      export async function serve(isQuiet: boolean) {
        done: {
          if (isQuiet) break done;
          server.start();
          break done;
        }
        server.on('error', () => {});
      }`;
    expect(waits(left)).toEqual([]);
  });
});

describe('a loop reads what comes from elsewhere, which a wait would hold up', () => {
  const READING = `
    declare const answer: AsyncIterable<string>;
    declare const reader: { read(): Promise<{ done: boolean; value: string }> };
    declare const parts: AsyncIterator<string>;
  `;

  test.each([
    `export async function show() {
      for await (const part of answer) load(part);
    }`,
    `export async function show() {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (value !== '') load(value);
      }
    }`,
    `export async function show() {
      let part = await parts.next();
      while (!part.done) {
        const { value } = part;
        part = await parts.next();
        switch (value) {
          case 'a':
            await load(value);
            break;
          default:
            for (const each of value) load(each);
        }
      }
    }`,
    `export async function show() {
      while (!(await parts.next()).done) save();
    }`,
    `export async function show() {
      for await (const part of answer) [part].map(load);
    }`,
    `export async function show() {
      for await (const part of answer) load(part);
      load();
    }`,
    `function keep(part: string) { load(part); }
    export async function show() {
      for await (const part of answer) keep(part);
    }`,
  ])('is offered no wait: %#', (code) => {
    expect(waits(READING + code)).toEqual([]);
  });

  test.each([
    `export async function show() {
      for await (const part of answer) {
        await save();
        load(part);
      }
    }`,
    `export async function show() {
      for await (const part of answer) {
        if (part === '') {
          save();
          break;
        }
      }
    }`,
    `export async function show() {
      for await (const part of answer) console.log(part);
      load();
    }`,
    `export async function show(ids: string[]) {
      for await (const page of ids.map(load)) load(String(page));
    }`,
    `export async function show(todo: { done: boolean; load(): Promise<number> }[]) {
      for (const each of todo) {
        const { done } = each;
        if (!done) each.load();
      }
    }`,
  ])('the like of it is: %#', (code) => {
    expect(waits(READING + code)).toHaveLength(1);
  });

  test('and the advice says what fits there', () => {
    const code = `
      declare function load(id: string): Promise<number>;
      declare const answer: AsyncIterable<string>;
      export async function show() {
        for await (const part of answer) load(part);
      }`;
    expect(messages(code)).toEqual([
      expect.stringMatching(/Handle its error, or make it a task of a group\.$/),
    ]);
  });
});

describe('who has marked it with void does not wait where more depends on it', () => {
  test.each([
    {
      filename: 'a.test.ts',
      code: `
    declare const observers: { next(value: number): void }[];
    test('goes on', async () => {
      void load('a');
      observers[1]!.next(1);
      await save();
    });`,
    },
    {
      filename: 'a.test.ts',
      code: `
    test('is loading', async () => {
      void load('a');
      await save();
      expect(store).toBe('loading');
    });`,
    },
    `    const started = load('a').catch(() => { void save(); });
    export async function status() {
      await started;
    }`,
    `    export class Page {
      started: Promise<void> | undefined;
      start() {
        this.started = save().then(() => { void load('a'); }).finally(() => server.stop());
      }
      async stop() {
        await this.started;
      }
    }`,
  ])('is offered no wait: %#', (given: Given | string) => {
    expect(waits(given)).toEqual([]);
  });

  test.each([
    {
      filename: 'a.test.ts',
      code: `
    test('goes on', async () => {
      await save();
      void load('a');
    });`,
    },
    `    export async function start() {
      await load('a').catch(() => { void save(); });
    }`,
  ])('the like of it is: %#', (given: Given | string) => {
    expect(waits(given)).toHaveLength(1);
  });
});

describe('the advice says of a wait what the suggestions say', () => {
  test.each([
    `export async function show() {
      void load('a');
      server.stop();
    }`,
    `export function show() {
      void load('a');
      server.stop();
    }`,
    `export async function show() {
      // In the background.
      load('a');
    }`,
  ])('where none is offered: %#', (code) => {
    expect(waits(code)).toEqual([]);
    expect(messages(GIVEN + code).join()).not.toMatch(/await it/i);
  });

  test.each([
    `export async function show() {
      server.stop();
      void load('a');
    }`,
    `export function show() {
      server.stop();
      void load('a');
    }`,
  ])('where one is: %#', (code) => {
    expect(waits(code)).toHaveLength(1);
    expect(messages(GIVEN + code).join()).toMatch(/await it/i);
  });
});

describe('a wait for a time is over by itself', () => {
  test.each(['wait(100)', 'waitForDuration(time)'])('%s may be waited for', (call) => {
    const code = `
      declare const time: number;
      declare function wait(ms: number): Promise<void>;
      declare function waitForDuration(ms: number): Promise<void>;
      export async function serve() {
        ${call};
      }`;
    expect(waits(code)).toEqual(['awaitIt']);
  });

  test('and what something else brings about may be not', () => {
    const code = `
      declare function waitForClient(port: number): Promise<void>;
      declare function eventually(what: string): Promise<void>;
      export async function serve(port: number) {
        waitForClient(port);
        eventually('ready');
      }`;
    expect(waits(code)).toEqual([]);
  });
});

describe('an error is on its way to the caller', () => {
  test('what would be told before it is not offered to be awaited', () => {
    expect(
      waits(`
      declare function logout(): Promise<void>;
      declare function notify(error: unknown): void;
      export async function check() {
        try {
          return await load();
        } catch (error) {
          logout();
          notify(error);
          throw error;
        }
      }`),
    ).toEqual([]);
  });

  test('what undoes the work is, and what comes after it where nothing is thrown', () => {
    expect(
      waits(`
      declare const database: { rollback(): Promise<void> };
      declare function logout(): Promise<void>;
      export async function check() {
        try {
          return await load();
        } catch (error) {
          database.rollback();
          throw error;
        }
      }
      export async function leave() {
        try {
          return await load();
        } catch {
          logout();
        }
        return undefined;
      }`),
    ).toEqual(['awaitIt', 'awaitIt']);
  });
});

describe('a chain has what is to be done with the result', () => {
  const toggled = (later: string): string => `
      declare const state: { isOn: boolean; size: number };
      export async function toggle() {
        load().then((size) => {
          state.size = size;
        });
        ${later}
      }`;

  test('and more comes below, which is there before', () => {
    expect(waits(toggled('state.isOn = !state.isOn; server.stop();'))).toEqual([]);
  });

  test('and nothing comes below', () => {
    expect(waits(toggled(''))).toEqual(['awaitIt']);
  });
});

describe('the work is put off', () => {
  test('a chain that begins with a pause is there for those that go on', () => {
    expect(
      waits(`
      declare function sleep(ms: number): Promise<void>;
      export async function restart() {
        await save();
        sleep(1000).then(() => save());
        return true;
      }`),
    ).toEqual([]);
  });

  test('a pause by itself was to be waited for', () => {
    expect(
      waits(`
      declare function sleep(ms: number): Promise<void>;
      export async function restart() {
        await save();
        sleep(1000);
        await load();
      }`),
    ).toEqual(['awaitIt']);
  });
});

test('no effect of a component is made async: what it gives is its clean-up', () => {
  const code = (hook: string): string => `
      declare function ${hook}(run: () => void): void;
      export function usePage(id: string) {
        ${hook}(() => {
          try {
            load(id);
          } catch {}
        });
      }`;
  expect(waits(code('useEffect'))).toEqual([]);
  expect(waits(code('useLayoutEffect'))).toEqual([]);
  expect(waits(code('watchPage'))).toEqual(['awaitAsync']);
});
