/** With `mooring/testing` a task that can never settle fails its group. */
import { describe, expect, test } from 'vitest';

import { TaskGroup, TaskGroupError } from 'mooring';
import 'mooring/testing';

import { collectUntil } from '../../support/garbage.js';
import { rejection } from '../../support/promises.js';
import { alive, dead, releaseAlive } from '../../support/task-shapes.js';

describe.skipIf('deno' in process.versions)('under mooring/testing', () => {
  test.each(Object.entries(dead))('a task that nothing can end fails: %s', async (_, shape) => {
    let failed: unknown;
    TaskGroup.run((group) => shape((work) => void group.createTask(work))).catch(
      (error: unknown) => {
        failed = error;
      },
    );
    expect(await collectUntil(() => failed !== undefined)).toBe(true);
    expect(failed).toBeInstanceOf(TaskGroupError);
    const [first] = (failed as TaskGroupError).errors as Error[];
    expect(first!.message).toMatch(
      /^task #[01] can never settle: nothing is left that could end what it awaits$/,
    );
    expect(first!.stack).toMatch(/\n {4}at .*(dead-tasks\.test|task-shapes)\.ts:\d+/);
  });

  test('the failure goes the way of any: up through the groups around it', async () => {
    const error = rejection(
      TaskGroup.run(
        (outer) => {
          outer.createTask(
            ({ signal }) =>
              TaskGroup.run(
                (inner) => void inner.createTask(() => new Promise(() => {}), { name: 'leaf' }),
                { name: 'inner', signal },
              ),
            { name: 'task' },
          );
        },
        { name: 'outer' },
      ),
    );
    let isDone = false;
    void error.then(() => (isDone = true));
    expect(await collectUntil(() => isDone)).toBe(true);
    expect(((await error) as TaskGroupError).leaves()).toEqual([
      expect.objectContaining({ message: expect.stringMatching('^task "leaf" can never settle') }),
    ]);
  });

  test.each(Object.entries(alive))(
    'a task that something can end goes on: %s',
    async (_, shape) => {
      const group = new TaskGroup();
      shape((work) => group.createTask(work));
      await collectUntil(() => [...group.pending].length === 0);
      expect(group.state).toBe('open');
      group.cancel();
      releaseAlive();
      await group.join();
    },
  );
});
