import { sleep, type TaskContext, TaskGroup } from 'mooring';

const ask = (region: string, ms: number) => async (scope: TaskContext) => {
  await sleep(ms, scope);
  return region;
};

// The others are cancelled as soon as one has answered, and have ended before this line goes on.
const first = await TaskGroup.any([ask('north', 900), ask('west', 300), ask('east', 700)]);
console.log(`${first} answers`);
