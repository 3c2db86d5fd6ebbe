import { describeRule } from '../support/describe-rule.js';

/** What the programs call. Each program is a module in which these functions are declared. */
const given = `
      import { once, type EventEmitter } from 'node:events';
      import { TaskGroup } from 'mooring';
      declare function charge(order?: string): Promise<string>;
      declare function ship(order?: string): Promise<number>;
      declare function sleep(ms: number, signal?: AbortSignal): Promise<void>;
      declare const server: EventEmitter;
      declare const orders: readonly string[];
      export {};`;

describeRule('prefer-task-group', {
  allows: {
    'what a test starts, which ends with it': `${given}
      declare function it(name: string, run: () => Promise<void>): void;
      it('charges and ships', async () => {
        await Promise.all([charge(), ship()]);
        await Promise.race([charge(), ship()]);
      });`,
    'the same as tasks of a group': `${given}
      await TaskGroup.all([() => charge(), () => ship()]);
      await TaskGroup.map(orders, (order) => ship(order));
      await TaskGroup.run(async (group) => {
        const first = group.createTask(() => charge());
        await Promise.all([first, group.createTask(() => ship())]);
        await Promise.race([first.join(), group.join()]);
      });
    `,
    'promises that somebody else started': `${given}
      export async function both(a: Promise<string>, b: Promise<string>, more: Promise<string>[]) {
        await Promise.all([a, b]);
        await Promise.all(more);
        await Promise.all(more.map((each) => each.then(console.log)));
        return Promise.race(more);
      }
    `,
    'one promise, beside what is none': `${given}
      await Promise.all([charge(), 'a', 5]);
      await Promise.all([charge(), Promise.resolve(1)].slice(1));
      await Promise.all([Promise.resolve(1), Promise.resolve(2)]);
    `,
    'allSettled, which waits for all': `${given}
      await Promise.allSettled([charge(), ship()]);
      await Promise.allSettled(orders.map((order) => ship(order)));
    `,
    'what is over a turn later, beside what somebody else has started': `${given}
      export async function now(started: Promise<string>) {
        return Promise.race([started, Promise.resolve().then(() => Promise.resolve(undefined))]);
      }
    `,
    'a race between events': `${given}
      await Promise.race([once(server, 'close'), once(server, 'error')]);
    `,
    'a race against a timer, which no-race-timeout reports': `${given}
      await Promise.race([
        charge(),
        new Promise((_, reject) => setTimeout(reject, 100, new Error('late'))),
      ]);
    `,
    'a wait, and what sets it off': `${given}
      declare const page: { click(at: string): Promise<void>; waitForURL(url: string): Promise<void> };
      await Promise.all([page.waitForURL('/'), page.click('a')]);
      await Promise.all([once(server, 'close'), charge()]);
    `,
    'work none of which can fail': `${given}
      await Promise.all([charge().catch(() => ''), ship().then(console.log, console.error)]);
      await Promise.all(orders.map((order) => ship(order).catch(() => 0)));
      await Promise.all(orders.map(async (order) => {
        try {
          await ship(order);
        } catch (error) {
          console.error(error);
        }
      }));
    `,
    'modules that are loaded': `${given}
      await Promise.all([import('node:fs'), import('node:path')]);
    `,
    'another Promise': `${given}
      export async function both(Promise: { all(values: unknown[]): unknown }) {
        return Promise.all([charge(), ship()]);
      }
    `,
    'promises that are only read, each by a function of its own, and calls that are over at once': `
      declare const folders: { ready: Promise<string>; load(): Promise<string> }[];
      async function nameOf(folder: { name: string }) {
        return folder.name;
      }
      await Promise.all(folders.map(async (folder) => folder.ready));
      await Promise.all([nameOf({ name: 'a' }), nameOf({ name: 'b' })]);
    `,
  },
  reports: {
    'work that each function starts': `
      declare const folders: { ready: Promise<string>; load(): Promise<string> }[];
      await Promise.all(folders.map(async (folder) => folder.load()));
            ~~~~~~~~~~~ all
    `,
    'M15: several that are started together': {
      code: `${given}
        await Promise.all([charge(), ship()]);
              ~~~~~~~~~~~ all
      `,
      suggests: [
        [
          `${given}
        await TaskGroup.all([() => charge(), () => ship()]);
      `,
        ],
      ],
    },
    'M15: one for each of a collection': {
      code: `${given}
        const numbers = await Promise.all(orders.map((order) => ship(order)));
                              ~~~~~~~~~~~ all
        console.log(numbers);
      `,
      suggests: [
        [
          `${given}
        const numbers = await TaskGroup.map(orders, (order) => ship(order));
        console.log(numbers);
      `,
        ],
      ],
    },
    'M15: one for each, by name, and some beside them': `${given}
      await Promise.all(orders.map(ship));
            ~~~~~~~~~~~ all
      await Promise.all([charge(), ...orders.map((order) => ship(order))]);
            ~~~~~~~~~~~ all
      export const both = (isNew: boolean) => Promise.all([isNew ? charge() : ship(), charge()]);
                                              ~~~~~~~~~~~ all
    `,
    'M13: work that is raced against an event, or against other work': `${given}
      declare const stopped: Promise<never>;
      await Promise.race([charge(), stopped]);
            ~~~~~~~~~~~~ race
      await Promise.race([ship(), once(server, 'close')]);
            ~~~~~~~~~~~~ race
      await Promise.any([charge('a'), charge('b')]);
            ~~~~~~~~~~~ race
    `,
    'one that is started beside one that runs already': `${given}
      export async function both(started: Promise<string>) {
        await Promise.all([started, ship()]);
              ~~~~~~~~~~~ all
      }
    `,
    'what takes a signal has that of its task': {
      code: `${given}
        declare function load(id: string, signal?: AbortSignal): Promise<string>;
        await Promise.all([fetch('/a'), load('b'), sleep(10), charge()]);
              ~~~~~~~~~~~ all
        await Promise.any(orders.map((order) => load(order)));
              ~~~~~~~~~~~ race
        await Promise.all(orders.map(async (order) => {
              ~~~~~~~~~~~ all
          const response = await fetch(order, { method: 'POST' });
          return response.status;
        }));
      `,
      suggests: [
        [
          `${given}
        declare function load(id: string, signal?: AbortSignal): Promise<string>;
        await TaskGroup.all([({ signal }) => fetch('/a', { signal }), ({ signal }) => load('b', signal), ({ signal }) => sleep(10, signal), () => charge()]);
        await Promise.any(orders.map((order) => load(order)));
        await Promise.all(orders.map(async (order) => {
          const response = await fetch(order, { method: 'POST' });
          return response.status;
        }));
      `,
        ],
        [
          `${given}
        declare function load(id: string, signal?: AbortSignal): Promise<string>;
        await Promise.all([fetch('/a'), load('b'), sleep(10), charge()]);
        await TaskGroup.any(orders.map((order) => ({ signal }) => load(order, signal)));
        await Promise.all(orders.map(async (order) => {
          const response = await fetch(order, { method: 'POST' });
          return response.status;
        }));
      `,
        ],
        [
          `${given}
        declare function load(id: string, signal?: AbortSignal): Promise<string>;
        await Promise.all([fetch('/a'), load('b'), sleep(10), charge()]);
        await Promise.any(orders.map((order) => load(order)));
        await TaskGroup.map(orders, async (order, { signal }) => {
          const response = await fetch(order, { method: 'POST', signal });
          return response.status;
        });
      `,
        ],
      ],
    },
    'the group follows the signal at hand, and its tasks have their own': {
      code: `${given}
        export async function both(signal: AbortSignal) {
          return Promise.race([fetch('/a', { signal }), charge(), fetch('/b')]);
                 ~~~~~~~~~~~~ race
        }
        export async function all(options: { signal?: AbortSignal; url: string }) {
          return Promise.all([fetch(options.url, { signal: options.signal }), charge()]);
                 ~~~~~~~~~~~ all
        }
        export const each = (urls: string[], outer: AbortSignal) =>
          Promise.all(urls.map(url => fetch(url, { signal: outer })));
          ~~~~~~~~~~~ all
      `,
      suggests: [
        [
          `${given}
        export async function both(signal: AbortSignal) {
          return TaskGroup.race([({ signal }) => fetch('/a', { signal }), () => charge(), ({ signal }) => fetch('/b', { signal })], { signal });
        }
        export async function all(options: { signal?: AbortSignal; url: string }) {
          return Promise.all([fetch(options.url, { signal: options.signal }), charge()]);
        }
        export const each = (urls: string[], outer: AbortSignal) =>
          Promise.all(urls.map(url => fetch(url, { signal: outer })));
      `,
        ],
        [
          `${given}
        export async function both(signal: AbortSignal) {
          return Promise.race([fetch('/a', { signal }), charge(), fetch('/b')]);
        }
        export async function all(options: { signal?: AbortSignal; url: string }) {
          return TaskGroup.all([({ signal }) => fetch(options.url, { signal }), () => charge()], options);
        }
        export const each = (urls: string[], outer: AbortSignal) =>
          Promise.all(urls.map(url => fetch(url, { signal: outer })));
      `,
        ],
        [
          `${given}
        export async function both(signal: AbortSignal) {
          return Promise.race([fetch('/a', { signal }), charge(), fetch('/b')]);
        }
        export async function all(options: { signal?: AbortSignal; url: string }) {
          return Promise.all([fetch(options.url, { signal: options.signal }), charge()]);
        }
        export const each = (urls: string[], outer: AbortSignal) =>
          TaskGroup.map(urls, (url, { signal }) => fetch(url, { signal }), { signal: outer });
      `,
        ],
      ],
    },
    'the values of an object': {
      code: `${given}
        await Promise.all(Object.values({ paid: charge(), sent: ship() }));
              ~~~~~~~~~~~ all
        const [paid] = await Promise.all(Object.values({ paid: charge(), again: charge() }));
                             ~~~~~~~~~~~ all
        console.log(paid);
      `,
      suggests: [
        [
          `${given}
        await TaskGroup.allKeyed({ paid: () => charge(), sent: () => ship() });
        const [paid] = await Promise.all(Object.values({ paid: charge(), again: charge() }));
        console.log(paid);
      `,
        ],
        [
          `${given}
        await Promise.all(Object.values({ paid: charge(), sent: ship() }));
        const [paid] = Object.values(await TaskGroup.allKeyed({ paid: () => charge(), again: () => charge() }));
        console.log(paid);
      `,
        ],
      ],
    },
    'a name that means something else already': {
      code: `${given}
        export async function both(signal: string) {
          await Promise.all([fetch('/a', { headers: { signal } }), charge()]);
                ~~~~~~~~~~~ all
        }
      `,
      suggests: [
        [
          `${given}
        export async function both(signal: string) {
          await TaskGroup.all([(context) => fetch('/a', { headers: { signal }, signal: context.signal }), () => charge()]);
        }
      `,
        ],
      ],
    },
  },
  misses: {
    'a list with a name': `${given}
      const all = [charge(), ship()];
      await Promise.all(all);
    `,
  },
});
