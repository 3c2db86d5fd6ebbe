import { AsyncLocalStorage } from 'node:async_hooks';
import { TaskGroup } from 'mooring';
import { describe, expect, it } from 'vitest';
import { turn } from '../support/promises.js';

describe('S5: the async context', () => {
  it('starts a queued task in the async context of its createTask call', async () => {
    const user = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const look = async (): Promise<void> => {
      seen.push(user.getStore());
      await turn();
      seen.push(user.getStore());
    };
    await TaskGroup.run(
      (group) => {
        user.run('ann', () => group.createTask(look));
        user.run('bob', () => group.createTask(look));
        group.createTask(look);
      },
      { limit: 1 },
    );
    expect(seen).toEqual(['ann', 'ann', 'bob', 'bob', undefined, undefined]);
  });

  it('G27: a task runs in the async context of its creation', async () => {
    const store = new AsyncLocalStorage<number>();
    const value = await store.run(1, () =>
      TaskGroup.run((group) => store.run(2, () => group.createTask(async () => store.getStore()))),
    );
    expect(value).toBe(2);
  });
});
