/** The runtime's own operations, cancelled at every point where a cancellation can arrive. */
import { afterEach, describe, expect, test } from 'vitest';

import { abandonOnCancel, sleep, TaskGroup, TaskGroupError, timeout, TimeoutError } from 'mooring';
import { Limiter } from 'mooring/limiter';
import { retry, RetryBudget } from 'mooring/retry';
import { cancelEverywhere, leaks } from 'mooring/testing';
import { sleepUntil, ticks } from 'mooring/time';

import { untilAborted } from '../support/promises.js';

interface Scope {
  readonly signal: AbortSignal;
}

class Busy extends Error {}

/** A resource that must be given back whatever happens; giving it back takes time. */
class Connections {
  open = 0;

  async use(ms: number, scope: Scope): Promise<number> {
    this.open++;
    try {
      await sleep(ms, scope);
      return ms;
    } finally {
      // A scope of its own: the one around it may be cancelled.
      await timeout(100, (cleanUp) => sleep(5, cleanUp));
      this.open--;
    }
  }
}

const options = {
  setup: () => new Connections(),
  check: ({ open }: Connections) => expect(open).toBe(0),
};

afterEach(leaks);

const operations: Record<string, (scope: Scope, connections: Connections) => unknown> = {
  run: (scope, connections) =>
    TaskGroup.run(async (group) => {
      const left = group.createTask((context) => connections.use(20, context));
      group.createTask((context) => connections.use(10, context));
      return left;
    }, scope),
  'run, a body that outlives its tasks': (scope, connections) =>
    TaskGroup.run(async (group) => {
      group.createTask((context) => connections.use(1, context));
      await connections.use(20, group);
    }, scope),
  'run with a limit': (scope, connections) =>
    TaskGroup.run(
      (group) => {
        for (const ms of [3, 1, 2, 3]) group.createTask((context) => connections.use(ms, context));
      },
      { ...scope, limit: 2 },
    ),
  'run with a background task': (scope, connections) =>
    TaskGroup.run((group) => {
      group.createTask((context) => connections.use(Infinity, context), { background: true });
      group.createTask((context) => connections.use(10, context));
    }, scope),
  'tasks that create tasks': (scope, connections) =>
    TaskGroup.run((group) => {
      const visit = (depth: number): void => {
        group.createTask(async (context) => {
          await connections.use(depth, context);
          if (depth > 0) for (let n = 0; n < 2; n++) visit(depth - 1);
        });
      };
      visit(2);
    }, scope),
  'a task that is cancelled alone': (scope, connections) =>
    TaskGroup.run(async (group) => {
      const task = group.createTask((context) => connections.use(1_000, context));
      await sleep(10, group);
      task.cancel();
    }, scope),
  'a group that is cancelled by its body': (scope, connections) =>
    TaskGroup.run(async (group) => {
      group.createTask((context) => connections.use(1_000, context));
      await sleep(10, group);
      group.cancel();
    }, scope),
  all: (scope, connections) =>
    TaskGroup.all(
      [(context) => connections.use(2, context), () => connections.use(1, scope)],
      scope,
    ),
  allSettled: (scope, connections) =>
    TaskGroup.allSettled(
      [
        (context) => connections.use(2, context),
        async (context) => {
          await connections.use(1, context);
          // What fails after the cancellation comes out of it.
          context.signal.throwIfAborted();
          throw new Error('of its own');
        },
      ],
      scope,
    ),
  any: (scope, connections) =>
    TaskGroup.any(
      [3, 1, 2].map((ms) => (context) => connections.use(ms, context)),
      scope,
    ),
  race: (scope, connections) =>
    TaskGroup.race(
      [3, 1, 2].map((ms) => (context) => connections.use(ms, context)),
      scope,
    ),
  map: (scope, connections) =>
    TaskGroup.map([1, 2, 3, 4, 5], (ms, context) => connections.use(ms, context), {
      ...scope,
      limit: 2,
    }),
  'map over an async source': (scope, connections) =>
    TaskGroup.map(pages(connections, scope), (ms, context) => connections.use(ms, context), {
      ...scope,
      limit: 2,
    }),
  mapIterable: async (scope, connections) => {
    const use = (ms: number, context: Scope): Promise<number> => connections.use(ms, context);
    const results = TaskGroup.mapIterable([3, 1, 2, 1], use, { ...scope, limit: 2 });
    for await (const ms of results) await sleep(ms, scope);
  },
  'mapIterable over an async source, left early': async (scope, connections) => {
    const use = (ms: number, context: Scope): Promise<number> => connections.use(ms, context);
    for await (const ms of TaskGroup.mapIterable(
      (inner) => pages(connections, inner),
      use,
      scope,
    )) {
      if (ms === 2) break;
    }
  },
  allKeyed: (scope, connections) =>
    TaskGroup.allKeyed(
      {
        left: (context) => connections.use(2, context),
        right: (context) => connections.use(1, context),
      },
      scope,
    ),
  start: (scope, connections) =>
    TaskGroup.run(async (group) => {
      const serve = async (context: Scope, ready: (port: number) => void): Promise<void> => {
        await connections.use(1, context);
        ready(80);
        await connections.use(Infinity, context);
      };
      await group.start<number>(serve, { background: true });
      await connections.use(5, group);
    }, scope),
  'start in a scope that ends before it is up': (scope, connections) =>
    TaskGroup.run(async (group) => {
      const slow = (context: Scope): Promise<number> => connections.use(100, context);
      await timeout(5, (deadline) => group.start(slow, { signal: deadline.signal }), group).catch(
        unless(TimeoutError),
      );
    }, scope),
  'room in a group with a limit': (scope, connections) =>
    TaskGroup.run(
      async (group) => {
        for (const ms of [3, 1, 2]) {
          await group.room();
          group.createTask((context) => connections.use(ms, context));
        }
      },
      { ...scope, limit: 1 },
    ),
  'a limiter that several wait for': async (scope, connections) => {
    const limiter = new Limiter(1);
    await TaskGroup.all(
      [3, 1, 2].map(
        (ms) => (context: Scope) => limiter.run(() => connections.use(ms, context), context),
      ),
      scope,
    ).finally(() => expect(limiter.available).toBe(1));
  },
  'a limit that two groups share': async (scope, connections) => {
    const limit = new Limiter(1);
    const work = (group: TaskGroup): void => {
      for (const ms of [2, 1]) group.createTask((context) => connections.use(ms, context));
    };
    await TaskGroup.all(
      [0, 1].map(
        () =>
          ({ signal }: Scope) =>
            TaskGroup.run(work, { signal, limit }),
      ),
      scope,
    ).finally(() => expect(limit.available).toBe(1));
  },
  retry: (scope, connections) =>
    retry(
      async (attempt) => {
        await connections.use(2, attempt);
        if (attempt.number < 3) throw new Busy();
      },
      { ...scope, delay: 10, timeout: 50, budget: new RetryBudget() },
      // An attempt that fails for a reason of its own keeps it, also when it was cancelled meanwhile.
    ).catch(unless(Busy)),
  'a retry whose attempts are too slow': (scope, connections) =>
    retry((attempt) => connections.use(100, attempt), {
      ...scope,
      attempts: 2,
      delay: 1,
      timeout: 10,
    }).catch(unless(TimeoutError)),
  ticks: async (scope, connections) => {
    for await (const { index } of ticks(10, scope)) {
      await connections.use(15, scope);
      if (index > 2) return;
    }
  },
  sleepUntil: (scope) => sleepUntil(new Date(Date.now() + 10), scope),
  timeout: (scope, connections) => timeout(100, (deadline) => connections.use(10, deadline), scope),
  'a timeout that expires': (scope, connections) =>
    timeout(10, (deadline) => connections.use(100, deadline), scope).catch(unless(TimeoutError)),
  'a timeout that is moved': (scope, connections) =>
    timeout(
      10,
      async (deadline) => {
        for (let n = 0; n < 3; n++) {
          deadline.reschedule(10);
          await connections.use(2, deadline);
        }
      },
      scope,
    ),
  'groups in deadlines in groups': (scope, connections) =>
    TaskGroup.run((outer) => {
      for (const ms of [5, 50]) {
        outer.createTask((context) =>
          timeout(
            20,
            (deadline) =>
              TaskGroup.run((inner) => {
                inner.createTask((task) => connections.use(ms, task));
                inner.createTask((task) => connections.use(1, task));
              }, deadline),
            context,
          ).catch(unless(TimeoutError)),
        );
      }
    }, scope),
  'await using': async (scope, connections) => {
    await using group = new TaskGroup(scope);
    group.createTask((context) => connections.use(10, context));
    group.createTask((context) => connections.use(20, context));
    await group.join();
  },
  sleep: (scope) => sleep(10, scope),
  abandonOnCancel: async (scope) => {
    const work = new Promise<void>((resolve) => queueMicrotask(resolve));
    await abandonOnCancel(work, scope);
    await abandonOnCancel(untilAborted(scope.signal), scope);
  },
};

describe('cancelled at any point, it ends, gives everything back, and says that it was cancelled', () => {
  test.each(Object.entries(operations))(
    '%s',
    async (_, operation) => {
      const { points } = await cancelEverywhere(operation, options);
      expect(points).toBeGreaterThan(1);
    },
    300_000,
  );
});

test('a failure is not lost to a cancellation that comes while it is on its way', async () => {
  await cancelEverywhere(
    async (scope, seen: { failed: boolean; out?: unknown }) => {
      try {
        await TaskGroup.run((group) => {
          group.createTask(async (context) => {
            await sleep(10, context);
            seen.failed = true;
            throw new Error('the disk is full');
          });
          group.createTask((context) => sleep(50, context));
        }, scope);
      } catch (error) {
        seen.out = error;
      }
    },
    {
      setup: (): { failed: boolean; out?: unknown } => ({ failed: false }),
      check: (seen) => {
        expect(seen.out instanceof TaskGroupError).toBe(seen.failed);
      },
    },
  );
});

async function* pages(connections: Connections, scope: Scope): AsyncGenerator<number> {
  for (const ms of [1, 2, 3, 4]) {
    await connections.use(1, scope);
    yield ms;
  }
}

function unless(type: new () => Error): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof type)) throw error;
  };
}
