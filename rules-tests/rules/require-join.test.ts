import { describeRule } from '../support/describe-rule.js';

const IMPORT = "import { TaskGroup } from 'mooring';";

/** A function around lines that begin with a group. */
function block(lines: string): string {
  return `
${IMPORT}
async function run() {
  await using group = new TaskGroup();${lines}
}
`;
}

describeRule('require-join', {
  allows: {
    'a block that ends with a join': block(`
  group.createTask(work);
  await group.join();`),
    'a join whose promise is returned': block(`
  group.createTask(work);
  return group.join();`),
    'a join that is awaited and returned': block(`
  group.createTask(work);
  return await group.join();`),
    'a join behind `?.`, of a group that is there': block(`
  group?.createTask(work);
  await group?.join();`),
    'a join where the group is there': `
${IMPORT}
async function run(parallel) {
  await using group = parallel ? new TaskGroup() : undefined;
  group?.createTask(work);
  if (group) await group.join();
}
`,
    'a join whose promise is kept and awaited': block(`
  group.createTask(work);
  const done = group.join();
  await done;`),
    'a join on every path': block(`
  group.createTask(work);
  if (early) {
    await group.join();
    return;
  }
  switch (mode) {
    case 'fast':
      await group.join();
      break;
    default:
      await group.join();
  }`),
    'a block that ends in cancel': block(`
  group.createTask(serve);
  await client();
  group.cancel();`),
    'a path that throws': block(`
  group.createTask(work);
  if (broken) throw new Error('broken');
  await group.join();`),
    'a guard before the first task': block(`
  if (nothing) return;
  group.createTask(work);
  await group.join();`),
    'a group in which no task is ever started': block(`
  await load(url, { signal: group.signal });`),
    'a join in finally, whatever leaves the try': block(`
  for (const url of urls) {
    try {
      group.createTask(() => load(url));
      if (last) break;
      if (done) return;
    } finally {
      await group.join();
    }
  }`),
    'a join in a try whose catch handles the failure of the group': block(`
  try {
    group.createTask(work);
    await step();
    await group.join();
  } catch (error) {
    report(error);
    return undefined;
  }`),
    'a catch that goes on to the join': block(`
  group.createTask(work);
  try {
    await step();
  } catch (error) {
    report(error);
  }
  await group.join();`),
    'a catch that throws on': block(`
  group.createTask(work);
  try {
    await step();
  } catch (cause) {
    throw new Error('step failed', { cause });
  }
  await group.join();`),
    'a group that is handed to a call that may join it': block(`
  group.createTask(work);
  await finish(group);`),
    'a group that is handed to a function of the file that joins it': `
      import { TaskGroup } from 'mooring';
      async function finish(group: TaskGroup) {
        report('joining');
        await group.join();
      }
      await using group = new TaskGroup();
      group.createTask(work);
      await finish(group);
    `,
    'a group that is handed over in an object': block(`
  group.createTask(work);
  await finish({ group });`),
    'a join in a closure that is called': block(`
  const finish = async () => {
    await group.join();
  };
  group.createTask(work);
  if (early) return finish();
  await finish();`),
    'a closure that starts tasks, and a guard before it is called': block(`
  const start = () => group.createTask(work);
  if (nothing) return;
  start();
  await group.join();`),
    'several groups that are all joined': block(`
  await using other = new TaskGroup({ signal: group.signal });
  other.createTask(work);
  group.createTask(work);
  await other.join();
  await group.join();`),
    'a join under another name': block(`
  const g = group;
  g.createTask(work);
  await g.join();`),
    'a group in a loop that is joined in each round': `
      import { TaskGroup } from 'mooring';
      for (const batch of batches) {
        await using group = new TaskGroup();
        for (const item of batch) group.createTask(() => handle(item));
        await group.join();
      }
    `,
    'a continue and a break before the first task of a round': `
      import { TaskGroup } from 'mooring';
      for (const batch of batches) {
        await using group = new TaskGroup();
        if (batch.length === 0) continue;
        if (batch.isLast) break;
        group.createTask(() => handle(batch));
        await group.join();
      }
    `,
    'a condition that decides both the task and the join': block(`
  if (live) group.createTask(poll);
  await work();
  if (live) await group.join();`),
    'a switch that may be exhaustive': block(`
  group.createTask(work);
  switch (mode) {
    case 'a':
      await group.join();
      break;
    case 'b':
      group.cancel();
      break;
  }`),
    'a default that is never come to': block(`
  group.createTask(work);
  switch (mode) {
    case 'a':
      await group.join();
      break;
    default:
      assertNever(mode);
  }`),
    'an endless block': block(`
  for (;;) {
    group.createTask(await next());
  }`),
    'a process that exits': block(`
  group.createTask(work);
  if (broken) process.exit(1);
  await group.join();`),
    'a group that a stack owns, joined': `
      import { TaskGroup } from 'mooring';
      await using stack = new AsyncDisposableStack();
      const group = stack.use(new TaskGroup());
      group.createTask(work);
      await group.join();
    `,
    'a stack that is moved out of the block': `
      import { TaskGroup } from 'mooring';
      async function open() {
        await using stack = new AsyncDisposableStack();
        const group = stack.use(new TaskGroup());
        group.createTask(work);
        return stack.move();
      }
    `,
    'a group that is not declared with await using': `
      import { TaskGroup } from 'mooring';
      const group = new TaskGroup();
      group.createTask(work);
    `,
    'the body of TaskGroup.run, which joins by itself': `
      import { TaskGroup } from 'mooring';
      await TaskGroup.run(async (group) => {
        group.createTask(work);
      });
    `,
    'a class of this name from elsewhere': `
      import { TaskGroup } from 'elsewhere';
      await using group = new TaskGroup();
      group.createTask(work);
    `,
  },
  reports: {
    'a block with a task that is up, and ends without a join': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  await group.start<void>(async (context, ready) => { ready(); await work(); });
}
`,
    'a block that ends without a join': {
      code: `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
}
`,
      suggests: [
        [
          `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
  group.createTask(work);
  await group.join();
}
`,
        ],
      ],
    },
    'a return before the join, and what it works out first': {
      code: `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  const task = group.createTask(work);
  if (early) return;
  if (late) {
    return await task;
  }
  await group.join();
}
`,
      suggests: [
        [
          `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
  const task = group.createTask(work);
  if (early) {
    await group.join();
    return;
  }
  if (late) {
    const result = await task;
    await group.join();
    return result;
  }
  await group.join();
}
`,
        ],
      ],
    },
    'a break and a continue out of the block': {
      code: `
