// C6: trees of scopes deeper than the stack.
import { sleep, TaskGroup, timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { rejection, turn, untilAborted } from './support/promises.js';

const DEPTH = 10_000;
type Scope = { signal: AbortSignal };

/** Opens a scope in a scope, and so on; `leaf` runs in the innermost. */
function nested(
  scope: Scope,
  open: (scope: Scope, inner: (scope: Scope) => Promise<unknown>) => Promise<unknown>,
  leaf: (scope: Scope) => Promise<unknown>,
  depth = DEPTH,
): Promise<unknown> {
  if (depth === 0) return leaf(scope);
  // In a turn of its own: it is the scopes that are nested, not the calls.
  return open(scope, async (inner) => {
    await Promise.resolve();
    return nested(inner, open, leaf, depth - 1);
  });
}

const SHAPES = {
  'groups, each the task of another': (scope: Scope, inner: (scope: Scope) => Promise<unknown>) =>
    TaskGroup.run((group) => void group.createTask(inner), scope),
  'groups, each in the body of another': (
    scope: Scope,
    inner: (scope: Scope) => Promise<unknown>,
  ) => TaskGroup.run(inner, scope),
  timeouts: (scope: Scope, inner: (scope: Scope) => Promise<unknown>) =>
    timeout(3_600_000, inner, scope),
  'signals that follow others': (scope: Scope, inner: (scope: Scope) => Promise<unknown>) =>
    TaskGroup.run(
      (group) =>
        void group.createTask(({ signal }) => inner({ signal: AbortSignal.any([signal]) })),
      scope,
    ),
};

describe(`C6, R7: scopes nested ${DEPTH} deep are cancelled whole, within the call`, () => {
  it.each(Object.entries(SHAPES))('%s', { timeout: 300_000 }, async (name, open) => {
    // Signals that follow others are dispatched by the platform, which recurses.
    const depth = name.startsWith('signals') ? 500 : DEPTH;
    const parent = new AbortController();
    let leaf: AbortSignal | undefined;
    const run = rejection(
      nested(parent, open, ({ signal }) => untilAborted((leaf = signal)), depth),
    );
    while (!leaf) await turn();
    const reason = new Error('stop');
    parent.abort(reason);
    expect(leaf.aborted).toBe(true);
    expect(leaf.reason).toBe(reason);
    expect(await run).toBe(reason);
  });

  it('a group that is cancelled in an abort listener, with all that is in it', async () => {
    const outer = new AbortController();
    const other = new TaskGroup();
    let leaf: AbortSignal | undefined;
    other.createTask((context) =>
      TaskGroup.run((inner) => untilAborted((leaf = inner.signal)), context),
    );
    let wasCancelled: boolean | undefined;
    const run = TaskGroup.run((group) => {
      group.createTask(({ signal }) => {
        signal.addEventListener('abort', () => {
          other.cancel('by hand');
          wasCancelled = leaf?.aborted;
        });
        return untilAborted(signal);
      });
    }, outer);
    outer.abort('stop');
    expect(wasCancelled).toBe(true);
    expect(await rejection(run)).toBe('stop');
    await other.join();
  });

  it('a scope that ends while the one before it is told is not told', async () => {
    const parent = new AbortController();
    const second = timeout(3_600_000, parent);
    void second.signal;
    const order: string[] = [];
    using first = timeout(3_600_000, new AbortController());
    first.signal.addEventListener('abort', () => order.push('first'));
    const waits = sleep(3_600_000, parent).catch(() => order.push('sleep'));
    const closes = new AbortController();
    closes.signal.addEventListener('abort', () => second[Symbol.dispose]());
    second[Symbol.dispose]();
    parent.abort();
    await waits;
    expect(second.signal.aborted).toBe(false);
    expect(order).toEqual(['sleep']);
  });
});
