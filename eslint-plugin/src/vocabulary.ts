/**
 * The one place that spells the names of the runtime and of the platform.
 * A rule that writes `'createTask'` in quotes has it from here.
 */

/** The plugin's own names. */
export const PLUGIN = {
  name: 'mooring',
  package: 'eslint-plugin-mooring',
  /** Generated: see `tools/addresses.ts`. */
  pages: 'https://github.com/mooring-dev/mooring/blob/main/docs',
} as const;

/** Rules of typescript-eslint whose reports ours make too, and those of ESLint itself. */
export const PEER_RULES: readonly string[] = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  'no-async-promise-executor',
];

/** Where the page of a rule stands. */
export const ruleUrl = (rule: string): string => `${PLUGIN.pages}/rules/${rule}.md`;

/** The runtime: what `import … from 'mooring'` can give. */
export const RUNTIME = {
  package: 'mooring',
  group: 'TaskGroup',
  groupError: 'TaskGroupError',
  task: 'Task',
  taskContext: 'TaskContext',
  timeout: 'timeout',
  timeoutType: 'Timeout',
  sleep: 'sleep',
  abandonOnCancel: 'abandonOnCancel',
  isCancellation: 'isCancellation',
  permit: 'Permit',
} as const;

/** The entries beside it, which run a function in a scope of its own, by the name they export. */
export const ENTRIES = { main: 'mooring/main', retry: 'mooring/retry' } as const;

/** Members of a group, of a task and of a timeout. */
export const MEMBER = {
  run: 'run',
  createTask: 'createTask',
  start: 'start',
  cancel: 'cancel',
  join: 'join',
  map: 'map',
  signal: 'signal',
  pending: 'pending',
  reschedule: 'reschedule',
  use: 'use',
  release: 'release',
} as const;

/** Methods of a limiter that give a permit. */
export const PERMIT_MAKERS: ReadonlySet<string | undefined> = new Set(['acquire', 'tryAcquire']);

/** Methods of a group that create a task of a function. `start` waits until it is up, not for its end. */
export const TASK_MAKERS: ReadonlySet<string | undefined> = new Set([
  MEMBER.createTask,
  MEMBER.start,
]);

/** Methods by which groups of other runtimes, queues and pools take a function to run. */
export const OTHER_TASK_MAKERS: ReadonlySet<string | undefined> = new Set([
  ...['add', 'fork', 'go', 'run', 'spawn', 'submit'],
]);

/** How checkers name the member of a type that `await using` calls: `__@asyncDispose@87`. */
export const ASYNC_DISPOSER = /@asyncDispose@/;

/** How `property-name.ts` writes the member that a leaving `await using` calls. */
export const ASYNC_DISPOSE = 'Symbol.asyncDispose';
export const DISPOSE = 'Symbol.dispose';

/** Static methods of the group that run functions as tasks, by how they take them. */
export const GROUP_COMBINATORS = ['all', 'allSettled', 'any', 'race', 'map'] as const;

/** Methods of a promise. */
export const PROMISE_METHOD = { then: 'then', catch: 'catch', finally: 'finally' } as const;

/** How options name an abort signal: the platform's name first, then those of known libraries. */
export const SIGNAL_PROPERTIES = ['signal', 'abortSignal', 'cancelSignal'] as const;

/** Members of a timeout, and of a signal, by which code looks whether it has been cancelled. */
export const SCOPE_CHECKS: ReadonlySet<string> = new Set([
  'aborted',
  'expired',
  'reason',
  'remaining',
  'state',
  'throwIfAborted',
]);

/** Members by which another library's own type for an abort signal is told. */
export const SIGNAL_MEMBERS = ['aborted', 'onabort'] as const;

/** What an error is called that says it is a cancellation, by the property that says so. */
export const ABORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['code', 'ABORT_ERR'],
  ['name', 'AbortError'],
]);

/** Types of the platform, by their name in the default library. */
export const PLATFORM = {
  function: 'Function',
  object: 'ObjectConstructor',
  promise: 'Promise',
  promiseLike: 'PromiseLike',
  abortSignal: 'AbortSignal',
  abortController: 'AbortController',
  asyncDisposableStack: 'AsyncDisposableStack',
} as const;

/** Generic types of the library that hold what their type arguments say. */
export const CONTAINERS: ReadonlySet<string | undefined> = new Set([
  'Array',
  'Map',
  'ReadonlyArray',
  'ReadonlyMap',
  'ReadonlySet',
  'Set',
]);

/** The test runner of Node, which waits for the tests that a file registers with it. */
export const TEST_RUNNER = {
  module: 'node:test',
  context: 'TestContext',
  registering: new Set(['describe', 'it', 'only', 'skip', 'suite', 'test', 'todo']),
} as const;

/** Packages whose declarations are the platform's own. */
export const PLATFORM_PACKAGES: readonly string[] = [
  '@types/node',
  'undici-types',
  '@types/web',
  'bun-types',
  '@types/bun',
  '@types/deno',
];

/** Calls of the platform after which nothing of the program runs. */
export const HALTING_CALLS: ReadonlySet<string> = new Set([
  'process.abort',
  'process.exit',
  'Deno.exit',
]);

/** Methods that take a listener for an event. */
export const LISTENER_METHODS: ReadonlySet<string> = new Set([
  'addEventListener',
  'addListener',
  'on',
  'once',
  'prependListener',
  'prependOnceListener',
]);

/** `onDidChange(listener)`, `addPageListener(listener)`: who tells of an event waits for nobody. */
export const LISTENING = /^(on(?![a-z])|once$|add\w*Listener$|listen$|subscribe$)/;

/** Modules of the platform that export `setTimeout`: with a callback, or giving a promise. */
export const TIMER_MODULES: Readonly<Record<'callbacks' | 'promises', ReadonlySet<string>>> = {
  callbacks: new Set(['node:timers', 'timers']),
  promises: new Set(['node:timers/promises', 'timers/promises']),
};

/** Modules of the platform whose calls end by themselves: a local file does not keep one waiting. */
export const FILE_MODULES: ReadonlySet<string> = new Set([
  'fs',
  'fs/promises',
  'node:fs',
  'node:fs/promises',
]);

/** What the names of functions that clean up begin with. */
export const CLEANUP_VERBS: ReadonlySet<string> = new Set([
  ...['clean', 'cleanup', 'close', 'destroy', 'disconnect', 'dispose', 'release', 'revert'],
  ...['rollback', 'shutdown', 'teardown', 'undo', 'unlock', 'unsubscribe'],
]);

/** Functions of the platform that call a function later, and take nothing of what it gives. */
export const LATER_FUNCTIONS: ReadonlySet<string> = new Set([
  'nextTick',
  'queueMicrotask',
  'requestAnimationFrame',
  'requestIdleCallback',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

/** Methods of an array that ask a function about each element, and take what it gives for true. */
export const PREDICATE_METHODS: ReadonlySet<string> = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'some',
]);

/** Methods of fake clocks (Vitest, Jest, Sinon) that let time pass and wait for what it starts. */
export const FAKE_CLOCK_METHODS: ReadonlySet<string> = new Set([
  'advanceTimersByTimeAsync',
  'advanceTimersToNextTimerAsync',
  'nextAsync',
  'runAllAsync',
  'runAllTimersAsync',
  'runOnlyPendingTimersAsync',
  'runToLastAsync',
  'tickAsync',
]);
