import plugin from 'eslint-plugin-mooring';
import { describe, expect, test } from 'vitest';

import { lint } from './support/lint.js';
import { dedent } from './support/squiggles.js';

/**
 * The rules on code that owns its work with something else: a queue, the scopes of another library, a
 * wrapper of one's own. What is one is said by `settings.mooring`.
 */
const rules = Object.assign(
  {},
  ...plugin.configs['strict-type-checked'].map((config) => config.rules ?? {}),
) as Record<string, 'error'>;

/** The reports, as `line rule`. */
function said(code: string, settings: object): readonly string[] {
  return lint(dedent(code), { rules, settings, typed: true }).map(
    ({ line, ruleId }) => `${line} ${ruleId?.replace('mooring/', '')}`,
  );
}

describe('a queue of p-queue', () => {
  const settings = {
    groups: [{ from: 'package', package: 'p-queue', name: ['default', 'PQueue'] }],
  };

  test('owns what it is given: nothing is combined, and nothing has to be handed a signal', () => {
    const code = `
      import PQueue from 'p-queue';
      declare function load(id: string): Promise<string>;
      const queue = new PQueue({ concurrency: 2 });
      export async function both(signal: AbortSignal) {
        await fetch('/', { signal });
        return Promise.all([queue.add(() => load('a')), queue.add(() => load('b'))]);
      }
    `;
    expect(said(code, settings)).toEqual([]);
    expect(said(code, {})).toEqual(['6 prefer-task-group', '6 forward-signal', '6 forward-signal']);
  });

  test('runs tasks: each uses its own signal', () => {
    const code = `
      import PQueue from 'p-queue';
      const queue = new PQueue();
      export async function page(url: string, outer: AbortSignal) {
        return await queue.add(async ({ signal }) => [
          await fetch(url, { signal: outer }),
          await fetch(url, { signal }),
        ], { signal: outer });
      }
    `;
    expect(said(code, settings)).toEqual(['5 use-child-signal']);
  });
});

describe('a scope of Effection', () => {
  const settings = {
    groups: [{ from: 'package', package: 'effection', name: 'Scope' }],
    safePromises: [{ from: 'package', package: 'effection', name: 'Task' }],
  };

  test('owns the operations that it runs', () => {
    const code = `
      import { createScope, type Operation } from 'effection';
      declare function watch(): Operation<void>;
      const [scope, destroy] = createScope();
      export async function run() {
        scope.run(watch);
        const both = await Promise.all([scope.run(watch), scope.run(watch)]);
        await destroy();
        return both;
      }
    `;
    expect(said(code, settings)).toEqual([]);
    expect(said(code, {})).toContain('5 no-floating-promises');
  });
});

describe('a wrapper of TaskGroup', () => {
  const wrapper = `
    import { TaskGroup, type TaskContext, timeout, type Timeout } from 'mooring';
    declare class Workers {
      constructor(scope?: { readonly signal?: AbortSignal | undefined });
      readonly signal: AbortSignal;
      createTask<T>(work: (context: TaskContext) => Promise<T>): Promise<T>;
      join(): Promise<void>;
      [Symbol.asyncDispose](): Promise<void>;
    }
    declare function within<T>(ms: number, body: (deadline: Timeout) => Promise<T>): Promise<T>;
    export const used = [TaskGroup, timeout];`;
  const settings = {
    groups: [{ from: 'file', name: 'Workers' }],
    timeouts: [{ from: 'file', name: 'within' }],
    safePromises: [],
  };

  test('has to have an end, to be joined, and to give its tasks their own signal', () => {
    const code = `${wrapper}
    const forgotten = new Workers();
    export async function pages(urls: readonly string[], signal: AbortSignal) {
      await using workers = new Workers({ signal });
      for (const url of urls) {
        await workers.createTask(async (context) => {
          await fetch(url, { signal: context.signal });
          await fetch(url, { signal });
        });
      }
      await workers.join();
      return forgotten.signal;
    }`;
    expect(said(code, settings)).toEqual(['11 require-group-scope', '17 use-child-signal']);
  });

  test('has deadlines that have to reach something', () => {
    const code = `${wrapper}
    export const slow = (url: string) => within(100, () => fetch(url));
    export const good = (url: string) => within(100, ({ signal }) => fetch(url, { signal }));`;
    expect(said(code, settings)).toEqual(['11 timeout-body-uses-signal']);
    expect(said(code, {})).toEqual([]);
  });
});

test('a call that is to run to its end is passed over, where the settings say so', () => {
  const code = `
    declare function save(text: string, options?: { signal?: AbortSignal }): Promise<void>;
    export async function edit(text: string, signal: AbortSignal) {
      await save(text);
      await fetch('/', { method: 'POST' });
      signal.throwIfAborted();
    }
  `;
  const uncancelledCalls = [{ from: 'file', name: 'save' }];
  expect(said(code, {})).toEqual(['3 forward-signal', '4 forward-signal']);
  expect(said(code, { uncancelledCalls })).toEqual(['4 forward-signal']);
});
