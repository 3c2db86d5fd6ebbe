import { main } from 'mooring/main';

import { service } from './service.js';

const { DATABASE_URL, REDIS_URL, PORT = '8080', STREAM = 'jobs', DRAIN = '5000' } = process.env;
if (!DATABASE_URL || !REDIS_URL) throw new Error('Set DATABASE_URL and REDIS_URL');

await main(
  (scope) =>
    service(
      {
        ...{ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, stream: STREAM },
        ...{ port: Number(PORT), drain: Number(DRAIN) },
      },
      scope,
    ),
  { grace: Number(DRAIN) + 3_000 },
);
