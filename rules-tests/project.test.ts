import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import * as typescriptEslint from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import * as own from 'eslint-plugin-mooring/parser';
import { afterAll, describe, expect, test } from 'vitest';

import { closeNativeSessions } from '../eslint-plugin/src/types/native/types.js';
import { Folder, root } from './native/folder.js';
import { type Provider, providerSettings } from './support/providers.js';

afterAll(closeNativeSessions);

/** Files of one project: what a rule sees of the functions that a file calls is in another. */
const FILES = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] } }',
  'log.ts': 'export function log(error: unknown): void {}',
  'store.ts': `
    import { log } from './log.js';
    declare function write(text: string): Promise<void>;
    export class Store {
      async save(text: string): Promise<void> {
        log('saving');
        try {
          await write(text);
        } catch (error) {
          log(error);
        }
      }
      risky(text: string): Promise<void> {
        return write(text);
      }
      async setWidth(width: number): Promise<void> {
        log(width);
      }
    }
    export const flush = () => write('').catch(log);
    // It is deliberately left to itself.

    /**
     * Writes all that there is.
     * This is not meant to be awaited: it goes on for long.
     */
    export async function writeAll(): Promise<void> {
      await write('all');
    }
  `,
  'open-store.ts': `
    import { Store } from './store.js';
    let store: Store | undefined;
    export function currentStore(): Store {
      return (store ??= new Store());
    }
  `,
  // A package of the same workspace, as it is built.
  'cache/build/cache.d.ts': `
    export declare class Cache {
      drop(key: string): Promise<void>;
      fill(key: string): Promise<void>;
    }
  `,
  'cache/build/cache.d.ts.map':
    '{ "version": 3, "sourceRoot": "", "sources": ["../src/cache.ts"] }',
  'cache/build/unmapped.d.ts': 'export declare function drop(key: string): Promise<void>;',
  'cache/build/unmapped.d.ts.map': '{ "version": 3, "sources": ["../src/gone.ts"] }',
  'cache/src/cache.ts': `
    import { log } from '../../log.js';
    declare function write(text: string): Promise<void>;
    export class Cache {
      async drop(key: string): Promise<void> {
        try {
          await write(key);
        } catch (error) {
          log(error);
        }
      }
      async fill(key: string): Promise<void> {
        await write(key);
      }
    }
  `,
  'cached.ts': `
    import { Cache } from './cache/build/cache.js';
    import { drop } from './cache/build/unmapped.js';
    declare const cache: Cache;
    export async function start() {
      cache.drop('a');
      cache.fill('b');
      drop('c');
      await cache.fill('d');
    }
  `,
  'dispatcher.ts': `
    import { currentStore } from './open-store.js';
    import { flush, type Store } from './store.js';
    export class Dispatcher {
      constructor(private readonly store: Store) {}
      save(text: string): Promise<void> {
        return this.store.save(text);
      }
      risky(text: string): Promise<void> {
        return this.store.risky(text);
      }
      setWidth(width: number): Promise<void> {
        return this.store.setWidth(width);
      }
      end() {
        return flush();
      }
      async saveCurrent(text: string): Promise<void> {
        const store = currentStore();
        await store.save(text);
        await currentStore().save(text);
      }
      async riskCurrent(text: string): Promise<void> {
        const store = currentStore();
        await store.risky(text);
      }
    }
    export function saveOpened(text: string): Promise<void> {
      return currentStore().save(text);
    }
  `,
  'archive.ts': `
    import { log } from './log.js';
    declare const window: { showErrorMessage(text: string, ...answers: string[]): Promise<string | undefined> };
    declare function write(text: string): Promise<void>;
    export interface Archive {
      keep(text: string): Promise<void>;
      drop(text: string): Promise<void>;
      reportFailure(text: string): Promise<void>;
      repair(text: string): Promise<void>;
    }
    export function openArchive(): Archive {
      return new FileArchive();
    }
    class FileArchive implements Archive {
      async keep(text: string) {
        try { await write(text); } catch (error) { log(error); }
      }
      async drop(text: string) {
        await write(text);
      }
      async reportFailure(text: string) {
        if (text !== '') await this.tell(text);
        log(text);
      }
      async tell(text: string): Promise<void> {
        const answer = await window.showErrorMessage(text, 'Repair');
        if (answer === 'Repair') log(answer);
      }
      async repair(text: string) {
        const answer = await window.showErrorMessage(text, 'Repair');
        if (answer === 'Repair') await write(text);
      }
    }
    interface Socket { on(event: string, listener: (text: string) => void): void }
    declare function connect(): Socket;
    function inform(): void { log('informed'); }
    export async function runOnce(text: string): Promise<void> {
      try {
        if (text === '') return inform();
        await write(text);
      } catch (error) {
        log(error);
      }
    }
    export async function sendTelemetry(text: string): Promise<void> { await write(text); }
    export async function listen(): Promise<Socket> {
      const socket: Socket = connect();
      socket.on('text', (text) => log(text));
      return socket;
    }
    export interface Shelf { put(text: string): Promise<void> }
    export class Wood implements Shelf { async put(text: string) { log(text); } }
    export class Glass implements Shelf { async put(text: string) { await write(text); } }
  `,
  'keeper.ts': `
    import { listen, openArchive, runOnce, sendTelemetry, type Archive, type Shelf } from './archive.js';
    export async function keepAll(archive: Archive, shelf: Shelf): Promise<void> {
      archive.keep('a');
      archive.drop('b');
      openArchive().keep('c');
      archive.reportFailure('d');
      archive.repair('e');
      shelf.put('f');
      listen();
      runOnce('h');
      sendTelemetry('i');
      await archive.keep('g');
    }
  `,
  'panel.ts': `
    export async function withSize(size: number, body: () => void): Promise<void> {
      await body();
    }
    export const withPanel = (body: () => void): Promise<void> => withSize(1, body);
    export function later(body: () => void): void {
      body();
    }
  `,
  'careful.ts': `
    import { log } from './log.js';
    declare const useCallback: <Held>(held: Held, deps: unknown[]) => Held;
    export default function useCare(title: string) {
      const attempt = useCallback(async (work: () => Promise<void>) => {
        try {
          await work();
        } catch (error) {
          log([title, error]);
        }
      }, [title]);
      async function hopeful(work: () => Promise<void>) {
        await work();
      }
      return { attempt, reckless: hopeful, title };
    }
    export const makeCare = (title: string) => {
      const { attempt } = useCare(title);
      return { quietly: (work: () => Promise<void>) => attempt(work) };
    };
  `,
  'lenient.ts': `
    import { log } from './log.js';
    declare function ask(url: string): Promise<number>;
    export interface Page { readonly url: string }
    const isLarge = (sizes: readonly number[]) => sizes.filter((size) => size > 0).some((size) => size > 9);
    async function isKnown(url: string): Promise<boolean> {
      try {
        const size = await ask(url);
        return isLarge([size]);
      } catch (error) {
        log(error);
        return false;
      }
    }
    export async function adapted(page: Page): Promise<Page> {
      if (page.url === '') return page;
      const isLeft = await isKnown(page.url);
      return isLeft ? page : { ...page, url: '/' };
    }
    export const sizes = async (urls: readonly string[]) => {
      const found = await Promise.allSettled(urls.map((url) => ask(url)));
      return found.filter((each) => each.status === 'fulfilled').map((each) => each.value);
    };
    export async function size(url: string): Promise<number> {
      const known = await isKnown(url);
      return known ? ask(url) : 0;
    }
  `,
  'loader.ts': `
    import { TaskGroup } from 'mooring';
    import { adapted, type Page, size, sizes } from './lenient.js';
    declare function load(url: string, options?: { signal?: AbortSignal }): Promise<string>;
    export async function all(page: Page) {
      await TaskGroup.all([() => load('a'), () => adapted(page)]);
      await TaskGroup.all([() => load('b'), () => sizes([page.url])]);
      await TaskGroup.all([() => load('c'), () => size(page.url)]);
    }
  `,
  'last-words.ts': `
    import { log } from './log.js';
    declare const process: { on(event: string, listener: (error: unknown) => void): void };
    process.on('unhandledRejection', log);
  `,
  'command.ts': `
    import './last-words.js';
    import { Store } from './store.js';
    (async () => new Store().risky('o'))();
    export function again() {
      (async () => new Store().risky('p'))();
    }
  `,
  'network.ts': `
    import { log } from './log.js';
    interface Options { signal?: { aborted: boolean } & AbortSignal }
    declare function send(url: string, options?: Options): Promise<string>;
    export async function ping(url: string, options: Options = {}): Promise<void> {
      try {
        await send(url, options);
      } catch (error) {
        log(error);
      }
    }
    export class Network {
      get(url: string, options?: Options): Promise<string> {
        return send(url, options);
      }
      async quiet(url: string, options?: Options): Promise<string> {
        return await this.get(url, options).catch(() => '');
      }
    }
    export async function key(url: string, options?: Options): Promise<string> {
      const name = await normal(url, options);
      return name;
    }
    async function normal(url: string, options?: Options): Promise<string> {
      if (options?.signal?.aborted) throw options.signal.reason;
      return url;
    }
    export async function outcome<T>(promise: Promise<T>): Promise<[unknown, T | undefined]> {
      try {
        const value = await promise;
        return [undefined, value];
      } catch (error) {
        return [error, undefined];
      }
    }
    export function orThrow(error: unknown): void {
      if (error instanceof TypeError) return;
      throw error;
    }
  `,
  'reader.ts': `
    import { log } from './log.js';
    import { key, type Network, orThrow, outcome, ping } from './network.js';
    export async function read(url: string, network: Network, signal: AbortSignal) {
      try {
        await ping(url, { signal });
        await network.quiet(url, { signal });
        await outcome(network.get(url, { signal }));
      } catch (error) {
        log(error);
      }
      const name = await key(url);
      try { return await network.get(name, { signal }); } catch (error) { orThrow(error); }
      try { return await network.get(name, { signal }); } catch (error) { log(error); return ''; }
    }
    export async function again(url: string, network: Network, signal: AbortSignal) {
      signal.throwIfAborted();
      return await network.get(await key(url));
    }
  `,
  'search.ts': `
    import { log } from './log.js';
    interface Options { signal?: AbortSignal }
    declare function send(text: string, options?: Options): Promise<string>;
    export async function unheard(text: string, signal?: AbortSignal) {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'none'; }
    }
    export async function asked(text: string, options: Options) {
      try { return await send(text, options); } catch (error) { log(error); return 'asked'; }
    }
    export const empty = async (text: string, { signal }: Options) => {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'empty'; }
    };
    export async function taken(text: string, { signal }: Options) {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'taken'; }
    }
    export async function handed(text: string, signal?: AbortSignal) {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'handed'; }
    }
    export async function open(text: string, signal?: AbortSignal) {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'open'; }
    }
    export async function cleared(text: string, signal: AbortSignal) {
      try { return await send(text, { signal }); } catch (error) { log(error); return 'cleared'; }
    }
    export async function counted(texts: string[], signal: AbortSignal) {
      try { return await count(texts, signal); } catch (error) { log(error); return 0; }
    }
    async function count(texts: string[], signal: AbortSignal): Promise<number> {
      let found = 0;
      try { found += await sum(texts, signal); } catch (error) { if (error instanceof TypeError) throw error; }
      return found;
    }
    import { sum } from './sum.js';
  `,
  'sum.ts': `
    import { log } from './log.js';
    declare function send(text: string, options?: { signal?: AbortSignal }): Promise<number>;
    export async function sum(texts: string[], signal: AbortSignal): Promise<number> {
      try {
        let all = 0;
        const numbers = await Promise.all(texts.map((text) => send(text, { signal })));
        all = numbers.reduce((one, other) => one + other);
        return all;
      } catch (error) {
        log(error);
      }
      return 0;
    }
  `,
  'searching.ts': `
    import { asked, cleared, empty, handed, open, taken, unheard } from './search.js';
    export async function first(text: string, signal: AbortSignal) {
      await unheard(text);
      await empty(text, {});
      const found = await asked(text, { signal });
      if (signal.aborted) return [];
      return [found, await unheard(text, undefined)];
    }
    export const all = (texts: string[]) => Promise.all(texts.map(handed));
    export async function second(signal: AbortSignal) {
      try {
        return [await taken('a', { signal }), await open('a'), await handed('a')];
      } finally {
        await cleared('a', signal);
      }
    }
  `,
  'entry.ts': `
    export { open } from './search.js';
  `,
  'screen.ts': `
    import useCare, { makeCare } from './careful.js';
    import { Store } from './store.js';
    declare const useCallback: <Held>(held: Held, deps: unknown[]) => Held;
    export function Screen(store: Store) {
      const { attempt, reckless: risk } = useCare('screen');
      const care = makeCare('screen');
      const open = useCallback(async () => {
        await attempt(() => store.risky('j'));
      }, []);
      const close = useCallback(async () => {
        await risk(() => store.risky('k'));
      }, []);
      return () => {
        open();
        close();
        care.quietly(() => store.risky('l'));
        attempt(async () => store.risky('m'));
        risk(async () => store.risky('n'));
      };
    }
  `,
  'bus.ts': `
    import { log } from './log.js';
    type Listener = (text: string) => void;
    declare function write(text: string): Promise<void>;
    declare function listen(listener: Listener): void;
    export default class Bus {
      onText(listener: Listener): void {
        this.#on(listener);
      }
      onLoud(listener: Listener): void {
        listen(listener);
      }
      async close(): Promise<void> {
        await write('closed').catch(log);
      }
      #on(listener: Listener): void {
        listen(async (text) => {
          try {
            await listener(text);
          } catch (error) {
            log(error);
          }
        });
      }
    }
    async function flush(): Promise<void> {
      await write('').catch(log);
    }
    export const files = {
      flush,
      async save(text: string): Promise<void> {
        await write(text).catch(log);
      },
      risky: async (text: string) => write(text),
    };
    export const other = { size: 1, drop: async () => write('drop') };
    export const more = { size: async () => write('size').catch(log), drop: write };
  `,
  'wire.ts': `
    import Bus, { files, more, other } from './bus.js';
    declare function write(text: string): Promise<void>;
    export async function wire(bus: Bus) {
      bus.onText(async (text) => write(text));
      bus.onLoud(async (text) => write(text));
      bus.close();
      files.flush();
      files.save('a');
      files.risky('b');
      other.drop();
      more.size();
      const { flush, risky } = await import('./store.js').then(() => files);
      const { log } = await import('./log.js');
      const { flush: flushLater } = await import('./store.js');
      log([flush, risky]);
      flushLater();
    }
  `,
  'opener.ts': `
    import { log } from './log.js';
    declare function write(text: string): Promise<void>;
    export function open(link: string): void {
      const url = new URL(link);
      void write(url.href);
    }
    export function openAgain(link: string): void {
      void write(link);
    }
    export function track(name: string): void {
      void write(name);
    }
    export function trackOnce(name: string): void {
      void write(name);
    }
    export const trackSafely = (name: string): void => {
      try {
        write(name);
      } catch {}
      log(name);
    };
    export const trackRarely = (name: string): void => {
      try {
        write(name);
      } catch {}
      log(name);
    };
    export class Finder {
      find(): void {
        void write('found');
      }
      seek(): void {
        void write('sought');
      }
    }
  `,
  'opened.ts': `
    import { log } from './log.js';
    import { type Finder, trackOnce } from './opener.js';
    import * as opener from './opener.js';
    export function heartbeat(finder: Finder | undefined) {
      try {
        finder?.find();
      } catch (error) {
        log(error);
      }
      finder?.seek();
      try {
        opener.openAgain('a');
      } catch (error) {
        log(error);
      }
      opener.track('b');
      opener.track('c');
      opener.track('d');
      opener.trackSafely('b');
      opener.trackSafely('c');
      opener.trackSafely('d');
    }
    export async function rest() {
      opener.track('e');
      opener.track('f');
      opener.trackSafely('e');
      opener.trackSafely('f');
      try {
        await trackOnce('g');
      } catch (error) {
        log(error);
      }
      trackOnce('h');
      opener.trackRarely('h');
    }
  `,
  'tests/opener.test.ts': `
    import { open } from '../opener.js';
    declare function expect(run: () => void): { toThrow(): void };
    declare function it(name: string, run: () => void): void;
    it('throws', () => {
      expect(() => open('no url')).toThrow();
    });
  `,
  'main.ts': `
    import { Dispatcher, saveOpened } from './dispatcher.js';
    import { later, withPanel } from './panel.js';
    import { flush, Store, writeAll } from './store.js';
    export async function main(dispatcher: Dispatcher, store: Store) {
      dispatcher.save('a');
      dispatcher.risky('b');
      dispatcher.setWidth(1);
      dispatcher.end();
      dispatcher.saveCurrent('q');
      dispatcher.riskCurrent('r');
      saveOpened('s');
      store.save('c');
      store.risky('d');
      flush();
      writeAll();
      await withPanel(async () => store.risky('e'));
      later(async () => store.risky('f'));
    }
    export async function end(dispatcher: Dispatcher, store: Store) {
      dispatcher.save('g');
      dispatcher.risky('h');
      dispatcher.setWidth(2);
      store.risky('i');
    }
  `,
};

