// C6: tasks that use the stack up. Where it ends is the platform's to say: where that is within the
// platform's own code, nobody can take care of it, and the test is tried again.
import { sleep, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { rejection, untilAborted } from '../support/promises.js';

type Scope = { signal: AbortSignal };

describe(
  'C6, R8: a stack that overflows does not leave the group waiting',
  { timeout: 60_000, retry: 2 },
  () => {
    const errors = async (run: Promise<unknown>): Promise<unknown[]> => {
      const error: unknown = await rejection(run);
      expect(error).toBeInstanceOf(TaskGroupError);
      return (error as TaskGroupError).leaves();
    };
    const areOverflows = (leaves: unknown[]): void => {
      expect(leaves.length).toBeGreaterThan(0);
      for (const leaf of leaves) expect(leaf).toBeInstanceOf(RangeError);
    };

    it('tasks that create tasks at once', async () => {
      areOverflows(
        await errors(
          TaskGroup.run((group) => {
            const deeper = (): void => void group.createTask(deeper);
            group.createTask(deeper);
          }),
        ),
      );
    });

    it('tasks that are async, and park', async () => {
      areOverflows(
        await errors(
          TaskGroup.run((group) => {
            const deeper = async (context: Scope): Promise<void> => {
              group.createTask(deeper);
              await sleep(3_600_000, context);
            };
            group.createTask(deeper);
          }),
        ),
      );
    });

    it('groups in groups, all at once', async () => {
      areOverflows(
        await errors(
          TaskGroup.run((outer) => {
            const deeper = (scope: Scope): Promise<void> =>
              TaskGroup.run((group) => void group.createTask(deeper), scope);
            outer.createTask(deeper);
          }),
        ),
      );
    });

    it('tasks that each create two', async () => {
      areOverflows(
        await errors(
          TaskGroup.run((group) => {
            const deeper = (): void => {
              group.createTask(deeper);
              group.createTask(deeper);
            };
            group.createTask(deeper);
          }),
        ),
      );
    });

    it('a failure of another kind, thrown deep down', async () => {
      let left = 2_000;
      let parked: AbortSignal | undefined;
      const run = TaskGroup.run((group) => {
        group.createTask(({ signal }) => untilAborted((parked = signal)));
        const deeper = (): void => {
          if (--left === 0) throw new Error('boom');
          group.createTask(deeper);
        };
        group.createTask(deeper);
      });
      expect((await errors(run)).map(String)).toEqual(['Error: boom']);
      expect(parked?.aborted).toBe(true);
    });

    it('a supervised group goes on', async () => {
      const seen: unknown[] = [];
      await TaskGroup.run(
        (group) => {
          const deeper = (): void => void group.createTask(deeper);
          group.createTask(deeper);
        },
        { onTaskError: (error) => void seen.push(error) },
      ).catch((error: unknown) => seen.push(...(error as TaskGroupError).leaves()));
      areOverflows(seen);
    });
  },
);
