/** Outside of tests: a warning. `mooring/testing` must not be loaded here. */
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';

import { sleep, TaskGroup } from 'mooring';
import { tree } from 'mooring/inspect';

import { collectUntil } from '../support/garbage.js';
import { alive, dead, releaseAlive } from '../support/task-shapes.js';

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  warn.mockRestore();
});
const warnings = (): string[] => warn.mock.calls.map(([text]) => String(text));

/** The group stays in the list of open scopes, as that of a program would. */
function open(shape: (typeof dead)[string], name: string): { count: number } {
  const group = new TaskGroup({ name });
  shape((work) => group.createTask(work));
  return { count: [...group.pending].length };
}

describe.skipIf('deno' in process.versions)('a task that nothing can end', () => {
  test.each(Object.entries(dead))('is told of: %s', async (name, shape) => {
    const { count } = open(shape, name);
    expect(await collectUntil(() => warnings().length >= count)).toBe(true);
    expect(warnings().sort()).toEqual(
      Array.from({ length: count }, (_, index) =>
        expect.stringMatching(
          new RegExp(
            `^mooring: task #${index} can never settle: nothing is left that could end what it ` +
              `awaits\\. Task group "${name}" waits for it\\.\\n {4}at .*(dead-tasks\\.test|task-shapes)\\.ts:\\d+`,
          ),
        ),
      ),
    );
    const infos = tree().find((scope) => scope.name === name)!.tasks;
    expect(infos.map(({ canNeverSettle }) => canNeverSettle)).toEqual(infos.map(() => true));
  });

  test('is the only one that is told of: what waits for it is not', async () => {
    void TaskGroup.run(
      (outer) => {
        outer.createTask(
          ({ signal }) =>
            TaskGroup.run(
              async (inner) => {
                await inner.createTask(() => new Promise(() => {}), { name: 'leaf' });
              },
              { name: 'inner', signal },
            ),
          { name: 'waits for the inner group' },
        );
      },
      { name: 'outer' },
    );
    expect(await collectUntil(() => warnings().length > 0)).toBe(true);
    await collectUntil(() => false);
    expect(warnings()).toEqual([expect.stringMatching('task "leaf" can never settle')]);
  });

  test('is told of, too, when it has waited for room, or comes from `all`', async () => {
    const group = new TaskGroup({ name: 'narrow', limit: 1 });
    group.createTask(() => sleep(0));
    group.createTask(() => new Promise(() => {}), { name: 'waited' });
    void TaskGroup.all([() => new Promise(() => {})], { name: 'of all' });
    expect(await collectUntil(() => warnings().length > 1)).toBe(true);
    expect(warnings().sort()).toEqual(
      [
        expect.stringMatching('task "waited" can never settle'),
        expect.stringMatching('task #0 can never settle.* Task group "of all" waits for it'),
      ].sort(),
    );
  });
});

describe.skipIf('deno' in process.versions)('a task that something can end', () => {
  test.each(Object.entries(alive))('is not told of: %s', async (name, shape) => {
    const group = new TaskGroup({ name });
    shape((work) => group.createTask(work));
    await collectUntil(() => warnings().length > 0);
    expect(warnings()).toEqual([]);
    group.cancel();
    releaseAlive();
    await group.join();
  });
});