async function lintMain(
  provider: Provider,
  preset: keyof typeof plugin.configs,
  file:
    | 'cached.ts'
    | 'command.ts'
    | 'keeper.ts'
    | 'loader.ts'
    | 'main.ts'
    | 'opener.ts'
    | 'reader.ts'
    | 'screen.ts'
    | 'search.ts'
    | 'wire.ts' = 'main.ts',
) {
  using folder = new Folder(FILES);
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  const files = ['**/*.ts'];
  const languageOptions: Linter.Config['languageOptions'] =
    provider === 'native'
      ? { parser: own }
      : {
          parser: typescriptEslint,
          parserOptions: {
            projectService: true,
            tsconfigRootDir: folder.path,
            disallowAutomaticSingleRunInference: true,
          },
        };
  const eslint = new ESLint({
    cwd: folder.path,
    overrideConfigFile: true,
    overrideConfig: [
      { files, languageOptions, settings: { mooring: providerSettings(provider) } },
      ...plugin.configs[preset].map((config) => ({ ...config, files })),
    ],
  });
  const [{ messages }] = (await eslint.lintFiles([file])) as [ESLint.LintResult];
  const lines = FILES[file].split('\n');
  return messages.map(({ line, messageId, message, suggestions }) => {
    const aside = /\. Handle its error, or make it/.test(message) ? ', aside' : '';
    const text = `${lines[line - 1]?.trim()} // ${messageId ?? message}${aside}`;
    if (file === 'opener.ts') return `${text}, ${suggestions?.[0]?.messageId ?? 'none'}`;
    return file === 'search.ts' ? `${text}, ${suggestions?.length ?? 0} suggestions` : text;
  });
}

