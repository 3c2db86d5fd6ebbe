import { EventEmitter, once } from 'node:events';
import { setTimeout as nodeTimer } from 'node:timers/promises';
import { TaskGroup } from 'mooring';
import { describe, it } from 'vitest';

describe('C2: the cancellation', () => {
  it('is what the functions of Node reject with, whose cause is the reason', async () => {
    await TaskGroup.run((group) => {
      group.createTask(({ signal }) => nodeTimer(1e9, undefined, { signal }));
      group.createTask(({ signal }) => once(new EventEmitter(), 'never', { signal }));
      group.cancel(new Error('stop'));
    });
  });
});
