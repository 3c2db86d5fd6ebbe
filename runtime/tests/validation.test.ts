import {
  abandonOnCancel,
  isCancellation,
  sleep,
  TaskGroup,
  TaskGroupError,
  timeout,
} from 'mooring';
import { describe, expect, it } from 'vitest';
import { rejection } from './support/promises.js';

/** Calls with arguments that no type checker would let through. */
const loose = <F>(fn: F): ((...args: unknown[]) => any) => fn as never;

describe('limit', () => {
  it.each([
    [0, RangeError, '0'],
    [-1, RangeError, '-1'],
    [1.5, RangeError, '1.5'],
    [NaN, RangeError, 'NaN'],
    [-Infinity, RangeError, '-Infinity'],
    ['4', TypeError, '"4"'],
    [null, TypeError, 'null'],
    [4n, TypeError, '4'],
  ])('may not be %s', async (limit, Type, got) => {
    const message = `limit must be a positive integer or Infinity, got ${got}`;
    let called = false;
    const error = await rejection(loose(TaskGroup.run)(() => void (called = true), { limit }));
    expect(error).toBeInstanceOf(Type);
    expect(error.message).toBe(message);
    expect(called).toBe(false);
    expect(() => new TaskGroup({ limit: limit as number })).toThrow(message);
    expect((await rejection(loose(TaskGroup.map)([1], () => 1, { limit }))).message).toBe(message);
  });

  it.each([1, 16, Infinity, undefined])('may be %s', async (limit) => {
    expect(await TaskGroup.run(() => 'ran', { limit })).toBe('ran');
  });
});

describe('signal', () => {
  const notSignals = [
    ['a controller', new AbortController(), '[object AbortController]'],
    ['a string', 'abort', '"abort"'],
    ['null', null, 'null'],
    ['a group', new TaskGroup(), '[object Object]'],
  ] as const;
  it.each(notSignals)('may not be %s', async (_, signal, got) => {
    const message = `signal must be an AbortSignal, got ${got}`;
    for (const call of [
      () => loose(TaskGroup.run)(() => 1, { signal }),
      () => loose(TaskGroup.all)([() => 1], { signal }),
      () => loose(timeout)(100, () => 1, { signal }),
      () => loose(sleep)(100, { signal }),
      () => loose(abandonOnCancel)(Promise.resolve(), { signal }),
    ]) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe(message);
    }
    expect(() => loose(timeout)(100, { signal })).toThrow(message);
  });

  it('may not take the place of the options', async () => {
    const message = 'options must be an object like { signal }, got [object AbortSignal]';
    const { signal } = new AbortController();
    expect((await rejection(loose(sleep)(100, signal))).message).toBe(message);
    expect((await rejection(loose(TaskGroup.run)(() => 1, signal))).message).toBe(message);
    expect(() => loose(timeout)(100, signal)).toThrow(message);
  });

  it.each([null, 'x', 5])('options may not be %s', async (options) => {
    expect(await rejection(loose(sleep)(100, options))).toBeInstanceOf(TypeError);
    expect(await rejection(loose(TaskGroup.run)(() => 1, options))).toBeInstanceOf(TypeError);
  });
});

describe('a promise in place of a function', () => {
  it('is refused by timeout, which would stop nothing', () => {
    expect(() => loose(timeout)(100, Promise.resolve())).toThrow(
      new TypeError('options must be an object like { signal }, got [object Promise]'),
    );
    expect(() => loose(timeout)(100, undefined, {})).toThrow(
      new TypeError('body must be a function, got undefined'),
    );
  });
});

describe('what abandonOnCancel takes', () => {
  it('is a promise', async () => {
    const error = await rejection(loose(abandonOnCancel)(() => 1, new AbortController()));
    expect(error).toEqual(new TypeError('abandonOnCancel takes a promise, got [object Function]'));
  });

  it.each([
    [undefined, 'undefined'],
    [{}, '[object Object]'],
  ])('is a scope, and not %s', async (scope, got) => {
    const error = await rejection(loose(abandonOnCancel)(Promise.resolve(), scope));
    expect(error).toEqual(new TypeError(`scope must be an object like { signal }, got ${got}`));
  });
});

describe('what isCancellation asks about', () => {
  it.each([
    [new AbortController().signal, '[object AbortSignal]'],
    [undefined, 'undefined'],
    [{ signal: 'abort' }, '[object Object]'],
  ])('is a scope, and not %s', (scope, got) => {
    expect(() => loose(isCancellation)(new Error(), scope)).toThrow(
      new TypeError(`scope must be an object like { signal }, got ${got}`),
    );
  });
});

