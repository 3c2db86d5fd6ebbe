import { describeRule } from '../support/describe-rule.js';
import { under } from '../support/under.js';

const declarations = `
  import { abandonOnCancel, sleep, TaskGroup, timeout, type Timeout } from 'mooring';
  import { retry } from 'mooring/retry';
  declare const url: string;
  declare const outer: AbortSignal;
  declare function load(id: string, signal?: AbortSignal): Promise<string>;
  declare function loadAll(options?: { signal?: AbortSignal }): Promise<string[]>;
  declare function stream(options?: { signal?: AbortSignal }): AsyncIterable<string>;
  declare function step(): Promise<boolean>;
  declare function crunch(input?: unknown): number;
  declare const untyped: any;
`;

describeRule('timeout-body-uses-signal', {
  allows: under(declarations, {
    'an attempt that hands its scope on, or has no deadline': `
      await retry((attempt) => fetch(url, { signal: attempt.signal }), { timeout: 100 });
      await retry(({ signal }) => load('a', signal), { timeout: 100, attempts: 5 });
      await retry(() => load('a', outer), { attempts: 5, signal: outer });
      await retry(() => load('a'));
    `,
    'a body that hands the signal on as an argument': `
      await timeout(1_000, (deadline) => load('a', deadline.signal));
    `,
    'as an option': `
      await timeout(1_000, (deadline) => fetch(url, { signal: deadline.signal }));
    `,
    'with the scope itself as the options': `
      await timeout(1_000, (deadline) => sleep(100, deadline));
    `,
    'as the parent of a group': `
      await timeout(1_000, (deadline) => TaskGroup.run(async (group) => {
        group.createTask(({ signal }) => load('a', signal));
      }, deadline));
    `,
    'as the parent of a group that a block holds': `
      await timeout(1_000, async (deadline) => {
        await using group = new TaskGroup(deadline);
        group.createTask(({ signal }) => load('a', signal));
        await group.join();
      });
    `,
    'as the parent of another timeout': `
      await timeout(1_000, (deadline) =>
        timeout(100, (inner) => load('a', inner.signal), { signal: deadline.signal }));
    `,
    'to abandonOnCancel': `
      await timeout(1_000, (deadline) => abandonOnCancel(step(), deadline));
    `,
    'with a spread': `
      await timeout(1_000, (deadline) => loadAll({ ...deadline }));
    `,
    'to a closure that is handed on': `
      await timeout(1_000, async (deadline) => {
        await Promise.all(['a', 'b'].map((id) => load(id, deadline.signal)));
      });
    `,
    'to a closure that looks whether the deadline has passed': `
      await timeout(1_000, async (deadline) => {
        await untyped.each(() => deadline.signal.aborted);
      });
    `,
    'to a field': `
      await timeout(1_000, async (deadline) => { untyped.scope = deadline; await step(); });
    `,
    'to a listener': `
      await timeout(1_000, async (deadline) => {
        deadline.signal.addEventListener('abort', () => untyped.stop());
        await step();
      });
    `,
    'under another name': `
      await timeout(1_000, async (deadline) => {
        const { signal } = deadline;
        await load('a', signal);
      });
    `,
    'under another name for the scope': `
      await timeout(1_000, async (deadline) => {
        const scope = deadline;
        await load('a', scope.signal);
      });
    `,
    'a body that takes the signal out of its parameter': `
      await timeout(1_000, ({ signal }) => load('a', signal));
    `,
    'a body that takes all its parameters': `
      await timeout(1_000, (...given) => untyped(...given));
    `,
    'a function that reads its arguments': `
      await timeout(1_000, function () { return untyped.apply(null, arguments); });
    `,
    'a body that stops when the signal is aborted': `
      await timeout(1_000, async (deadline) => {
        while (!deadline.signal.aborted) await step();
      });
    `,
    'a body that throws when the signal is aborted': `
      await timeout(1_000, async (deadline) => {
        for (;;) {
          deadline.signal.throwIfAborted();
          if (await step()) return;
        }
      });
    `,
    'a body that asks the deadline': `
      await timeout(1_000, async (deadline) => {
        while (!deadline.expired && !(await step())) crunch();
      });
    `,
    'a body that gives what is left of the time to something else': `
      await timeout(1_000, (deadline) => untyped.query({ timeout: deadline.remaining }));
    `,
    'a body that hands the signal on and moves the deadline': `
      await timeout(1_000, async (idle) => {
        for await (const part of stream(idle)) { idle.reschedule(1_000); crunch(part); }
      });
    `,
    'a body that hands the signal to one of two calls': `
      await timeout(1_000, async (deadline) => {
        await load('a', deadline.signal);
        await load('b');
      });
    `,
    'a function of the file that takes a parameter and uses it': `
      async function body({ signal }: Timeout) { await load('a', signal); }
      await timeout(1_000, body);
    `,
    'a reference to a function of another file': `
      await timeout(1_000, untyped.body);
    `,
    'a reference to a function that is a parameter': `
      const within = <R>(body: (deadline: Timeout) => Promise<R>) => timeout(1_000, body);
    `,
    'a synchronous body that hands the signal on': `
      await timeout(1_000, (deadline) => { untyped.start(deadline.signal); });
    `,
    'a synchronous body that returns nobody knows what': `
      await timeout(1_000, (deadline) => { deadline.signal.throwIfAborted(); return untyped(); });
    `,
    'no deadline': `
      await timeout(undefined, () => load('a'));
      await timeout(Infinity, () => load('a'));
    `,
    'arguments that are spread': `
      await timeout(...(untyped as [number, () => Promise<void>]));
    `,
    'a block that hands the signal on': `
      using deadline = timeout(1_000);
      await fetch(url, { signal: deadline.signal });
    `,
    'a block that hands the scope on': `
      using deadline = timeout(1_000, { signal: outer });
      await sleep(100, deadline);
    `,
    'a block that takes the signal out': `
      const { signal } = timeout(1_000);
      await load('a', signal);
    `,
    'a block that asks the deadline': `
      {
        using deadline = timeout(1_000);
        while (!deadline.expired) await step();
      }
    `,
    'a timeout that is returned': `
      const make = () => timeout(1_000);
    `,
    'a timeout that is returned under a name': `
      function make() { const deadline = timeout(1_000); return deadline; }
    `,
    'a timeout that is exported': `
      export const deadline = timeout(1_000);
    `,
    'a timeout that is kept elsewhere': `
      untyped.deadline = timeout(1_000);
    `,
    'a timeout that a stack owns': `
      const deadline = untyped.use(timeout(1_000));
      await step();
    `,
    'a timeout whose signal is taken at once': `
      await load('a', timeout(1_000).signal);
    `,
    'a timeout with options that have a name': `
      const options = { signal: outer };
      using deadline = timeout(1_000, options);
      await load('a', deadline.signal);
    `,
    'another function of that name': `
      {
        const timeout = (ms: number, body: () => unknown) => body();
        await timeout(1_000, () => load('a'));
      }
    `,
  }),
  reports: {
    ...under(declarations, {
      'an attempt that the deadline of a retry cannot stop': `
        await retry(() => load('a'), { timeout: 100 });
              ~~~~~ ignored
        await retry((attempt) => step(), { timeout: 100 });
              ~~~~~ deaf
      `,
      'a body that takes no signal': `
        await timeout(1_000, () => load('a'));
              ~~~~~~~ ignored
      `,
      'a body that takes one and drops it': `
        await timeout(1_000, async (deadline) => { await load('a'); });
              ~~~~~~~ ignored
      `,
      'a body that takes the signal out and drops it': `
        await timeout(1_000, ({ signal }) => load('a'));
              ~~~~~~~ ignored
      `,
      'a signal that is taken out under another name and then dropped': `
        await timeout(1_000, async (deadline) => {
              ~~~~~~~ ignored
          const { signal } = deadline;
          await load('a');
        });
      `,
      'a body that only tells how much time is left': `
        await timeout(1_000, async (deadline) => {
              ~~~~~~~ ignored
          console.log(deadline.remaining, deadline);
          await load('a');
        });
      `,
      'a body that only moves the deadline': `
        await timeout(1_000, async (deadline) => {
              ~~~~~~~ ignored
          deadline.reschedule(2_000);
          await load('a');
        });
      `,
      'a parameter that is thrown away': `
        await timeout(1_000, async (deadline) => { void deadline; await load('a'); });
              ~~~~~~~ ignored
      `,
      'a body that hands another signal on': `
        await timeout(1_000, () => fetch(url, { signal: outer }));
              ~~~~~~~ ignored
      `,
      'a loop over a stream': `
        await timeout(1_000, async () => { for await (const part of stream()) crunch(part); });
              ~~~~~~~ ignored
      `,
      'work in a closure': `
        await timeout(1_000, () => Promise.all(['a', 'b'].map((id) => load(id))));
              ~~~~~~~ ignored
      `,
      'a group without the deadline': `
        await timeout(1_000, () => TaskGroup.run(async (group) => {
              ~~~~~~~ ignored
          group.createTask(({ signal }) => load('a', signal));
        }));
      `,
      'a function of the file that takes no parameter': `
        async function body() { await load('a'); }
        await timeout(1_000, body);
              ~~~~~~~ ignored
      `,
      'a constant function that takes no parameter': `
        const body = () => load('a');
        await timeout(1_000, body);
              ~~~~~~~ ignored
      `,
      'a body in which nothing takes a signal': `
        await timeout(1_000, () => step());
              ~~~~~~~ deaf
      `,
      'a body that waits for what runs already': `
        const running = load('a');
        await timeout(1_000, () => running);
              ~~~~~~~ deaf
      `,
      'a body that waits for a group of others': `
        const wait = (group: TaskGroup) => timeout(1_000, () => group.join());
                                           ~~~~~~~ deaf
      `,
      'a body that wraps a callback': `
        await timeout(1_000, () => new Promise((resolve) => untyped.once('open', resolve)));
              ~~~~~~~ deaf
      `,
      'a body that registers a listener, which takes a signal for its own life': `
        await timeout(1_000, async () => {
              ~~~~~~~ deaf
          untyped.target.addEventListener('open', step);
          await step();
        });
      `,
      'a synchronous body': `
        await timeout(1_000, () => crunch());
              ~~~~~~~ neverAwaits
      `,
      'an async body without an await': `
        await timeout(1_000, async () => { crunch(); });
              ~~~~~~~ neverAwaits
      `,
      'a body that looks at the signal and never awaits, so that it never sees it aborted': `
        await timeout(1_000, (deadline) => {
              ~~~~~~~ neverAwaits
          while (!deadline.signal.aborted) crunch();
        });
      `,
      'a body that awaits in a closure only': `
        await timeout(1_000, () => { untyped.each(async () => { await step(); }); });
              ~~~~~~~ neverAwaits
      `,
      'a body that starts work and does not wait for it': `
        await timeout(1_000, () => { void load('a'); });
              ~~~~~~~ neverAwaits
      `,
      'a body that hands the signal to work and does not wait for it': `
        await timeout(1_000, (deadline) => { fetch(url, { signal: deadline.signal }); });
              ~~~~~~~ neverAwaits
        await timeout(1_000, async ({ signal }) => { void load('a', signal).catch(crunch); });
              ~~~~~~~ neverAwaits
      `,
      'a block that drops the scope': `
        using deadline = timeout(1_000);
                         ~~~~~~~ ignored
        await load('a');
      `,
      'a block in which nothing takes a signal': `
        async function run() {
          using deadline = timeout(1_000, { signal: outer });
                           ~~~~~~~ deaf
          await step();
        }
      `,
      'a block that ends the scope by hand': `
        const deadline = timeout(1_000);
                         ~~~~~~~ ignored
        try { await load('a'); } finally { deadline[Symbol.dispose](); }
      `,
      'a block that never awaits': `
        function run() {
          using deadline = timeout(1_000);
                           ~~~~~~~ neverAwaits
          while (!deadline.expired) crunch();
        }
      `,
      'what stands before the timeout does not count': `
        declare function early(signal: AbortSignal): Promise<void>;
        await early(outer);
        using deadline = timeout(1_000);
                         ~~~~~~~ deaf
        await step();
      `,
      'a timeout that nobody holds': `
        timeout(1_000);
        ~~~~~~~ unheld
      `,
      'a timeout that is awaited as if it were a sleep': `
        await timeout(1_000);
              ~~~~~~~ unheld
      `,
    }),
    'a timeout that is made with new': `
      import { Timeout } from 'mooring';
      using deadline = new Timeout(1_000, {});
                           ~~~~~~~ ignored
      await fetch('/');
    `,
    'a timeout of a namespace': `
      import * as mooring from 'mooring';
      await mooring.timeout(1_000, () => fetch('/'));
            ~~~~~~~~~~~~~~~ ignored
    `,
    'a timeout under another name': `
      import { timeout as within } from 'mooring';
      await within(1_000, () => fetch('/'));
            ~~~~~~ ignored
    `,
    'a wrapper that the settings name': {
      settings: { timeouts: [{ from: 'file', name: 'within' }] },
      code: `
        declare function within(
          ms: number,
          body: (scope: { signal: AbortSignal }) => Promise<unknown>,
        ): Promise<void>;
        await within(1_000, () => fetch('/'));
              ~~~~~~ ignored
      `,
    },
    'and suggests to hand the signal on, under a parameter': {
      code: `
        import { timeout } from 'mooring';
        await timeout(1_000, () => fetch('/'));
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          await timeout(1_000, (deadline) => fetch('/', { signal: deadline.signal }));
          `,
        ],
      ],
    },
    'and suggests to add it to options': {
      code: `
        import { timeout } from 'mooring';
        await timeout(1_000, async (scope) => { await fetch('/', { method: 'POST' }); });
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          await timeout(1_000, async (scope) => { await fetch('/', { method: 'POST', signal: scope.signal }); });
          `,
        ],
      ],
    },
    'and suggests to spread options that have a name': {
      code: `
        import { timeout } from 'mooring';
        declare const init: RequestInit;
        await timeout(1_000, ({ signal }) => fetch('/', init));
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          declare const init: RequestInit;
          await timeout(1_000, ({ signal }) => fetch('/', { ...init, signal }));
          `,
        ],
      ],
    },
    'and suggests an argument, after those that are left out': {
      code: `
        import { timeout } from 'mooring';
        declare function load(id?: string, retries?: number, signal?: AbortSignal): Promise<void>;
        await timeout(1_000, () => load());
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          declare function load(id?: string, retries?: number, signal?: AbortSignal): Promise<void>;
          await timeout(1_000, (deadline) => load(undefined, undefined, deadline.signal));
          `,
        ],
      ],
    },
    'and suggests the scope itself for the runtime, and all calls at once': {
      code: `
        import { sleep, timeout } from 'mooring';
        await timeout(1_000, async function () { await sleep(1); await fetch('/'); });
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { sleep, timeout } from 'mooring';
          await timeout(1_000, async function (deadline) { await sleep(1, deadline); await fetch('/', { signal: deadline.signal }); });
          `,
        ],
      ],
    },
    'and suggests the outermost call only, whose tasks have signals of their own': {
      code: `
        import { TaskGroup, timeout } from 'mooring';
        await timeout(1_000, () => TaskGroup.run((group) => { group.createTask(({ signal }) => fetch('/', { signal })); }));
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { TaskGroup, timeout } from 'mooring';
          await timeout(1_000, (deadline) => TaskGroup.run((group) => { group.createTask(({ signal }) => fetch('/', { signal })); }, deadline));
          `,
        ],
      ],
    },
    'and suggests another name where that one is taken': {
      code: `
        import { timeout } from 'mooring';
        const deadline = '/';
        await timeout(1_000, () => fetch(deadline));
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          const deadline = '/';
          await timeout(1_000, (scope) => fetch(deadline, { signal: scope.signal }));
          `,
        ],
      ],
    },
    'and makes the signal that was handed on the parent': {
      code: `
        import { timeout } from 'mooring';
        declare const signal: AbortSignal;
        await timeout(1_000, () => fetch('/', { signal }));
              ~~~~~~~ ignored
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          declare const signal: AbortSignal;
          await timeout(1_000, (deadline) => fetch('/', { signal: deadline.signal }), { signal });
          `,
        ],
      ],
    },
    'and suggests nothing for a signal that is put together, or that the body makes': {
      code: `
        import { timeout } from 'mooring';
        declare const signal: AbortSignal;
        await timeout(1_000, () => fetch('/', { signal: AbortSignal.any([signal]) }));
              ~~~~~~~ ignored
        await timeout(1_000, async () => {
              ~~~~~~~ ignored
          const controller = new AbortController();
          await fetch('/', { signal: controller.signal });
        });
      `,
      suggests: [[], []],
    },
    'and suggests nothing where options may be a string': {
      code: `
        import { readFile } from 'node:fs/promises';
        import { timeout } from 'mooring';
        await timeout(1_000, () => readFile('a', 'utf8'));
              ~~~~~~~ ignored
      `,
      suggests: [[]],
    },
    'and suggests the scope of a block': {
      code: `
        import { timeout } from 'mooring';
        using deadline = timeout(1_000);
                         ~~~~~~~ ignored
        await fetch('/');
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          using deadline = timeout(1_000);
          await fetch('/', { signal: deadline.signal });
          `,
        ],
      ],
    },
  },
  misses: under(declarations, {
    'a signal that is handed to something that does nothing with it': `
      await timeout(1_000, async (deadline) => { crunch(deadline); await load('a'); });
    `,
    'a method that takes no parameter': `
      const object = { body() { return load('a'); } };
      await timeout(1_000, object.body);
    `,
    'a timeout that a stack owns and nothing uses': `
      const deadline = untyped.use(timeout(1_000));
      await load('a');
    `,
  }),
});
