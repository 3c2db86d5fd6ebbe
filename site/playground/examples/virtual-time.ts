import { sleep, type TaskContext } from 'mooring';
import { withClock } from 'mooring/testing';

let attempts = 0;

async function untilThere(isThere: () => boolean, scope: TaskContext): Promise<void> {
  while (!isThere()) {
    await sleep(60_000, scope);
    attempts += 1;
  }
}

await withClock(async (clock) => {
  await untilThere(() => attempts === 60, new AbortController());
  console.log(`${attempts} attempts in ${clock.now / 60_000} minutes`);
});
