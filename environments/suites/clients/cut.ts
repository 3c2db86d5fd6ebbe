import { isCancellation, TaskGroup, type Timeout, timeout, TimeoutError } from 'mooring';

import type { Client, Work } from './client.js';

/** How a client ended that was cut. */
export interface Cut {
  /** The words of the table for what it rejected with. */
  readonly rejectedWith: string;
  /** Whether the scope did not take it for the cancellation. */
  readonly isFailure: boolean;
}

type Stop = (
  start: (scope: { signal: AbortSignal }) => Promise<unknown>,
  work: Work,
) => Promise<void>;

/** The ways in which a client is stopped. Each settles when the scope has. */
export const stops: Readonly<Record<string, Stop>> = {
  'a task': (start, work) =>
    TaskGroup.run(async (group) => {
      const task = group.createTask(start);
      await work.begun;
      task.cancel();
    }),

  'a group': cancelGroup(),
  'a group, with an error of its own': cancelGroup(new Error('the shop closes')),
  'a group, with a text': cancelGroup('the shop closes'),

  'a deadline': (start, work) =>
    expire(async (deadline) => {
      void work.begun.then(() => deadline.reschedule(0));
      await start(deadline);
    }),

  'a group under a deadline': (start, work) =>
    expire((deadline) =>
      TaskGroup.run(async (group) => {
        group.createTask(start);
        await work.begun;
        deadline.reschedule(0);
      }, deadline),
    ),
};

/** What comes out of the body has to be the reason itself: the deadline would take more for its own. */
async function expire(body: (deadline: Timeout) => Promise<unknown>): Promise<void> {
  let failure: unknown;
  const error: unknown = await timeout(600_000, async (deadline) => {
    try {
      await body(deadline);
    } catch (error) {
      if (!isCancellation(error, deadline)) failure = error;
      throw error;
    }
  }).catch((error: unknown) => error);
  if (failure !== undefined) throw failure;
  if (!(error instanceof TimeoutError)) throw new Error('the deadline was not heard of');
}

function cancelGroup(reason?: unknown): Stop {
  return (start, work) =>
    TaskGroup.run(async (group) => {
      group.createTask(start);
      await work.begun;
      group.cancel(reason);
    });
}

/** Stops `client` once its work has begun, and sees that the work ends. */
export async function cut(client: Client, work: Work, stop: Stop): Promise<Cut> {
  let rejectedWith = 'nothing: it just ends';
  const start = async (scope: { signal: AbortSignal }): Promise<void> => {
    try {
      await client.start(scope, work);
    } catch (error) {
      rejectedWith = describe(error, scope.signal.reason);
      throw error;
    }
    // As the guide says of a client that just ends.
    scope.signal.throwIfAborted();
  };
  const isFailure = await stop(start, work).then(
    () => false,
    () => true,
  );
  if (client.runsOn === undefined) await work.ended;
  return { rejectedWith, isFailure };
}

/** An error in the words of the table: what tells it from others. */
function describe(error: unknown, reason: unknown): string {
  if (error === reason) return '`signal.reason`';
  const { name, code, cause, isCanceled, constructor } = error as Error & Record<string, unknown>;
  const parts = [`\`${name}\``];
  if (constructor.name !== name) parts.push(`class \`${constructor.name}\``);
  if (code !== undefined) parts.push(`\`code\` ${String(code)}`);
  if (isCanceled === true) parts.push('`isCanceled`');
  if (cause === reason) parts.push('`cause` the reason');
  else if (cause !== undefined && JSON.stringify(cause) !== '{}')
    parts.push('a `cause` of its own');
  return parts.join(', ');
}
