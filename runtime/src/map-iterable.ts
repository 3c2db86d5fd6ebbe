import { follow, type Follower } from './follow.js';
import type { Group } from './group.js';
import { ItemSource, type Items } from './item-source.js';
import type { Mapper } from './map.js';
import type { Limit } from './shared-limit.js';
import type { TaskRecord } from './task-record.js';

/**
 * One task pulls items and creates a task for each, as long as fewer than `limit` results are on
 * their way or wait to be taken; the generator takes them in order:
 *
 *     source ──next()──► puller ──► { 4: task, 5: task, 6: task } ──► yield await task 4
 *                           ▲ sleeps while there are `limit` ┘
 *
 * The road not taken is to pull in the generator: an item that is late would hold up results that
 * are there.
 */
export async function* mapIterable<T, R>(
  open: () => Group,
  items: Items<T>,
  fn: Mapper<T, R>,
  limit: number | Limit = Infinity,
): AsyncGenerator<R, void, undefined> {
  const group = open();
  const results = new Map<number, TaskRecord<R>>();
  // Whoever waits for the other: the puller while there are many results, the generator while there
  // are none, and so never both.
  let wake = (): void => {};
  const change = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const follower = follow(group.signal, () => wake());

  // A shared limit tells no number: enough is there when the next result only waits to be taken.
  const isFull = (): boolean =>
    typeof limit === 'object'
      ? results.values().next().value?.status === 'fulfilled'
      : results.size >= limit;

  const pull = async (source: ItemSource<T>): Promise<void> => {
    for (let index = 0; ; index++) {
      while (isFull() && !group.signal.aborted) await change();
      group.signal.throwIfAborted();
      if (typeof limit === 'object') await group.room();
      const step = source.isAsync ? await source.nextInTurn() : source.next();
      if (step.done) return;
      const task = group.createTask((context) => fn(step.value, context, index));
      task.id = index;
      results.set(index, task);
      wake();
    }
  };

  let isPulling = true;
  const end = group.run(() => whileOpen(group, items, pull));
  // It comes out when the next result is asked for.

  end.then(stopped, stopped);
  function stopped(): void {
    isPulling = false;
    follower?.leave();
    wake();
  }

  let hasLeft = true;
  try {
    for (let index = 0; isPulling || results.size > 0;) {
      const task = results.get(index);
      if (!task) {
        await change();
        continue;
      }
      await task.join();
      if (task.status !== 'fulfilled') {
        // The group has failed or was cut, and says so below.
        hasLeft = false;
        break;
      }
      results.delete(index++);
      wake();
      yield task.outcome as R;
    }
    hasLeft = false;
  } finally {
    // Asked now: a parent that is cancelled later has not cancelled this group.
    const isOwn = hasLeft && !group.signal.aborted;
    if (isOwn) group.cancel();
    await end.catch((error: unknown) => {
      // Who leaves the loop has cancelled the group himself, and need not be told.
      if (!isOwn || error !== group.signal.reason) throw error;
    });
  }
}

/** Has a task pull from the source, which is closed when the group is cancelled before its end. */
async function whileOpen<T>(
  group: Group,
  items: Items<T>,
  pull: (source: ItemSource<T>) => Promise<void>,
): Promise<void> {
  const source = new ItemSource(items, group);
  const puller = group.createTask(() => pull(source), { name: 'source' });
  let follower: Follower | undefined;
  await new Promise<void>((resolve) => {
    follower = follow(group.signal, () => resolve());
    void puller.join().then(resolve);
  });
  follower?.leave();
  // Closed while the puller may still wait for an item: that may be what frees it.
  if (source.isOpen) {
    await source.close();
    group.signal.throwIfAborted();
  }
}
