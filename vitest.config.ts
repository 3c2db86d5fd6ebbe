import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'runtime', root: 'runtime', include: ['tests/**/*.test.ts'] } },
      // A cold typed program takes longer than vitest's default of five seconds.
      {
        test: {
          name: 'rules',
          root: 'rules-tests',
          include: ['**/*.test.ts'],
          exclude: ['fixtures/**', '**/node_modules/**'],
          // The plugin is loaded as ESLint loads it: as it was built.
          server: { deps: { external: [/eslint-plugin[\\/]dist/] } },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
