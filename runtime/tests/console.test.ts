import { TaskGroup } from 'mooring';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { useManualClock } from './support/manual-clock.js';
import { deferred, untilAborted } from './support/promises.js';

const clock = useManualClock();

describe('C4: a group that waits for long after its cancellation', () => {
  let warn: MockInstance<typeof console.warn>;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  });
  afterEach(() => {
    warn.mockRestore();
  });

  it('names the tasks that still run, and since when, once', async () => {
    const gate = deferred();
    const run = TaskGroup.run(
      (group) => {
        group.createTask(() => gate.promise, { name: 'deaf' });
        group.createTask(() => gate.promise);
        group.createTask(({ signal }) => untilAborted(signal), { name: 'listens' });
        group.cancel();
      },
      { name: 'import' },
    );
    await clock.advance(9_999);
    expect(warn).not.toHaveBeenCalled();
    await clock.advance(100_000);
    expect(warn.mock.calls).toEqual([
      [
        'mooring: Task group "import" was cancelled at 2030-01-01T00:00:00.000Z ' +
          'and still waits for: task "deaf", task #1',
      ],
    ]);
    gate.resolve();
    await run;
  });

  it('does so for background tasks that are stopped at the end', async () => {
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      group.createTask(() => gate.promise, { background: true, name: 'heartbeat' });
    });
    await clock.advance(10_000);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('task "heartbeat"');
    gate.resolve();
    await run;
  });

  it('names an onTaskError that it waits for', async () => {
    const gate = deferred();
    const run = TaskGroup.run(
      (group) => {
        group.createTask(() => Promise.reject(new Error('boom')));
        group.createTask(({ signal }) =>
          untilAborted(signal).catch(() => Promise.reject(new Error('clean-up'))),
        );
        group.cancel();
      },
      { onTaskError: () => gate.promise },
    );
    await clock.advance(20_000);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/waits for: task "onTaskError"$/)]]);
    gate.resolve();
    await run;
  });

  it.each(['map', 'mapIterable'] as const)(
    'names the source that %s waits to close',
    async (method) => {
      const gate = deferred();
      const boom = new Error('boom');
      const source = {
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.resolve({ done: false, value: 1 }),
          return: () => gate.promise.then(() => ({ done: true, value: undefined })),
        }),
      };
      const run = (async () => {
        const given = TaskGroup[method](
          source as AsyncIterable<number>,
          () => Promise.reject(boom),
          {
            limit: 1,
          },
        );
        if ('then' in given) await given;
        else for await (const result of given) expect(result).toBe('none');
      })();
      const settled = expect(run).rejects.toThrow('boom');
      await clock.advance(20_000);
      expect(warn.mock.calls).toEqual([[expect.stringMatching(/still waits for: task "source"$/)]]);
      gate.resolve();
      await settled;
    },
  );

  it('says nothing of a group that ends in time, or is not cancelled', async () => {
    await TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal));
      group.cancel();
    });
    expect(clock.timers).toBe(0);
    const gate = deferred();
    const slow = TaskGroup.run((group) => void group.createTask(() => gate.promise));
    await clock.advance(60_000);
    gate.resolve();
    await slow;
    expect(warn).not.toHaveBeenCalled();
  });
});