describe('what TaskGroupError.split takes', () => {
  it('is a class or a predicate', () => {
    expect(() => new TaskGroupError([1]).split('Error' as never)).toThrow(
      new TypeError('split takes an error class or a predicate, got "Error"'),
    );
  });
});

describe('options of a task', () => {
  it.each([
    [null, 'options must be an object like { name }, got null'],
    ['page', 'options must be an object like { name }, got "page"'],
    [{ background: 'no' }, 'background must be true or false, got "no"'],
  ])('may not be %o', async (options, message) => {
    await TaskGroup.run((group) => {
      expect(() => group.createTask(() => 1, options as never)).toThrow(new TypeError(message));
      expect([...group.pending]).toEqual([]);
    });
  });
});

describe('name and onTaskError', () => {
  it('are a string and a function', async () => {
    await TaskGroup.run((group) => {
      expect(() => group.createTask(() => 1, { name: 5 as never })).toThrow(
        new TypeError('name must be a string, got 5'),
      );
      expect([...group.pending]).toEqual([]);
    });
    expect(() => new TaskGroup({ name: Symbol('x') as never })).toThrow(TypeError);
    expect(() => new TaskGroup({ onTaskError: 'log' as never })).toThrow(
      new TypeError('onTaskError must be a function, got "log"'),
    );
  });
});

describe('S2: a task is a function', () => {
  it('and never a promise, which already runs outside the group', async () => {
    await TaskGroup.run((group) => {
      expect(() => loose(group.createTask.bind(group))(Promise.resolve())).toThrow(
        new TypeError(
          'A task must be a function to call: a promise already runs outside the group, ' +
            'got [object Promise]',
        ),
      );
      expect(() => loose(group.createTask.bind(group))('work')).toThrow(TypeError);
      expect(() => loose(group.createTask.bind(group))()).toThrow(TypeError);
      expect(group.state).toBe('open');
    });
  });

  it.each(['all', 'allSettled', 'any', 'race'] as const)('also in TaskGroup.%s', async (form) => {
    const error = await rejection(loose(TaskGroup[form])([Promise.resolve()]));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('a promise already runs outside the group');
    expect(await rejection(loose(TaskGroup[form])(5))).toBeInstanceOf(TypeError);
  });
});

describe('functions to run', () => {
  it.each(['all', 'allSettled', 'any', 'race'] as const)(
    'are a list in TaskGroup.%s',
    async (form) => {
      const error = await rejection(loose(TaskGroup[form].bind(TaskGroup))(5));
      expect(error).toEqual(new TypeError('works must be iterable, got 5'));
    },
  );
});

describe('a body or mapper', () => {
  it('is a function', async () => {
    const error = await rejection(loose(TaskGroup.run)(Promise.resolve()));
    expect(error).toEqual(new TypeError('body must be a function, got [object Promise]'));
    expect((await rejection(loose(TaskGroup.map)([1], 'x'))).message).toBe(
      'fn must be a function, got "x"',
    );
  });

  it('is mapped over something iterable', async () => {
    for (const items of [5, null, undefined, { length: 1 }]) {
      expect(await rejection(loose(TaskGroup.map)(items, () => 1))).toBeInstanceOf(TypeError);
    }
  });
});

describe('an iterator', () => {
  it.each([
    ['iterator', { [Symbol.iterator]: () => ({ next: () => 5 }) }],
    ['asyncIterator', { [Symbol.asyncIterator]: () => ({ next: () => 5 }) }],
  ])(
    'of Symbol.%s that gives no object fails the group, and does not go on for ever',
    async (_, items) => {
      const error = await rejection(loose(TaskGroup.map)(items, () => 1, { limit: 2 }));
      expect(error.errors).toEqual([
        new TypeError('next() of an iterator must give an object, got 5'),
      ]);
    },
  );
});

describe('T2: times', () => {
  it.each([
    [NaN, 'NaN'],
    ['100', '"100"'],
    [null, 'null'],
    [100n, '100'],
    [{}, '[object Object]'],
    [new Date(NaN), '[object Date]'],
  ])('a deadline may not be %s', async (when, got) => {
    const message = `A deadline is a number of milliseconds, a valid Date or undefined, got ${got}`;
    const error = await rejection(loose(timeout)(when, () => 1));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(message);
    expect(() => loose(timeout)(when)).toThrow(message);
  });

  it.each([NaN, '100', null, undefined, new Date()])('sleep does not take %s', async (ms) => {
    expect(await rejection(loose(sleep)(ms))).toBeInstanceOf(TypeError);
  });
});

