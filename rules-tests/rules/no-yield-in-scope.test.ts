import { describeRule } from '../support/describe-rule.js';

const IMPORT = "import { TaskGroup, timeout } from 'mooring';";

/** A generator around lines that begin with a group. */
function generator(lines: string): string {
  return `
${IMPORT}
async function* run() {
  await using group = new TaskGroup();${lines}
}
`;
}

describeRule('no-yield-in-scope', {
  allows: {
    'a yield after the join': generator(`
  const task = group.createTask(work);
  await group.join();
  yield await task;`),
    'a yield after a join on every path': generator(`
  group.createTask(work);
  try {
    await step();
  } finally {
    await group.join();
  }
  yield 1;`),
    'a yield after a join whose failure is caught': generator(`
  try {
    group.createTask(work);
    await step();
    await group.join();
  } catch (error) {
    report(error);
  }
  yield 1;`),
    'a yield after cancel': generator(`
  group.createTask(work);
  group.cancel();
  yield 1;`),
    'a yield after the group was awaited in a call that may join it': generator(`
  group.createTask(work);
  await finish(group);
  yield 1;`),
    'a yield before the group, and after its block': `
      import { TaskGroup } from 'mooring';
      async function* run() {
        yield 1;
        {
          await using group = new TaskGroup();
          group.createTask(work);
          await group.join();
        }
        yield 2;
      }
    `,
    'a group in each round of a loop, closed before the yield': `
      import { TaskGroup } from 'mooring';
      async function* pages() {
        for (const url of urls) {
          const page = await TaskGroup.run((group) => load(url, group));
          yield page;
        }
      }
    `,
    'a group that is passed in': `
      import { TaskGroup } from 'mooring';
      async function* run(group: TaskGroup) {
        group.createTask(work);
        yield 1;
      }
    `,
    'a generator inside the block of a group': generator(`
  const items = (function* () {
    yield 1;
  })();
  for (const item of items) group.createTask(() => handle(item));
  await group.join();`),
    'a timeout around the work between two yields': `
      import { timeout } from 'mooring';
      async function* run() {
        for (const url of urls) yield await timeout(100, (deadline) => fetch(url, deadline));
      }
    `,
    'a timeout whose block has ended': `
      import { timeout } from 'mooring';
      async function* run() {
        {
          using deadline = timeout(100);
          await fetch(url, deadline);
        }
        yield 1;
      }
    `,
    'a timeout that is disposed by hand': `
      import { timeout } from 'mooring';
      async function* run() {
        using deadline = timeout(100);
        await fetch(url, deadline);
        deadline[Symbol.dispose]();
        yield 1;
      }
    `,
    'a timeout that is passed in': `
      import { type Timeout } from 'mooring';
      async function* run(deadline: Timeout) {
        yield await fetch(url, deadline);
      }
    `,
    'another resource': `
      function* lines() {
        using file = open();
        yield* file;
      }
    `,
  },
  reports: {
    'a yield while tasks run': generator(`
  group.createTask(work);
  yield 1;
  ~~~~~~~ inGroup
  await group.join();`),
    'a yield between the opening and the first task': generator(`
  yield 1;
  ~~~~~~~ inGroup
  group.createTask(work);
  await group.join();`),
    'each yield of a loop': generator(`
  const queue = pump(group);
  for await (const item of queue) {
    yield item;
    ~~~~~~~~~~ inGroup
    yield* rest(item);
    ~~~~~~~~~~~~~~~~~ inGroup
  }
  await group.join();`),
    'a yield on a path without a join': generator(`
  group.createTask(work);
  if (patient) await group.join();
  yield 1;
  ~~~~~~~ inGroup`),
    'a yield in a try, whose finally joins too late': generator(`
  group.createTask(work);
  try {
    yield 1;
    ~~~~~~~ inGroup
  } finally {
    await group.join();
  }`),
    'a yield in the block of a timeout': `
${IMPORT}
async function* run() {
  using deadline = timeout(100);
  yield await fetch(url, deadline);
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ inTimeout
}
`,
    'a yield in a group inside of a timeout, once': `
${IMPORT}
async function* run() {
  using deadline = timeout(100);
  await using group = new TaskGroup(deadline);
  group.createTask(work);
  yield 1;
  ~~~~~~~ inGroup
  await group.join();
  yield 2;
  ~~~~~~~ inTimeout
}
`,
    'a group that is not declared with await using': `
${IMPORT}
async function* run() {
  const group = new TaskGroup();
  try {
    group.createTask(work);
    yield 1;
    ~~~~~~~ inGroup
  } finally {
    await group[Symbol.asyncDispose]();
  }
}
`,
    'a group that a stack owns': `
${IMPORT}
async function* run() {
  await using stack = new AsyncDisposableStack();
  const group = stack.use(new TaskGroup());
  yield 1;
  ~~~~~~~ inGroup
}
`,
    'a join under another name of the group, after the yield': generator(`
  const g = group;
  g.createTask(work);
  yield 1;
  ~~~~~~~ inGroup
  await g.join();
  yield 2;`),
    'a method': `
${IMPORT}
class Pages {
  async *[Symbol.asyncIterator]() {
    await using group = new TaskGroup();
    yield 1;
    ~~~~~~~ inGroup
  }
}
`,
  },
  misses: {
    'a group that some function elsewhere opens': `
      import { openGroup } from './groups.js';
      async function* run() {
        await using group = openGroup();
        group.createTask(work);
        yield 1;
        await group.join();
      }
    `,
    'a timeout that is disposed by hand': `
      import { timeout } from 'mooring';
      async function* run() {
        const deadline = timeout(100);
        try {
          yield await load(deadline);
        } finally {
          deadline[Symbol.dispose]();
        }
      }
    `,
    'a yield that hands an open scope to the caller by a generator of another function': `
      import { TaskGroup } from 'mooring';
      const run = () => TaskGroup.run(async function* () {
        yield 1;
      });
    `,
  },
});
