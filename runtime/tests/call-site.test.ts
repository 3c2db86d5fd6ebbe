import { type Task, TaskGroup, TaskGroupError } from 'mooring';
import { afterEach, describe, expect, it } from 'vitest';
import { deferred, rejection, turn } from './support/promises.js';

async function fail(): Promise<never> {
  await turn();
  throw new Error('connection lost');
}

/** The first error in what a group rejects with. */
async function errorOf(run: Promise<unknown>): Promise<Error> {
  const failure: unknown = await rejection(run);
  expect(failure).toBeInstanceOf(TaskGroupError);
  return (failure as TaskGroupError).errors[0] as Error;
}

/** The functions in a stack, innermost first, as far as they are the test's own. */
function functionsIn({ stack = '' }: Error): string[] {
  return [...stack.matchAll(/^ +at (?:async )?(\w+) \(.*call-site\.test\.ts/gm)].map(
    ([, name]) => name!,
  );
}

describe('the stack of the error that a task fails with', () => {
  // The engine of Bun has no frame of a function that returns what another gives.
  function creator(group: TaskGroup): Task<never> {
    const task = group.createTask(() => fail());
    return task;
  }

  it('leads to the line that created the task', async () => {
    const error = await errorOf(TaskGroup.run((group) => void creator(group)));
    expect(functionsIn(error)).toEqual(['fail', 'creator']);
    expect(error.stack?.split('\n').at(-1)).toMatch(/^ {4}at async creator \(.+:\d+:\d+\)$/);
  });

  it('does so for a task that waited for room', async () => {
    const run = TaskGroup.run(
      (group) => {
        group.createTask(turn);
        creator(group);
      },
      { limit: 1 },
    );
    expect(functionsIn(await errorOf(run))).toEqual(['fail', 'creator']);
  });

  it('leads through the groups around', async () => {
    function outer(group: TaskGroup): void {
      group.createTask(() => fails(creator));
    }
    async function fails(create: typeof creator): Promise<void> {
      await using group = new TaskGroup();
      await create(group);
    }
    const error = await errorOf(TaskGroup.run(outer));
    const functions = functionsIn(error).filter((name) => name !== 'fails');
    expect(functions).toEqual(['fail', 'creator', 'outer']);
  });

  it('has the line once where the platform has written it already', async () => {
    function creatorOfOneThatFailsAtOnce(group: TaskGroup): void {
      group.createTask(async () => {
        await Promise.reject(new Error('at once'));
      });
    }
    const error = await errorOf(TaskGroup.run(creatorOfOneThatFailsAtOnce));
    expect(functionsIn(error)).toEqual(['creatorOfOneThatFailsAtOnce']);
  });

  const callers = {
    all() {
      const result = TaskGroup.all([fail]);
      return result;
    },
    any() {
      const result = TaskGroup.any([fail]);
      return result;
    },
    race() {
      const result = TaskGroup.race([fail]);
      return result;
    },
    map() {
      const result = TaskGroup.map([1], fail);
      return result;
    },
  };
  it.each(Object.entries(callers))('leads to the caller of TaskGroup.%s', async (name, caller) => {
    const error = await errorOf(caller());
    expect(error.stack?.split('\n').at(-1)).toMatch(new RegExp(`^ +at async .*${name} \\(`));
  });

  it('leads to the call of TaskGroup.allSettled', async () => {
    function caller(): Promise<PromiseSettledResult<never>[]> {
      const result = TaskGroup.allSettled([fail]);
      return result;
    }
    const [result] = await caller();
    expect(functionsIn((result as PromiseRejectedResult).reason as Error)).toEqual([
      'fail',
      'caller',
    ]);
  });

  it('is left alone where it cannot be written', async () => {
    const frozen = Object.freeze(new Error('frozen'));
    const { stack } = frozen;
    const run = TaskGroup.run(
      (group) => void group.createTask(() => turn().then(() => reject(frozen))),
    );
    expect(await errorOf(run)).toBe(frozen);
    expect(frozen.stack).toBe(stack);
  });

  it('is left alone where reading it throws', async () => {
    const hostile = Object.defineProperty(new Error('hostile'), 'stack', {
      get() {
        throw new Error('no');
      },
    });
    const run = TaskGroup.run(
      (group) => void group.createTask(() => turn().then(() => reject(hostile))),
    );
    expect(await errorOf(run)).toBe(hostile);
  });

  it('is left alone of what is no error', async () => {
    const thrown = { stack: 'mine' };
    const run = TaskGroup.run(
      (group) => void group.createTask(() => turn().then(() => reject(thrown))),
    );
    expect(await errorOf(run)).toEqual({ stack: 'mine' });
  });

  it('leads to the line of the first ten of many tasks that are pending together', async () => {
    const gate = deferred();
    const errors = Array.from({ length: 40 }, () => new Error('late'));
    const run = TaskGroup.run(function creatorOfMany(group) {
      for (const error of errors) group.createTask(() => gate.promise.then(() => reject(error)));
      gate.resolve();
    });
    await errorOf(run);
    const leading = errors.filter((error) => functionsIn(error).includes('creatorOfMany'));
    expect(leading).toEqual(errors.slice(0, 10));
  });

  it('leads to the line of a task that comes after many that have ended', async () => {
    const error = await errorOf(
      TaskGroup.run(async (group) => {
        for (let i = 0; i < 100; i++) await group.createTask(turn);
        creator(group);
      }),
    );
    expect(functionsIn(error)).toEqual(['fail', 'creator']);
  });
});

describe('the length of stacks that a program has set', () => {
  const before = Error.stackTraceLimit;
  afterEach(() => {
    Error.stackTraceLimit = before;
  });

  it('is what it was after a task was created', async () => {
    Error.stackTraceLimit = 3;
    await TaskGroup.run((group) => void group.createTask(turn));
    expect(Error.stackTraceLimit).toBe(3);
  });

  it('of 0 leaves stacks without any line', async () => {
    Error.stackTraceLimit = 0;
    const error = await errorOf(TaskGroup.run((group) => void group.createTask(() => fail())));
    expect(error.stack ?? '').not.toMatch(/\n/);
  });
});

function reject(error: unknown): never {
  throw error;
}
