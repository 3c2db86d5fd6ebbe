/** A consumer that notes in Redis what it has handled: what `queue.test.ts` kills. */
import { sleep } from 'mooring';
import { main } from 'mooring/main';

import { connect, consume } from '../src/queue.js';

const { REDIS_URL = '', STREAM = '' } = process.env;

await main(async (scope) => {
  await using redis = await connect(REDIS_URL);
  let running = 0;
  await consume(
    {
      ...{ url: REDIS_URL, stream: STREAM, group: 'workers', limit: 4, attempts: 3 },
      ...{ deadline: 10_000, idle: 300, drain: 10_000 },
      report: (error, id) => console.log(`failed ${id}: ${String(error)}`),
    },
    async ({ body }, limit) => {
      running += 1;
      try {
        if (running > 4) console.log('more than its limit');
        console.log('handling');
        await sleep(Math.random() * 20, limit);
        if (body['n'] === 'bad') throw new Error('it is bad');
        await redis.hIncrBy(`${STREAM}:handled`, body['n']!, 1);
      } finally {
        running -= 1;
      }
    },
    scope,
  );
});
