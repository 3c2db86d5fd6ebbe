import { describeRule } from '../support/describe-rule.js';

/** Each program imports the group the same way. */
const imported = `import { TaskGroup } from 'mooring';`;

describeRule('require-group-scope', {
  allows: {
    'a group of its block': `
      ${imported}
      async function load() {
        await using group = new TaskGroup();
        await group.join();
      }
    `,
    'a group of the module': `
      ${imported}
      await using group = new TaskGroup();
      await group.join();
    `,
    'the group of TaskGroup.run': `
      ${imported}
      await TaskGroup.run(async (group) => {
        group.createTask(async () => {});
      });
    `,
    'one of two groups, each in its own block': `
      ${imported}
      export async function load(limit?: number) {
        await using group = limit === undefined ? new TaskGroup() : new TaskGroup({ limit });
        await group.join();
      }
    `,
    'a group that a stack holds': `
      ${imported}
      declare const stack: AsyncDisposableStack;
      const group = stack.use(new TaskGroup());
      group.createTask(async () => {});
    `,
    'a group that a stack is given later': `
      ${imported}
      declare const stack: AsyncDisposableStack;
      const group = new TaskGroup();
      stack.use(group);
    `,
    'a group that a stack is told how to end': `
      ${imported}
      declare const stack: AsyncDisposableStack;
      const group = new TaskGroup();
      stack.defer(() => group.join());
    `,
    'a group that a stack adopts': `
      ${imported}
      declare const stack: AsyncDisposableStack;
      const group = stack.adopt(new TaskGroup(), (held) => held.join());
    `,
    'a field of a class that disposes it': `
      ${imported}
      class Server implements AsyncDisposable {
        readonly #group = new TaskGroup({ name: 'server' });
        async [Symbol.asyncDispose]() {
          this.#group.cancel();
          await this.#group.join();
        }
      }
    `,
    'a field that the disposer of the class disposes': `
      ${imported}
      class Server implements AsyncDisposable {
        private readonly group: TaskGroup;
        constructor(limit: number) {
          this.group = new TaskGroup({ limit });
        }
        [Symbol.asyncDispose]() {
          return this.group[Symbol.asyncDispose]();
        }
      }
    `,
    'a field that is made when it is first needed': `
      ${imported}
      class Server {
        #group: TaskGroup | undefined;
        get tasks() {
          return (this.#group ??= new TaskGroup());
        }
        async [Symbol.asyncDispose]() {
          await this.#group?.[Symbol.asyncDispose]();
        }
      }
    `,
    'a field that the disposer hands to its block': `
      ${imported}
      class Server {
        #group = new TaskGroup();
        async [Symbol.asyncDispose]() {
          await using group = this.#group;
          group.cancel();
        }
      }
    `,
    'a field that the disposer takes out with a pattern': `
      ${imported}
      class Server {
        group = new TaskGroup();
        async [Symbol.asyncDispose]() {
          const { group } = this;
          await group.join();
        }
      }
    `,
    'a field whose disposing is told to another function': `
      ${imported}
      declare function end(group: TaskGroup): Promise<void>;
      class Server {
        #group = new TaskGroup();
        async [Symbol.asyncDispose]() {
          await end(this.#group);
        }
      }
    `,
    'a class that ends its group under another name': `
      ${imported}
      class Server {
        constructor(private readonly group = new TaskGroup()) {}
        async close() {
          this.group.cancel();
          await this.group.join();
        }
      }
    `,
    'a field that the class gives to a stack of its own': `
      ${imported}
      class Server {
        #stack = new AsyncDisposableStack();
        #group = this.#stack.use(new TaskGroup());
        [Symbol.asyncDispose]() {
          return this.#stack.disposeAsync();
        }
      }
    `,
    'an object that disposes its group': `
      ${imported}
      const server = {
        group: new TaskGroup(),
        async [Symbol.asyncDispose]() {
          await this.group[Symbol.asyncDispose]();
        },
      };
    `,
    'an object made by a function, with a way to end the group': `
      ${imported}
      function serve() {
        const group = new TaskGroup();
        const close = async () => {
          group.cancel();
          await group.join();
        };
        return { close, spawn: (work: () => Promise<void>) => group.createTask(work) };
      }
    `,
    'a factory': `
      ${imported}
      const makeGroup = () => new TaskGroup({ limit: 4 });
      await using group = makeGroup();
      await group.join();
    `,
    'a factory that gives the group a first task': `
      ${imported}
      function makeGroup() {
        const group = new TaskGroup();
        group.createTask(async () => {});
        return group;
      }
      async function load() {
        await using group = makeGroup();
        await group.join();
      }
    `,
    'a factory that is async': `
      ${imported}
      async function makeGroup() {
        return new TaskGroup({ limit: 4 });
      }
      await using group = await makeGroup();
      await group.join();
    `,
    'a factory that returns the group with other things': `
      ${imported}
      function open() {
        const group = new TaskGroup();
        return { group, name: 'all' };
      }
    `,
    'a factory method': `
      ${imported}
      class Pool {
        open() {
          return new TaskGroup({ limit: 4 });
        }
      }
    `,
    'a fixture that hands it out with yield': `
      ${imported}
      function* fixture() {
        yield new TaskGroup();
      }
    `,
    'a block that is written out by hand': `
      ${imported}
      async function load() {
        const group = new TaskGroup();
        try {
          group.createTask(async () => {});
          await group.join();
        } finally {
          await group[Symbol.asyncDispose]();
        }
      }
    `,
    'the group of a test suite, ended after each test': `
      ${imported}
      declare function beforeEach(fn: () => unknown): void;
      declare function afterEach(fn: () => unknown): void;
      let group: TaskGroup;
      beforeEach(() => {
        group = new TaskGroup();
      });
      afterEach(() => group[Symbol.asyncDispose]());
    `,
    'a group that goes on to a block': `
      ${imported}
      async function load() {
        const made = new TaskGroup();
        await using group = made;
        await group.join();
      }
    `,
    'a group made somewhere else': `
      ${imported}
      declare function currentGroup(): TaskGroup;
      const group = currentGroup();
      group.createTask(async () => {});
    `,
    'a group as a parameter': `
      ${imported}
      function start(group: TaskGroup) {
        const same = group;
        same.createTask(async () => {});
      }
    `,
    'another class of the same name': `
      class TaskGroup {}
      const group = new TaskGroup();
    `,
    'a group that is given to the object that is to own it': `
      ${imported}
      class Server {
        constructor(readonly group: TaskGroup) {}
      }
      const server = new Server(new TaskGroup());
    `,
    'a variable that is given to the object that is to own it': `
      ${imported}
      class Server {
        constructor(readonly group: TaskGroup) {}
      }
      const group = new TaskGroup();
      const server = new Server(group);
    `,
  },
  reports: {
    'a group in a variable': {
      code: `
        ${imported}
        async function load() {
          const group = new TaskGroup();
                        ~~~~~~~~~~~~~~~ stored
          group.createTask(async () => {});
        }
      `,
      suggests: [
        [
          `
            ${imported}
            async function load() {
              await using group = new TaskGroup();
              group.createTask(async () => {});
            }
          `,
        ],
      ],
    },
    'a group that is joined, but not when the code before it throws': `
      ${imported}
      async function load() {
        const group = new TaskGroup();
                      ~~~~~~~~~~~~~~~ stored
        group.createTask(async () => {});
        await group.join();
      }
    `,
    'a group that is joined in a finally: after an error its tasks are never cancelled': `
      ${imported}
      async function load() {
        const group = new TaskGroup();
                      ~~~~~~~~~~~~~~~ stored
        try {
          group.createTask(async () => {});
        } finally {
          await group.join();
        }
      }
    `,
    'a group declared with using': {
      code: `
        ${imported}
        async function load() {
          // @ts-expect-error A group has no Symbol.dispose.
          using group = new TaskGroup();
                        ~~~~~~~~~~~~~~~ syncUsing
        }
      `,
      suggests: [
        [
          `
            ${imported}
            async function load() {
              // @ts-expect-error A group has no Symbol.dispose.
              await using group = new TaskGroup();
            }
          `,
        ],
      ],
    },
    'a group from somewhere else declared with using': `
      ${imported}
      declare function open(): TaskGroup;
      // @ts-expect-error A group has no Symbol.dispose.
      using group = open();
                    ~~~~~~ syncUsing
    `,
    'a group of the module': {
      code: `
        ${imported}
        export const group = new TaskGroup();
                             ~~~~~~~~~~~~~~~ stored
      `,
      suggests: [[]],
    },
    'a group that is the export of a module': `
      ${imported}
      export default new TaskGroup();
                     ~~~~~~~~~~~~~~~ stored
    `,
    'a group that nobody keeps': `
      ${imported}
      new TaskGroup();
      ~~~~~~~~~~~~~~~ dropped
      new TaskGroup().createTask(async () => {});
      ~~~~~~~~~~~~~~~ dropped
      const { signal } = new TaskGroup();
                         ~~~~~~~~~~~~~~~ dropped
    `,
    'a group that is only lent to functions': `
      ${imported}
      declare function spawnAll(group: TaskGroup): void;
      declare function spawn(context: { group: TaskGroup }): void;
      declare function fetchAll(scope: { signal: AbortSignal }): Promise<void>;
      async function load() {
        const group = new TaskGroup();
                      ~~~~~~~~~~~~~~~ stored
        spawnAll(group);
        spawn({ group });
        await fetchAll(group);
        await group.join();
      }
    `,
    'the parent of a group in its block': `
      ${imported}
      async function load() {
        const outer = new TaskGroup();
                      ~~~~~~~~~~~~~~~ stored
        await using inner = new TaskGroup(outer);
        await inner.join();
      }
    `,
    'a field of a class that has no way to end it': {
      code: `
        ${imported}
        class Server {
          readonly #group = new TaskGroup();
                            ~~~~~~~~~~~~~~~ stored
          serve() {
            this.#group.createTask(async () => {});
          }
        }
      `,
      suggests: [[]],
    },
    'a field of a class whose disposer forgets it': `
      ${imported}
      class Server implements AsyncDisposable {
        group = new TaskGroup();
                ~~~~~~~~~~~~~~~ stored
        async [Symbol.asyncDispose]() {}
      }
    `,
    'a field that is cancelled and never waited for': `
      ${imported}
      class Server implements Disposable {
        constructor(private group = new TaskGroup()) {}
                                    ~~~~~~~~~~~~~~~ stored
        [Symbol.dispose]() {
          this.group.cancel();
        }
      }
    `,
    'a field that another class disposes': `
      ${imported}
      class One {
        group = new TaskGroup();
                ~~~~~~~~~~~~~~~ stored
      }
      class Other {
        group = new TaskGroup();
        async [Symbol.asyncDispose]() {
          await this.group.join();
        }
      }
    `,
    'a variable of the module that a function fills': `
      ${imported}
      let shared: TaskGroup | undefined;
      export function getGroup() {
        return (shared ??= new TaskGroup());
                           ~~~~~~~~~~~~~~~ stored
      }
    `,
    'a property of an object': `
      ${imported}
      const state = { group: new TaskGroup() };
                             ~~~~~~~~~~~~~~~ stored
      state.group.createTask(async () => {});
    `,
    'a call of a factory in a variable': {
      code: `
        ${imported}
        function makeGroup() {
          return new TaskGroup({ limit: 4 });
        }
        const group = makeGroup();
                      ~~~~~~~~~~~ stored
        makeGroup();
        ~~~~~~~~~~~ dropped
        await group.join();
      `,
      suggests: [
        [
          `
            ${imported}
            function makeGroup() {
              return new TaskGroup({ limit: 4 });
            }
            await using group = makeGroup();
            makeGroup();
            await group.join();
          `,
        ],
        [],
      ],
    },
    'the class by another name': `
      import { TaskGroup as Group } from 'mooring';
      import * as mooring from 'mooring';
      const Alias: typeof Group = Group;
      const one = new Group();
                  ~~~~~~~~~~~ stored
      const two = new mooring.TaskGroup();
                  ~~~~~~~~~~~~~~~~~~~~~~~ stored
      const three = new Alias();
                    ~~~~~~~~~~~ stored
    `,
    'a class that extends it': `
      ${imported}
      class Pool extends TaskGroup {}
      const pool = new Pool();
                   ~~~~~~~~~~ stored
    `,
    'a class that the settings name': {
      code: `
        class Nursery { async [Symbol.asyncDispose]() {} }
        const nursery = new Nursery();
                        ~~~~~~~~~~~~~ stored
      `,
      settings: { groups: [{ from: 'file', name: 'Nursery' }] },
    },
    'a variable where an await using cannot stand': {
      code: `
        ${imported}
        function start() {
          const group = new TaskGroup();
                        ~~~~~~~~~~~~~~~ stored
          var other = new TaskGroup();
                      ~~~~~~~~~~~~~~~ stored
        }
        async function choose(kind: number) {
          let group = new TaskGroup(), limit = 4;
                      ~~~~~~~~~~~~~~~ stored
          switch (kind) {
            case 1:
              const one = new TaskGroup();
                          ~~~~~~~~~~~~~~~ stored
          }
        }
      `,
      suggests: [[], [], [], []],
    },
  },
  misses: {
    'a group that is given to a function that does not keep it': `
      ${imported}
      declare function spawnAll(group: TaskGroup): void;
      spawnAll(new TaskGroup());
    `,
    'a group from a factory of another file': `
      ${imported}
      declare function makeGroup(): TaskGroup;
      const group = makeGroup();
    `,
    'a group in an array': `
      ${imported}
      const groups = [new TaskGroup(), new TaskGroup()];
    `,
  },
});
