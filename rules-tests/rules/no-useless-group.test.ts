import { describeRule } from '../support/describe-rule.js';

/** Without what nothing uses any more. */
const load = `
  declare function load(id?: string, scope?: unknown): Promise<string>;
`;

const start = `
  import { TaskGroup } from 'mooring';
  declare function load(id?: string, scope?: unknown): Promise<string>;
`;

describeRule('no-useless-group', {
  allows: {
    'a group with two tasks': `${start}
      export async function both() {
        await using group = new TaskGroup();
        const a = group.createTask(() => load('a'));
        const b = group.createTask(() => load('b'));
        await group.join();
        return [await a, await b];
      }
    `,
    'one task beside the body': `${start}
      export async function beside() {
        await using group = new TaskGroup();
        const a = group.createTask(() => load('a'));
        const b = await load('b');
        return [await a, b];
      }
      export const body = () => TaskGroup.run(async (group) => {
        group.createTask(() => load('a'));
        await load('b');
      });
    `,
    'a task in each round': `${start}
      export async function all(ids: readonly string[]) {
        await using group = new TaskGroup();
        for (const id of ids) group.createTask(() => load(id));
        await group.join();
      }
      export async function more(ids: readonly string[]) {
        await using group = new TaskGroup();
        ids.forEach((id) => group.createTask(() => load(id)));
        await group.join();
      }
    `,
    'a group that is handed on': `${start}
      export async function handed(fill: (group: TaskGroup) => void) {
        await using group = new TaskGroup();
        fill(group);
        await group.join();
      }
    `,
    'a group that cancels, or whose signal is used': `${start}
      export async function cancels(stop: EventTarget) {
        await using group = new TaskGroup();
        stop.addEventListener('stop', () => group.cancel());
        await group.createTask(() => load());
      }
      export async function signals() {
        await using group = new TaskGroup();
        return await load('a', group.signal);
      }
    `,
    'a group with options': `${start}
      export async function under(signal: AbortSignal) {
        await using group = new TaskGroup({ signal });
        await group.createTask(() => load());
      }
    `,
  },
  reports: {
    'a group that is only declared': {
      code: `${start}
      export async function none() {
        await using group = new TaskGroup();
                    ~~~~~ empty
        await load();
      }
    `,
      suggests: [
        [
          `${load}
      export async function none() {
        await load();
      }
    `,
        ],
      ],
    },
    'a group with no task': `${start}
      export async function none() {
        await using group = new TaskGroup();
                    ~~~~~ empty
        await load();
        await group.join();
      }
      export const body = () => TaskGroup.run(async (group) => await load());
                                                     ~~~~~ empty
    `,
    'one task that is awaited where it is created': {
      code: `${start}
      export async function one() {
        await using group = new TaskGroup();
                    ~~~~~ one
        const a = await group.createTask(() => load('a'));
        await group.join();
        return a;
      }
    `,
      suggests: [
        [
          `${load}
      export async function one() {
        const a = await load('a');
        return a;
      }
    `,
        ],
      ],
    },
    'one task, and then the join': {
      code: `${start}
      export async function one(id?: string) {
        await using group = new TaskGroup();
                    ~~~~~ one
        group.createTask(async () => await (id === undefined ? load('a') : load(id)));
        await group.join();
      }
      export const rest: readonly TaskGroup[] = [];
    `,
      suggests: [
        [
          `${start}
      export async function one(id?: string) {
        await (id === undefined ? load('a') : load(id));
      }
      export const rest: readonly TaskGroup[] = [];
    `,
        ],
      ],
    },
    'one task that is all that a run has': {
      code: `
      import { sleep, TaskGroup } from 'mooring';
      export async function one() {
        await TaskGroup.run(async (group) => {
                                   ~~~~~ one
          group.createTask(() => sleep(1));
        });
        return await TaskGroup.run(async (group) => await group.createTask(() => sleep(2)));
                                          ~~~~~ one
      }
    `,
      suggests: [
        [
          `
      import { sleep, TaskGroup } from 'mooring';
      export async function one() {
        await sleep(1);
        return await TaskGroup.run(async (group) => await group.createTask(() => sleep(2)));
      }
    `,
        ],
        [
          `
      import { sleep, TaskGroup } from 'mooring';
      export async function one() {
        await TaskGroup.run(async (group) => {
          group.createTask(() => sleep(1));
        });
        return await sleep(2);
      }
    `,
        ],
      ],
    },
    'a task that is more than an expression, or that takes its scope': {
      code: `${start}
      export async function two() {
        await using group = new TaskGroup();
                    ~~~~~ one
        group.createTask(async () => { await load('a'); });
        await group.join();
      }
      export async function one() {
        await using group = new TaskGroup();
                    ~~~~~ one
        return await group.createTask((context) => load('a', context));
      }
    `,
      suggests: [[], []],
    },
    'one task that is all of a body': `${start}
      export const one = () => TaskGroup.run(async (group) => {
                                                    ~~~~~ one
        group.createTask(() => load('a'));
      });
    `,
    'a group that each round makes for one task': `${start}
      export async function each(ids: readonly string[]) {
        for (const id of ids) {
          await using group = new TaskGroup();
                      ~~~~~ one
          await group.createTask(() => load(id));
        }
      }
    `,
  },
  misses: {
    'a task that the next line awaits by its name': `${start}
      export async function named() {
        await using group = new TaskGroup();
        const task = group.createTask(() => load('a'));
        return await task;
      }
    `,
  },
});
