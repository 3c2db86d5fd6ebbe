/** Runs a program with the package as it is, and tells the model of every event as it happens. */
import type { Scheduler } from 'fast-check';

import { contest } from './contests.js';
import type { Coverage } from './coverage.js';
import { group, join } from './groups.js';
import { checkActivity, checkAll, checkEnd } from './invariants.js';
import { iterate } from './iterations.js';
import { room } from './rooms.js';
import type { Scope } from './scopes.js';
import { start } from './starts.js';
import type { Program, Shape, Step } from './steps.js';
import { awaitTask, cancelTask, spawn } from './tasks.js';
import { deadline } from './timeouts.js';
import { cancelWith, type Interpreter, observe, type Place, World } from './world.js';

/** Runs a program to its end. Returns what was not as the model says. */
export async function interpret(
  program: Program,
  scheduler: Scheduler,
  coverage: Coverage,
): Promise<string[]> {
  const world = new World(scheduler, coverage, interpreter);
  const { cancelled, bursts } = program;
  if (cancelled) {
    world.later('cancel the root', () => {
      world.cancelRoot(cancelled);
    });
  }
  const progress = { isOver: false };
  const outermost = group(world, program.group, {
    scopes: [world.root],
    groups: [],
    task: undefined,
  });
  observe(outermost, () => {
    progress.isOver = true;
  });
  for (let turn = 0; ; turn++) {
    await drained();
    checkAll(world);
    if (scheduler.count() > 0) {
      await burst(scheduler, bursts[turn % bursts.length]!);
    } else if (progress.isOver) {
      break;
    } else if (world.root.cause) {
      world.violation('the program never ends');
      break;
    } else {
      // What is left waits for nothing but its cancellation.
      world.cancelRoot('none');
    }
  }
  checkEnd(world);
  return world.violations;
}

/** Several events in one turn of the event loop, so that what they cause is mixed up. */
async function burst(scheduler: Scheduler, events: number): Promise<void> {
  for (let left = events; left > 0 && scheduler.count() > 0; left--) {
    await scheduler.waitOne();
  }
}

/** All that follows from what has happened has happened. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const interpreter: Interpreter = {
  async steps(world, steps, place) {
    for (const each of steps) {
      checkActivity(world, place);
      await step(world, each, place);
      checkActivity(world, place);
    }
  },
  syncStep,
};

async function step(world: World, step: Step, place: Place): Promise<void> {
  switch (step.do) {
    case 'pause':
      return world.event('pause', () => {});
    case 'wait':
      return wait(world, at(place.scopes, step.on), step.shape, true, place);
    case 'park': {
      const scope = at(place.scopes, step.on);
      return wait(world, scope, step.shape, !scope.isReachable, place);
    }
    case 'await':
      return awaitTask(world, step.task, place);
    case 'try':
      return tryStep(world, step, place);
    case 'join':
      return join(world, place);
    case 'group':
      return group(world, step.group, place);
    case 'timeout':
      return deadline(world, step.timeout, place);
    case 'start':
      return start(world, at(place.groups, step.into), step.start, place);
    case 'room':
      return room(world, at(place.groups, step.in), step.task, place);
    case 'contest':
      return contest(world, step.contest, place);
    case 'iterate':
      return iterate(world, step.iteration, place);
    default:
      syncStep(world, step, place);
  }
}

/** The steps that a function which is not async can take. */
function syncStep(world: World, step: Step, place: Place): void {
  if (step.do === 'throw') throw world.thrown(step.what);
  if (step.do === 'spawn') spawn(world, at(place.groups, step.into), step.task, place);
  if (step.do === 'cancel task') cancelTask(step.task, step.why, place);
  if (step.do === 'cancel group') {
    const group = at(place.groups, step.up);
    cancelWith(step.why, (cause, ...reason) => {
      group.cancel(cause);
      group.real!.cancel(...reason);
    });
  }
  if (step.do === 'on abort') onAbort(world, at(place.scopes, step.of), step.then, place);
}

async function wait(
  world: World,
  scope: Scope,
  shape: Shape,
  ends: boolean,
  place: Place,
): Promise<void> {
  const signal = scope.signal();
  const rejection = (): unknown => {
    if (scope !== place.scopes[0]) world.met('C2 a wait on a scope further out is cut');
    return shaped(world, shape, signal.reason);
  };
  if (signal.aborted) throw rejection();
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      reject(rejection());
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (!ends) return;
    world.later('wait', () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

function onAbort(world: World, scope: Scope, step: Step, place: Place): void {
  const signal = scope.signal();
  const up = step.do === 'spawn' ? step.into : step.do === 'cancel group' ? step.up : 0;
  const group = at(place.groups, up);
  const listener = (): void => {
    // Whether the cancellation has reached what lies further in by now is not laid down; nor whether
    // a task that is not up hears first of the scope that it was started in.
    if (group.isInside(scope) || world.starting.size > 0) return;
    try {
      syncStep(world, step, place);
    } catch {
      // A task is refused; thrown out of a listener it would end the process.
    }
  };
  signal.addEventListener('abort', listener, { once: true });
  world.listeners.push(() => {
    signal.removeEventListener('abort', listener);
  });
}

async function tryStep(world: World, step: Step & { do: 'try' }, place: Place): Promise<void> {
  try {
    await world.steps(step.steps, place);
  } catch (error) {
    if (!step.swallow) throw error;
  } finally {
    await world.steps(step.cleanUp, place);
  }
}

function at<T>(places: readonly T[], up: number): T {
  return places[Math.min(up, places.length - 1)]!;
}

function shaped(world: World, shape: Shape, reason: unknown): unknown {
  const abort = (options?: ErrorOptions): Error =>
    Object.assign(new Error('aborted', options), { name: 'AbortError' });
  switch (shape) {
    case 'reason':
      return reason;
    case 'cause':
      return abort({ cause: reason });
    case 'bare':
      return abort();
    case 'named':
      return Object.assign(new Error('canceled', { cause: {} }), { code: 'ERR_CANCELED' });
    case 'aggregate':
      return new AggregateError([reason, abort({ cause: reason })]);
    case 'wrapped':
      world.met('C2 a failure that the cancellation caused');
      return new Error('rollback failed', { cause: reason });
    case 'partly wrapped':
      world.met('C2 a failure that the cancellation caused');
      return new AggregateError([reason, new Error('rollback failed', { cause: reason })]);
  }
}
