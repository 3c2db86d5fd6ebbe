import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    // Limits are for what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