${IMPORT}
for (const batch of batches) {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(() => handle(batch));
  if (batch.isLast) break;
  if (batch.isSmall) continue;
  await group.join();
}
`,
      suggests: [
        [
          `
${IMPORT}
for (const batch of batches) {
  await using group = new TaskGroup();
  group.createTask(() => handle(batch));
  if (batch.isLast) {
    await group.join();
    break;
  }
  if (batch.isSmall) {
    await group.join();
    continue;
  }
  await group.join();
}
`,
        ],
      ],
    },
    'a labelled break out of the block': `
${IMPORT}
outer: for (const page of pages) {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  for (const item of page) {
    group.createTask(() => handle(item));
    if (item.isLast) break outer;
  }
  await group.join();
}
`,
    'a group of a module': `
${IMPORT}
await using group = new TaskGroup();
            ~~~~~ notJoined
group.createTask(work);
`,
    'a join that only one arm has': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  if (patient) await group.join();
}
`,
    'a join that may not be reached, because a loop may have no round': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  for (const _ of rounds) await group.join();
}
`,
    'a join that nobody awaits': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  void group.join();
}
`,
    'a join that nobody awaits, though its error is handled': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  group.join().catch(report);
}
`,
    'tasks that are awaited one by one': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  const task = group.createTask(work);
  await task;
}
`,
    'tasks that are started in a callback': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  urls.forEach((url) => group.createTask(() => load(url)));
}
`,
    'tasks that a function of the file starts': `
${IMPORT}
function startAll(group: TaskGroup) {
  group.createTask(work);
}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  startAll(group);
}
`,
    'tasks that may be started by an object besides': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  register({ start: () => group.createTask(work) });
}
`,
    'tasks that start more tasks': `
${IMPORT}
async function crawl(url: string, group: TaskGroup) {
  for (const next of await links(url)) group.createTask(() => crawl(next, group));
}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(() => crawl(start, group));
}
`,
    'a catch that returns from an error of its own': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  let config;
  try {
    config = await load();
  } catch {
    return;
  }
  await group.join();
}
`,
    'a cancel that only a listener may call': `
${IMPORT}
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  process.on('SIGINT', () => group.cancel());
}
`,
    'the group that is meant, of several': `
${IMPORT}
async function run() {
  await using first = new TaskGroup();
              ~~~~~ notJoined
  await using second = new TaskGroup(first);
  first.createTask(work);
  second.createTask(work);
  await second.join();
}
`,
    'a group that is handed on as a scope': `
import { sleep, TaskGroup } from 'mooring';
async function run() {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  await sleep(100, group);
  await fetch(url, group);
}
`,
    'a group under another name': `
import * as mooring from 'mooring';
async function run() {
  await using group = new mooring.TaskGroup();
              ~~~~~ notJoined
  const g = group;
  g.createTask(work);
}
`,
    'a group that a function of the file makes': `
${IMPORT}
const open = () => new TaskGroup({ limit: 4 });
async function run() {
  await using group = open();
              ~~~~~ notJoined
  group.createTask(work);
}
`,
    'a group that a stack owns': `
${IMPORT}
async function run() {
  await using stack = new AsyncDisposableStack();
  const group = stack.use(new TaskGroup());
        ~~~~~ notJoined
  group.createTask(work);
}
`,
    'a group that the settings name': {
      code: `
import { Scope } from 'scopes';
async function run() {
  await using scope = new Scope();
              ~~~~~ notJoined
  scope.createTask(work);
}
`,
      settings: { groups: [{ from: 'package', package: 'scopes', name: 'Scope' }] },
    },
    'a value that is returned, under a name that is free': {
      code: `
${IMPORT}
async function run(result) {
  await using group = new TaskGroup();
              ~~~~~ notJoined
  group.createTask(work);
  return collect(result);
}
`,
      suggests: [
        [
          `
${IMPORT}
async function run(result) {
  await using group = new TaskGroup();
  group.createTask(work);
  const result2 = await collect(result);
  await group.join();
  return result2;
}
`,
        ],
      ],
    },
  },
  misses: {
    'a group that is handed to a call that does not join it': block(`
  group.createTask(work);
  console.log(group);`),
    'a switch without a default whose cases are not all there are': block(`
  group.createTask(work);
  switch (mode) {
    case 'a':
      await group.join();
  }`),
    'a task that is started by a method of an object': block(`
  const api = { start: () => group.createTask(work) };
  api.start();`),
  },
});
