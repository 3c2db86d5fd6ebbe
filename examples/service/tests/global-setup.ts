import type { TestProject } from 'vitest/node';

import { startServers } from '../servers.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly databaseUrl: string;
    readonly redisUrl: string;
  }
}

/** One PostgreSQL and one Redis for all tests, which take names of their own in them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers();
  project.provide('databaseUrl', servers.databaseUrl);
  project.provide('redisUrl', servers.redisUrl);
  return () => servers.stop();
}
