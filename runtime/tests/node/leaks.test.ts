import { getEventListeners, getMaxListeners } from 'node:events';
import { abandonOnCancel, sleep, TaskGroup, timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { isCollected, isPrecise } from '../support/garbage.js';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('a signal that many wait for', () => {
  it('brings no warning of a leak', async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error): void => void warnings.push(warning);
    process.on('warning', keep);
    await timeout(10_000, async (deadline) => {
      const waits = Array.from({ length: 20 }, () => rejection(sleep(10_000, deadline)));
      deadline.reschedule(0);
      await Promise.all(waits);
    }).catch(() => {});
    await turn();
    process.off('warning', keep);
    expect(warnings).toEqual([]);
  });

  it('can be asked how many it takes, as undici does', async () => {
    await TaskGroup.run((group) => {
      expect(() => getMaxListeners(group.signal)).not.toThrow();
    });
  });
});

describe('C5: a group has one listener on its parent', () => {
  it('however many tasks it has, and none once it is closed', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      for (let i = 0; i < 100; i++) group.createTask(() => gate.promise);
      expect(listeners(parent.signal)).toBe(1);
    }, parent);
    gate.resolve();
    await run;
    expect(listeners(parent.signal)).toBe(0);
  });

  it('and none after it has failed, was cancelled, or could not be opened', async () => {
    const parent = new AbortController();
    await rejection(TaskGroup.run(() => Promise.reject(new Error('boom')), parent));
    await TaskGroup.run((group) => group.cancel(), parent);
    await rejection(TaskGroup.run(() => 1, { signal: parent.signal, limit: 0 }));
    await rejection(TaskGroup.all([5 as never], parent));
    await rejection(TaskGroup.map(5 as never, () => 1, parent));
    await rejection(TaskGroup.map([], 5 as never, parent));
    expect(listeners(parent.signal)).toBe(0);
  });

  it('and none after the combinators', async () => {
    const parent = new AbortController();
    await TaskGroup.all([() => 1], parent);
    await TaskGroup.allSettled([() => 1], parent);
    await TaskGroup.any([() => 1], parent);
    await TaskGroup.race([() => 1], parent);
    await rejection(TaskGroup.race([], parent));
    await TaskGroup.map([1, 2, 3], (n) => n, parent);
    expect(listeners(parent.signal)).toBe(0);
  });
});

describe('T4: no listener stays on the parent', () => {
  it('of a timeout', async () => {
    const parent = new AbortController();
    await timeout(1000, () => expect(listeners(parent.signal)).toBe(1), parent);
    await rejection(timeout(1000, () => Promise.reject(new Error('boom')), parent));
    await rejection(timeout(0, () => 1, parent));
    {
      using deadline = timeout(1000, parent);
      expect(listeners(parent.signal)).toBe(1);
      expect(deadline.state).toBe('active');
    }
    await rejection(timeout(NaN, () => 1, parent));
    expect(listeners(parent.signal)).toBe(0);
  });

  it('of sleep and abandonOnCancel', async () => {
    const parent = new AbortController();
    await sleep(0, parent);
    await abandonOnCancel(Promise.resolve(), parent);
    await rejection(abandonOnCancel(Promise.reject(new Error('boom')), parent));
    expect(listeners(parent.signal)).toBe(0);
  });
});

describe.runIf(isPrecise)('a group lets go of what it is done with', () => {
  it('settled tasks and their results, while it is still open', async () => {
    const gate = deferred();
    const group = new TaskGroup();
    group.createTask(() => gate.promise);
    const made = async (): Promise<WeakRef<object>> => {
      const result = { big: true };
      const ref = new WeakRef(result);
      await group.createTask(async () => result);
      return ref;
    };
    expect(await isCollected(made)).toBe(true);
    gate.resolve();
    await group.join();
  });

  it('the tasks that came after one whose handle is kept', async () => {
    const group = new TaskGroup();
    const kept = group.createTask(() => 'first');
    const made = async (): Promise<WeakRef<object>> =>
      new WeakRef(group.createTask(() => 'second'));
    expect(await isCollected(made)).toBe(true);
    expect(await kept).toBe('first');
    await group.join();
  });

  it('the function of a task that has been started', async () => {
    const gate = deferred();
    const group = new TaskGroup();
    const made = async (): Promise<WeakRef<object>> => {
      const fn = (): Promise<void> => gate.promise;
      group.createTask(fn);
      return new WeakRef(fn);
    };
    expect(await isCollected(made)).toBe(true);
    gate.resolve();
    await group.join();
  });

  it('itself, when it is closed and its parent lives on', async () => {
    const parent = new AbortController();
    const made = async (): Promise<WeakRef<object>> => {
      let ref: WeakRef<object> | undefined;
      await TaskGroup.run((group) => {
        ref = new WeakRef(group);
        group.createTask(({ signal }) => untilAborted(signal));
        group.cancel();
      }, parent);
      return ref!;
    };
    expect(await isCollected(made)).toBe(true);
  });
});

describe('G37: a group that has failed and been forgotten', () => {
  it.runIf(isPrecise)('holds nothing', async () => {
    const parent = new AbortController();
    const make = async (): Promise<WeakRef<object>> => {
      const boom = new Error('boom');
      await rejection(
        TaskGroup.run((group) => void group.createTask(() => Promise.reject(boom)), parent),
      );
      return new WeakRef(boom);
    };
    expect(await isCollected(make)).toBe(true);
  });
});
