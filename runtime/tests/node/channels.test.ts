import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel, type TracingChannelSubscribers } from 'node:diagnostics_channel';

import { afterEach, describe, expect, test } from 'vitest';

import { sleep, TaskGroup, TaskGroupError, timeout } from 'mooring';
import type { GroupTrace, TaskTrace, TimeoutTrace } from 'mooring/inspect';

import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

/** What is published from now on: the name of the event, and a copy of what it says. */
function heard<C extends object>(name: string): [string, C][] {
  const seen: [string, C][] = [];
  const subscribers = Object.fromEntries(
    EVENTS.map((event) => [event, (message: object) => void seen.push([event, message as C])]),
  ) as unknown as TracingChannelSubscribers<object>;
  tracingChannel(name).subscribe(subscribers);
  stops.push(() => tracingChannel(name).unsubscribe(subscribers));
  return seen;
}

/** The events of what has a name. */
const of = (seen: [string, { name: string | undefined }][], name: string): string[] =>
  seen.filter(([, context]) => context.name === name).map(([event]) => event);

describe('mooring.task', () => {
  test('says when a task starts, returns and has settled, with one object', async () => {
    const seen = heard<TaskTrace>('mooring.task');
    await TaskGroup.run(
      (group) => {
        group.createTask(() => turn(), { name: 'waits' });
        group.createTask(() => 'done', { name: 'is done at once', background: true });
      },
      { name: 'group', limit: 3 },
    );
    expect(of(seen, 'waits')).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    expect(of(seen, 'is done at once')).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    expect(new Set(seen.map(([, context]) => context)).size).toBe(2);
    expect(seen[0]![1]).toEqual({
      name: 'waits',
      group: { name: 'group', limit: 3 },
      background: false,
      queued: expect.any(Number),
      status: 'fulfilled',
    });
    expect(seen.at(-1)![1].group).toBe(seen[0]![1].group);
  });

  test('says of a failure what it is, and of a cancellation why', async () => {
    const seen = heard<TaskTrace>('mooring.task');
    const failure = new Error('the disk is full');
    await rejection(
      TaskGroup.run((group) => {
        group.createTask((context) => untilAborted(context.signal), { name: 'other' });
        group.createTask(() => Promise.reject(failure), { name: 'fails' });
      }),
    );
    expect(of(seen, 'fails')).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(of(seen, 'other')).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    const [fails, other] = ['fails', 'other'].map(
      (name) => seen.find(([, context]) => context.name === name)![1],
    );
    expect(fails).toMatchObject({ status: 'rejected', error: failure });
    expect(other).toMatchObject({
      status: 'cancelled',
      reason: 'Task group was cancelled: task "fails" failed',
    });
  });

  test('says how long a task has waited for room, and nothing of one that never starts', async () => {
    const seen = heard<TaskTrace>('mooring.task');
    const group = new TaskGroup({ limit: 1 });
    group.createTask(() => sleep(20), { name: 'first' });
    group.createTask(() => {}, { name: 'second' });
    group.createTask(() => {}, { name: 'never' }).cancel();
    await group.join();
    expect(of(seen, 'never')).toEqual([]);
    const [, second] = seen.find(([, context]) => context.name === 'second')!;
    expect(second.queued).toBeGreaterThan(0);
  });

  test('says nothing of a task that began before anybody listened', async () => {
    const release = deferred();
    const group = new TaskGroup();
    group.createTask(() => release.promise, { name: 'before' });
    const seen = heard<TaskTrace>('mooring.task');
    group.createTask(() => release.promise, { name: 'after' });
    release.resolve();
    await group.join();
    expect(of(seen, 'before')).toEqual([]);
    expect(of(seen, 'after')).toHaveLength(4);
  });

  test('calls the function in what a subscriber binds; its parent is that of createTask', async () => {
    const storage = new AsyncLocalStorage<string>();
    const { start } = tracingChannel('mooring.task');
    start.bindStore(storage, (message) => {
      const { name } = message as TaskTrace;
      return [storage.getStore(), name].filter(Boolean).join(' › ');
    });
    stops.push(() => start.unbindStore(storage));
    const paths: (string | undefined)[] = [];
    const note = async (): Promise<void> => {
      await turn();
      paths.push(storage.getStore());
    };
    await storage.run('request', () =>
      TaskGroup.run(
        (group) => {
          group.createTask(
            (context) =>
              TaskGroup.run(
                (inner) => {
                  for (const name of ['a', 'b']) inner.createTask(note, { name });
                },
                { signal: context.signal, limit: 1 },
              ),
            { name: 'outer' },
          );
          group.createTask(note, { name: 'queued' });
        },
        { limit: 1 },
      ),
    );
    expect(paths).toEqual(['request › outer › a', 'request › outer › b', 'request › queued']);
    expect(storage.getStore()).toBe(undefined);
  });

  test('a subscriber that throws changes nothing', async () => {
    const name = 'mooring.task';
    const subscribers = {
      asyncEnd: () => {
        throw new Error('a bug in the tracer');
      },
    } as unknown as TracingChannelSubscribers<object>;
    const thrown: unknown[] = [];
    const listener = (error: unknown): void => void thrown.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', listener);
    tracingChannel(name).subscribe(subscribers);
    expect(await TaskGroup.all([() => turn().then(() => 1)])).toEqual([1]);
    tracingChannel(name).unsubscribe(subscribers);
    await turn();
    process.off('uncaughtException', listener);
    for (const other of others) process.on('uncaughtException', other);
    expect(thrown.map(String)).toEqual(['Error: a bug in the tracer']);
  });
});

