import { TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { rejection } from './support/promises.js';

class Refused extends Error {}

const refused = new Refused('refused');
const broken = new TypeError('broken');
const lost = new RangeError('lost');

/** Fails with refused, [broken, [lost, refused]]. */
function nested(): Promise<TaskGroupError> {
  return rejection(
    TaskGroup.run(
      (outer) => {
        outer.createTask(() => Promise.reject(refused));
        outer.createTask(() =>
          TaskGroup.run((middle) => {
            middle.createTask(() => Promise.reject(broken));
            middle.createTask(() =>
              TaskGroup.run((inner) => {
                inner.createTask(() => Promise.reject(lost));
                inner.createTask(() => Promise.reject(refused));
              }),
            );
          }),
        );
      },
      { name: 'outer' },
    ),
  );
}

describe('TaskGroupError', () => {
  it('is an AggregateError that can be told by instanceof', async () => {
    const error = await nested();
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.name).toBe('TaskGroupError');
    expect(error.stack).toMatch(/^TaskGroupError: Task group "outer" failed/);
  });

  it('may be made by hand, as an AggregateError is', () => {
    const error = new TaskGroupError(new Set([refused, lost]), 'both');
    expect(error.errors).toEqual([refused, lost]);
    expect(error.message).toBe('both');
    expect(error.cause).toBe(refused);
  });

  it('has its leaves in the order of errors', async () => {
    expect((await nested()).leaves()).toEqual([refused, broken, lost, refused]);
  });

  it('leaves an AggregateError of somebody else whole', () => {
    const other = new AggregateError([refused]);
    expect(new TaskGroupError([other]).leaves()).toEqual([other]);
  });
});

describe('groups that are nested deeper than the stack', () => {
  const DEPTH = 20_000;
  /** Fails with [[… [lost]]]; each level but the innermost with `also`, too. */
  function deep(also: unknown[] = []): TaskGroupError {
    let error = new TaskGroupError([lost]);
    for (let level = 1; level < DEPTH; level++) error = new TaskGroupError([error, ...also]);
    return error;
  }
  function levels(error: TaskGroupError | undefined): number {
    let count = 0;
    for (let each: unknown = error; each instanceof TaskGroupError; each = each.errors[0]) count++;
    return count;
  }

  it('have their leaves', () => {
    expect(deep().leaves()).toEqual([lost]);
    expect(deep([refused]).leaves()).toHaveLength(DEPTH);
  });

  it('are split, each part with the same nesting', () => {
    const [matched, rest] = deep([refused]).split(Refused);
    expect(rest?.leaves()).toEqual([lost]);
    expect(levels(rest)).toBe(DEPTH);
    expect(matched?.leaves()).toHaveLength(DEPTH - 1);
    const whole = deep();
    expect(whole.split((error) => error === lost)).toEqual([whole, undefined]);
  });

  it('are told in a message of a bounded length, and shown', async () => {
    const inner = deep();
    const error = await rejection(TaskGroup.run(() => Promise.reject(inner)));
    expect(error.errors).toEqual([inner]);
    expect(error.message.length).toBeLessThan(3_000);
    expect(String(error)).toContain('TaskGroupError');
  });
});

describe('a group that was made to hold itself', () => {
  function circle(): TaskGroupError {
    const inner = new TaskGroupError([refused]);
    const error = new TaskGroupError([lost, inner, inner]);
    inner.errors.push(error, inner);
    error.errors.push(error);
    return error;
  }

  it('has each leaf as often as it is held, and comes to an end', () => {
    expect(circle().leaves()).toEqual([lost, refused, refused]);
  });

  it('is split into parts that come to an end, too', () => {
    const [matched, rest] = circle().split(Refused);
    expect(matched?.leaves()).toEqual([refused, refused]);
    expect(rest?.leaves()).toEqual([lost]);
    const alone = new TaskGroupError([]);
    alone.errors.push(alone);
    expect(alone.leaves()).toEqual([]);
    const [none, all] = alone.split(Refused);
    expect(none).toBeUndefined();
    expect(all === alone).toBe(true);
  });
});

describe('leaves of which nothing can be asked', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  it('are leaves, and match no class', () => {
    const error = new TaskGroupError([proxy, refused]);
    expect(error.leaves()[0] === proxy).toBe(true);
    const [matched, rest] = error.split(Refused);
    expect(matched?.errors).toEqual([refused]);
    expect(rest?.errors[0] === proxy).toBe(true);
  });
});

describe('split', () => {
  it('parts the errors in those of a class and the rest, and keeps the nesting', async () => {
    const error = await nested();
    const [matched, rest] = error.split(Refused);
    expect(matched).toBeInstanceOf(TaskGroupError);
    expect(matched?.leaves()).toEqual([refused, refused]);
    expect(matched?.errors[1]).toBeInstanceOf(TaskGroupError);
    expect(rest?.leaves()).toEqual([broken, lost]);
    expect(matched?.message).toBe(error.message);
    expect(error.leaves()).toHaveLength(4);
  });

  it('takes a predicate, and asks it of leaves only', async () => {
    const asked: unknown[] = [];
    const [matched, rest] = (await nested()).split((leaf) => {
      asked.push(leaf);
      return leaf === lost;
    });
    expect(asked).toEqual([refused, broken, lost, refused]);
    expect(matched?.leaves()).toEqual([lost]);
    expect(rest?.leaves()).toEqual([refused, broken, refused]);
  });

  it('gives the error itself where all or nothing matches', async () => {
    const error = await nested();
    expect(error.split(Error)).toEqual([error, undefined]);
    expect(error.split(Error)[0]).toBe(error);
    expect(error.split(SyntaxError)[1]).toBe(error);
    expect(error.split(SyntaxError)[0]).toBe(undefined);
  });

  it('matches values that are no errors', () => {
    const error = new TaskGroupError(['no', undefined]);
    const [matched, rest] = error.split((leaf) => leaf === undefined);
    expect(matched?.errors).toEqual([undefined]);
    expect(rest?.errors).toEqual(['no']);
  });
});
