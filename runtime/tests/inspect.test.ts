import { describe, expect, test } from 'vitest';

import { sleep, TaskGroup, timeout, type TaskContext } from 'mooring';
import { format, tree, type ScopeInfo, type TaskInfo } from 'mooring/inspect';
import { Limiter } from 'mooring/limiter';

import { deferred, turn } from './support/promises.js';

/** The tree of one scope, without what differs from run to run. */
function treeOf(name: string): ScopeInfo {
  const found = tree().find((scope) => scope.name === name);
  if (!found) throw new Error(`${name} is not in the tree`);
  return JSON.parse(JSON.stringify(found), (key, value: unknown) =>
    key === 'since' || key === 'at' ? undefined : value,
  ) as ScopeInfo;
}

describe('tree', () => {
  test('shows each scope under the task or the scope whose signal it was opened with', async () => {
    const release = deferred();
    const done = TaskGroup.run(
      (outer) => {
        outer.createTask(
          (context) =>
            timeout(
              60_000,
              (deadline) =>
                TaskGroup.run(
                  (inner) => {
                    inner.createTask(() => release.promise, { name: 'load' });
                    inner.createTask(() => {});
                  },
                  { signal: deadline.signal, name: 'inner', limit: 1 },
                ),
              { signal: context.signal, name: 'deadline' },
            ),
          { name: 'request' },
        );
        outer.createTask(() => release.promise, { background: true });
      },
      { name: 'outer' },
    );
    await turn();
    expect(treeOf('outer')).toEqual({
      kind: 'group',
      name: 'outer',
      state: 'joining',
      tasks: [
        {
          name: 'request',
          status: 'running',
          isCancelled: false,
          scopes: [
            {
              kind: 'timeout',
              name: 'deadline',
              state: 'active',
              remaining: expect.any(Number),
              tasks: [],
              scopes: [
                {
                  kind: 'group',
                  name: 'inner',
                  state: 'joining',
                  limit: 1,
                  queued: 1,
                  tasks: [
                    { name: 'load', status: 'running', isCancelled: false, scopes: [] },
                    { name: '#1', status: 'queued', isCancelled: false, scopes: [] },
                  ],
                  scopes: [],
                },
              ],
            },
          ],
        },
        { name: '#1', status: 'running', isCancelled: false, scopes: [] },
      ],
      scopes: [],
    });
    release.resolve();
    await done;
    expect(tree().filter(({ name }) => name === 'outer')).toEqual([]);
  });

  test('says of what was cancelled since when and why, and which tasks go on', async () => {
    const release = deferred();
    const group = new TaskGroup({ name: 'stubborn' });
    group.createTask(() => release.promise, { name: 'deaf' });
    const alone = new TaskGroup({ name: 'one of it' });
    alone.createTask(() => release.promise, { name: 'deaf' }).cancel();
    alone.createTask(() => release.promise, { name: 'other' });
    group.cancel(new Error('the plug was pulled'));
    expect(treeOf('stubborn')).toMatchObject({
      state: 'cancelling',
      cancelledFor: expect.any(Number),
      tasks: [{ name: 'deaf', isCancelled: true }],
    });
    expect(treeOf('one of it').tasks).toMatchObject([
      { isCancelled: true },
      { isCancelled: false },
    ]);
    expect('cancelledFor' in treeOf('one of it')).toBe(false);
    release.resolve();
    await Promise.all([group.join(), alone.join()]);
  });

  test('gives the reason where somebody has asked for the signal', async () => {
    const release = deferred();
    const group = new TaskGroup({ name: 'asked' });
    group.createTask(() => release.promise);
    expect(group.signal.aborted).toBe(false);
    group.cancel(Object.freeze(new Error('the plug was pulled')));
    expect(treeOf('asked').reason).toBe('the plug was pulled');
    release.resolve();
    await group.join();

    const odd = new TaskGroup({ name: 'odd' });
    odd.createTask(() => release.promise.then(turn));
    expect(odd.signal.aborted).toBe(false);
    odd.cancel({
      get message(): string {
        throw new Error('a getter');
      },
    });
    expect(treeOf('odd').reason).toBe('a reason that cannot be shown');
    await odd.join();
  });

  test('takes the limit that several groups share from the limiter', async () => {
    const release = deferred();
    const limit = new Limiter(1);
    const group = new TaskGroup({ name: 'shares', limit });
    for (let n = 0; n < 3; n++) group.createTask(() => release.promise);
    await turn();
    expect(treeOf('shares')).toMatchObject({ limit: 1, queued: 2 });
    release.resolve();
    await group.join();
  });

  test('of a timeout past its deadline that nothing remains', async () => {
    const release = deferred();
    const done = timeout(1, () => release.promise, { name: 'late' });
    await sleep(20);
    expect(treeOf('late')).toMatchObject({ remaining: 0, cancelledFor: expect.any(Number) });
    release.resolve();
    await done;
  });

  test('is a list of roots, and scopes of 5,000 levels are one', async () => {
    const release = deferred();
    const nest = (depth: number, { signal }: TaskContext): Promise<unknown> =>
      depth === 0
        ? release.promise
        : TaskGroup.run(
            (group) => {
              group.createTask((context) => nest(depth - 1, context), { name: 'deeper' });
            },
            { signal, name: `level ${depth}` },
          );
    // Not all at once: the stack is not deep enough for that.
    let scope: TaskContext = new AbortController();
    const groups: TaskGroup[] = [];
    for (let level = 0; level < 5_000; level++) {
      const group: TaskGroup = new TaskGroup({ signal: scope.signal, name: `level ${level}` });
      group.createTask(() => release.promise);
      groups.push(group);
      scope = group;
    }
    const done = nest(3, scope);
    const before = tree();
    const roots = before.filter(({ name }) => name === 'level 0');
    expect(roots).toHaveLength(1);
    expect(format(roots).split('\n').at(-1)).toMatch(/… and deeper$/);
    release.resolve();
    await done;
    await Promise.all(groups.map((group) => group.join()));
  });

  test('works as the text that another process sends', () => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as an inspector evaluates it
    const sent = new Function(`return (${String(tree)})()`) as typeof tree;
    const group = new TaskGroup({ name: 'seen from outside' });
    group.createTask(() => turn());
    expect(sent().map(({ name }) => name)).toEqual(tree().map(({ name }) => name));
    expect(sent().map(({ name }) => name)).toContain('seen from outside');
  });
});

