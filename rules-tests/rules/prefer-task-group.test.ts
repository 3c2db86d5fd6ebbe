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
  },
  reports: {
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
  },
  misses: {
    'a list with a name': `${given}
      const all = [charge(), ship()];
      await Promise.all(all);
    `,
  },
});
