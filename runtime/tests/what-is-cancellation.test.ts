// C2: which rejection *is* the cancellation, and which was only caused by it.
import {
  CancelledError,
  isCancellation,
  TaskGroup,
  TaskGroupError,
  timeout,
  TimeoutError,
} from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from './support/promises.js';

/** Errors as clients make them; the packages themselves are run in the tests of the environments. */
const error = (fields: object, cause?: unknown): Error =>
  Object.assign(new Error('stopped', cause === undefined ? undefined : { cause }), fields);

class APIUserAbortError extends Error {}
class GaxiosError extends Error {
  config = {};
}

const stop = new Error('stop');

const ABORTS: Record<string, (reason: unknown) => unknown> = {
  'the reason': (reason) => reason,
  'a DOMException': () => new DOMException('This operation was aborted', 'AbortError'),
  'of Node': (reason) => error({ name: 'AbortError', code: 'ABORT_ERR' }, reason),
  'of undici': () => error({ name: 'AbortError', code: 'UND_ERR_ABORTED' }),
  'of axios': () => error({ name: 'CanceledError', code: 'ERR_CANCELED' }),
  'of got, whose cause is {}': () => error({ name: 'AbortError', code: 'ERR_ABORTED', cause: {} }),
  'of got, around the reason of a deadline': (reason) =>
    error({ name: 'TimeoutError', code: 'ERR_GOT_REQUEST_ERROR', timings: {} }, reason),
  'of got, old': () => error({ name: 'CancelError', code: 'ERR_CANCELED' }),
  'of openai, by its class': () => new APIUserAbortError(),
  'of Elasticsearch': () => error({ name: 'RequestAbortedError' }),
  'of superagent': () => error({ code: 'ABORTED' }),
  'of execa': (reason) => error({ name: 'ExecaError', isCanceled: true }, reason),
  'of gaxios, around another': () => new GaxiosError('', { cause: error({ name: 'AbortError' }) }),
  'of ofetch, around the reason': (reason) => error({ name: 'FetchError', request: '/' }, reason),
  'with null for a cause': () => error({ name: 'AbortError' }, null),
  'an abort that was caused by an abort': (reason) =>
    error({ name: 'AbortError' }, error({ code: 'ABORT_ERR' }, reason)),
  'an AggregateError of them': (reason) =>
    new AggregateError([reason, error({ code: 'ABORT_ERR' })]),
  'a TaskGroupError of them': (reason) => new TaskGroupError([reason, reason]),
  'a SuppressedError of them': (reason) =>
    error({ name: 'SuppressedError', error: reason, suppressed: error({ name: 'AbortError' }) }),
};

const FAILURES: Record<string, (reason: unknown) => unknown> = {
  'an error whose cause is the reason': (reason) => error({}, reason),
  'an error whose cause is an abort': () => error({}, error({ name: 'AbortError' })),
  "an HttpError of the program's own": (reason) => error({ name: 'HttpError' }, reason),
  'an error of ofetch with another cause': () =>
    error({ name: 'FetchError', request: '/' }, new Error('refused')),
  'an error of ofetch without a cause': () => error({ name: 'FetchError', request: '/' }),
  "a TimeoutError of got's own": () =>
    error({ name: 'TimeoutError', timings: {} }, new Error('no answer within 10 s')),
  "a TimeoutError of the program's own": (reason) => error({ name: 'TimeoutError' }, reason),
  "an AbortError with somebody else's reason": () =>
    error({ name: 'AbortError' }, new Error('other')),
  'an AggregateError of which one is not': (reason) =>
    new AggregateError([reason, error({}, reason)]),
  'an AggregateError of nothing': () => new AggregateError([]),
  'a SuppressedError that hides a failure': (reason) =>
    error({ name: 'SuppressedError', error: reason, suppressed: new Error('dispose') }),
  'a value whose getters throw': () => ({
    get name(): string {
      throw new Error('no name');
    },
  }),
  'an object without a prototype': () => Object.create(null) as unknown,
  'a string': () => 'AbortError',
  undefined: () => undefined,
};

describe('C2: the cancellation is', () => {
  it.each(Object.entries(ABORTS))('an error %s', async (_, make) => {
    await TaskGroup.run((group) => {
      group.createTask(({ signal }) =>
        untilAborted(signal).catch((reason: unknown) => Promise.reject(make(reason))),
      );
      group.cancel(stop);
    });
    const controller = new AbortController();
    expect(isCancellation(make(stop), controller)).toBe(false);
    controller.abort(stop);
    expect(isCancellation(make(stop), controller)).toBe(true);
  });

  it('an error that is its own cause, and says that it is an abort', () => {
    const circle = error({ name: 'AbortError' });
    circle.cause = circle;
    expect(isCancellation(circle, { signal: AbortSignal.abort(stop) })).toBe(true);
  });
});

describe('C2: the cancellation is not', () => {
  it.each(Object.entries(FAILURES))('%s', async (_, make) => {
    const thrown = make(stop);
    const failed = await rejection(
      TaskGroup.run((group) => {
        group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(thrown)));
        group.cancel(stop);
      }),
    );
    expect(failed).toBeInstanceOf(TaskGroupError);
    expect(failed.errors[0]).toBe(thrown);
    expect(isCancellation(thrown, { signal: AbortSignal.abort(stop) })).toBe(false);
  });
});

