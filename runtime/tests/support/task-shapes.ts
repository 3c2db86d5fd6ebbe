/** Tasks that nothing can end any more, and tasks that only look so. */
import { EventEmitter, once } from 'node:events';

import { sleep, TaskGroup, type TaskContext } from 'mooring';
import { Limiter } from 'mooring/limiter';

import { deferred, untilAborted } from './promises.js';

type Create = (work: (context: TaskContext) => unknown) => void;

/** Creates tasks that are all dead once this has returned. */
export const dead: Record<string, (create: Create) => void> = {
  'a promise whose resolve function nobody has': (create) => {
    create(async () => {
      await new Promise(() => {});
    });
  },
  'an event of an emitter that nobody has': (create) => {
    create(async () => {
      await once(new EventEmitter(), 'data');
    });
  },
  'a permit that its holder has lost': (create) => {
    const limiter = new Limiter(1);
    limiter.tryAcquire();
    create(async () => {
      await limiter.run(() => {});
    });
  },
  'two that wait for each other': (create) => {
    const left = deferred();
    const right = deferred();
    create(async () => {
      await left.promise;
      right.resolve();
    });
    create(async () => {
      await right.promise;
      left.resolve();
    });
  },
  'the next message of a queue that nobody fills': (create) => {
    async function* messages(): AsyncGenerator<string> {
      const waiting: (() => void)[] = [];
      for (;;) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        yield 'message';
      }
    }
    create(async () => {
      for await (const message of messages()) console.log(message);
    });
  },
};

const release = deferred();

/** Creates a task that waits for long, and that something could end. */
export const alive: Record<string, (create: Create) => void> = {
  'a timer': (create) => {
    create(async (context) => {
      await sleep(3_600_000, context);
    });
  },
  'its own cancellation': (create) => {
    create(async ({ signal }) => {
      await untilAborted(signal);
    });
  },
  'a promise that somebody can resolve': (create) => {
    create(async () => {
      await release.promise;
    });
  },
  'a thenable that has been asked, and a group in it that waits': (create) => {
    create(({ signal }) => ({
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        TaskGroup.run(
          (group) => {
            group.createTask((context) => sleep(3_600_000, context));
          },
          { signal },
        ).then(resolve, reject);
      },
    }));
  },
};

/** Ends those that only cancellation does not end. */
export function releaseAlive(): void {
  release.resolve();
}
