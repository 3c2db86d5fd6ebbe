/**
 * The behaviour of `mooring` on the platform that runs this, as it was emitted: nothing stands
 * between the package and the platform, which resolves its `imports` by its own conditions.
 */
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** vitest lowers `await using`; platforms that have it are tested with both. */
const isNative = process.env['AWAIT_USING'] === 'native';

export default defineConfig({
  root: fileURLToPath(new URL('../runtime', import.meta.url)),
  ...(isNative && { oxc: { target: 'esnext' } }),
  test: {
    include: ['tests/**/*.test.ts'],
    // The programs of the pages: they need the compiler, and say nothing of a platform.
    exclude: ['tests/docs/**'],
    server: { deps: { external: [/runtime[\\/]dist/] } },
    env: { MOORING_RUNS: process.env['MOORING_RUNS'] ?? '1000' },
    reporters: ['dot'],
    testTimeout: 30_000,
  },
});
