/** Waits for room in a group. */
import type { GroupModel } from './model.js';
import type { TaskSpec } from './steps.js';
import { checkRefusal, spawn } from './tasks.js';
import type { Place, World } from './world.js';

export async function room(
  world: World,
  group: GroupModel,
  spec: TaskSpec | undefined,
  place: Place,
): Promise<void> {
  // A task that waits for room in its own group may be what takes it.
  if (!group.isReachable) return;
  group.seekers++;
  try {
    await group.real!.room();
  } catch (error) {
    world.met('S5 room is refused');
    checkRefusal(world, group, error);
    throw error;
  } finally {
    group.seekers--;
  }
  world.met('S5 room is waited for');
  // Who was asked for room looks before he leaps, but others may have leapt in this very turn.
  const isShared = group.spec.limit === 'shared';
  const isFull = group.queue.length > 0 || group.running >= group.limit;
  if (!isShared && isFull && group.created === 0 && !group.cause) {
    world.violation(`${group.label} says that it has room, and is full`);
  }
  if (spec) spawn(world, group, spec, place);
}
