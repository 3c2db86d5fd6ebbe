import { describeRule } from '../support/describe-rule.js';

const IMPORT = "import { TaskGroup, timeout } from 'mooring';";

/** A function around lines that begin with a group. */
function block(lines: string): string {
  return `
${IMPORT}
async function run() {
  await using group = new TaskGroup();${lines}
}
`;
}

describeRule('no-resource-after-group', {
  allows: {
    'a resource that is declared before the group': `
      import { TaskGroup } from 'mooring';
      async function run() {
        using file = open();
        await using group = new TaskGroup();
        group.createTask(() => read(file));
        await group.join();
      }
    `,
    'a resource that only the body uses': block(`
  using file = open();
  group.createTask(work);
  await read(file);
  await group.join();`),
    'a resource of the task itself': block(`
  group.createTask(async () => {
    using file = open();
    await read(file);
  });
  await group.join();`),
    'a task that is awaited at once': block(`
  using file = open();
  await group.createTask(() => read(file));
  await group.join();`),
    'tasks of an inner block that are awaited together': block(`
  for (const path of paths) {
    using file = open(path);
    await Promise.all(parts.map((part) => group.createTask(() => read(file, part))));
  }
  await group.join();`),
    'a join in finally, which an error passes too': block(`
  using file = open();
  try {
    group.createTask(() => read(file));
    await step();
  } finally {
    await group.join();
  }`),
    'a name that is not the resource': block(`
  using file = open();
  const { path } = file;
  group.createTask(() => read(path));
  await group.join();`),
    'options of a task, which are read when it is created': block(`
  using file = open();
  group.createTask(work, { name: file.name });
  await group.join();`),
    'a variable that is not disposed': block(`
  const file = open();
  group.createTask(() => read(file));
  await group.join();`),
    'the inner of two groups, in its own tasks': block(`
  await using inner = new TaskGroup(group);
  inner.createTask(() => inner.createTask(work));
  await inner.join();
  await group.join();`),
    'a group that the resource is declared around': `
      import { TaskGroup } from 'mooring';
      async function run() {
        using file = open();
        await TaskGroup.run((group) => {
          group.createTask(() => read(file));
        });
      }
    `,
    'a stack, in the order in which it is filled': `
      import { TaskGroup } from 'mooring';
      async function run() {
        await using stack = new AsyncDisposableStack();
        const file = stack.use(open());
        const group = stack.use(new TaskGroup());
        group.createTask(() => read(file));
        await group.join();
      }
    `,
    'a stack that is declared before the group': `
      import { TaskGroup } from 'mooring';
      async function run() {
        await using stack = new AsyncDisposableStack();
        await using group = new TaskGroup();
        const file = stack.use(open());
        group.createTask(() => read(file));
        await group.join();
      }
    `,
    'a type': block(`
  using file = open();
  group.createTask(() => read<typeof file>());
  await group.join();`),
  },
  reports: {
    'a resource that is declared after the group, and used by a task': {
      code: block(`
  using file = open();
        ~~~~ afterGroup
  group.createTask(() => read(file));
  await group.join();`),
      suggests: [
        [
          `
${IMPORT}
async function run() {
  using file = open();
  await using group = new TaskGroup();
  group.createTask(() => read(file));
  await group.join();
}
`,
        ],
      ],
    },
    'one that needs the group, which cannot be moved': {
      code: block(`
  await using pool = openPool(group.signal);
              ~~~~ afterGroup
  group.createTask(() => query(pool));
  await group.join();`),
      suggests: [[]],
    },
    'one that needs what is declared in between': {
      code: block(`
  const path = await find();
  using file = open(() => path);
        ~~~~ afterGroup
  group.createTask(() => read(file));
  await group.join();`),
      suggests: [[]],
    },
    'tasks that are created in a loop': block(`
  await using pool = openPool();
              ~~~~ afterGroup
  for (const row of rows) group.createTask(() => insert(pool, row));
  await group.join();`),
    'tasks that are created in a callback': block(`
  using file = open();
        ~~~~ afterGroup
  parts.forEach((part) => group.createTask(() => read(file, part)));
  await group.join();`),
    'tasks that are awaited later on, when an error may have come first': block(`
  await using pool = openPool();
              ~~~~ afterGroup
  const users = group.createTask(() => query(pool, 'users'));
  const posts = group.createTask(() => query(pool, 'posts'));
  await group.join();
  return [await users, await posts];`),
    'tasks that are awaited together, the first failure of which is not the end of all': block(`
  using file = open();
        ~~~~ afterGroup
  await Promise.all(parts.map((part) => group.createTask(() => read(file, part))));
  await group.join();`),
    'a task by its name': block(`
  using file = open();
        ~~~~ afterGroup
  const task = () => read(file);
  group.createTask(task);
  await group.join();`),
    'a task that is made with it': block(`
  using file = open();
        ~~~~ afterGroup
  group.createTask(read.bind(undefined, file));
  await group.join();`),
    'a task that calls a function that uses it': block(`
  using file = open();
        ~~~~ afterGroup
  const readAll = async () => {
    await read(file);
  };
  group.createTask(() => readAll());
  await group.join();`),
    'a resource under another name': block(`
  using file = open();
        ~~~~ afterGroup
  const f = file;
  group.createTask(() => read(f));
  await group.join();`),
    'the deadline of a task': block(`
  using deadline = timeout(100);
        ~~~~~~~~ afterGroup
  group.createTask(() => fetch(url, deadline));
  await group.join();`),
    'a group in the tasks of the group around it': block(`
  await using inner = new TaskGroup(group);
              ~~~~~ afterGroup
  group.createTask(() => inner.createTask(work));
  await group.join();`),
    'a resource of an inner block': block(`
  for (const path of paths) {
    using file = open(path);
          ~~~~ insideGroup
    group.createTask(() => read(file));
  }
  await group.join();`),
    'a resource in the body of TaskGroup.run': `
${IMPORT}
await TaskGroup.run((group) => {
  using file = open();
        ~~~~ insideGroup
  group.createTask(() => read(file));
});
`,
    'a resource in a function that the group is passed to': `
${IMPORT}
function start(group: TaskGroup) {
  using file = open();
        ~~~~ insideGroup
  group.createTask(() => read(file));
}
`,
    'a resource of a task, used by another task': block(`
  group.createTask(async () => {
    using file = open();
          ~~~~ insideGroup
    group.createTask(() => read(file));
  });
  await group.join();`),
    'a stack that is filled after the group': `
${IMPORT}
async function run() {
  await using stack = new AsyncDisposableStack();
  const group = stack.use(new TaskGroup());
  const file = stack.use(open());
        ~~~~ afterGroup
  group.createTask(() => read(file));
  await group.join();
}
`,
    'a stack that is declared after the group': block(`
  using stack = new DisposableStack();
  const file = stack.use(open());
        ~~~~ afterGroup
  group.createTask(() => read(file));
  await group.join();`),
  },
  misses: {
    'a task of an inner block that is awaited under its name, after something that may fail':
      block(`
  for (const path of paths) {
    using file = open(path);
    const task = group.createTask(() => read(file));
    await step();
    await task;
  }
  await group.join();`),
    'what comes out of a resource, used by a task': block(`
  using file = open();
  const lines = file.lines();
  group.createTask(() => print(lines));
  await group.join();`),
    'an object that is made with a resource, used by a task': block(`
  using file = open();
  const reader = new Reader(file);
  group.createTask(() => reader.run());
  await group.join();`),
    'a group and a resource that are handed to the same call': block(`
  using file = open();
  startReading(group, file);
  await group.join();`),
  },
});
