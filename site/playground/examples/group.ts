import { sleep, type TaskContext, TaskGroup, TaskGroupError } from 'mooring';

async function charge(scope: TaskContext): Promise<void> {
  await sleep(200, scope);
  throw new Error('the card is refused');
}

async function ship(scope: TaskContext): Promise<void> {
  await sleep(1_000, scope); // Its signal ends it, as it would end `fetch`.
  console.log('the parcel is on its way');
}

try {
  await TaskGroup.run(
    (group) => {
      group.createTask(charge, { name: 'charge' });
      group.createTask(ship, { name: 'ship' });
    },
    { name: 'order' },
  );
} catch (error) {
  if (!(error instanceof TaskGroupError)) throw error;
  console.log(`no order: ${error.errors.join(', ')}`);
}
