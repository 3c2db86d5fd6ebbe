import { describeRule } from '../support/describe-rule.js';

/** What the programs import and call. */
const given = `
      import { EventEmitter, once } from 'node:events';
      import { Task, TaskGroup } from 'mooring';
      declare function load(scope?: unknown): Promise<string>;
      declare function start(...parts: unknown[]): void;
      declare const items: readonly string[];`;

describeRule('no-scope-escape', {
  allows: {
    'what is handed to a call': `${given}
      export async function all() {
        await using group = new TaskGroup();
        start(group, group.signal, { group });
        const task = group.createTask(() => load(group));
        start(task, [task]);
        await fetch('/', { signal: group.signal });
        await group.join();
      }
    `,
    results: `${given}
      let last = '';
      export async function all(state: { page?: string }) {
        await using group = new TaskGroup();
        const task = group.createTask(load);
        state.page = await task;
        last = await group.createTask(load);
        const sizes = await Promise.all(items.map((item) => group.createTask(() => load(item))));
        await group.join();
        return { page: await task, sizes, read: () => last };
      }
    `,
    'a task that is returned, and so awaited': `${given}
      export async function one() {
        await using group = new TaskGroup();
        const task = group.createTask(load);
        await group.join();
        return task;
      }
      export const two = () => TaskGroup.run((group) => group.createTask(load));
      export const three = () =>
        TaskGroup.run(async (group) => {
          const task = group.createTask(load);
          if (items.length) return task;
          return await task;
        });
      export const four = () => TaskGroup.run((group) => group.createTask(load).then(String));
    `,
    'functions that are tasks': `${given}
      await TaskGroup.run(async (group) => {
        group.createTask(async () => {
          group.createTask(load);
        });
        const work = async () => {
          group.createTask(load);
        };
        group.createTask(work);
      });
    `,
    'variables and objects of the block': `${given}
      export async function all() {
        await using group = new TaskGroup();
        const { signal } = group;
        const same = group;
        let task: Task<string> | undefined;
        const tasks = new Map<string, Task<string>>();
        const state: { tasks: unknown[]; group?: TaskGroup } = { tasks: [] };
        for (const item of items) {
          task = same.createTask(() => load(signal));
          tasks.set(item, task);
          state.tasks.push(task);
          state.group = group;
        }
        const options = { signal };
        await fetch('/', options);
        await group.join();
        return tasks.size;
      }
    `,
    'a variable before the block that only the block uses': `${given}
      export async function all() {
        let task: Task<string> | undefined;
        {
          await using group = new TaskGroup();
          task = group.createTask(load);
          start(task);
          await group.join();
        }
      }
    `,
    'functions of the block': `${given}
      export async function all() {
        await using group = new TaskGroup();
        const spawn = (item: string) => group.createTask(() => load(item));
        function spawnAll() {
          return items.map(spawn);
        }
        items.forEach((item) => spawn(item));
        await Promise.all(spawnAll());
        await group.join();
      }
    `,
    'a factory, whose group is nobody’s yet': `${given}
      export function makeGroup() {
        const group = new TaskGroup();
        group.createTask(load);
        return group;
      }
      export class Server {
        #group = new TaskGroup();
        get signal() {
          return this.#group.signal;
        }
      }
    `,
    'a group that was given, and that the caller ends': `${given}
      export class Worker {
        task: Task<string>;
        constructor(readonly group: TaskGroup) {
          this.task = group.createTask(load);
        }
      }
    `,
    'a listener of something in the block': `${given}
      export async function all() {
        const emitter = new EventEmitter();
        await using group = new TaskGroup();
        emitter.on('item', (item) => group.createTask(() => load(item)));
        group.signal.addEventListener('abort', () => start(group));
        await group.join();
      }
      await TaskGroup.run(async (group) => {
        const emitter = new EventEmitter();
        emitter.on('item', () => group.createTask(load));
        await once(emitter, 'end');
      });
    `,
    'a listener that is removed': `${given}
      export async function all(emitter: EventEmitter, target: EventTarget) {
        await using group = new TaskGroup();
        const onItem = () => group.createTask(load);
        emitter.on('item', onItem);
        target.addEventListener('item', onItem, { signal: group.signal });
        try {
          await group.join();
        } finally {
          emitter.off('item', onItem);
        }
      }
    `,
    'a listener of what the block waits for': `${given}
      export async function serve(server: EventEmitter) {
        await TaskGroup.run(async (group) => {
          server.on('request', (request) => group.createTask(() => load(request)));
          await once(server, 'close');
        });
      }
    `,
    'a subscription and a timer that are kept': `${given}
      interface Source { subscribe(next: () => void): { unsubscribe(): void } }
      export async function all(source: Source) {
        await using group = new TaskGroup();
        const subscription = source.subscribe(() => group.createTask(load));
        const timer = setTimeout(() => group.createTask(load), 10);
        await group.join();
        subscription.unsubscribe();
        clearTimeout(timer);
      }
    `,
    'a timer that the block waits for': `${given}
      await TaskGroup.run(async (group) => {
        await new Promise<void>((resolve) => {
          setTimeout(() => {
            group.createTask(load);
            resolve();
          }, 10);
        });
      });
    `,
    'a callback that only cancels, once: a closed group does not mind': `${given}
      export async function all(emitter: EventEmitter) {
        await using group = new TaskGroup();
        const task = group.createTask(load);
        setTimeout(() => group.cancel(), 1000);
        emitter.once('close', () => {
          task.cancel('closed');
        });
        await group.join();
      }
    `,
    'a list of what to call at the end, where nothing is left to cancel': `${given}
      const cleanUps: (() => void)[] = [];
      await TaskGroup.run(async (group) => {
        cleanUps.push(() => group.cancel());
      });
    `,
    'a task in a collection that takes it out again': `${given}
      const running = new Set<Task<string>>();
      export async function all() {
        await using group = new TaskGroup();
        const task = group.createTask(load);
        running.add(task);
        try {
          await group.join();
        } finally {
          running.delete(task);
        }
      }
    `,
    'a queue that is no collection': `${given}
      declare const queue: { push(task: unknown): void };
      await using group = new TaskGroup();
      queue.push(group.createTask(load));
      await group.join();
    `,
    'a return from a function of the block': `${given}
      await TaskGroup.run(async (group) => {
        const current = () => group;
        const signalOf = () => ({ signal: group.signal });
        start(current(), signalOf());
      });
    `,
    'a field of an object that the block makes': `${given}
      class Job {
        task?: Task<string>;
        constructor(readonly group: TaskGroup) {}
        start(scope: TaskGroup) {
          this.task = scope.createTask(load);
        }
      }
      await TaskGroup.run(async (group) => {
        const job = new Job(group);
        job.task = group.createTask(load);
        const other = {
          start() {
            (this as { task?: unknown }).task = group.createTask(load);
          },
        };
        other.start();
      });
    `,
    'what is taken away again in a clean-up, whatever happens': `${given}
      declare const socket: { onmessage: (() => void) | null };
      let current: TaskGroup | undefined;
      export class Server {
        #group: TaskGroup | undefined;
        async run() {
          await TaskGroup.run(async (group) => {
            this.#group = group;
            socket.onmessage = () => {
              group.createTask(load);
            };
            try {
              await load();
            } finally {
              this.#group = undefined;
              socket.onmessage = null;
            }
          });
        }
        async runAll() {
          try {
            await TaskGroup.run(async (group) => {
              current = group;
              await load();
            });
          } finally {
            current = undefined;
          }
        }
        async runOnce() {
          await TaskGroup.run(async (group) => {
            this.#group = group;
            await load();
          }).finally(() => {
            this.#group = undefined;
          });
        }
      }
    `,
    'another class of the same name': `
      class TaskGroup {
        static run(body: (group: TaskGroup) => unknown) {}
        async [Symbol.asyncDispose]() {}
      }
      export async function all() {
        await using group = new TaskGroup();
        return group;
      }
      let outer;
      TaskGroup.run((group) => (outer = group));
    `,
    'what only looks at the group': `${given}
      let wasBusy = false;
      let isCancelled = false;
      await TaskGroup.run(async (group) => {
        wasBusy = group.state === 'open';
        isCancelled = group.signal.aborted;
        return group.name;
      });
    `,
  },
  reports: {
    'what is taken away again only where nothing fails, or is another': `${given}
      export class Server {
        #group: TaskGroup | undefined;
        #other: TaskGroup | undefined;
        async run() {
          await TaskGroup.run(async (group) => {
            this.#group = group;
                          ~~~~~ group
            try {
              await load();
              this.#group = undefined;
            } catch {
              this.#group = undefined;
            } finally {
              this.#other = undefined;
            }
          });
        }
      }
    `,
    'a group in an outer variable': `${given}
      let current: TaskGroup | undefined;
      export async function all() {
        await using group = new TaskGroup();
        current = group;
                  ~~~~~ group
        await group.join();
      }
      await TaskGroup.run(async (group) => {
        current = group;
                  ~~~~~ group
      });
    `,
    'a group in a variable of the function around its block': `${given}
      export async function all() {
        let outer: TaskGroup;
        {
          await using group = new TaskGroup();
          outer = group;
                  ~~~~~ group
          await group.join();
        }
        outer.createTask(load);
      }
    `,
    'a signal in an outer variable': `${given}
      let signal: AbortSignal;
      await TaskGroup.run(async (group) => {
        signal = group.signal;
                 ~~~~~~~~~~~~ signal
      });
      await TaskGroup.run(async ({ signal: inner }) => {
        signal = inner;
                 ~~~~~ signal
      });
      export async function all() {
        await using group = new TaskGroup();
        const { signal: taken } = group;
        signal = taken;
                 ~~~~~ signal
        ({ signal } = group);
           ~~~~~~ signal
        await group.join();
      }
    `,
    'a task in an outer variable': `${given}
      let task: Task<string>;
      await TaskGroup.run(async (group) => {
        task = group.createTask(load);
               ~~~~~~~~~~~~~~~~~~~~~~ task
        const other = group.createTask(load);
        task = other;
               ~~~~~ task
      });
      start(await task!);
    `,
    'fields and properties of something outer': `${given}
      declare const state: { group?: TaskGroup; nested: { signal?: AbortSignal } };
      export class Worker {
        #group?: TaskGroup;
        task?: Task<string>;
        async run() {
          await using group = new TaskGroup();
          this.#group = group;
                        ~~~~~ group
          this.task = group.createTask(load);
                      ~~~~~~~~~~~~~~~~~~~~~~ task
          state.group ??= group;
                          ~~~~~ group
          state.nested.signal = group.signal;
                                ~~~~~~~~~~~~ signal
          await group.join();
        }
        start(target: { stop?: () => void }) {
          return TaskGroup.run(async (group) => {
            this.#group = group;
                          ~~~~~ group
            target.stop = () => group.cancel();
                          ~~~~~~~~~~~~~~~~~~~~ callback
          });
        }
      }
    `,
    'a group that is returned': `${given}
      export async function open() {
        await using group = new TaskGroup();
        return group;
               ~~~~~ group
      }
      export const run = () => TaskGroup.run((group) => group);
                                                        ~~~~~ group
    `,
    'a signal that is returned': `${given}
      export async function open() {
        await using group = new TaskGroup();
        await group.join();
        return { signal: group.signal, done: true };
                         ~~~~~~~~~~~~ signal
      }
    `,
    'tasks that are returned in something: nobody waits for them there': `${given}
      export async function open() {
        await using group = new TaskGroup();
        const task = group.createTask(load);
        await group.join();
        if (items.length === 1) return [task];
                                        ~~~~ task
        if (items.length === 2) return items.map((item) => group.createTask(() => load(item)));
                                                           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ task
        const tasks: Task<string>[] = [];
        for (const item of items) tasks.push(group.createTask(() => load(item)));
        return tasks;
               ~~~~~ task
      }
    `,
    'functions that are returned': `${given}
      export async function open() {
        await using group = new TaskGroup();
        const spawn = (item: string) => group.createTask(() => load(item));
        if (items.length === 1) return spawn;
                                       ~~~~~ callback
        return { stop: () => group.cancel() };
                       ~~~~~~~~~~~~~~~~~~~~ callback
      }
    `,
    'an outer collection': `${given}
      const groups = new Set<TaskGroup>();
      const byName = new Map<string, Task<string>>();
      export async function all(signals: AbortSignal[]) {
        await using group = new TaskGroup();
        groups.add(group);
                   ~~~~~ group
        byName.set('a', group.createTask(load));
                        ~~~~~~~~~~~~~~~~~~~~~~ task
        signals.push(group.signal);
                     ~~~~~~~~~~~~ signal
        await group.join();
      }
    `,
    exports: `${given}
      await using group = new TaskGroup();
      export const task = group.createTask(load);
                          ~~~~~~~~~~~~~~~~~~~~~~ task
      export function spawn() {
             ~~~~~~~~~~~~~~~~…  callback
        return group.createTask(load);
      }
      await group.join();
      export { group };
               ~~~~~ group
    `,
    'listeners of something outer': `${given}
      export async function all(emitter: EventEmitter, button: EventTarget) {
        await using group = new TaskGroup();
        emitter.on('item', (item) => group.createTask(() => load(item)));
                           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ callback
        button.addEventListener('click', () => {
                                         ~~~~~~~…  callback
          group.createTask(load);
        });
        const onClose = () => group.createTask(load);
        emitter.on('data', start).once('close', onClose);
                                                ~~~~~~~ callback
        await group.join();
      }
      await TaskGroup.run(async (group) => {
        process.on('SIGTERM', () => group.cancel());
                              ~~~~~~~~~~~~~~~~~~~~ callback
        await once(process, 'SIGINT');
      });
    `,
    timers: `${given}
      await TaskGroup.run(async (group) => {
        const { signal } = group;
        setTimeout(() => group.createTask(load), 1000);
                   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ callback
        setInterval(() => group.cancel(), 1000);
                    ~~~~~~~~~~~~~~~~~~~~ callback
        const timer = setTimeout(() => load(signal), 1000);
                                 ~~~~~~~~~~~~~~~~~~ callback
      });
    `,
    'a group in the hands of a stack': `${given}
      let current: TaskGroup;
      export async function all() {
        await using stack = new AsyncDisposableStack();
        const group = stack.use(new TaskGroup());
        current = group;
                  ~~~~~ group
        await group.join();
      }
    `,
    'a group from a factory, and a class that extends it': `${given}
      declare function makeGroup(): TaskGroup;
      class Pool extends TaskGroup {}
      let current: TaskGroup;
      export async function all() {
        await using group = makeGroup();
        await using pool = new Pool();
        current = group;
                  ~~~~~ group
        current = pool;
                  ~~~~ group
      }
      await Pool.run(async (group) => {
        current = group;
                  ~~~~~ group
      });
    `,
    'a body with a name': `${given}
      let current: TaskGroup;
      async function body(group: TaskGroup) {
        current = group;
                  ~~~~~ group
      }
      await TaskGroup.run(body);
    `,
    'the class by another name': `
      import * as mooring from 'mooring';
      const Group: typeof mooring.TaskGroup = mooring.TaskGroup;
      let current: mooring.TaskGroup;
      await Group.run(async (group) => {
        current = group;
                  ~~~~~ group
      });
    `,
    'a class that the settings name': {
      code: `
        class Nursery {
          async [Symbol.asyncDispose]() {}
        }
        let current: Nursery;
        export async function all() {
          await using nursery = new Nursery();
          current = nursery;
                    ~~~~~~~ group
        }
      `,
      settings: { groups: [{ from: 'file', name: 'Nursery' }] },
    },
    'in a task too': `${given}
      let current: AbortSignal;
      await TaskGroup.run(async (group) => {
        group.createTask(async () => {
          current = group.signal;
                    ~~~~~~~~~~~~ signal
        });
      });
    `,
  },
  misses: {
    'a call that keeps what it is given': `${given}
      let current: TaskGroup;
      const keep = (group: TaskGroup) => {
        current = group;
      };
      await TaskGroup.run(async (group) => keep(group));
    `,
    'a listener that is awaited for something else': `${given}
      export async function all(emitter: EventEmitter) {
        await using group = new TaskGroup();
        emitter.on('item', () => group.createTask(load));
        await once(emitter, 'ready');
        await group.join();
      }
    `,
    'an object of the block that gets out with a task in it': `${given}
      class Job {
        task?: Task<string>;
      }
      let current: Job;
      await TaskGroup.run(async (group) => {
        const job = new Job();
        start(job);
        job.task = group.createTask(load);
      });
    `,
  },
});
