import { abandonOnCancel, type Task, TaskGroup, timeout, TimeoutError } from 'mooring';
import { describe, expect, it, vi } from 'vitest';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

describe('F4: a task that fails unread is no unhandled rejection', () => {
  it('whether it is dropped, awaited late, or read by then() alone', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    try {
      const late = deferred();
      let task: Task<never> | undefined;
      const run = TaskGroup.run(async (group) => {
        group.createTask(() => Promise.reject(new Error('dropped')));
        task = group.createTask(() => Promise.reject(new Error('late')));
        void task.then(() => 'never');
        await late.promise;
      });
      await turn();
      await turn();
      late.resolve();
      await rejection(run);
      await rejection(task!);
      await turn();
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});

describe('abandonOnCancel', () => {
  it('reports by an unhandled rejection where the platform has no reportError', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', undefined);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => void reported.push(error));
    try {
      const work = deferred();
      const controller = new AbortController();
      const waiting = rejection(abandonOnCancel(work.promise, controller));
      controller.abort('stop');
      await waiting;
      work.reject(new Error('boom'));
      await turn();
      expect(reported.map(String)).toEqual(['Error: boom']);
    } finally {
      vi.unstubAllGlobals();
      process.removeAllListeners('unhandledRejection');
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });
});

describe('F4: what is derived from a task may be dropped as well', () => {
  const boom = new Error('boom');
  const thrown = new Error('of the handler');
  const fails = (): never => {
    throw thrown;
  };

  /** What comes out as unhandled when a program has dropped what it derived from a task. */
  async function unhandledOf(
    outcome: 'rejects' | 'fulfils',
    use: (task: Task<unknown>) => unknown,
  ) {
    const unhandled: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => void unhandled.push(error));
    try {
      await TaskGroup.run((group) => {
        use(
          group.createTask(() => turn().then(() => outcome === 'rejects' && Promise.reject(boom))),
        );
      }).catch(() => {});
      await turn();
      await turn();
      return unhandled;
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  }

  it.each<[string, (task: Task<unknown>) => unknown]>([
    ['then().then()', (task) => task.then(() => 1).then(() => 2)],
    [
      'then().then().finally()',
      (task) =>
        task
          .then(() => 1)
          .then(() => 2)
          .finally(() => {}),
    ],
    ['finally().then()', (task) => task.finally(() => {}).then(() => 1)],
    ['finally().finally()', (task) => task.finally(() => turn()).finally(() => {})],
    ['then().catch()', (task) => task.then(() => 1).catch(() => {})],
  ])('task.%s lets its error go to the group alone', async (_, use) => {
    expect(await unhandledOf('rejects', use)).toEqual([]);
  });

  it.each<[string, 'rejects' | 'fulfils', (task: Task<unknown>) => unknown]>([
    ['finally()', 'rejects', (task) => task.finally(fails)],
    ['an async finally()', 'rejects', (task) => task.finally(() => turn().then(fails))],
    ['finally() before then()', 'rejects', (task) => task.finally(fails).then(() => {})],
    ['catch()', 'rejects', (task) => task.then(() => 1).catch(fails)],
    ['then()', 'fulfils', (task) => task.then(fails)],
    ['then() before then()', 'fulfils', (task) => task.then(fails).then(() => {})],
    ['then() before finally()', 'fulfils', (task) => task.then(fails).finally(() => {})],
    ['then() after finally()', 'fulfils', (task) => task.finally(() => {}).then(fails)],
  ])(
    'but an error of the handler in %s of a task that %s is not hidden',
    async (_, outcome, use) => {
      expect(await unhandledOf(outcome, use)).toEqual([thrown]);
    },
  );

  it('gives what a promise gives', async () => {
    await TaskGroup.run(async (group) => {
      const task = group.createTask(() => 1);
      const doubled = task
        .then((value) => value + 1)
        .finally(() => {})
        .then((value) => value * 2);
      expect(await doubled).toBe(4);
      expect(await rejection(task.then(() => 1).finally(fails))).toBe(thrown);
      expect(await task.finally(null)).toBe(1);
    });
  });
});

describe('a shared limit', () => {
  it('that takes no permit back which came too late is reported', async () => {
    const reported: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => void reported.push(String(error)));
    const release = (): never => {
      throw new Error('broken');
    };
    try {
      const limit = { acquire: async () => ({ release }) };
      await TaskGroup.run((group) => group.createTask(() => 1).cancel(), { limit });
      await turn();
      expect(reported).toEqual(['Error: broken']);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });
});

describe('a platform whose abort() throws what a listener has thrown', () => {
  it('keeps nobody from being cancelled, and the error is not lost', async () => {
    const reported: unknown[] = [];
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => void reported.push(String(error)));
    // As the one of happy-dom does in vitest.
    class Throwing extends AbortController {
      override abort(reason: unknown): void {
        super.abort(reason);
        throw new Error('of a listener');
      }
    }
    vi.stubGlobal('AbortController', Throwing);
    try {
      const boom = new Error('boom');
      const run = TaskGroup.run(async (group) => {
        group.createTask(({ signal }) => untilAborted(signal));
        group.createTask(({ signal }) => untilAborted(signal));
        group.createTask(() => Promise.reject(boom));
        await untilAborted(group.signal);
      });
      expect((await rejection(run)).errors).toEqual([boom]);
      expect(await rejection(timeout(1, ({ signal }) => untilAborted(signal)))).toBeInstanceOf(
        TimeoutError,
      );
      await turn();
      expect(reported).toEqual(Array.from({ length: 4 }, () => 'Error: of a listener'));
    } finally {
      vi.unstubAllGlobals();
      process.removeAllListeners('unhandledRejection');
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });
});
