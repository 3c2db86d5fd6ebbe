import { CancelledError, type Task, TaskGroup, TaskGroupError } from 'mooring';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { deferred, rejection, turn, untilAborted } from './support/promises.js';

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  warn.mockRestore();
});

describe('U1: a block that ends in join()', () => {
  it('waits for every task and leaves the disposer nothing to do', async () => {
    const log: string[] = [];
    {
      await using group = new TaskGroup();
      group.createTask(async () => {
        await turn();
        log.push('done');
      });
      await group.join();
    }
    expect(log).toEqual(['done']);
    expect(warn).not.toHaveBeenCalled();
  });

  it('raises the failures there', async () => {
    const boom = new Error('boom');
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      group.createTask(() => Promise.reject(boom));
      await group.join();
    };
    const error = await rejection(block());
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });
});

describe('U1: a block that is left without join()', () => {
  it('cancels its tasks and waits for them', async () => {
    const log: string[] = [];
    {
      await using group = new TaskGroup();
      group.createTask(async ({ signal }) => {
        const error = await rejection(untilAborted(signal));
        expect(error).toBeInstanceOf(CancelledError);
        await turn();
        log.push('cleaned');
      });
    }
    expect(log).toEqual(['cleaned']);
  });

  it('throws the failure that Promise.all has dropped', async () => {
    const [boom, dirty] = [new Error('boom'), new Error('clean-up')];
    const seen: unknown[] = [];
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      const left = group.createTask(() => Promise.reject(boom));
      const right = group.createTask(({ signal }) =>
        untilAborted(signal).catch(() => Promise.reject(dirty)),
      );
      seen.push(await rejection(Promise.all([left, right])));
    };
    const error = await rejection(block());
    expect(seen).toEqual([boom]);
    expect(error.errors).toEqual([dirty]);
  });

  it('lets the error of the block out as it is', async () => {
    const boom = new Error('boom');
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      group.createTask(({ signal }) => untilAborted(signal));
      throw boom;
    };
    expect(await rejection(block())).toBe(boom);
  });

  it('does not repeat a failure that the block has awaited', async () => {
    const boom = new Error('boom');
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      await group.createTask(() => Promise.reject(boom));
    };
    expect(await rejection(block())).toBe(boom);
  });

  it('throws the failure of a task that nobody has seen', async () => {
    const boom = new Error('boom');
    const group = new TaskGroup();
    group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(boom)));
    const error = await rejection(group[Symbol.asyncDispose]());
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });

  it('takes then() without a rejection handler for not having seen it', async () => {
    const boom = new Error('boom');
    const group = new TaskGroup();
    const task = group.createTask(() => Promise.reject(boom));
    void task.then(() => {});
    expect((await rejection(group[Symbol.asyncDispose]())).errors).toEqual([boom]);
  });

  it('throws what onTaskError threw, also when the error it was handed has been seen', async () => {
    const worse = new Error('worse');
    const group = new TaskGroup({
      onTaskError: () => {
        throw worse;
      },
    });
    await rejection(group.createTask(() => Promise.reject(new Error('boom'))));
    expect((await rejection(group[Symbol.asyncDispose]())).errors).toEqual([worse]);
  });

  it('does not throw the cancellation of the parent', async () => {
    const parent = new AbortController();
    const group = new TaskGroup(parent);
    group.createTask(({ signal }) => untilAborted(signal));
    parent.abort();
    await group[Symbol.asyncDispose]();
    expect(group.state).toBe('closed');
  });

  it('names the tasks that were cut, in one warning', async () => {
    {
      await using group = new TaskGroup({ name: 'warmup' });
      group.createTask(({ signal }) => untilAborted(signal), { name: 'cache' });
      group.createTask(({ signal }) => untilAborted(signal));
      group.createTask(() => 'done', { name: 'done' });
    }
    expect(warn.mock.calls).toEqual([
      [
        'mooring: Task group "warmup" was left without join(), which cancelled: ' +
          'task "cache", task #1',
      ],
    ]);
  });

  it('says nothing when no task was cut, or the group was cancelled on purpose', async () => {
    {
      await using group = new TaskGroup();
      group.createTask(() => 'done');
    }
    {
      await using group = new TaskGroup();
      group.createTask(({ signal }) => untilAborted(signal));
      group.cancel();
    }
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('U1: a join() that is still waiting when the block is left', () => {
  it('cancels what it waits for, and leaves the outcome to join()', async () => {
    const gate = deferred();
    const boom = new Error('boom');
    let joined: Promise<unknown> | undefined;
    let task: Task<unknown> | undefined;
    const block = async (): Promise<void> => {
      await using group = new TaskGroup();
      task = group.createTask(async ({ signal }) => {
        await untilAborted(signal).finally(() => gate.promise);
      });
      joined = group.join();
      await Promise.all([joined, Promise.reject(boom)]);
    };
    const left = rejection(block());
    await turn();
    gate.resolve();
    expect(await left).toBe(boom);
    expect(task?.status).toBe('cancelled');
    await joined;
  });

  it('does not throw what join() throws', async () => {
    const boom = new Error('boom');
    const group = new TaskGroup();
    group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(boom)));
    const joined = rejection(group.join());
    await group[Symbol.asyncDispose]();
    expect((await joined).errors).toEqual([boom]);
  });

  it('disposes twice without harm', async () => {
    const group = new TaskGroup();
    group.createTask(({ signal }) => untilAborted(signal));
    await Promise.all([group[Symbol.asyncDispose](), group[Symbol.asyncDispose]()]);
    await group[Symbol.asyncDispose]();
    expect(group.state).toBe('closed');
  });
});
