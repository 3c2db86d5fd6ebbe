import { sleep, type TaskContext, TaskGroup } from 'mooring';

async function heartbeat(scope: TaskContext): Promise<void> {
  for (;;) {
    console.log('beat');
    await sleep(300, scope);
  }
}

await TaskGroup.run(
  async (group) => {
    // The group does not wait for it, and cancels it when the rest is done.
    group.createTask(heartbeat, { name: 'heartbeat', background: true });
    await sleep(750, group);
    console.log('work is done');
  },
  { name: 'service' },
);
