// Compiled, not run: `tsc -b runtime/tests` fails when a line below that must not compile does, or
// when a type is not exactly what it says.
import {
  abandonOnCancel,
  CancelledError,
  isCancellation,
  type Limit,
  type ScopeOptions,
  sleep,
  type Task,
  type TaskContext,
  TaskGroup,
  TaskGroupError,
  type TaskGroupOptions,
  type TaskOptions,
  timeout,
  type Timeout,
  type TimeoutOptions,
  TimeoutError,
} from 'mooring';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Verdict<A, B> = Equal<A, B> extends true ? [] : ['types differ'];
/** `is<Type>()(value)` compiles when the value is of just that type. */
declare function is<A>(): <B>(value: B, ...verdict: Verdict<A, B>) => void;
declare function same<A, B>(...verdict: Verdict<A, B>): void;
declare const signal: AbortSignal;
declare const maybe: AbortSignal | undefined;

export async function groups(): Promise<void> {
  const run = TaskGroup.run(async (group) => {
    is<TaskGroup>()(group);
    const number = group.createTask(async ({ signal }) => Number(signal.aborted));
    is<Task<number>>()(number);
    const text = group.createTask(() => 'text', { name: 'text', background: false });
    is<Task<string>>()(text);
    same<Awaited<typeof text>, string>();
    return { number: await number };
  });
  is<Promise<{ number: number }>>()(run);
  same<ReturnType<typeof TaskGroup.run<void>>, Promise<void>>();

  const group = new TaskGroup({ signal: maybe, name: undefined, limit: undefined });
  const disposable: AsyncDisposable = group;
  is<'open' | 'joining' | 'cancelling' | 'closed'>()(group.state);
  is<Iterable<Task<unknown>>>()(group.pending);
  is<string | undefined>()(group.name);
  same<ReturnType<typeof group.join>, Promise<void>>();

  // A scope can be handed on whole.
  await TaskGroup.run(() => {}, group);
  await TaskGroup.run(() => {}, timeout(5));
  await timeout(5, (deadline) => TaskGroup.run((inner) => sleep(5, inner), deadline));
  await sleep(5, { signal: maybe });
  group.createTask((context) => TaskGroup.run(() => sleep(5, context), context));
  await TaskGroup.run(() => {}, new AbortController());

  const port = group.start<number>(async ({ signal: inner }, ready) => {
    is<(value: number) => void>()(ready);
    ready(Number(inner.aborted));
    // @ts-expect-error the value is a number
    ready('80');
  });
  is<Promise<number>>()(port);
  is<Promise<string>>()(
    group.start((_, ready: (value: string) => void) => ready('up'), { signal }),
  );
  is<Promise<void>>()(group.room());

  // @ts-expect-error a promise already runs outside the group
  group.createTask(Promise.resolve());
  // @ts-expect-error not a function
  group.createTask('work');
  // @ts-expect-error a context has nothing but a signal
  group.createTask(({ group }) => group);
  // @ts-expect-error a limit is a number, or an object like { acquire }
  await TaskGroup.run(() => {}, { limit: '4' });
  // @ts-expect-error a name is a string
  group.createTask(() => 1, { name: 5 });
  // @ts-expect-error a signal is not a scope: pass { signal }
  await TaskGroup.run(() => {}, signal);
  // @ts-expect-error a controller is not a signal
  await TaskGroup.run(() => {}, { signal: new AbortController() });
  const shared: Limit = { acquire: async () => ({ release: () => {} }) };
  await TaskGroup.run(() => {}, { limit: shared });
  // @ts-expect-error a permit can be released
  await TaskGroup.run(() => {}, { limit: { acquire: async () => ({}) } });
  // @ts-expect-error an option that does not exist
  await TaskGroup.run(() => {}, { concurrency: 4 });
  // @ts-expect-error the body is a function
  await TaskGroup.run(Promise.resolve());
  // @ts-expect-error the result of a body is awaited: this is a number
  const wrong: string = await TaskGroup.run(async () => 5);
  // @ts-expect-error a state is not to be set
  group.state = 'closed';
  void [disposable, wrong];
}

export async function tasks(group: TaskGroup): Promise<void> {
  const task = group.createTask(() => 5);
  const like: PromiseLike<number> = task;
  is<'queued' | 'running' | 'fulfilled' | 'rejected' | 'cancelled'>()(task.status);
  task.cancel();
  task.cancel(new Error('why'));
  const promise: Promise<number> = task;
  const caught: Promise<number> = task.catch((error: Error) => error.message.length);
  const cleaned: Promise<number> = task.then((n) => n + 1).finally(() => {});
  is<number>()(await task);
  is<[number, number]>()(await Promise.all([task, caught]));
  is<Promise<void>>()(task.join());
  // @ts-expect-error a task does not hand its signal out
  void task.signal;
  // @ts-expect-error a status is not to be set
  task.status = 'running';
  void [like, promise, cleaned];
}