describe.each<Provider>(['parser-services', 'native'])('with types of %s', (provider) => {
  test('F1, F16: what other files do is looked into, and structured says what is so', async () => {
    expect(await lintMain(provider, 'structured-type-checked')).toEqual([
      "dispatcher.save('a'); // chain",
      "dispatcher.risky('b'); // floating",
      'dispatcher.setWidth(1); // over',
      'dispatcher.end(); // chain',
      "dispatcher.saveCurrent('q'); // chain",
      "dispatcher.riskCurrent('r'); // floating",
      "saveOpened('s'); // chain",
      "store.save('c'); // chain",
      "store.risky('d'); // floating",
      'flush(); // chain',
      'writeAll(); // floating, aside',
      "later(async () => store.risky('f')); // callback",
      "dispatcher.save('g'); // chain",
      "dispatcher.risky('h'); // unawaited",
      'dispatcher.setWidth(2); // over',
      "store.risky('i'); // unawaited",
    ]);
  });

  test('what nobody handles is taken where a file is imported that takes it', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'command.ts')).toEqual([
      "(async () => new Store().risky('p'))(); // handled",
    ]);
  });

  test('of a package that is built beside it the file is looked into that it was made of', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'cached.ts')).toEqual([
      "cache.drop('a'); // chain",
      "cache.fill('b'); // floating",
      "drop('c'); // floating",
    ]);
  });

  test('a function that a hook holds, or another function has given, is looked into', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'screen.ts')).toEqual([
      'open(); // chain',
      'close(); // floating',
      "care.quietly(() => store.risky('l')); // chain",
      "attempt(async () => store.risky('m')); // chain",
      "risk(async () => store.risky('n')); // floating",
    ]);
  });

  test('strict looks into other files for who handles a cancellation, and what is over at once', async () => {
    expect(await lintMain(provider, 'strict-type-checked', 'reader.ts')).toEqual([
      "try { return await network.get(name, { signal }); } catch (error) { log(error); return ''; } // swallowed",
      'return await network.get(await key(url)); // unsignalled',
    ]);
  });

  test('a task is cancelled for none beside it that another file keeps from failing', async () => {
    expect(await lintMain(provider, 'strict-type-checked', 'loader.ts')).toEqual([
      "await TaskGroup.all([() => load('c'), () => size(page.url)]); // none",
    ]);
  });

  test('strict asks the callers in other files whether they would miss a cancellation', async () => {
    const reports = await lintMain(provider, 'strict-type-checked', 'search.ts');
    expect(reports.map((report) => report.replace(/^.* return /, ''))).toEqual([
      "'taken'; } // swallowed, 1 suggestions",
      "'handed'; } // swallowed, 1 suggestions",
      "'open'; } // swallowed, 1 suggestions",
      "'cleared'; } // swallowed, 0 suggestions",
    ]);
  });

  test('no function is made async whose callers in other files would be hurt by it', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'opener.ts')).toEqual([
      'void write(url.href); // void, none',
      'void write(link); // void, none',
      'void write(name); // void, none',
      'void write(name); // void, awaitAsyncOpen',
      'write(name); // floating, none',
      'write(name); // floating, awaitAsync',
      "void write('found'); // void, none",
      "void write('sought'); // void, awaitAsyncOpen",
    ]);
  });

  test('methods of a default export, and of an object, are looked into, and what is imported later', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'wire.ts')).toEqual([
      'bus.onLoud(async (text) => write(text)); // callback',
      'bus.close(); // chain',
      'files.flush(); // chain',
      "files.save('a'); // chain",
      "files.risky('b'); // floating",
      'other.drop(); // floating',
      'more.size(); // floating',
      'flushLater(); // chain',
    ]);
  });

  test('a method of an interface is the one that its file has for it, where it has one', async () => {
    expect(await lintMain(provider, 'structured-type-checked', 'keeper.ts')).toEqual([
      "archive.keep('a'); // chain",
      "archive.drop('b'); // floating",
      "openArchive().keep('c'); // chain",
      "archive.reportFailure('d'); // floating",
      "archive.repair('e'); // floating, aside",
      "shelf.put('f'); // floating",
      'listen(); // over',
      "runOnce('h'); // chain",
      "sendTelemetry('i'); // floating, aside",
    ]);
  });

  test('recommended says nothing of what waits for a person alone, who is shown a message', async () => {
    expect(await lintMain(provider, 'recommended-type-checked', 'keeper.ts')).toEqual([
      "archive.drop('b'); // floating",
      "archive.repair('e'); // floating, aside",
      "shelf.put('f'); // floating",
    ]);
  });

  test('F1, F16: recommended says nothing of what handles its errors, and of what is over', async () => {
    expect(await lintMain(provider, 'recommended-type-checked')).toEqual([
      "dispatcher.risky('b'); // floating",
      "dispatcher.riskCurrent('r'); // floating",
      "store.risky('d'); // floating",
      "dispatcher.risky('h'); // unawaited",
      "store.risky('i'); // unawaited",
    ]);
  });
});
