// Outcomes that random programs have brought to light, each in its smallest form.
import { TaskGroup, TaskGroupError } from 'mooring';
import { expect, it } from 'vitest';

import { rejection, untilAborted } from '../support/promises.js';

it('F3: a body that throws undefined has failed', async () => {
  const error: unknown = await rejection(TaskGroup.run(() => Promise.reject(undefined)));
  expect(error).toBeInstanceOf(TaskGroupError);
  expect((error as TaskGroupError).errors).toEqual([undefined]);
});

it('C3: a task can be cancelled with null, which is a reason like any other', async () => {
  let seen: unknown;
  await TaskGroup.run((group) => {
    const task = group.createTask(async ({ signal }) => {
      await untilAborted(signal).catch((error: unknown) => {
        seen = error;
        throw error;
      });
    });
    task.cancel(null);
  });
  expect(seen).toBeNull();
});

it('X3: a body that goes on after join() and is cut by the parent has not failed', async () => {
  const parent = new AbortController();
  const run = TaskGroup.run(async (group) => {
    await group.join();
    parent.abort('stop');
    await untilAborted(parent.signal);
  }, parent);
  expect(await rejection(run)).toBe('stop');
});
