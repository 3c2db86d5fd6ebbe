import { abandonOnCancel, type Task, TaskGroup } from 'mooring';
import { describe, expect, it, vi } from 'vitest';
import { deferred, rejection, turn } from '../support/promises.js';

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