describe('format', () => {
  const since = Date.now() - 11_520_000;
  const task: Omit<TaskInfo, 'name'> = { status: 'running', isCancelled: false, scopes: [] };

  test('draws what a tree says', () => {
    const server: ScopeInfo = {
      kind: 'group',
      name: 'server',
      state: 'joining',
      since,
      tasks: [
        {
          ...task,
          name: 'GET /0',
          since,
          at: '/srv/app.js:31:5',
          scopes: [
            {
              kind: 'group',
              name: 'request',
              state: 'cancelling',
              since,
              limit: 4,
              queued: 1,
              cancelledFor: 12_000,
              reason: 'the client has gone',
              tasks: [
                { ...task, name: 'user', isCancelled: true },
                { ...task, name: 'posts', canNeverSettle: true, at: 'C:\\srv\\api\\index.ts:7:1' },
                { ...task, name: '#2', status: 'queued' },
              ],
              scopes: [],
            },
          ],
        },
      ],
      scopes: [
        {
          kind: 'timeout',
          state: 'active',
          since,
          remaining: 900,
          tasks: [],
          scopes: [],
        },
      ],
    };
    expect(`\n${format([server])}\n`).toBe(`
group "server"         joining · 1 task · 3 h 12 min
├─ GET /0              running · 3 h 12 min · app.js:31
│  └─ group "request"  cancelling · 3 tasks · limit 4 · 1 waits for room · cancelled 12 s ago · the client has gone · 3 h 12 min
│     ├─ user          cancelled and still running
│     └─ posts         can never settle: nothing is left that could end what it awaits · api/index.ts:7
└─ timeout             active · 900 ms to its deadline · 3 h 12 min
`);
  });

  test('says so when no scope is open', () => {
    expect(format([])).toBe('No scope is open');
    expect(() => format(null as never)).toThrow(
      'scopes must be an array, as tree() gives it, got null',
    );
  });

  test('draws the oldest of many tasks and counts the others', () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => ({ ...task, name: `#${index}` }));
    const text = format([{ kind: 'group', state: 'open', since, tasks, scopes: [] }]);
    expect(text.split('\n')).toHaveLength(52);
    expect(text).toMatch(/└─ … and 9950 more$/);
  });

  test.each([
    [0, '0 ms'],
    [1_240, '1.2 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [61_000, '1 min 1 s'],
    [86_400_000, '24 h 0 min'],
    [864_000_000, '10 days'],
  ])('an age of %d ms', (age, text) => {
    const scope: ScopeInfo = {
      kind: 'timeout',
      state: 'active',
      since: Date.now(),
      remaining: age,
      tasks: [],
      scopes: [],
    };
    expect(format([scope])).toMatch(`active · ${text} to its deadline`);
  });
});

test('format draws names that would break its lines, or a terminal, as text, and no more of one than is read', () => {
  const scope = (name: string): ScopeInfo => ({
    kind: 'group',
    name,
    state: 'open',
    since: Date.now(),
    tasks: [],
    scopes: [],
  });
  const drawn = format([scope('a\nb\u001b[2J\u202e\ud800'), scope('x'.repeat(1_000_000))]);
  const [first, second, ...others] = drawn.split('\n');
  expect(first).toContain('group "a\\u000ab\\u001b[2J\\u202e\\ud800"');
  expect(second!.length).toBeLessThan(600);
  expect(others).toEqual([]);
  expect(format([scope('Straße 👨‍👩‍👧 עברית')])).toContain('Straße 👨‍👩‍👧 עברית');
});

test('format draws as many roots as there are', () => {
  const root: ScopeInfo = { kind: 'timeout', state: 'active', since: 0, tasks: [], scopes: [] };
  expect(format(Array.from({ length: 150_000 }, () => root)).split('\n')).toHaveLength(150_000);
});
