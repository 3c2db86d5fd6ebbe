// A program for a platform that nothing is known of: neither lib "DOM" nor @types/node.
import { CancelledError, sleep, type Task, type TaskContext, TaskGroup, timeout } from 'mooring';

export async function both(context: TaskContext): Promise<[number, string]> {
  return TaskGroup.all([() => 1, () => Promise.resolve('two')], context);
}

export async function block(): Promise<string> {
  await using group = new TaskGroup({ name: 'block', limit: 2 });
  const task: Task<number> = group.createTask((context) => work(context));
  // @ts-expect-error the value is a number
  const text: string = await task;
  await group.join();
  return text;
}

export async function bounded(): Promise<number> {
  using deadline = timeout(1_000);
  await sleep(10, deadline);
  return await timeout(
    new Date(),
    (inner) => TaskGroup.run((group) => work(group), inner),
    deadline,
  );
}

// @ts-expect-error a task is a function
await TaskGroup.all([work({ signal: timeout(5).signal })]);

async function work(scope: TaskContext): Promise<number> {
  await sleep(1, scope);
  throw new CancelledError('not today');
}
