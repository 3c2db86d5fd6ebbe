import { sleep, type TaskContext, timeout } from 'mooring';
import { backoff, retry } from 'mooring/retry';

let attempts = 0;

async function fetchBoats(scope: TaskContext): Promise<string> {
  attempts += 1;
  console.log(`attempt ${attempts}`);
  await sleep(100, scope);
  if (attempts < 3) throw new Error('busy');
  return 'it is there';
}

const answer = await timeout(
  3_000,
  (deadline) =>
    retry(fetchBoats, { attempts: 5, delay: backoff(200, 1_000), signal: deadline.signal }),
  { name: 'boats' },
);
console.log(answer);
