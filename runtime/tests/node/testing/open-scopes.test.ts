/** What the list of open scopes must not do: keep alive what nobody else does. */
import { once, EventEmitter } from 'node:events';
import { Readable } from 'node:stream';

import { describe, expect, test } from 'vitest';

import { sleep, TaskGroup, timeout } from 'mooring';
import { leaks, withClock } from 'mooring/testing';

import { isCollected, isPrecise } from '../../support/garbage.js';
import { rejection } from '../../support/promises.js';

describe.runIf(isPrecise)('a scope that nobody closes is collected', () => {
  test('a group whose tasks have all ended', async () => {
    const gone = await isCollected(async () => {
      const group = new TaskGroup();
      await group.createTask(() => sleep(0));
      return new WeakRef(group);
    });
    expect(gone).toBe(true);
  });

  test('a timeout past its deadline', async () => {
    const gone = await isCollected(() =>
      withClock(async () => {
        const deadline = timeout(10);
        await sleep(20);
        return new WeakRef(deadline);
      }),
    );
    expect(gone).toBe(true);
  });

  test('a timeout that has lost its deadline', async () => {
    const gone = await isCollected(async () => {
      const deadline = timeout(10_000);
      deadline.reschedule(undefined);
      return Promise.resolve(new WeakRef(deadline));
    });
    expect(gone).toBe(true);
  });
});

test.skipIf('deno' in process.versions)('two copies of the package share the list', async () => {
  const other = (await import(`${import.meta.resolve('mooring')}?copy`)) as {
    TaskGroup: typeof TaskGroup;
  };
  const group = new other.TaskGroup({ name: 'of the copy' });
  group.createTask((context) => sleep(Infinity, context));
  expect((await rejection(leaks())).message).toMatch('Task group "of the copy": open');
  group.cancel();
  await group.join();
});

test('leaks does not accuse the listeners that Node itself adds', async () => {
  const { signal } = longLived;
  const emitter = new EventEmitter();
  const waiting = once(emitter, 'event', { signal });
  new Readable({ signal });
  await rejection(fetch('http://127.0.0.1:1', { signal }));
  await leaks();
  emitter.emit('event');
  await waiting;
});

const longLived = new AbortController();
