import { describeRule } from '../support/describe-rule.js';

describeRule('no-background-timer', {
  allows: {
    'a timer that resolves a promise': `
      export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    `,
    'work in the executor of a promise, whoever makes it': `
      import Promise from 'bluebird';
      async function save() {}
      export const first = () => new Promise<void>(() => { setTimeout(() => { void save(); }, 100); });
      export const own = () =>
        new globalThis.Promise<void>(() => { setTimeout(() => { void save(); }, 100); });
    `,
    'work whose outcome settles a promise': `
      declare function load(): Promise<string>;
      export function later() {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        setTimeout(() => { load().then(resolve, reject); }, 100);
        return promise;
      }
    `,
    'work whose outcome goes to a callback': `
      async function load() { return 'a'; }
      export function later(done: (value: Promise<string>) => void) {
        setTimeout(() => { done(load()); }, 100);
      }
    `,
    'a timer that is cleared': `
      async function save() {}
      export async function work() {
        const timer = setTimeout(() => { void save(); }, 100);
        const beat = setInterval(() => console.log('beat'), 100);
        try {
          await save();
        } finally {
          clearTimeout(timer);
          clearInterval(beat);
        }
      }
    `,
    'a timer that is handed on': `
      export const every = (work: () => void, ms: number) => setInterval(work, ms);
      export class Beat {
        #timer: unknown;
        start() { this.#timer = setInterval(() => console.log(this.#timer), 100); }
      }
    `,
    'what only aborts, or only sets a value': `
      export function limit(controller: AbortController) {
        let isLate = false;
        setTimeout(() => controller.abort(), 100);
        setTimeout(() => { isLate = true; }, 100);
        return () => isLate;
      }
    `,
    'the top level of a module': `
      setInterval(() => console.log('beat'), 1_000).unref();
    `,
    'functions of that name': `
      import { setTimeout } from 'node:timers/promises';
      async function save() {}
      export async function work(setInterval: (fn: () => void, ms: number) => void) {
        setInterval(() => { void save(); }, 100);
        await setTimeout(2 ** 31, save);
      }
    `,
    'the longest delay': `
      export function wait(work: () => void) {
        return setTimeout(work, 2147483647);
      }
    `,
  },
  reports: {
    'timers in the block of a group': {
      code: `
        import { TaskGroup } from 'mooring';
        declare function poll(): void;
        async function save() {}
        export async function work() {
          await using group = new TaskGroup();
          setInterval(() => poll(), 1_000);
          ~~~~~~~~~~~ repeated
          setTimeout(() => { void save(); }, 100);
          ~~~~~~~~~~ once
          queueMicrotask(save);
          ~~~~~~~~~~~~~~ atOnce
          setTimeout(async () => { poll(); await save(); }, 100);
          ~~~~~~~~~~ once
          await group.join();
        }
      `,
      suggests: [
        [
          `
        import { TaskGroup, sleep } from 'mooring';
        declare function poll(): void;
        async function save() {}
        export async function work() {
          await using group = new TaskGroup();
          group.createTask(async (context) => {
            for (;;) {
              await sleep(1_000, context);
              await poll();
            }
          });
          setTimeout(() => { void save(); }, 100);
          queueMicrotask(save);
          setTimeout(async () => { poll(); await save(); }, 100);
          await group.join();
        }
      `,
        ],
        [
          `
        import { TaskGroup, sleep } from 'mooring';
        declare function poll(): void;
        async function save() {}
        export async function work() {
          await using group = new TaskGroup();
          setInterval(() => poll(), 1_000);
          group.createTask(async (context) => {
            await sleep(100, context);
            await save();
          });
          queueMicrotask(save);
          setTimeout(async () => { poll(); await save(); }, 100);
          await group.join();
        }
      `,
        ],
        [
          `
        import { TaskGroup } from 'mooring';
        declare function poll(): void;
        async function save() {}
        export async function work() {
          await using group = new TaskGroup();
          setInterval(() => poll(), 1_000);
          setTimeout(() => { void save(); }, 100);
          group.createTask(async () => {
            await save();
          });
          setTimeout(async () => { poll(); await save(); }, 100);
          await group.join();
        }
      `,
        ],
        [],
      ],
    },
    'an interval that nobody can clear': `
      declare function poll(): void;
      export function start() {
        setInterval(poll, 1_000);
        ~~~~~~~~~~~ repeated
        setInterval(() => console.log('beat'), 1_000).unref();
        ~~~~~~~~~~~ repeated
        const timer = setInterval(() => { poll(); }, 1_000);
                      ~~~~~~~~~~~ repeated
      }
    `,
    'a timer that starts work': `
      async function save() {}
      export function start() {
        setTimeout(save, 100);
        ~~~~~~~~~~ once
        setTimeout(() => { save().catch(console.error); }, 100);
        ~~~~~~~~~~ once
        globalThis.setTimeout(async () => { await save(); }, 100);
        ~~~~~~~~~~~~~~~~~~~~~ once
      }
    `,
    'a timer that starts itself again': `
      declare function poll(): void;
      export function tick() {
        poll();
        setTimeout(tick, 1_000);
        ~~~~~~~~~~ once
      }
    `,
    'work that is put off to the next turn': `
      import { setImmediate as soon } from 'node:timers';
      async function save() {}
      export function start() {
        queueMicrotask(() => { void save(); });
        ~~~~~~~~~~~~~~ atOnce
        process.nextTick(save);
        ~~~~~~~~~~~~~~~~ atOnce
        soon(() => { fetch('/'); });
        ~~~~ atOnce
      }
    `,
    'a delay that no timer holds': `
      const DAY = 24 * 60 * 60 * 1_000;
      export function wait(work: () => void) {
        const long = setTimeout(work, 30 * DAY);
                                      ~~~~~~~~ tooLong
        return [long, new Promise((resolve) => setTimeout(resolve, Infinity))];
                                                                   ~~~~~~~~ tooLong
      }
    `,
  },
  misses: {
    'work of another file': `
      declare function save(): Promise<void>;
      export function start() {
        setTimeout(() => { save(); }, 100);
      }
    `,
    'a field that nobody clears': `
      export class Beat {
        timer: unknown;
        start() { this.timer = setInterval(() => console.log('beat'), 100); }
      }
    `,
  },
});
