/** What it costs that a process can be looked at: while nobody does, and while somebody listens. */
import { subscribe } from 'node:diagnostics_channel';

import { builds } from '../seen/builds.js';

export const name = 'seen';
export const title = 'Spawn and join, without what can be seen, with it, and heard by a subscriber';
export const sizes = [1_000, 10_000];
export const unit = 'ns';
export const baseline = 'without';
export const contenders = ['without', 'as it is', 'somebody listens'];

const { without, asItIs } = await builds();

export function prepare(size) {
  const work = Array.from({ length: size }, (_, index) => async () => index);
  const spawn = (TaskGroup) => () =>
    TaskGroup.run((group) => {
      for (const fn of work) group.createTask(fn);
    });
  let isHeard = false;
  const heard = spawn(asItIs.TaskGroup);
  return {
    without: spawn(without.TaskGroup),
    'as it is': spawn(asItIs.TaskGroup),
    'somebody listens': () => {
      if (!isHeard) subscribe('tracing:mooring.task:asyncEnd', () => {});
      isHeard = true;
      return heard();
    },
  };
}