describe('R2: an error of clean-up is not lost, though the cancellation is its cause', () => {
  const unwinds = ({ signal }: { signal: AbortSignal }): Promise<never> =>
    untilAborted(signal).catch((cause: unknown) => {
      throw new Error('ROLLBACK FAILED', { cause });
    });

  it('in a task of a cancelled group', async () => {
    const failed = await rejection(
      TaskGroup.run((group) => {
        group.createTask(unwinds);
        group.cancel();
      }),
    );
    expect(failed.errors[0].message).toBe('ROLLBACK FAILED');
  });

  it('in the body, in a task cancelled alone, and in a group whose parent is cancelled', async () => {
    const ofBody = await rejection(
      TaskGroup.run((group) => {
        group.cancel();
        return unwinds(group);
      }),
    );
    expect(ofBody.errors[0].message).toBe('ROLLBACK FAILED');
    const ofTask = await rejection(
      TaskGroup.run((group) => {
        group.createTask(unwinds).cancel();
      }),
    );
    expect(ofTask.errors[0].message).toBe('ROLLBACK FAILED');
    const parent = new AbortController();
    const run = TaskGroup.run((group) => void group.createTask(unwinds), parent);
    parent.abort();
    expect((await rejection(run)).errors[0].message).toBe('ROLLBACK FAILED');
  });

  it('in a timeout that ends because of the scope around it', async () => {
    const parent = new AbortController();
    const run = timeout(60_000, unwinds, parent);
    parent.abort();
    expect((await rejection(run)).message).toBe('ROLLBACK FAILED');
  });
});

describe('R3: an aggregate of nothing but cancellations', () => {
  const delays = ({ signal }: { signal: AbortSignal }): Promise<never> =>
    Promise.any([untilAborted(signal), untilAborted(signal)]);

  it('is a timeout, in a timeout', async () => {
    const late = await rejection(
      timeout(60_000, (deadline) => {
        const waiting = delays(deadline);
        deadline.reschedule(0);
        return waiting;
      }),
    );
    expect(late).toBeInstanceOf(TimeoutError);
    expect(late.cause).toBeInstanceOf(AggregateError);
  });

  it('is no failure, in a cancelled group', async () => {
    await TaskGroup.run((group) => {
      group.createTask(delays);
      group.cancel();
    });
  });
});

describe('C2: a timeout is milder, since it keeps what it saw as its cause', () => {
  const late = (make: (reason: unknown) => unknown, parent?: AbortController): Promise<Error> =>
    rejection(
      timeout(
        60_000,
        (deadline) => {
          const waiting = untilAborted(deadline.signal).catch((reason: unknown) => {
            parent?.abort(stop);
            return Promise.reject(make(reason));
          });
          deadline.reschedule(0);
          return waiting;
        },
        parent,
      ),
    );

  it('to an error whose chain of causes reaches its reason', async () => {
    const wrapped = await late((cause) => error({}, error({ name: 'HttpError' }, cause)));
    expect(wrapped).toBeInstanceOf(TimeoutError);
    expect((wrapped.cause as Error).message).toBe('stopped');
  });

  it('to an aggregate of such errors, and not to one with another among them', async () => {
    expect(await late((cause) => new AggregateError([error({}, cause), cause]))).toBeInstanceOf(
      TimeoutError,
    );
    const mixed = new AggregateError([new Error('boom')]);
    expect(await late((cause) => (mixed.errors.push(cause), mixed))).toBe(mixed);
  });

  it('but not to one that an outer scope would replace, and lose', async () => {
    const failed = await late((cause) => error({}, cause), new AbortController());
    expect(failed.message).toBe('stopped');
  });
});

/** As old polyfills have it: a signal that knows nothing of reasons. */
class ReasonlessController {
  readonly signal = new EventTarget() as AbortSignal;
  constructor() {
    Object.assign(this.signal, { aborted: false });
  }
  abort(): void {
    Object.assign(this.signal, { aborted: true });
    this.signal.dispatchEvent(new Event('abort'));
  }
}

describe('R5: a signal without a reason', () => {
  const unwinds = ({ signal }: { signal: AbortSignal }): Promise<never> =>
    untilAborted(signal).catch(() => Promise.reject(new Error('clean-up')));

  it('does not swallow what fails while it unwinds', async () => {
    const parent = new ReasonlessController();
    const run = TaskGroup.run((group) => void group.createTask(unwinds), parent);
    parent.abort();
    expect((await rejection(run)).errors[0].message).toBe('clean-up');
    const other = new ReasonlessController();
    const late = timeout(60_000, () => unwinds(other), other);
    other.abort();
    expect((await rejection(late)).message).toBe('clean-up');
  });

  it('gets one, the same for all who ask', async () => {
    const parent = new ReasonlessController();
    const wait = ({ signal }: { signal: AbortSignal }): Promise<never> => untilAborted(signal);
    const runs = [
      TaskGroup.run((group) => void group.createTask(wait), parent),
      timeout(60_000, wait, parent),
    ];
    parent.abort();
    const [ofGroup, ofTimeout] = await Promise.all(runs.map(rejection));
    expect(ofGroup).toBeInstanceOf(CancelledError);
    expect(ofTimeout).toBe(ofGroup);
    expect(await rejection(TaskGroup.run(() => 1, parent))).toBe(ofGroup);
    expect(isCancellation(ofGroup, parent)).toBe(true);
    expect(isCancellation(undefined, parent)).toBe(false);
  });
});

it('C2: groups nested 100 deep that fail while they are cancelled: the error is not walked in vain', async () => {
  const gate = deferred();
  const nest = (depth: number, scope: { signal: AbortSignal }): Promise<unknown> =>
    depth === 0
      ? gate.promise.then(() => Promise.reject(new Error('leaf')))
      : TaskGroup.run(
          (group) => void group.createTask((context) => nest(depth - 1, context)),
          scope,
        );
  const parent = new AbortController();
  const run = rejection(nest(100, parent));
  await turn();
  parent.abort();
  gate.resolve();
  expect((await run).leaves().map(String)).toEqual(['Error: leaf']);
}, 120_000);
