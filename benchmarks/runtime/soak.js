/**
 * Runs random programs of groups, timeouts and mappings under one signal for a long time, and looks
 * from time to time whether anything is left of them: memory, listeners, open scopes, timers.
 *
 *     npm run soak              ten minutes
 *     npm run soak -- 1         one
 */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { abandonOnCancel, sleep, TaskGroup, timeout } from 'mooring';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const minutes = Number(process.argv[2] ?? 10);
if (!(minutes > 0))
  throw new RangeError(`minutes must be a positive number, got ${process.argv[2]}`);

/** The whole program hangs on this signal, which never aborts. */
const root = new AbortController();
const never = new Promise(() => {});

/** The same numbers in each run, so that a fault can be met again (mulberry32). */
let state = 1;
function random(below) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
}

const nap = (scope) => sleep(random(3), scope);
const fail = async (scope) => {
  await nap(scope);
  throw new Error('boom');
};

class Shared {
  free = 8;
  waiting = new Set();
  async acquire({ signal } = {}) {
    if (this.free === 0) {
      await new Promise((resolve, reject) => {
        const leave = () => {
          this.waiting.delete(resolve);
          reject(signal.reason);
        };
        this.waiting.add(resolve);
        signal?.addEventListener('abort', leave, { once: true });
      });
    } else this.free--;
    return {
      release: () => {
        const [next] = this.waiting;
        this.waiting.delete(next);
        if (next) next();
        else this.free++;
      },
    };
  }
}
const shared = new Shared();

const PROGRAMS = {
  group: (scope, deeper) =>
    TaskGroup.run((group) => {
      for (let i = random(5); i > 0; i--) group.createTask(deeper);
      group.createTask(nap, { background: true });
    }, scope),
  failing: (scope) => TaskGroup.all([nap, fail, nap], { signal: scope.signal }),
  cancelled: (scope, deeper) =>
    TaskGroup.run(async (group) => {
      const task = group.createTask(deeper);
      group.createTask(nap);
      task.cancel();
      await task.join();
      group.cancel();
    }, scope),
  deadline: (scope, deeper) =>
    timeout(random(4), deeper, { signal: scope.signal, fallback: () => 0 }),
  race: (scope, deeper) => TaskGroup.race([nap, deeper, nap], { signal: scope.signal }),
  any: (scope) =>
    TaskGroup.any([fail, nap, (context) => sleep(60_000, context)], { signal: scope.signal }),
  map: (scope, deeper) =>
    TaskGroup.map([1, 2, 3, 4], (_, context) => deeper(context), {
      signal: scope.signal,
      limit: 2,
    }),
  stream: async (scope) => {
    const items = TaskGroup.mapIterable(Array(9).keys(), (_, context) => nap(context), {
      signal: scope.signal,
      limit: 3,
    });
    let left = random(9);
    for await (const _ of items) if (left-- === 0) break;
  },
  started: (scope) =>
    TaskGroup.run(async (group) => {
      await group.start(async (context, ready) => {
        await nap(context);
        ready('up');
        await sleep(60_000, context);
      });
      group.cancel();
    }, scope),
  shared: (scope, deeper) =>
    TaskGroup.run(
      async (group) => {
        for (let i = 0; i < 3; i++) {
          await group.room();
          group.createTask(nap);
        }
        void deeper;
      },
      { signal: scope.signal, limit: shared },
    ),
  abandoned: (scope) => timeout(random(3), (deadline) => abandonOnCancel(never, deadline), scope),
};
const names = Object.keys(PROGRAMS);

async function program(scope, depth = 3) {
  if (depth === 0) return nap(scope);
  const name = names[random(names.length)];
  // Failures and deadlines are part of the program.
  await PROGRAMS[name](scope, (inner) => program(inner, depth - 1)).catch(() => {});
}

/** What is left when nothing runs: bytes, listeners, scopes, timers. */
async function leftovers() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (let i = 0; i < 4; i++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const list = globalThis[Symbol.for('mooring')];
  return {
    heap: process.memoryUsage().heapUsed,
    listeners: getEventListeners(root.signal, 'abort').length,
    scopes: list && list[Symbol.for('mooring.next')] !== list ? 'some' : 'none',
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    permits: shared.free,
  };
}

async function burst(ms) {
  const end = Date.now() + ms;
  let programs = 0;
  while (Date.now() < end) {
    await Promise.all(Array.from({ length: 50 }, () => program(root)));
    programs += 50;
  }
  return programs;
}

// Once over, so that what the compiler keeps is not taken for a leak.
await burst(Math.min(20_000, minutes * 12_000));
const first = await leftovers();
const end = Date.now() + minutes * 60_000;
let programs = 0;
let last = first;
while (Date.now() < end) {
  programs += await burst(Math.min(30_000, end - Date.now()));
  last = await leftovers();
  console.log(`${programs} programs, ${(last.heap / 1e6).toFixed(2)} MB`, last);
}
const grown = last.heap - first.heap;
console.log(`${programs} programs: ${(grown / 1e3).toFixed(0)} kB more than after the warm-up`);
const isClean =
  last.listeners === 0 &&
  last.scopes === 'none' &&
  last.timers <= first.timers &&
  last.permits === 8;
// What the platform keeps of its own goes up and down by some hundred kilobytes.
if (!isClean || grown > 2e6) {
  console.error('Something is left behind.');
  process.exitCode = 1;
}
