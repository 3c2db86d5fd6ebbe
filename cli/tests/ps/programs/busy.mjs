// It never comes back to its event loop.
import { sleep, TaskGroup } from 'mooring';

const group = new TaskGroup({ name: 'spins' });
group.createTask((context) => sleep(3_600_000, context), { name: 'heartbeat' });
void group.join();
console.log('ready');
for (;;);