export async function combinators(): Promise<void> {
  const all = await TaskGroup.all([() => 1, async () => 'two', ({ signal }) => signal.aborted]);
  is<[number, string, boolean]>()(all);
  is<[]>()(await TaskGroup.all([]));
  const settled = await TaskGroup.allSettled([() => 1, async () => 'two']);
  is<[PromiseSettledResult<number>, PromiseSettledResult<string>]>()(settled);
  const many = await TaskGroup.all([1, 2].map((n) => () => n * 2));
  is<number[]>()(many);
  const set = await TaskGroup.all(new Set([async () => 1]));
  is<number[]>()(set);
  const any = await TaskGroup.any([() => 1, async () => 'two']);
  is<number | string>()(any);
  const race = await TaskGroup.race([() => 1, async ({ signal }) => signal], { signal });
  is<number | AbortSignal>()(race);
  const hosts = ['a', 'b'] as const;
  const pings = await TaskGroup.allSettled(
    hosts.map((host) => (context: TaskContext) => host.length + Number(context.signal.aborted)),
  );
  is<PromiseSettledResult<number>[]>()(pings);

  const keyed = await TaskGroup.allKeyed(
    { one: () => 1, two: async () => 'two', three: ({ signal: inner }) => inner.aborted },
    { signal },
  );
  is<{ one: number; two: string; three: boolean }>()(keyed);
  const settledKeyed = await TaskGroup.allSettledKeyed({ one: () => 1, two: async () => 'two' });
  is<{ one: PromiseSettledResult<number>; two: PromiseSettledResult<string> }>()(settledKeyed);
  // @ts-expect-error promises already run outside the group
  await TaskGroup.allKeyed({ one: Promise.resolve(1) });
  // Losers are cancelled, and what they throw is handed over.
  await TaskGroup.race([() => 1], { onTaskError: () => {} });
  await TaskGroup.any([() => 1], { onTaskError: async () => {} });

  // @ts-expect-error promises already run outside the group
  await TaskGroup.all([Promise.resolve(1)]);
  // @ts-expect-error promises already run outside the group
  await TaskGroup.race([Promise.resolve(1)]);
  // @ts-expect-error the outcome of a failed task is settled: there is nothing to supervise
  await TaskGroup.all([() => 1], { onTaskError: () => {} });
}

export async function map(stream: AsyncIterable<Uint8Array>): Promise<void> {
  const lengths = await TaskGroup.map(stream, async (chunk, { signal }, index) => {
    is<Uint8Array>()(chunk);
    is<number>()(index);
    return signal.aborted ? 0 : chunk.length;
  });
  is<number[]>()(lengths);
  const texts = await TaskGroup.map(new Map([['a', 1]]), ([key, value]) => key + value, {
    limit: 4,
  });
  is<string[]>()(texts);
  is<string[]>()(
    await TaskGroup.map(
      ({ signal: inner }) => [inner],
      (item) => String(item.aborted),
    ),
  );
  const streamed = TaskGroup.mapIterable(stream, async (chunk) => chunk.length, { limit: 2 });
  is<AsyncIterable<number>>()(streamed);
  // @ts-expect-error a number is not iterable
  TaskGroup.mapIterable(5, (n) => n);
  // @ts-expect-error a number is not iterable
  await TaskGroup.map(5, (n) => n);
  // @ts-expect-error the item is a number
  await TaskGroup.map([1], (item: string) => item);
}

export async function timeouts(): Promise<void> {
  const value = await timeout(100, async (deadline) => {
    is<Timeout>()(deadline);
    deadline.reschedule(new Date());
    return deadline.remaining;
  });
  is<number>()(value);
  is<Promise<number>>()(timeout(5, () => 1, { name: 'one', fallback: () => 0 }));
  is<Promise<number | null>>()(timeout(5, async () => 1, { fallback: async () => null }));
  is<Promise<string>>()(timeout(5, () => 'text', { signal }));
  const options: TimeoutOptions<number> = { fallback: () => 5 };
  is<Promise<string | number>>()(timeout(5, () => 'text', options));
  is<Timeout>()(timeout(5, { name: 'idle' }));
  // @ts-expect-error a fallback takes the place of a body's value
  timeout(5, { fallback: () => 1 });
  const scope = timeout(undefined, { signal: maybe });
  is<Timeout>()(scope);
  is<'active' | 'expiring' | 'expired' | 'finished'>()(scope.state);
  const disposable: Disposable = scope;
  // @ts-expect-error a deadline is a number or a Date
  timeout('100');
  // @ts-expect-error null is not a deadline
  timeout(null);
  // @ts-expect-error a body is a function
  await timeout(100, Promise.resolve());
  // @ts-expect-error only reschedule moves a deadline
  scope.remaining = 5;
  // @ts-expect-error an option that does not exist
  await sleep(5, { name: 'nap' });
  // @ts-expect-error milliseconds are a number
  await sleep('5');
  void disposable;
}

export async function errors(error: unknown, context: TaskContext): Promise<void> {
  if (isCancellation(error, context)) throw error;
  isCancellation(error, new AbortController());
  if (error instanceof TaskGroupError) {
    same<ReturnType<typeof error.leaves>, unknown[]>();
    const [matched, rest] = error.split(TimeoutError);
    is<TaskGroupError | undefined>()(matched);
    error.split((leaf) => leaf === matched);
    if (rest) throw rest;
    // @ts-expect-error a class of errors, or a predicate
    error.split('TimeoutError');
  }
  same<Awaited<ReturnType<typeof abandonOnCancel<number>>>, number>();
  // @ts-expect-error what would stop the wait?
  await abandonOnCancel(Promise.resolve());
  new CancelledError('stop', { cause: error });
  const options: [ScopeOptions, TaskGroupOptions, TaskOptions] = [{}, {}, {}];
  void options;
}