describe('mooring.group', () => {
  test('says when a group begins and has closed, and its tasks name it', async () => {
    const groups = heard<GroupTrace>('mooring.group');
    const tasks = heard<TaskTrace>('mooring.task');
    await TaskGroup.run((group) => void group.createTask(turn), { name: 'run' });
    await TaskGroup.all([turn], { name: 'all', limit: 2 });
    const group = new TaskGroup({ name: 'by hand' });
    group.createTask(turn);
    await group.join();
    for (const name of ['run', 'all', 'by hand']) {
      expect(of(groups, name)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    }
    expect(groups.find(([, { name }]) => name === 'all')![1]).toEqual({
      name: 'all',
      limit: 2,
      status: 'fulfilled',
    });
    expect(new Set(tasks.map(([, task]) => task.group))).toEqual(
      new Set(groups.map(([, context]) => context)),
    );
  });

  test('says how it has ended', async () => {
    const seen = heard<GroupTrace>('mooring.group');
    const failure = new Error('the disk is full');
    const failed = TaskGroup.run((group) => void group.createTask(() => Promise.reject(failure)), {
      name: 'failed',
    });
    expect(await rejection(failed)).toBeInstanceOf(TaskGroupError);
    await TaskGroup.run((group) => group.cancel(new Error('enough')), { name: 'cancelled' });
    expect(of(seen, 'failed')).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(seen.map(([, context]) => context)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'failed', status: 'rejected', error: failure }),
        expect.objectContaining({ name: 'cancelled', status: 'cancelled', reason: 'enough' }),
      ]),
    );
  });
});

describe('mooring.timeout', () => {
  test('says how it has ended', async () => {
    const seen = heard<TimeoutTrace>('mooring.timeout');
    await timeout(60_000, turn, { name: 'in time' });
    await timeout(1, ({ signal }) => untilAborted(signal), {
      name: 'late',
      fallback: () => {},
    });
    await rejection(
      timeout(60_000, () => Promise.reject(new Error('of its own')), { name: 'failed' }),
    );
    timeout(60_000, { name: 'using' })[Symbol.dispose]();
    expect(of(seen, 'in time')).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    expect(of(seen, 'failed')).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(of(seen, 'using')).toEqual(['start', 'end', 'asyncStart', 'asyncEnd']);
    const last = (name: string): TimeoutTrace => seen.find(([, trace]) => trace.name === name)![1];
    expect(last('in time')).toMatchObject({ status: 'fulfilled', remaining: expect.any(Number) });
    expect(last('late')).toMatchObject({
      status: 'cancelled',
      reason: '"late" timed out after 1 ms',
    });
    expect(last('failed')).toMatchObject({ status: 'rejected' });
  });
});
