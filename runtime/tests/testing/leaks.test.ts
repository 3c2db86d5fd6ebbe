import { describe, expect, test } from 'vitest';

import { sleep, TaskGroup, timeout, type Task } from 'mooring';
import { leaks, withClock } from 'mooring/testing';

import { deferred, rejection } from '../support/promises.js';

/** What `leaks` says of the test, without the first line. */
async function found(): Promise<string> {
  return (
    await leaks().then(
      () => '',
      (error: Error) => error.message,
    )
  ).replace('The test has left behind:\n\n', '');
}

const canCollect = 'process' in globalThis && !('deno' in process.versions);

describe('leaks', () => {
  test('finds nothing where all has ended', async () => {
    const controller = new AbortController();
    await TaskGroup.run(async (group) => {
      group.createTask((context) => timeout(1_000, (deadline) => sleep(1, deadline), context));
    }, controller);
    expect(await found()).toBe('');
  });

  test('takes no arguments: a runner would wait for a callback', () => {
    expect(leaks).toHaveLength(0);
  });

  test('finds a group that is still open, with its tasks, once', async () => {
    const release = deferred();
    const group = new TaskGroup({ name: 'left' });
    group.createTask(() => release.promise, { name: 'waits' });
    expect(await found()).toBe('Task group "left": open\n└─ task "waits": running');
    expect(await found()).toBe('');
    release.resolve();
    await group.join();
  });

  test('shows each scope under the task that opened it', async () => {
    const release = deferred();
    const left = TaskGroup.run(
      (group) => {
        group.createTask(
          (context) =>
            timeout(
              undefined,
              (deadline) =>
                TaskGroup.run(
                  (inner) => {
                    inner.createTask(() => release.promise, { name: 'load' });
                    inner.createTask(() => release.promise, { name: 'waits for room' });
                  },
                  { signal: deadline.signal, name: 'inner', limit: 1 },
                ),
              { signal: context.signal, name: 'deadline' },
            ),
          { name: 'request' },
        );
      },
      { name: 'server' },
    );
    await Promise.resolve();
    expect(await found()).toBe(
      [
        'Task group "server": joining',
        '└─ task "request": running',
        '   └─ Timeout "deadline": active',
        '      └─ Task group "inner": joining',
        '         ├─ task "load": running',
        '         └─ task "waits for room": queued',
      ].join('\n'),
    );
    release.resolve();
    await left;
  });

  test('does not take a group without a task for open', async () => {
    const group = new TaskGroup();
    await group.createTask(() => Promise.resolve());
    expect(await found()).toBe('');
  });

  test.runIf(canCollect)('says which task can never settle', async () => {
    const live = deferred();
    const group = new TaskGroup({ name: 'mixed' });
    group.createTask(() => new Promise(() => {}), { name: 'dead' });
    group.createTask(async () => void (await new Promise(() => {})), { name: 'dead, too' });
    group.createTask(() => live.promise, { name: 'alive' });
    const text = await found();
    expect(text).toMatch('├─ task "dead": running, can never settle\n');
    expect(text).toMatch('├─ task "dead, too": running, can never settle\n');
    expect(text).toMatch(/└─ task "alive": running$/);
    live.resolve();
  });

  test.runIf(canCollect)('finds a listener on a signal that lives on, with its line', async () => {
    const { signal } = longLived;
    const listener = (): void => {};
    signal.addEventListener('abort', listener);
    expect(await found()).toMatch(/^A listener on a signal, added at .*leaks\.test\.ts:\d+/);
    expect(await found()).toBe('');
    signal.removeEventListener('abort', listener);
  });

  test('finds no listener that was removed, or on a signal that is gone or has aborted', async () => {
    const { signal } = longLived;
    const listener = (): void => {};
    signal.addEventListener('abort', listener);
    signal.removeEventListener('abort', listener);
    new AbortController().signal.addEventListener('abort', listener);
    const aborted = new AbortController();
    aborted.signal.addEventListener('abort', listener);
    aborted.abort();
    await sleep(1, longLived);
    expect(await found()).toBe('');
  });
});

const longLived = new AbortController();

test('a clock that nothing can move on shows the scopes that wait', async () => {
  const tasks: Task<unknown>[] = [];
  const error = await rejection(
    withClock(() =>
      TaskGroup.run(
        (group) => {
          for (const name of ['left', 'right']) {
            tasks.push(group.createTask(() => deferred().promise, { name }));
          }
        },
        { name: 'philosophers' },
      ),
    ),
  );
  expect(error.message).toMatch(
    /\n\nTask group "philosophers": joining\n├─ task "left": running\n└─ task "right": running$/,
  );
  // They have been shown, and are not shown again.
  expect(await found()).toBe('');
});
