import { describeRule } from '../support/describe-rule.js';
import { under } from '../support/under.js';

const declarations = `
  import { abandonOnCancel, isCancellation, sleep, TaskGroup, timeout, type TaskContext } from 'mooring';
  import { open, writeFile } from 'node:fs/promises';
  import { once } from 'node:events';
  declare function work(signal?: AbortSignal): Promise<number>;
  declare function release(options?: { signal?: AbortSignal; force?: boolean }): Promise<void>;
  declare function unlock(id: string, signal?: AbortSignal): Promise<void>;
  declare const connection: { end(): Promise<void>; rollback(): Promise<void> };
  declare const untyped: any;
`;

describeRule('no-unshielded-cleanup', {
  allows: under(declarations, {
    'clean-up in code that nothing cancels': `
      async function run() {
        const file = await open('a');
        try {
          await work();
        } finally {
          await file.close();
          await connection.end();
          await release();
          await fetch('/unlock');
        }
      }
    `,
    'a controller that the clean-up aborts when it has handed on its signal': `
      async function run() {
        const controller = new AbortController();
        try {
          await work();
        } finally {
          await release({ signal: controller.signal });
          controller.abort();
        }
      }
    `,
    'clean-up that takes no signal, where the caller hands one': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { await connection.end(); }
      }
    `,
    'a file that is closed in a task': `
      await TaskGroup.run(async () => {
        const file = await open('a');
        try { await work(); } finally { await file.close(); await writeFile('a', ''); }
      });
    `,
    'a timeout without a parent': `
      async function run(signal: AbortSignal) {
        try {
          await work(signal);
        } finally {
          await timeout(5_000, (deadline) => release({ signal: deadline.signal }));
          await timeout(5_000, (deadline) => unlock('a', deadline.signal));
          await timeout(5_000, (deadline) => sleep(100, deadline));
        }
      }
    `,
    'a timeout without a parent for a block': `
      await TaskGroup.run(async ({ signal }) => {
        try {
          await work(signal);
        } finally {
          using deadline = timeout(5_000);
          await release({ signal: deadline.signal });
          await connection.end();
        }
      });
    `,
    'AbortSignal.timeout': `
      async function run(signal: AbortSignal) {
        try {
          await work(signal);
        } finally {
          await release({ signal: AbortSignal.timeout(5_000) });
          const late = AbortSignal.timeout(5_000);
          await unlock('a', late);
        }
      }
    `,
    'a signal that is made outside for the clean-up alone': `
      async function run(signal: AbortSignal, cleanupSignal: AbortSignal) {
        const late = AbortSignal.timeout(60_000);
        const grace = new AbortController();
        setTimeout(() => grace.abort(), 60_000);
        try {
          await work(signal);
        } finally {
          await unlock('a', late);
          await unlock('b', grace.signal);
          await unlock('c', cleanupSignal);
        }
      }
    `,
    'a controller that the clean-up makes': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          const controller = new AbortController();
          await release({ signal: controller.signal });
        }
      }
    `,
    'a group of its own with a deadline': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          await timeout(5_000, (deadline) => TaskGroup.run(async (group) => {
            group.createTask((context) => release(context));
            group.createTask(({ signal }) => unlock('a', signal));
          }, deadline));
        }
      }
    `,
    'work that is abandoned at a deadline of its own': `
      await TaskGroup.run(async () => {
        try { await work(); } finally {
          await timeout(5_000, (deadline) => abandonOnCancel(connection.end(), deadline));
        }
      });
    `,
    'clean-up behind a test for the cancellation': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { if (!signal.aborted) await release({ signal }); }
      }
      async function other(context: TaskContext) {
        try { await work(context.signal); } catch (error) {
          if (isCancellation(error, context)) throw error;
          await release({ signal: context.signal });
          throw error;
        }
      }
      async function third(signal: AbortSignal) {
        try { await work(signal); } catch (error) {
          signal.throwIfAborted();
          await release({ signal });
          throw error;
        }
      }
    `,
    'a race against a timer, which another rule is for': `
      await TaskGroup.run(async () => {
        try { await work(); } finally { await Promise.race([connection.end(), sleep(100)]); }
      });
    `,
    'a catch that tries again': `
      async function run(signal: AbortSignal) {
        for (let attempt = 0; ; attempt++) {
          try { return await work(signal); } catch (error) {
            if (attempt > 3) throw error;
            await sleep(100, { signal });
          }
        }
      }
    `,
    'a catch that takes another way': `
      async function run(signal: AbortSignal) {
        try { return await work(signal); } catch { return await fetch('/mirror', { signal }); }
      }
      async function other(signal: AbortSignal) {
        let result;
        try { result = await work(signal); } catch { result = await fetch('/mirror', { signal }); }
        return result;
      }
    `,
    'a catch that tries once more and throws what is left': `
      async function run(signal: AbortSignal) {
        for (;;) {
          try { return await work(signal); } catch (error) {
            if (untyped.isTransient(error)) { await untyped.reconnect({ signal }); continue; }
            throw error;
          }
        }
      }
    `,
    'a catch of what is not waited for': `
      async function run(signal: AbortSignal) {
        try { JSON.parse(''); } catch (error) { await release({ signal }); throw error; }
      }
    `,
    'a loop that pauses in its finally': `
      async function run(signal: AbortSignal) {
        while (!signal.aborted) {
          try { await work(signal); } finally { await sleep(1_000, { signal }); }
        }
      }
    `,
    'a call that has a limit of another kind': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          await untyped.close({ timeout: 100 });
          await untyped.closeWithin(100);
          await sleep(100);
        }
      }
    `,
    'clean-up whose deadline stands in the function that is called': `
      const unlockSoon = () => timeout(100, (deadline) => release(deadline));
      class Server {
        async #close() { await timeout(100, (deadline) => release(deadline)).catch(untyped); }
        async run(context: TaskContext) {
          try { await work(context.signal); } finally { await unlockSoon(); await this.#close(); }
        }
      }
    `,
    'clean-up whose deadlines stand in the tasks of a group': `
      await TaskGroup.run(async () => {
        try { await work(); } finally {
          await TaskGroup.run((group) => {
            group.createTask((context) => timeout(100, (deadline) => release(deadline), context));
          });
          await TaskGroup.map([1, 2], () => timeout(100, (deadline) => release(deadline)));
        }
      });
    `,
    'a call that is told to take no signal': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { await release({ signal: undefined }); }
      }
    `,
    'options that may carry a signal': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          await release(untyped.cleanupOptions);
          await release({ ...untyped.cleanupOptions });
        }
      }
    `,
    'options without a signal': `
      async function run(signal: AbortSignal) {
        const options = { force: true };
        untyped(options);
        try { await work(signal); } finally { await untyped.release(options); }
      }
    `,
    'an object of which the signal is but a part': `
      interface Session { readonly signal: AbortSignal; readonly id: string }
      declare function endSession(session: Session): Promise<void>;
      async function run(session: Session) {
        try { await work(session.signal); } finally { await endSession(session); }
      }
    `,
    'a signal that is waited for, and not handed on': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          await once(signal, 'abort', { signal: AbortSignal.timeout(100) });
        }
      }
    `,
    'clean-up that is not waited for': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { void release({ signal }); }
      }
    `,
    'a function that the finally only makes': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { untyped.later(() => release({ signal })); }
      }
    `,
    'waiting for a group that is there': `
      await using group = new TaskGroup();
      const task = group.createTask(() => work());
      try { await work(); } finally { await group.join(); await task; }
    `,
    'the disposer of a class without a signal': `
      class Pool {
        async [Symbol.asyncDispose]() { await connection.end(); }
      }
    `,
    'a disposer with a deadline of its own': `
      class Pool {
        readonly signal = new AbortController().signal;
        async [Symbol.asyncDispose]() {
          await release({ signal: AbortSignal.timeout(1_000) });
          await timeout(1_000, (deadline) => release(deadline));
        }
        async close() { await release({ signal: this.signal }); }
      }
    `,
    'a method named defer of something else': `
      async function run(signal: AbortSignal) {
        untyped.queue.defer(() => release({ signal }));
        await work(signal);
      }
    `,
    'a cleanup in a scope that was opened outside with its own deadline': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally {
          await timeout(5_000, async (deadline) => {
            try { await unlock('a', deadline.signal); } finally { await connection.end(); }
          });
        }
      }
    `,
  }),
  reports: {
    ...under(declarations, {
      'the signal of the function, as an option': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally { await release({ signal }); }
                                                      ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'as an argument': `
        async function run({ signal }: { signal: AbortSignal }) {
          try { await work(signal); } finally { await unlock('a', signal); }
                                                      ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'when it is the only scope of the function': `
        async function run(signal: AbortSignal) {
          try { await work(); } finally { await release({ signal }); }
                                                ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'the signal of options': `
        async function run(options: { signal: AbortSignal }) {
          try { await work(options.signal); } finally { await release({ signal: options.signal }); }
                                                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'options that have it': `
        async function run(options: { signal?: AbortSignal }) {
          try { await work(options.signal); } finally { await release(options); }
                                                              ~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'a scope or a controller in a field': `
        class Job {
          readonly #controller = new AbortController();
          constructor(readonly scope: TaskContext) {}
          async run() {
            try { await work(this.scope.signal); await release(this.scope); } finally {
              await release(this.scope);
                    ~~~~~~~~~~~~~~~~~~~ aborted
            }
          }
          async [Symbol.asyncDispose]() {
            this.#controller.abort();
            await release(this.#controller);
                  ~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'options that are written out before': `
        async function run(signal: AbortSignal) {
          const options = { signal, force: true };
          try { await work(signal); } finally { await release(options); }
                                                      ~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'options of a type that is declared elsewhere': `
        async function run(options: RequestInit) {
          try { await fetch('/', options); } finally { await fetch('/unlock', options); }
                                                             ~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'options with a deadline for both': `
        async function run() {
          const options = { signal: AbortSignal.timeout(1_000) };
          try { await fetch('/', options); } finally { await release(options); }
                                                             ~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'the signal under another name': `
        async function run({ signal }: TaskContext) {
          const outer = signal;
          try { await work(signal); } finally {
            const inner = outer;
            await unlock('a', inner);
                  ~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'the signal of a task': `
        await TaskGroup.run(async (group) => {
          group.createTask(async ({ signal }) => {
            try { await work(signal); } finally { await release({ signal }); }
                                                        ~~~~~~~~~~~~~~~~~~~ aborted
          });
          group.createTask(async (context) => {
            try { await work(context.signal); } finally { await release(context); }
                                                                ~~~~~~~~~~~~~~~~ aborted
          });
        });
      `,
      'the signal of a group': `
        await TaskGroup.run(async (group) => {
          try { await group.createTask(() => work()); } finally {
            await release({ signal: group.signal });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        });
      `,
      'the signal of a timeout': `
        await timeout(100, async (deadline) => {
          try { await work(deadline.signal); } finally { await unlock('a', deadline.signal); }
                                                               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        });
      `,
      'the scope itself': `
        await timeout(100, async (deadline) => {
          try { await work(deadline.signal); } finally { await release(deadline); }
                                                               ~~~~~~~~~~~~~~~~~ aborted
        });
      `,
      'a timeout whose parent is the scope': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            await timeout(5_000, (deadline) => release(deadline), { signal });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a timeout for a block whose parent is the scope': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            using deadline = timeout(5_000, { signal });
            await release({ signal: deadline.signal });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a group whose parent is the scope': `
        await TaskGroup.run(async (outer) => {
          try { await work(outer.signal); } finally {
            await TaskGroup.run((group) => { group.createTask(release); }, outer);
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        });
      `,
      'a group for a block whose parent is the scope': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            await using group = new TaskGroup({ signal });
                                ~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
            group.createTask((context) => release(context));
            await group.join();
          }
        }
      `,
      'a controller that the clean-up aborts': `
        class Pool {
          readonly #controller = new AbortController();
          async [Symbol.asyncDispose]() {
            this.#controller.abort();
            await release({ signal: this.#controller.signal });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a signal that is put together with it': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            await release({ signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a signal that has a deadline for both': `
        async function run() {
          const signal = AbortSignal.timeout(1_000);
          try { await work(signal); } finally { await release({ signal }); }
                                                      ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'a controller of the code around': `
        async function run() {
          const controller = new AbortController();
          setTimeout(() => controller.abort(), 100);
          try { await work(controller.signal); } finally {
            await unlock('a', controller.signal);
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a signal of the object, which the code around uses as well': `
        class Job {
          constructor(readonly signal: AbortSignal) {}
          async run() {
            try { await work(this.signal); } finally { await release({ signal: this.signal }); }
                                                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'clean-up of many at once': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            await Promise.all([release({ signal }), connection.end()]);
                               ~~~~~~~~~~~~~~~~~~~ aborted
            await Promise.all(['a', 'b'].map((id) => unlock(id, signal)));
                                                     ~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'clean-up whose error is caught': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            await release({ signal }).catch(() => {});
                  ~~~~~~~~~~~~~~~~~~~ aborted
            try { await unlock('a', signal); } catch {}
                        ~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a stream in a finally': `
        declare function drain(options: { signal: AbortSignal }): AsyncIterable<string>;
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally {
            for await (const part of drain({ signal })) untyped(part);
                                     ~~~~~~~~~~~~~~~~~ aborted
          }
        }
      `,
      'a call that has no type': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally { await untyped.close({ signal }); }
                                                      ~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        }
        async function other(signal: AbortSignal) {
          try { await work(signal); } finally { await untyped.close(1, signal); }
                                                      ~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'the method finally': `
        const run = (signal: AbortSignal) => work(signal).finally(() => release({ signal }));
                                                                        ~~~~~~~~~~~~~~~~~~~ aborted
      `,
      'a catch that cleans up and throws again': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } catch (error) {
            await release({ signal });
                  ~~~~~~~~~~~~~~~~~~~ aborted
            throw error;
          }
        }
      `,
      'a catch that throws on every path after it': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } catch (error) {
            await untyped.report(error, { signal });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
            if (untyped.strict) throw new Error('failed', { cause: error });
            throw error;
          }
        }
      `,
      'a catch that calls something that is named for it': `
        declare function rollback(options: { signal?: AbortSignal }): Promise<void>;
        async function run(signal: AbortSignal) {
          try { await work(signal); } catch { await rollback({ signal }); }
                                                    ~~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'the method catch': `
        const run = (signal: AbortSignal) =>
          work(signal).catch(async (error) => { await release({ signal }); throw error; });
                                                      ~~~~~~~~~~~~~~~~~~~ aborted
      `,
      'clean-up that is there for the cancellation': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } catch (error) {
            if (signal.aborted && untyped) await untyped.report({ signal });
                                                 ~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
          }
        }
        async function other(context: TaskContext) {
          try { await work(context.signal); } catch (error) {
            if (isCancellation(error, context)) { await release(context); return; }
                                                        ~~~~~~~~~~~~~~~~ aborted
            throw error;
          }
        }
      `,
      'a disposer that hands the signal of its object on': `
        class Pool implements AsyncDisposable {
          #signal = new AbortController().signal;
          async [Symbol.asyncDispose]() { await release({ signal: this.#signal }); }
                                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      'a disposer that closes over a signal': `
        const open = (signal: AbortSignal) => ({
          [Symbol.asyncDispose]: () => release({ signal }),
                                       ~~~~~~~~~~~~~~~~~~~ aborted
        });
      `,
      'clean-up that takes a signal and gets none, in a function that has one': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally { await release(); }
                                                      ~~~~~~~~~ unbounded
        }
        async function other(options: { signal?: AbortSignal }) {
          try { await work(options.signal); } finally { await fetch('/unlock', { method: 'POST' }); }
                                                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unbounded
        }
      `,
      'an event that may never come': `
        async function run(signal: AbortSignal) {
          try { await work(signal); } finally { await once(untyped.child, 'exit'); }
                                                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~ unbounded
        }
      `,
      'any clean-up of the program in a task': `
        await TaskGroup.run(async (group) => {
          group.createTask(async () => {
            try { await work(); } finally { await connection.end(); }
                                                  ~~~~~~~~~~~~~~~~ unbounded
          });
        });
      `,
      'in a timeout, for which it has no end': `
        await timeout(100, async (deadline) => {
          try { await work(deadline.signal); } finally { await connection.end().catch(untyped); }
                                                               ~~~~~~~~~~~~~~~~ unbounded
        });
      `,
      'in the block of a group': `
        await using group = new TaskGroup();
        try { group.createTask(() => work()); await work(); } catch (error) {
          await connection.rollback();
                ~~~~~~~~~~~~~~~~~~~~~ unbounded
          throw error;
        }
        await group.join();
      `,
      'in a function that a scope is handed to': `
        async function run(context: TaskContext) {
          try { await work(context.signal); } finally { await connection.end(); }
                                                              ~~~~~~~~~~~~~~~~ unbounded
        }
      `,
      'a function without a deadline of its own': `
        async function close() { await connection.end(); }
        await TaskGroup.run(async () => {
          try { await work(); } finally { await close(); }
                                                ~~~~~~~ unbounded
        });
      `,
      'a group without a parent in a finally': `
        await TaskGroup.run(async () => {
          try { await work(); } finally {
            await TaskGroup.run((group) => { group.createTask(() => release()); });
                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unbounded
          }
        });
      `,
      'a disposer whose call takes a signal': `
        class Lock {
          async [Symbol.asyncDispose]() { await release({ force: true }); }
                                                ~~~~~~~~~~~~~~~~~~~~~~~~ unbounded
        }
      `,
    }),
    'what a stack of disposers is given': {
      code: `
        /// <reference lib="esnext.disposable" />
        declare function release(options?: { signal?: AbortSignal }): Promise<void>;
        async function run(stack: AsyncDisposableStack, signal: AbortSignal) {
          stack.defer(() => release({ signal }));
                            ~~~~~~~~~~~~~~~~~~~ aborted
          stack.adopt(1, async () => { await release({ signal }); });
                                             ~~~~~~~~~~~~~~~~~~~ aborted
          await fetch('/', { signal });
        }
      `,
    },
    'and suggests a timeout, or a signal': {
      code: `
        declare function release(options?: { signal?: AbortSignal }): Promise<void>;
        export async function run(signal: AbortSignal) {
          try { await fetch('/', { signal }); } finally { await release({ signal }); }
                                                                ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          declare function release(options?: { signal?: AbortSignal }): Promise<void>;
          export async function run(signal: AbortSignal) {
            try { await fetch('/', { signal }); } finally { await timeout(5_000, (deadline) => release({ signal: deadline.signal })); }
          }
          `,
          `
          declare function release(options?: { signal?: AbortSignal }): Promise<void>;
          export async function run(signal: AbortSignal) {
            try { await fetch('/', { signal }); } finally { await release({ signal: AbortSignal.timeout(5_000) }); }
          }
          `,
        ],
      ],
    },
    'and suggests another name for a scope in a scope': {
      code: `
        import { timeout } from 'mooring';
        declare function release(options?: { signal?: AbortSignal }): Promise<void>;
        await timeout(100, async (deadline) => {
          try { await fetch('/', deadline); } finally { await release(deadline).catch(() => {}); }
                                                              ~~~~~~~~~~~~~~~~~ aborted
        });
      `,
      suggests: [
        [
          `
          import { timeout } from 'mooring';
          declare function release(options?: { signal?: AbortSignal }): Promise<void>;
          await timeout(100, async (deadline) => {
            try { await fetch('/', deadline); } finally { await timeout(5_000, (scope) => release(scope)).catch(() => {}); }
          });
          `,
          `
          import { timeout } from 'mooring';
          declare function release(options?: { signal?: AbortSignal }): Promise<void>;
          await timeout(100, async (deadline) => {
            try { await fetch('/', deadline); } finally { await release({ signal: AbortSignal.timeout(5_000) }).catch(() => {}); }
          });
          `,
        ],
      ],
    },
    'and suggests to hand on a signal where there is none': {
      code: `
        import { TaskGroup, timeout } from 'mooring';
        await TaskGroup.run(async ({ signal }) => {
          try { await fetch('/', { signal }); } finally { await fetch('/unlock', { method: 'POST' }); }
                                                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ unbounded
        });
      `,
      suggests: [
        [
          `
          import { TaskGroup, timeout } from 'mooring';
          await TaskGroup.run(async ({ signal }) => {
            try { await fetch('/', { signal }); } finally { await timeout(5_000, (deadline) => fetch('/unlock', { method: 'POST', signal: deadline.signal })); }
          });
          `,
          `
          import { TaskGroup, timeout } from 'mooring';
          await TaskGroup.run(async ({ signal }) => {
            try { await fetch('/', { signal }); } finally { await fetch('/unlock', { method: 'POST', signal: AbortSignal.timeout(5_000) }); }
          });
          `,
        ],
      ],
    },
    'and suggests to abandon what takes none': {
      code: `
        import { TaskGroup } from 'mooring';
        declare const connection: { end(): Promise<void> };
        await TaskGroup.run(async ({ signal }) => {
          try { await fetch('/', { signal }); } finally { await connection.end(); }
                                                                ~~~~~~~~~~~~~~~~ unbounded
        });
      `,
      suggests: [
        [
          `
          import { TaskGroup, timeout, abandonOnCancel } from 'mooring';
          declare const connection: { end(): Promise<void> };
          await TaskGroup.run(async ({ signal }) => {
            try { await fetch('/', { signal }); } finally { await timeout(5_000, (deadline) => abandonOnCancel(connection.end(), deadline)); }
          });
          `,
        ],
      ],
    },
  },
  misses: under(declarations, {
    'clean-up in a function that the finally calls': `
      async function cleanUp(signal: AbortSignal) { await release({ signal }); }
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { await cleanUp(AbortSignal.any([untyped, untyped])); }
      }
    `,
    'a promise that was started before': `
      await TaskGroup.run(async () => {
        const closing = connection.end();
        try { await work(); } finally { await closing; }
      });
    `,
    'a signal that a function of another file puts together': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } finally { await release({ signal: untyped.anySignal(signal) }); }
      }
    `,
    'clean-up in a catch that goes on afterwards': `
      async function run(signal: AbortSignal) {
        try { await work(signal); } catch (error) { await untyped.report(error, { signal }); }
      }
    `,
  }),
});

describeRule('no-unshielded-cleanup', {
  allows: {
    'a function that asks the signal only where it has failed already': `
      declare function work(signal: AbortSignal): Promise<number>;
      declare function textOf(body: object): Promise<string>;
      declare const body: object;
      async function readError(signal?: AbortSignal) {
        let text: string;
        try {
          text = await textOf(body);
        } catch (error) {
          if (signal?.aborted) throw reasonOf(signal, error);
          return String(error);
        }
        return text.trim();
      }
      function reasonOf(signal: AbortSignal, error: unknown) {
        return signal.reason ?? error;
      }
      export async function run(signal: AbortSignal) {
        try {
          return await work(signal);
        } catch (error) {
          if (signal.aborted) await readError(signal);
          throw error;
        }
      }
    `,
    'one that does so after its last wait, by options, or never looks at it': `
      declare function work(signal: AbortSignal): Promise<number>;
      declare function drop(id: string): Promise<void>;
      async function undo(id: string, options: { signal: AbortSignal; id: string }) {
        await drop(id + options.id);
        return options.signal.aborted ? 'aborted' : 'done';
      }
      async function forget(id: string, _signal: AbortSignal) {
        await drop(id);
      }
      const forgetLater = async (id: string, signal: AbortSignal) => forget(id, signal);
      export async function run(signal: AbortSignal) {
        try {
          return await work(signal);
        } finally {
          await undo('a', { signal, id: 'b' });
          await forget('a', signal);
          await forgetLater('a', signal);
        }
      }
    `,
    'the options of all others, in the step of mistakes': {
      code: `
        declare function work(signal?: AbortSignal): Promise<number>;
        declare function release(options?: { signal?: AbortSignal }): Promise<void>;
        export async function run(options?: { signal?: AbortSignal }) {
          try { await work(options?.signal); } finally { await release(options); }
        }
      `,
      options: { reports: 'mistakes' },
    },
  },
  reports: {
    'a function that throws by the signal before its work, asks between two waits, or listens': `
      declare function work(signal: AbortSignal): Promise<number>;
      declare function drop(id: string, signal?: AbortSignal): Promise<void>;
      async function undo(signal: AbortSignal) {
        signal.throwIfAborted();
        await drop('a');
      }
      async function undoEach(signal: AbortSignal) {
        await drop('a');
        if (signal.aborted) return;
        await drop('b');
      }
      async function save(signal: AbortSignal) {
        await drop('a');
        if (signal.aborted) return;
        console.log('saved');
      }
      const hand = (signal: AbortSignal) => drop('a', signal);
      export async function run(signal: AbortSignal) {
        try {
          return await work(signal);
        } finally {
          await undo(signal);
                ~~~~~~~~~~~~ aborted
          await undoEach(signal);
                ~~~~~~~~~~~~~~~~ aborted
          await save(signal);
                ~~~~~~~~~~~~ aborted
          await hand(signal);
                ~~~~~~~~~~~~ aborted
        }
      }
    `,
    'a signal that is handed on, in the step of mistakes': {
      code: `
        declare function work(signal: AbortSignal): Promise<number>;
        declare function release(options?: { signal?: AbortSignal }): Promise<void>;
        export async function run(signal: AbortSignal) {
          try { await work(signal); } finally { await release({ signal }); }
                                                      ~~~~~~~~~~~~~~~~~~~ aborted
        }
      `,
      options: { reports: 'mistakes' },
    },
  },
  misses: {},
});
