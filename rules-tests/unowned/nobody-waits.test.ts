import { describeRule } from '../support/describe-rule.js';

/** Functions that nobody waits for: an `await` in them would be of use to no one. */
const recommended = (code: string) => ({
  code: `
      declare function load(id?: string): Promise<string>;
      declare function save(page?: unknown): Promise<void>;
      interface Event<T> { (listener: (value: T) => any): { dispose(): void } }
      interface Entry { label: string; click?: (label: string) => void; entries?: Entry[] }
      declare const view: { onDidChange: Event<string>; onceShown(listener: () => unknown): void };
      declare const commands: { register(name: string, run: (...given: any[]) => any): void };
      declare function menu(entries: Entry[]): void;
      ${code}`,
  options: { reports: 'mistakes' },
});

describeRule('no-floating-promises', {
  allows: {
    'a function of the project that only passes a message on': recommended(`
      class View {
        ready = load();
        view = { postMessage: async (value: unknown) => save(value) };
        async fail(text: string) {
          await this.ready;
          this.view.postMessage({ text });
        }
        async receive(text: string) {
          try {
            await load(text);
          } catch {
            this.fail(text);
          }
        }
      }
      export { View };`),
    'a message that is shown, in a function that is async for nothing': recommended(`
      class View {
        #view = { postMessage: async (value: unknown) => save(value) };
        labels: string[] = [];
        async remove(label: string) {
          this.labels = this.labels.filter((each) => each !== label);
          this.#view.postMessage({ labels: this.labels });
        }
      }
      export { View };`),
    'what a comment says to be started only': recommended(`
      export async function refresh(isOld: boolean) {
        await load();
        // Kick off a refresh of the cache.
        load('cache');
        // Start with the threads, but don't await them.
        // Events will be fired later.
        if (isOld) {
          load('threads');
        }
        return load();
      }`),
    'a listener, by its name and a type that says nothing of what it gives': recommended(`
      view.onDidChange(async (text) => {
        await load(text);
        save(text);
      });
      declare const bus: { once(name: string, listener: Function): void; subscribe(listener: (value: string) => unknown): void };
      bus.once('end', async () => { save(); });
      bus.subscribe(async (text) => { save(await load(text)); });`),
    'a member that gives nothing, by the type of what it is written into': recommended(`
      menu([{ label: 'a', click: async () => { save(); } }, { label: 'b', entries: [{ label: 'c', click: async () => { save(await load()); } }] }]);
      export const entry: Entry = { label: 'd', click: async (label) => { save(await load(label)); } };
      declare const socket: { onend: (() => void) | null; ended: () => void };
      socket.ended = async () => { save(await load()); };`),
    'what follows in a chain that is dropped itself': recommended(`
      export function start() {
        load().then(async (text) => {
          await load(text);
          save(text);
        });
        load().then(async (text) => {
          if (text) {
            menu([]);
            save(text);
          }
        });
        void load().catch(() => '').then(async () => { save(); }).finally(() => {});
      }`),
    'a notification of a client, what an extension shows, and counters': recommended(`
      declare const client: { sendNotification(name: string): Promise<void> };
      declare const posthog: { captureImmediate(name: string): Promise<void> };
      declare const chrome: { runtime: { sendMessage(value: unknown): Promise<void> }; action: { setBadgeText(text: object): Promise<void> } };
      export async function restart() {
        await load();
        client.sendNotification('restarting');
        posthog.captureImmediate('restart');
        chrome.runtime.sendMessage('restarting');
        chrome.action.setBadgeText({ text: 'on' });
      }`),
  },
  reports: {
    'a message that is told to whoever listens, in a function that is there for it': recommended(`
      declare const client: { publish(topic: string): Promise<void> };
      export class Topic {
        async publish(text: string) {
          client.publish(text);
          ~~~~~~~~~~~~~~~~~~~~ unawaited
        }
      }`),
    'a function of the project that does more than to pass a message on': recommended(`
      class View {
        view = { postMessage: async (value: unknown) => save(value) };
        async fail(text: string) {
          await save(text);
          this.view.postMessage({ text });
        }
        async receive(text: string) {
          await load(text);
          this.fail(text);
          ~~~~~~~~~~~~~~~ floating
        }
      }
      export { View };`),
    'a function that its caller may wait for': recommended(`
      commands.register('save', async (text) => {
        await load(text);
        save(text);
        ~~~~~~~~~~ floating
      });
      declare const job: { run: () => Promise<void> };
      job.run = async () => { save(await load()); };
                              ~~~~~~~~~~~~~~~~~~ floating
      declare function jobs(all: { run(): void | Promise<void> }[]): void;
      jobs([{ run: async () => { save(await load()); } }]);
                                 ~~~~~~~~~~~~~~~~~~ floating`),
    'what follows in a chain that somebody has, or whose error is to be handled': recommended(`
      export function start() {
        load().then(async (text) => { save(await load(text)); }).catch(console.error);
                                      ~~~~~~~~~~~~~~~~~~~~~~ floating
        return load().then(async (text) => { save(await load(text)); });
                                             ~~~~~~~~~~~~~~~~~~~~~~ floating
      }`),
    'what the next lines of a chain that is dropped may rely on': recommended(`
      export function start() {
        load().then(async (text) => {
          await load(text);
          save(text);
          ~~~~~~~~~~ floating
          menu([]);
        });
      }`),
    'what an extension keeps': recommended(`
      declare const chrome: { storage: { local: { set(value: object): Promise<void> } } };
      export async function restart() {
        await load();
        chrome.storage.local.set({ on: true });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }`),
  },
  misses: {},
});
