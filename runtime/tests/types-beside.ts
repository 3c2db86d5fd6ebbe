// Compiled, not run, as `types.ts`: the entries beside the heart.
import { type Limit, type ScopeOptions, TaskGroup } from 'mooring';
import { Limiter, type Permit } from 'mooring/limiter';
import { main } from 'mooring/main';
import { backoff, retry, RetryBudget } from 'mooring/retry';
import { sleepUntil, type Tick, ticks } from 'mooring/time';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Verdict<A, B> = Equal<A, B> extends true ? [] : ['types differ'];
/** `is<Type>()(value)` compiles when the value is of just that type. */
declare function is<A>(): <B>(value: B, ...verdict: Verdict<A, B>) => void;

export async function limiter(scope: ScopeOptions): Promise<void> {
  const limiter = new Limiter(8);
  const limit: Limit = limiter;
  await TaskGroup.run(() => {}, { limit: limiter });
  is<Promise<Permit>>()(limiter.acquire(scope));
  is<Permit | undefined>()(limiter.tryAcquire());
  is<Promise<string>>()(limiter.run(() => 'text'));
  is<Promise<number>>()(limiter.run(async () => 5, scope));
  const permit: Disposable = await limiter.acquire();
  limiter.capacity = Infinity;
  // @ts-expect-error what is free follows from what is held
  limiter.available = 5;
  // @ts-expect-error a capacity is a number
  new Limiter('8');
  // @ts-expect-error a promise already runs, permit or not
  await limiter.run(Promise.resolve());
  // @ts-expect-error a scope, not its signal
  await limiter.acquire(new AbortController().signal);
  void [limit, permit];
}

export async function time(scope: ScopeOptions): Promise<void> {
  const grid = ticks(100, scope);
  is<AsyncIterable<Tick>>()(grid);
  for await (const tick of grid) {
    is<number>()(tick.index);
    is<number>()(tick.missed);
    // @ts-expect-error a tick says what was
    tick.missed = 0;
  }
  is<Promise<void>>()(sleepUntil(new Date(), scope));
  // @ts-expect-error a period is a number
  ticks('1s');
  // @ts-expect-error a Date, not what Date.now() gives
  await sleepUntil(Date.now());
}

export async function retries(scope: ScopeOptions): Promise<void> {
  is<Promise<string>>()(retry(() => 'text'));
  is<Promise<number>>()(retry(async ({ number }) => number, scope));
  await retry((attempt) => sleepUntil(new Date(0), attempt), {
    delay: backoff(1, 2),
    budget: new RetryBudget({ ratio: 0.1 }),
    when: (_error, failed) => failed < 2 || 100,
  });
  // @ts-expect-error a promise already runs
  await retry(Promise.resolve());
  // @ts-expect-error an answer that comes later is none
  await retry(() => 1, { when: async () => true });
}

export async function program(): Promise<void> {
  is<Promise<void>>()(main(() => 'a value that nobody takes'));
  await main(async (scope) => TaskGroup.run(() => {}, scope), { grace: 20_000 });
  // @ts-expect-error a promise already runs
  await main(Promise.resolve());
  // @ts-expect-error a number of milliseconds
  await main(() => {}, { grace: '20s' });
}
