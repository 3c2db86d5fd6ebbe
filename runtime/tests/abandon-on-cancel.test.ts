import { abandonOnCancel, TaskGroup } from 'mooring';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred, rejection, turn } from './support/promises.js';

describe('abandonOnCancel', () => {
  const reported: unknown[] = [];
  beforeEach(() => {
    reported.length = 0;
    vi.stubGlobal('reportError', (error: unknown) => void reported.push(error));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is the promise, as long as nobody cancels', async () => {
    const { signal } = new AbortController();
    const boom = new Error('boom');
    expect(await abandonOnCancel(Promise.resolve(1), { signal })).toBe(1);
    expect(await rejection(abandonOnCancel(Promise.reject(boom), { signal }))).toBe(boom);
    expect(reported).toEqual([]);
  });

  it('rejects with the reason when the scope is cancelled, and lets the group end', async () => {
    const never = deferred();
    const parent = new AbortController();
    const run = TaskGroup.run((group) => {
      group.createTask((context) => abandonOnCancel(never.promise, context));
    }, parent);
    parent.abort('stop');
    expect(await rejection(run)).toBe('stop');
  });

  it('rejects at once in a scope that is cancelled', async () => {
    const scope = { signal: AbortSignal.abort('late') };
    expect(await rejection(abandonOnCancel(deferred().promise, scope))).toBe('late');
  });

  it('reports the late rejection of abandoned work', async () => {
    const work = deferred();
    const controller = new AbortController();
    const waiting = rejection(abandonOnCancel(work.promise, controller));
    controller.abort('stop');
    await waiting;
    const boom = new Error('boom');
    work.reject(boom);
    await turn();
    expect(reported).toEqual([boom]);
  });

  it('does not report the cancellation, when the work ends by it after all', async () => {
    const work = deferred();
    const controller = new AbortController();
    const waiting = rejection(abandonOnCancel(work.promise, controller));
    controller.abort(new Error('stop'));
    await waiting;
    work.reject(
      Object.assign(new Error('aborted', { cause: controller.signal.reason }), {
        name: 'AbortError',
      }),
    );
    await turn();
    expect(reported).toEqual([]);
  });

  it('does not mind the late value of abandoned work', async () => {
    const work = deferred();
    const controller = new AbortController();
    const waiting = rejection(abandonOnCancel(work.promise, controller));
    controller.abort('stop');
    expect(await waiting).toBe('stop');
    work.resolve();
    await turn();
    expect(reported).toEqual([]);
  });
});
