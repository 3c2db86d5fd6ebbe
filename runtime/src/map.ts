import type { TaskContext } from './cancellation.js';
import { follow } from './follow.js';
import type { Group } from './group.js';
import { ItemSource, type Items } from './item-source.js';
import type { Limit } from './shared-limit.js';
import type { TaskRecord } from './task-record.js';

export type Mapper<T, R> = (item: T, context: TaskContext, index: number) => R | PromiseLike<R>;

/**
 * Workers pull items from one source, each when it is free:
 *
 *     source ──next()──► worker ── await fn(item 0) ──► next() …
 *                  └───► worker ── await fn(item 1) ──► next() …
 *
 * so no more is pulled than is worked on, and an item costs no closure. A worker goes by the index
 * of its item: `task #17` in an error is the item of that index.
 */
export async function map<T, R>(
  group: Group,
  items: Items<T>,
  fn: Mapper<T, R>,
  limit: number | Limit = Infinity,
): Promise<R[]> {
  // Under a shared limit a worker is one task of many that wait for room: it works on one item, and
  // the next worker waits in its place.
  const isShared = typeof limit === 'object';
  const most = isShared ? Infinity : limit;
  // An array that grows item by item is copied over and over: a quarter of the time.
  const results: R[] = Array.isArray(items) ? new Array<R>(items.length) : [];
  let index = 0;
  await group.run(async () => {
    const source = new ItemSource(items, group);
    const { list } = source;
    const mayHaveMore = (): boolean => (list ? index < list.length : source.isOpen);
    const growsByOne = isShared || source.isAsync;
    let workers = 0;
    let busy = 0;
    let finish!: () => void;
    const isFinished = new Promise<void>((resolve) => (finish = resolve));
    let isCancelled = false;
    // Cancellation wakes the body, not only the end of the workers: to close the source may be what
    // frees a worker that waits for an item.
    const follower = follow(group.signal, () => {
      isCancelled = true;
      finish();
    });

    const addWorker = (): void => {
      // Set once `createTask` returns: by then the worker has pulled its first item.
      // eslint-disable-next-line prefer-const -- the worker looks at it before
      let task: TaskRecord | undefined;
      let id: string | number = 'source';
      const goBy = (to: string | number): void => {
        id = to;
        if (task) task.id = to;
      };
      workers++;
      busy++;
      task = group.createTask(async (context) => {
        let given = false;
        while (!isCancelled) {
          let item: T;
          if (list) {
            // Asked each time, as its iterator would: `fn` may add to it.
            if (index >= list.length) break;
            item = list[index]!;
          } else {
            goBy('source');
            const step = source.isAsync ? await source.nextInTurn() : source.next();
            if (step.done || isCancelled) break;
            item = step.value;
          }
          if (growsByOne && source.waiting === 0 && workers < most && mayHaveMore()) addWorker();
          const i = index++;
          goBy(i);
          const result = (results[i] = await fn(item, context, i));
          given ||= typeof result === 'object' || typeof result === 'function';
          if (isShared) break;
        }
        if (--busy === 0) finish();
        // What its signal goes on to cut.
        return given && results;
      });
      task.id = id;
    };

    try {
      do addWorker();
      while (!growsByOne && mayHaveMore() && workers < most);
      await isFinished;
    } finally {
      follower?.leave();
      if (mayHaveMore()) {
        await source.close();
        group.signal.throwIfAborted();
      }
    }
  });
  // `fn` may have taken items out of the array that is mapped.
  results.length = index;
  return results;
}
