import { sleep, TaskGroup } from 'mooring';
import { describe, expect, it, vi } from 'vitest';
import { useManualClock } from './support/manual-clock.js';
import { isSettled, rejection } from './support/promises.js';

const clock = useManualClock();

describe('sleep', () => {
  it('resolves after its time', async () => {
    const slept = sleep(100);
    await clock.advance(99);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(1);
    await slept;
  });

  it('rejects with the reason of its scope, and clears its timer', async () => {
    const controller = new AbortController();
    const slept = sleep(100, controller);
    controller.abort('enough');
    expect(await rejection(slept)).toBe('enough');
    expect(clock.timers).toBe(0);
  });

  it('rejects at once in a scope that is cancelled', async () => {
    expect(await rejection(sleep(100, { signal: AbortSignal.abort('late') }))).toBe('late');
    expect(clock.timers).toBe(0);
  });

  it('takes any scope whole', async () => {
    const value = await TaskGroup.run(async (group) => {
      group.createTask((context) => sleep(Infinity, context));
      const own = rejection(sleep(Infinity, group));
      group.cancel('stop');
      return own;
    });
    expect(value).toBe('stop');
  });

  it('asks the platform for no negative delay, of which Node warns', async () => {
    const delays: unknown[] = [];
    const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      fire: () => void,
      ms: unknown,
    ) => {
      delays.push(ms);
      queueMicrotask(fire);
    }) as never);
    await sleep(-5);
    await sleep(-Infinity);
    spy.mockRestore();
    expect(delays).toEqual([0, 0]);
  });

  it.each([0, -1, -Infinity])('waits one turn of the timers for %s ms', async (ms) => {
    const slept = sleep(ms);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(1);
    await slept;
  });

  it('sleeps longer than a 32-bit timer can', async () => {
    const slept = sleep(2 ** 32);
    await clock.advance(2 ** 32 - 1);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(1);
    await slept;
  });
});
