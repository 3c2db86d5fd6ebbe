import { describeRule } from '../support/describe-rule.js';

/** A program as `recommended` has it: what is wrong in any program. */
const recommended = (code: string, filename?: 'file.tsx') => ({
  code: `
      import { TaskGroup } from 'mooring';
      declare const items: string[];
      declare function load(id?: string): Promise<number>;
      declare function save(page?: unknown): Promise<void>;
      declare function report(error: unknown): void;
      declare function it(name: string, test: () => Promise<void> | void): void;
      declare function expect(value: unknown): { toBe(value: unknown): void };
      export { TaskGroup };
      ${code}`,
  options: { reports: 'mistakes' },
  ...(filename ? { filename } : {}),
});

describeRule('no-floating-promises', {
  allows: {
    'a permission that the system asks a person for, whose answer is not looked at': recommended(`
      declare const systemPreferences: { askForMediaAccess(kind: string): Promise<boolean> };
      export async function ask() {
        systemPreferences.askForMediaAccess('camera');
        Notification.requestPermission();
        await load();
      }
    `),
    'a log by whatever connection, and an event that is told to the other end of it': recommended(`
      declare const rpc: () => { onCollected(files: string[]): Promise<void>; log(text: string): Promise<void> };
      declare const isVerbose: boolean;
      const debug = isVerbose ? (text: string) => rpc().log(text) : undefined;
      export async function collect() {
        debug?.('collecting');
        rpc().onCollected(items);
        await load();
      }
    `),
    'a function that handles its errors under a lock, and whose catch closes what has failed':
      recommended(`
      declare const lock: { lock(): Promise<() => void> };
      export class Client {
        async close() {
          const unlock = await lock.lock();
          try {
            await save();
          } catch (error) {
            report(error);
          } finally {
            unlock();
          }
        }
        async reconnect() {
          try {
            await load();
          } catch (error) {
            report(error);
            await this.closeAll();
          }
        }
        async closeAll() {
          await save('all');
        }
        async restart() {
          await load('state');
          this.close();
          this.reconnect();
        }
      }
    `),
    'a catch around a call that the file leaves wherever it makes it': recommended(`
      declare const store: { dispatch(name: string): Promise<void> };
      export function open(url: string) {
        try {
          store.dispatch('opening');
          return new WebSocket(url);
        } catch (error) {
          report(error);
          store.dispatch('failed');
        }
      }
      export function close(socket: WebSocket) {
        store.dispatch('closing');
        socket.close();
        store.dispatch('closed');
      }
    `),
    'a chain whose first call handles its errors, as does what its callback gives': recommended(`
      async function theme(): Promise<string | undefined> {
        try {
          await load('theme');
          return 'dark';
        } catch (error) {
          report(error);
        }
        return undefined;
      }
      const post = async (name?: string) => {
        try { await save(name); } catch {}
      };
      export async function start() {
        theme().then((name) => post(name));
        theme().then(async (name) => { await post(name); });
        theme().then((name) => { items.push(name ?? 'light'); }).finally(() => report('done'));
        load().catch(report).then(() => items.pop());
        await save();
      }
    `),
    'a method that the file leaves wherever it calls it, and a hook that others are told by':
      recommended(`
      export class Chats {
        constructor(private readonly feed: { push(text: string): Promise<void> }) {}
        async open(id: string) {
          await load(id);
          this.feed.push('opened');
        }
        async close(id: string) {
          await load(id);
          this.feed.push('closed');
          this.feed.push('gone');
          if (id === '') this.feed.push('nothing');
          this.sendDataWebhook(id);
        }
        async sendDataWebhook(id: string): Promise<void> { await save(id); }
      }
    `),
    'a handler out of a table, and what is awaited elsewhere but here stands where nobody waits':
      recommended(`
      declare const handlers: Record<string, (page: number) => Promise<void>>;
      export async function dispatch(events: { saved?: number; closed?: number }) {
        await save();
        if (events.saved) handlers['saved'](events.saved);
        if (events.closed) handlers['closed'](events.closed);
      }
      export async function sync() {
        await save('a');
        await save('b');
        setTimeout(async () => {
          save('c');
          await load();
        }, 300);
      }
    `),
    'a call of what is there for its types alone': recommended(`
      const context: { query: { load(id: number): Promise<number> } } = undefined!;
      context.query.load(1);
      // @ts-expect-error
      context.query.load('1');
    `),
    'a call in a try of a test, which may throw at once, and a turn of the loop': recommended(`
      it('refuses', async () => {
        await save();
        try { load(''); } catch (error) { expect(error).toBe(1); }
      });
      export async function notify() {
        await save();
        Promise.resolve().then(() => {
          items.pop();
          save('later').catch(report);
        });
      }
    `),
    'lists that an awaited call gives, which others have': recommended(`
      declare function loadAll(): Promise<Promise<number>[] | undefined>;
      export async function start() {
        await loadAll();
        await save();
      }
    `),
    'the click of a menu, on the way that leads to its end': recommended(`
      declare function rebuild(): Promise<void>;
      export const menu = () => items.map((label) => ({
        label,
        async click() {
          const page = await load(label);
          if (page > 0) {
            report('clicked');
            rebuild();
          }
        },
      }));
    `),
    'a step of a test that is looked at right after it, and so is over': recommended(`
      declare const sent: string[];
      it('sends', async () => {
        await save('a');
        await save('b');
        save('c');
        expect(sent.at(-1)).toBe('c');
        await load();
      });
    `),
    'a test that is declared in an async function, of a runner that gives a promise of it':
      recommended(`
      declare const test: ((name: string, run: () => unknown) => Promise<void>) & {
        only(name: string, run: () => unknown): Promise<void>;
      };
      declare function describe(name: string, run: () => unknown, options?: object): Promise<void>;
      export async function suite() {
        await load();
        test('loads', async () => { await load(); });
        test.only('saves', () => save());
        describe('closes', () => { test('twice', () => save()); }, { parallel: true });
        await describe('opens', () => { test('once', () => save()); });
      }
    `),
    'a list that is filled with promises whose errors are handled': recommended(`
      export async function loadAll() {
        const jobs = [load().catch(report)];
        jobs.push(load('a').catch(report));
        for (const item of items) jobs.push(load(item).catch(report));
        await jobs;
        await items.map((item) => load(item).catch(report));
      }
      export async function saveAll() {
        const jobs: Promise<unknown>[] = [];
        jobs.push(save().catch(report));
        if (jobs.length > 0) Promise.all(jobs);
        await load();
      }
    `),
    'a notification that a person is shown, in a function that awaits nothing': recommended(`
      declare function createNotification(text: string): Promise<unknown>;
      export const retry = async (name: string) => {
        createNotification(name);
        items.push(name);
      };
      declare const SheetManager: { show(name: string): Promise<unknown> };
      export const news = async (dialogs: { open(name: string): Promise<unknown> }) => {
        await load();
        SheetManager.show('news');
        dialogs.open('news');
      };
    `),
    'what a comment above the `if` says is done aside, at the end of its block': recommended(`
      export async function refresh(page: { isShown: boolean; id?: string }) {
        await save(page);
        // Whoever looks at it gets it in the background, too.
        if (page.isShown) {
          const { id } = page;
          if (id === undefined) throw new Error('no page');
          load(id);
        }
        return page;
      }
    `),
    'what is written to come to nothing: it is loaded ahead': recommended(`
      load('page').then(() => {});
      import('node:fs').then(() => {});
      await save();
    `),
    'what may give nothing, of what may not be there': recommended(`
      declare const request: { waitUntil?: (work: Promise<unknown>) => void | Promise<void> };
      export async function answer() {
        request.waitUntil?.(save());
        return load();
      }
    `),
    'what another linter was told to leave, by a comment on it': recommended(`
      export async function start() {
        // eslint-disable-next-line @typescript-eslint/no-floating-promises -- it shows its errors
        load('a');
        load('b'); // oxlint-disable-line typescript/no-floating-promises
        // biome-ignore lint/nursery/noFloatingPromises: it shows its errors itself
        load('c').then((page) => items.push(String(page)));
        await save();
        /* eslint-disable no-console, @typescript-eslint/no-floating-promises */
        load('d');
      }
    `),
    'a catch around a message, and around what hangs on a promise of something else': recommended(`
      declare const bus: { publish(name: string): Promise<void> };
      declare const ipcRenderer: { invoke(name: string, url: string): Promise<unknown> };
      declare function startTransition(update: () => void): { readonly finished: Promise<void> };
      export function leave(update: () => void, done: () => void) {
        try {
          const transition = startTransition(update);
          transition.finished.finally(done);
        } catch (error) {
          report(error);
        }
        try {
          bus.publish('left');
        } catch (error) {
          report(error);
        }
        try {
          ipcRenderer.invoke('open', new URL('/').href);
        } catch (error) {
          report(error);
        }
      }
    `),
    'a catch that has a lot else to look at': recommended(`
      declare const store: { commit(name: string, value: unknown): void; dispatch(name: string): Promise<void> };
      export function receive(message: Record<string, unknown>) {
        try {
          store.commit('moves', message.moves);
          store.commit('layers', message.layers);
          store.commit('parts', message.parts);
          store.commit('tools', message.tools);
          store.dispatch('save');
        } catch (error) {
          report(error);
        }
      }
    `),
    'an argument of a call that may keep the promise, and wait for it': recommended(`
      declare const app: { attach(name: string, value: any): void; send(value: any): { status: number } };
      declare function show(value: object): void;
      app.attach('page', load());
      app.send(load());
      show(load());
    `),
    'work aside, in functions that are async and in those that are not': recommended(`
      export class Store {
        constructor() { load(); }
        refresh() { load(); }
        async add(queue: { push(id: string): Promise<void> }) {
          const page = await load();
          queue.push('a'); // in the background
          // We do not wait for it.
          save();
          // Don't really need to wait for this to be over
          load('b');
          return page;
        }
      }
    `),
    'what is said not to be waited for, in whatever words': recommended(`
      export async function publish(rooms: string[]) {
        await Promise.all(rooms.map(load));
        await Promise.all(rooms.map(save));
        // Don't wait for these to complete
        Promise.all(rooms.map(load));
        // It can fail, but a listener gets the error, so it's good enough to not
        // explicitly handle it.
        save();
        // Deliberately not awaiting this, so that the answer goes out first.
        report('asked');
        load('answer');
        await load();
      }
    `),
    'a call of what its author says is never to be awaited': recommended(`
      /**
       * Begins to index, and goes on in the background.
       * @important This should NEVER
       * be awaited.
       */
      async function index(id: string) {
        await load(id);
      }
      /** Tells the others. Fire-and-forget. */
      export const tell = async (id: string) => {
        await load(id);
      };
      class Mail {
        // Do not await this: the answer comes with the next round.
        async send(id: string) {
          await load(id);
        }
        async sendAll() {
          await load();
          this.send('a');
          index('a');
          tell('a');
        }
      }
      export { Mail };
    `),
    'steps of a test, and what is started, set off, and then awaited': recommended(`
      declare const server: { close(): Promise<void>; next(name: string): Promise<number> };
      it('hears', async () => {
        const heard = server.next('message');
        let joined = server.next('join');
        save('a');
        await heard;
        await save('b');
        await save('c');
        save('d');
        expect(items).toBe(1);
        expect(await joined).toBe(1);
        server.close();
      });
    `),
    'a function that throws is not the end of the process': recommended(`
      function fail(reason: unknown): never {
        throw new Error('stopped', { cause: reason });
      }
      export const wait = (stop: () => void | Promise<void>, reason: unknown) => {
        stop();
        fail(reason);
      };
      export const close = (reason: unknown) => {
        load().catch(report);
        fail(reason);
      };
    `),
    'functions that come, one out of the other, to a promise that nothing rejects': recommended(`
      declare function relay(name: string): Promise<number>;
      const isUp = new Promise<void>((resolve) => { setTimeout(resolve, 500); });
      async function send(name: string) {
        await isUp;
        return new Promise<number | null>((resolve) => {
          relay(name).then(resolve).catch(() => resolve(null));
        });
      }
      async function open(page: string) { return send(page); }
      async function show(page: string) { return open(page); }
      export async function start() {
        show('a');
        await load();
      }
    `),
    'an assertion in a promise that the test makes by hand and waits for': recommended(`
      declare const queue: { work(each: (jobs: string[]) => Promise<void>): Promise<void> };
      it('works', async () => {
        await save();
        return new Promise<void>((resolve) => {
          queue.work(async (jobs) => {
            expect(jobs.length).toBe(1);
            resolve();
          });
        });
      });
    `),
    'the top of a program that takes every rejection': recommended(`
      process.on('unhandledRejection', (error) => { report(error); process.exitCode = 1; });
      load();
      save();
    `),
    'a method of the same literal that handles its errors': recommended(`
      export const job = {
        isOver: false,
        async run() {
          try {
            await load();
          } catch (error) {
            this.end(error);
          }
        },
        async end(error?: unknown) {
          if (this.isOver) return;
          this.isOver = true;
          try { await save(error); } catch (other) { report(other); }
        },
      };
    `),
    'void and a handler where they do what they say': recommended(`
      async function loadSafe() {
        try { await load(); } catch (error) { report(error); }
      }
      export async function start() {
        void load();
        try {
          void load().catch(report);
          void loadSafe();
          await load();
        } catch (error) {
          report(error);
        }
        void load();
        await load();
        process.exit(0);
      }
      export const stop = () => {
        load().catch(report).finally(() => process.exit(0));
      };
      it('starts one after the other', async () => {
        void load('a');
        void load('b').then((value) => expect(value).toBe(1));
        expect(items).toBe(1);
        await load();
      });
    `),
    'a callback whose caller waits, and is not waited for': recommended(`
      declare function onSubmit(work: () => Promise<void> | void): (event: object) => void;
      declare function each<T>(work: () => T): T[];
      onSubmit(() => void save());
      onSubmit(() => { save(); });
      each(() => void load());
    `),
    'what runs no longer than its call, or may give nothing to wait for': recommended(`
      interface Metrics { increment(name: string): Promise<void> }
      declare const navigate: (path: string) => Promise<void> | void;
      declare function logShown(width: number): Promise<void>;
      export class Panel {
        width = 0;
        constructor(readonly metrics: Metrics) {}
        async setWidth(width: number) { this.width = width; }
        close() { return Promise.resolve(); }
        closeAll() { return this.close(); }
        async show() {
          this.setWidth(1);
          this.closeAll();
          navigate('/');
          this.metrics.increment('shown');
          logShown(1);
        }
      }
    `),
    'a message that is shown, or told to whoever listens': recommended(`
      declare const view: { postMessage(page: unknown): Promise<void> };
      declare const bus: { publish(topic: string): Promise<void> };
      export async function start() {
        view.postMessage(await load());
        bus.publish('loaded');
      }
    `),
    'what only waits for an event': recommended(`
      declare const socket: import('node:events').EventEmitter;
      function opened() {
        return new Promise<void>((resolve) => { socket.once('open', resolve); });
      }
      export async function start() {
        opened();
      }
    `),
    'a handler of a user interface': recommended(
      `
      export class Panel {
        onDrop = () => { load(); };
        handleClick() { load(); }
        onClose = async () => { load(); };
        render() {
          window.onload = () => { load(); };
          window.addEventListener('message', async (event) => { load(event.type); });
          return <button onClick={() => { load(); }} onBlur={async () => { load(); }} />;
        }
      }
    `,
      'file.tsx',
    ),
    'an async listener, whose promise is dropped as well': recommended(`
      declare function subscribe(listener: () => void): void;
      subscribe(async () => { load(); });
    `),
    'the end of a script, and what a module exports': recommended(`
      async function main() { await load(); }
      main();
      export default load();
    `),
    'a service that runs until it is closed': recommended(`
      export class Worker {
        async run() { for (;;) await load(); }
        async start() { this.run(); }
      }
    `),
    'a test that starts something, and one that starts it before what it waits for': recommended(`
      declare const page: { click(): Promise<void>; waitForNavigation(): Promise<void> };
      it('shows', () => {
        load();
        expect(items).toBe(1);
      });
      it('navigates', async () => {
        page.click();
        await page.waitForNavigation();
      });
    `),
    'a step on what the next one is handed, and one that looks on at a promise': recommended(`
      interface Archive { add(text: string): void; finalize(): Promise<void> }
      declare function archive(): Archive;
      declare function upload(file: { archive: Archive }): Promise<void>;
      it('uploads', async () => {
        const packed = archive();
        packed.finalize();
        await upload({ archive: packed });
        const pulled = load();
        let isPulled = false;
        pulled.then(() => (isPulled = true));
        await save();
        expect(isPulled).toBe(false);
      });
    `),
    'a function that every line drops, and one that a function of the project drops': recommended(`
      async function fetchLater(id: string) { load(id); }
      function onceOnline(run: () => unknown) { run(); }
      export function plan(id: string) { fetchLater(id); }
      export async function install(id: string) {
        onceOnline(async () => { load(id); });
        await save();
      }
    `),
  },
  reports: {
    'what is asked of the other end of a connection': recommended(`
      declare const rpc: () => { closeAll(): Promise<void> };
      export async function collect() {
        rpc().closeAll();
        ~~~~~~~~~~~~~~~~ floating
        await load();
      }
    `),
    'a function that goes on waiting after its catch, or tries again in it': recommended(`
      export class Client {
        async reconnect() {
          try {
            await load();
          } catch (error) {
            report(error);
            await this.again();
          }
        }
        async again() {
          await save('all');
        }
        async restart() {
          await load('state');
          this.reconnect();
          ~~~~~~~~~~~~~~~~ floating
        }
      }
    `),
    'what a comment about something else stands on': recommended(`
      export async function start() {
        // eslint-disable-next-line no-console -- no-floating-promises would be another thing
        load('a');
        ~~~~~~~~~ floating
        // no-floating-promises
        load('b');
        ~~~~~~~~~ floating
        await save();
      }
    `),
    'a call that is named like one that declares a test': recommended(`
      declare function test(): Promise<void>;
      declare function describe(page: number): Promise<string>;
      export async function check() {
        test();
        ~~~~~~ floating
        describe(await load());
        ~~~~~~~~~~~~~~~~~~~~~~ floating
        await save();
      }
    `),
    'a list of which one line puts in a promise that may reject, or of which a line cannot be told':
      recommended(`
      export async function loadAll() {
        const jobs = [load().catch(report)];
        jobs.push(load('a').catch(report), load('b'));
        await jobs;
        ~~~~~~~~~~ array
      }
      export async function saveAll(fill: (jobs: Promise<unknown>[]) => void) {
        const jobs: Promise<unknown>[] = [save().catch(report)];
        fill(jobs);
        Promise.all(jobs);
        ~~~~~~~~~~~~~~~~~ floating
        await load();
      }
      export async function closeAll(more: Promise<unknown>[]) {
        const jobs: Promise<unknown>[] = [save().catch(report)];
        jobs.push(...more);
        jobs[0] = load();
        Promise.race(jobs);
        ~~~~~~~~~~~~~~~~~~ floating
        await load();
      }
    `),
    'a chain whose first call or whose callback may fail': recommended(`
      async function theme(): Promise<string> {
        try { await load(); } catch (error) { report(error); }
        return 'dark';
      }
      export async function start() {
        theme().then((name) => save(name));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        theme().then((name) => { if (name === '') throw new Error('no theme'); });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        load().then((page) => { items.push(String(page)); });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        await save();
      }
    `),
    'a call of what its author says something else about': recommended(`
      /** Writes in the background. It does not await the answer, and must be awaited. */
      async function index(id: string) {
        await load(id);
      }
      /** Not fire-and-forget: if not awaited, it may come too late. */
      const tell = async (id: string) => {
        await load(id);
      };
      /** Never awaits more than one. */
      export async function send(id: string) {
        await load(id);
        index(id);
        ~~~~~~~~~ floating
        tell(id);
        ~~~~~~~~ floating
      }
      export async function sendAll() {
        await load();
        send('a');
        ~~~~~~~~~ floating
      }
    `),
    'a catch that has little else to look at': recommended(`
      declare const shell: { open(url: string): Promise<void> };
      export function open(link: string) {
        try {
          const url = new URL(link);
          if (['http:', 'https:'].includes(url.protocol)) shell.open(link);
                                                          ~~~~~~~~~~~~~~~~ unseen
        } catch {}
      }
      export function add(id: string) {
        try {
          save(id);
          ~~~~~~~~ unseen
          report('saved');
        } catch (error) {
          report(error);
        }
      }
    `),
    'an argument of a call that has no use for a promise': recommended(`
      import assert from 'node:assert';
      declare const logger: { info(text: string, value: unknown): void };
      declare function isNumber(value: unknown): boolean;
      assert.ok(load());
                ~~~~~~ argument
      logger.info('page', load());
                          ~~~~~~ argument
      console.log(load());
                  ~~~~~~ argument
      export const text = JSON.stringify(load());
                                         ~~~~~~ argument
      export const yes = isNumber(load());
                                  ~~~~~~ argument
    `),
    'an async function that awaits nothing': recommended(`
      export class Admin {
        async gather() {
          load();
          ~~~~~~ unawaited
        }
        async clear(id: string) {
          if (id === '') return;
          load(id).then(report);
          ~~~~~~~~~~~~~~~~~~~~~ unawaited
        }
      }
      declare const command: (run: () => unknown) => void;
      command(async () => { load(); });
                            ~~~~~~ unawaited
    `),
    'the one step of its kind that a test does not await': recommended(`
      it('adds', async () => {
        await save('a');
        await save('b');
        save('c');
        ~~~~~~~~~ forgotten
        expect(await load()).toBe(1);
      });
    `),
    'what a transaction lends, and what is disposed': recommended(`
      interface Query { insert(row: string): Promise<void>; close(): Promise<void> }
      declare const db: { transaction<T>(work: (tx: Query) => Promise<T>): Promise<T> };
      declare function open(): Query & AsyncDisposable;
      export async function add() {
        await db.transaction(async (tx) => {
          await load();
          tx.insert('a');
          ~~~~~~~~~~~~~~ outlived
          return 1;
        });
        await using file = open();
        file.insert('a');
        ~~~~~~~~~~~~~~~~ outlived
        await load();
      }
    `),
    'the one call of its kind that is not awaited': recommended(`
      export async function write(file: { write(text: string): Promise<void> }) {
        await file.write('a');
        await file.write('b');
        file.write('c');
        ~~~~~~~~~~~~~~~ forgotten
        await load();
      }
    `),
    'a catch that never sees the error': recommended(
      `
      export function submit() {
        try {
          load();
          ~~~~~~ unseen
        } catch (error) {
          report(error);
        }
        try {
          void load();
               ~~~~~~ unseen
        } catch (error) {
          report(error);
        }
        return <p />;
      }
    `,
      'file.tsx',
    ),
    'a caller that would wait': recommended(`
      declare function lock(work: () => Promise<void> | void): Promise<void>;
      export async function start() {
        await lock(() => void save());
                              ~~~~~~ given
        await lock(() => {
          save();
          ~~~~~~ given
        });
      }
      it('saves', () => {
        save();
        ~~~~~~ given
      });
    `),
    'a hook that a framework waits for, named like a handler': recommended(`
      export class Orders {
        async onModuleInit() {
          load();
          ~~~~~~ unawaited
        }
        async onApplicationShutdown() {
          await save();
          load();
          ~~~~~~ floating
        }
        async onOrder() {
          await save();
          load();
        }
      }
    `),
    'a method of the same literal that does not': recommended(`
      export const job = {
        async run() {
          try { await load(); } catch (error) { this.end(error); }
                                                ~~~~~~~~~~~~~~~ floating
        },
        async end(error: unknown) { await save(error); },
      };
    `),
    'a turn of the loop that gives more': recommended(`
      export async function notify() {
        await save();
        Promise.resolve().then(() => load('later'));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }
    `),
    'a method that the file calls a lot, and awaits once': recommended(`
      export class Chats {
        constructor(private readonly feed: { push(text: string): Promise<void> }) {}
        async open(id: string) {
          await load(id);
          this.feed.push('opened');
          ~~~~~~~~~~~~~~~~~~~~~~~~ floating
        }
        async close(id: string) {
          await this.feed.push('closed');
          this.feed.push('gone');
          ~~~~~~~~~~~~~~~~~~~~~~ floating
          this.feed.push('left');
          ~~~~~~~~~~~~~~~~~~~~~~ floating
          if (id === '') this.feed.push('nothing');
                         ~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        }
      }
    `),
    'what is left where an await could stand': recommended(`
      export class Store {
        async update() {
          await save();
          load();
          ~~~~~~ floating
        }
        async reload() {
          load();
          ~~~~~~ floating
          return save();
        }
      }
      export async function submit() {
        try {
          await save();
          load();
          ~~~~~~ floating
        } catch (error) {
          report(error);
        }
      }
      export async function all(socket: { post(text: string): Promise<void> }) {
        await socket.post('a');
        socket.post('b');
        ~~~~~~~~~~~~~~~~ floating
        await load();
        socket.post('c');
        ~~~~~~~~~~~~~~~~ floating
      }
      save();
      ~~~~~~ floating
    `),
    'a function that ends the process': recommended(`
      function quit(code: number): never {
        console.log('bye');
        process.exit(code);
      }
      export const close = () => {
        load().catch(report);
        ~~~~~~~~~~~~~~~~~~~~ exit
        quit(0);
      };
    `),
    'the end of the process, and the end of a test': recommended(`
      export function stop() {
        load().catch(report);
        ~~~~~~~~~~~~~~~~~~~~ exit
        void load();
             ~~~~~~ exit
        console.log('stopped');
        process.exit(0);
      }
      it('loads', () => {
        load().then((value) => expect(value).toBe(1)).catch(report);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ assertion
      });
      it('loads again', () => {
        void load().then((value) => expect(value).toBe(1));
             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ assertion
        void load();
      });
    `),
    'lists of promises where somebody could wait, and a result that is not there': recommended(`
      export async function start() {
        items.map((item) => load(item));
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ array
        if (load()) report('loaded');
            ~~~~~~ tested
      }
      export const refresh = () => {
        items.map((item) => load(item));
      };
    `),
  },
  misses: {},
});
