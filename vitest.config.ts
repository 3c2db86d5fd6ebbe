import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'runtime',
          root: 'runtime',
          include: ['tests/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'cli',
          root: 'cli',
          include: ['tests/**/*.test.ts'],
          // ESLint and TypeScript are loaded as they are for a user.
          server: { deps: { external: [/eslint-plugin[\\/]dist/] } },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      // Limits are for what hangs: on a busy machine a cold typed program takes ten times as long.
      {
        test: {
          name: 'rules',
          // One process for many files: each would load ESLint and TypeScript, and the library's types.
          isolate: false,
          root: 'rules-tests',
          include: ['**/*.test.ts'],
          exclude: ['fixtures/**', '**/node_modules/**'],
          // The plugin is loaded as ESLint loads it: as it was built.
          server: { deps: { external: [/eslint-plugin[\\/]dist/] } },
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
