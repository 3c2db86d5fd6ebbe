// C5: however many scopes follow a signal, there is one listener on it.
import { getEventListeners } from 'node:events';

import { abandonOnCancel, sleep, TaskGroup, timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('C5, R9, R10: scopes on one signal', () => {
  it('of whatever kind have one listener, gone with the last of them', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const waits: Promise<unknown>[] = [];
    const ends: (() => void)[] = [];
    for (let i = 0; i < 12; i++) {
      const end = deferred();
      ends.push(end.resolve);
      waits.push(
        TaskGroup.run(() => end.promise, parent),
        timeout(3_600_000, () => end.promise, parent),
        abandonOnCancel(end.promise, parent),
        TaskGroup.map([1], () => end.promise, parent),
      );
    }
    waits.push(sleep(0, parent));
    expect(listeners(parent.signal)).toBe(1);
    // In no order in particular.
    for (const i of [5, 0, 11, 3, 7, 1, 2, 10, 4, 9, 6]) ends[i]!();
    await turn();
    expect(listeners(parent.signal)).toBe(1);
    ends[8]!();
    gate.resolve();
    await Promise.all(waits);
    expect(listeners(parent.signal)).toBe(0);
  });

  it('are all told, in the order in which they came, and the listener is gone', async () => {
    const parent = new AbortController();
    const told: number[] = [];
    const runs = Array.from({ length: 20 }, (_, index) =>
      TaskGroup.run((group) => {
        group.signal.addEventListener('abort', () => told.push(index), { once: true });
        return untilAborted(group.signal);
      }, parent),
    );
    parent.abort('stop');
    expect(told).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(listeners(parent.signal)).toBe(0);
    expect(await Promise.all(runs.map(rejection))).toEqual(Array(20).fill('stop'));
  });

  it('bring no warning of a leak, nor do the listeners of the program on a scope', async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error): void => void warnings.push(warning);
    process.on('warning', keep);
    const parent = new AbortController();
    const runs = Array.from({ length: 12 }, () => rejection(sleep(3_600_000, parent)));
    await timeout(3_600_000, (deadline) => {
      for (let i = 0; i < 12; i++) deadline.signal.addEventListener('abort', () => {});
    });
    parent.abort();
    await Promise.all(runs);
    await turn();
    process.off('warning', keep);
    expect(warnings).toEqual([]);
  });

  it('may leave and come while they are told', async () => {
    const parent = new AbortController();
    const late: Promise<unknown>[] = [];
    using second = ((): ReturnType<typeof timeout> & Disposable => {
      const first = timeout(3_600_000, parent);
      first.signal.addEventListener('abort', () => {
        second[Symbol.dispose]();
        late.push(rejection(sleep(1, parent)));
      });
      return timeout(3_600_000, parent);
    })();
    parent.abort('stop');
    expect(second.signal.aborted).toBe(false);
    expect(await Promise.all(late)).toEqual(['stop']);
    expect(listeners(parent.signal)).toBe(0);
  });
});