describe('options that nobody would hear of', () => {
  const { signal } = new AbortController();

  it.each([
    ['a signal', signal, '[object AbortSignal]'],
    ['a promise', Promise.resolve(), '[object Promise]'],
    ['null', null, 'null'],
  ])('of a task may not be %s', async (_, options, got) => {
    await TaskGroup.run((group) => {
      expect(() => loose(group.createTask.bind(group))(() => 1, options)).toThrow(
        new TypeError(`options must be an object like { name }, got ${got}`),
      );
    });
  });

  it('may not be null', async () => {
    const message = 'options must be an object like { signal }, got null';
    expect((await rejection(loose(timeout)(5, () => 1, null))).message).toBe(message);
    expect((await rejection(loose(TaskGroup.map)([1], () => 1, null))).message).toBe(message);
    expect(() => loose(TaskGroup.mapIterable)([1], () => 1, null)).toThrow(message);
  });

  it('may not have a signal to which nobody can listen', async () => {
    const deaf = { signal: { aborted: false } };
    const message = 'signal must be an AbortSignal, got [object Object]';
    expect((await rejection(loose(sleep)(5, deaf))).message).toBe(message);
    expect((await rejection(loose(TaskGroup.run)(() => 1, deaf))).message).toBe(message);
  });

  it('may not have a function for a limit', async () => {
    const limit = Object.assign(() => {}, { acquire: () => ({ release() {} }) });
    expect((await rejection(loose(TaskGroup.run)(() => 1, { limit }))).message).toBe(
      'limit must be a positive integer or Infinity, got [object Function]',
    );
  });
});

describe('a timeout handed on whole', () => {
  it('does not give its name to the group', async () => {
    const boom = new Error('boom');
    const run = timeout(
      3_600_000,
      (deadline) => TaskGroup.run(() => Promise.reject(boom), deadline),
      {
        name: 'request',
      },
    );
    expect((await rejection(run)).message).toBe('Task group failed; body: Error: boom');
  });
});

describe('a value of which nothing can be asked', () => {
  const revoked = (target: object): object => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };

  it.each([
    ['limit', () => loose(TaskGroup.run)(() => 1, { limit: revoked(() => {}) })],
    ['name', () => loose(TaskGroup.run)(() => 1, { name: revoked({}) })],
    ['body', () => loose(TaskGroup.run)(revoked({}))],
    ['A task', () => loose(TaskGroup.all)([revoked({})])],
    ['A deadline', () => loose(timeout)(revoked({}), () => 1)],
    ['sleep', () => loose(sleep)(revoked({}))],
    ['options', () => loose(TaskGroup.run)(() => 1, revoked({}))],
    ['options', () => loose(TaskGroup.all)([], revoked({}))],
    ['options', () => loose(timeout)(1, revoked({}))],
    ['options', () => loose(sleep)(1, revoked({}))],
    [
      'options',
      async () => {
        await using group = new TaskGroup();
        loose(group.createTask.bind(group))(() => 1, revoked({}));
      },
    ],
    ['signal', () => loose(TaskGroup.run)(() => 1, { signal: revoked({}) })],
    ['signal', () => loose(timeout)(1, () => 1, { signal: revoked(AbortSignal.abort()) })],
    ['scope', () => loose(isCancellation)(new Error('lost'), revoked({}))],
    ['works', () => loose(TaskGroup.all)(revoked([]))],
    ['items', () => loose(TaskGroup.map)(revoked([]), () => 1)],
    ['errors', () => new TaskGroupError(revoked([]) as never)],
  ])('is named by the thing that it was given for: %s', async (what, call) => {
    const { message } = await rejection((async () => call())());
    expect(message.startsWith(what)).toBe(true);
    expect(message).toMatch(/, got a value that cannot be shown$/);
  });

  it('is no signal of a scope', () => {
    expect(() => loose(isCancellation)(new Error('lost'), { signal: revoked({}) })).toThrow(
      'scope must be an object like { signal }, got [object Object]',
    );
  });

  it('may be a reason: of a group, of a task, and what a task fails with', async () => {
    const reason = revoked({});
    const seen: unknown[] = [];
    await TaskGroup.run(async (group) => {
      const task = group.createTask(({ signal }) => sleep(60_000, { signal }));
      task.cancel(reason);
      const error = await rejection(task);
      seen.push(error.name, error.cause === reason);
      group.cancel(reason);
      seen.push(group.signal.reason === reason);
    });
    const failed = await rejection(TaskGroup.run(() => Promise.reject(reason as Error)));
    seen.push(failed.errors[0] === reason);
    expect(seen).toEqual(['AbortError', true, true, true]);
  });
});

describe('TaskGroupError', () => {
  it.each([[undefined], [null], [5]])('is not made of %s', (errors) => {
    expect(() => new TaskGroupError(errors as never)).toThrow(
      `errors must be iterable, got ${String(errors)}`,
    );
  });
});
