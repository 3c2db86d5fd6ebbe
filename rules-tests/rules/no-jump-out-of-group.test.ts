import { describeRule } from '../support/describe-rule.js';

const start = `
  import { TaskGroup } from 'mooring';
  declare function load(id?: string): Promise<string>;
  declare const ready: boolean;
`;

describeRule('no-jump-out-of-group', {
  allows: {
    'a guard before the first task': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        if (!ready) return;
        group.createTask(() => load());
        await load();
      });
    `,
    'the last return': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        const a = group.createTask(() => load());
        if (ready) {
          return a;
        } else {
          return load();
        }
      });
    `,
    'a return after a join or a cancel': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (ready) {
          group.cancel();
          return;
        }
        await group.join();
        if (!ready) return 'done';
        return load();
      });
    `,
    'a return that waits for the task, or comes after it': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        const a = group.createTask(() => load());
        if (ready) return await a;
        const value = await a;
        if (value === '') return 'none';
        const b = await group.createTask(() => load());
        if (b === '') return 'none';
        return load();
      });
    `,
    'a return of the task itself': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(async () => {
          if (ready) return;
          await load();
        });
        await load();
      });
    `,
    'a throw': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (!ready) throw new Error('not ready');
        await load();
      });
    `,
    'a jump that require-join reports': `${start}
      export async function run() {
        await using group = new TaskGroup();
        group.createTask(() => load());
        if (!ready) return;
        await group.join();
      }
    `,
  },
  reports: {
    'a return that gives a value, with what to do before it': {
      code: `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (ready) return 'done';
                   ~~~~~~~~~~~~~~ waits
        return load();
      });
    `,
      suggests: [
        [
          `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (ready) {
            group.cancel();
            return 'done';
        }
        return load();
      });
    `,
          `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (ready) {
            await group.join();
            return 'done';
        }
        return load();
      });
    `,
        ],
      ],
    },
    'a return beside a task that has been started, and is only up': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        await group.start<void>(async ({ signal }, up) => {
          up();
          await fetch('/', { signal });
        });
        if (ready) return;
                   ~~~~~~~ waits
        await load();
      });
    `,
    'a return while a task runs': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load());
        if (!ready) return;
                    ~~~~~~~ waits
        await load();
      });
    `,
    'a return out of a loop': `${start}
      export const first = (ids: readonly string[]) => TaskGroup.run(async (group) => {
        for (const id of ids) {
          group.createTask(() => load(id));
          if (id === 'last') return id;
                             ~~~~~~~~~~ waits
        }
        return undefined;
      });
    `,
  },
  misses: {
    'a task that is one of several': `${start}
      export const run = () => TaskGroup.run(async (group) => {
        group.createTask(() => load('heartbeat'));
        const task = group.createTask(() => load());
        if (await task === '') return;
        await load();
      });
    `,
  },
});
