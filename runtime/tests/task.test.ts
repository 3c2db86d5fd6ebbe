import { type Task, TaskGroup } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from './support/promises.js';

describe('a task', () => {
  it('has a name if it was given one', async () => {
    await TaskGroup.run((group) => {
      expect(group.createTask(() => 1, { name: 'page' }).name).toBe('page');
      expect(group.createTask(() => 1).name).toBe(undefined);
    });
  });

  it('tells its status', async () => {
    const gate = deferred();
    const tasks: Task<unknown>[] = [];
    const run = TaskGroup.run(
      (group) => {
        tasks.push(
          group.createTask(() => gate.promise),
          group.createTask(() => Promise.reject(new Error('boom'))),
          group.createTask(() => 'never'),
        );
        expect(tasks.map((task) => task.status)).toEqual(['running', 'queued', 'queued']);
        gate.resolve();
      },
      { limit: 1 },
    );
    await rejection(run);
    expect(tasks.map((task) => task.status)).toEqual(['fulfilled', 'rejected', 'cancelled']);
  });

  it('shows the status of the end to whoever awaited it', async () => {
    await TaskGroup.run(async (group) => {
      const task = group.createTask(async () => {
        await turn();
        return 1;
      });
      await task;
      expect(task.status).toBe('fulfilled');
      expect([...group.pending]).toEqual([]);
    });
  });

  it('may be awaited by many, before and after it settles', async () => {
    await TaskGroup.run(async (group) => {
      const task = group.createTask(async () => {
        await turn();
        return {};
      });
      const [a, b] = await Promise.all([task, task]);
      expect(a).toBe(b);
      expect(await task).toBe(a);
    });
  });

  it('has a then() like that of a promise, which returns a native promise', async () => {
    await TaskGroup.run(async (group) => {
      const one = group.createTask(() => 1);
      const mapped = one.then((n) => n + 1);
      expect(mapped).toBeInstanceOf(Promise);
      expect(await mapped).toBe(2);
      expect(await one.then()).toBe(1);
      expect(await one.then(null, null)).toBe(1);
      const order: string[] = [];
      void one.then(() => order.push('later'));
      order.push('now');
      await turn();
      expect(order).toEqual(['now', 'later']);
      const thrown = new Error('in the handler');
      expect(
        await rejection(
          one.then(() => {
            throw thrown;
          }),
        ),
      ).toBe(thrown);
    });
  });

  it('passes a rejection on through then(), as a promise does', async () => {
    const boom = new Error('boom');
    await TaskGroup.run(
      async (group) => {
        const bad = group.createTask(() => Promise.reject(boom));
        expect(await rejection(bad.then(() => 1))).toBe(boom);
        expect(await bad.then(undefined, () => 'caught')).toBe('caught');
      },
      { onTaskError: () => {} },
    );
  });

  it('is adopted by Promise.all and its like', async () => {
    await TaskGroup.run(async (group) => {
      const values = await Promise.all([group.createTask(() => 1), group.createTask(() => 'b')]);
      expect(values).toEqual([1, 'b']);
    });
  });

  it('rejects with what cut it when the group was cancelled', async () => {
    const task = await TaskGroup.run((group) => {
      const cut = group.createTask(({ signal }) => untilAborted(signal));
      group.cancel('stop');
      return [cut];
    });
    expect(await rejection(task[0]!)).toBe('stop');
  });

  it('does not hand its context a way to be awaited by mistake', async () => {
    await TaskGroup.run(async (group) => {
      const context = await group.createTask(async (context) => context);
      expect('then' in context).toBe(false);
    });
  });

  it('cannot give itself as its result, which would wait for ever', async () => {
    const run = TaskGroup.run(
      (group) => {
        group.createTask(() => turn());
        const own: Task<unknown> = group.createTask((): unknown => own, { name: 'own' });
        const other = group.createTask((): unknown => own);
        void other;
      },
      { limit: 1 },
    );
    expect((await rejection(run)).message).toBe(
      'Task group failed; task "own": ' +
        'TypeError: task "own" gives itself as its result, and would wait for ever',
    );
  });
});
