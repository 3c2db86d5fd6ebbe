import { defineConfig } from 'vitest/config';

/** The plugin is loaded as ESLint loads it: as it was built. */
const server = { deps: { external: [/eslint-plugin[\\/]dist/] } };

// Limits are for what hangs: on a busy machine a cold typed program takes ten times as long.
const limits = { testTimeout: 300_000, hookTimeout: 300_000 };

/** What looks at which processes there are, or at the time of its own: in a process of its own. */
const ALONE = ['native/**/*.test.ts', 'growth.test.ts'];

/** What installs the packages anew, or builds a copy of the workspace: `npm run test:workspace`. */
const WORKSPACE = ['packed.test.ts', 'tools.test.ts'];

export default defineConfig({
  test: {
    // By default one core is left idle, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'runtime',
          root: 'runtime',
          include: ['tests/**/*.test.ts'],
          ...limits,
        },
      },
      {
        test: {
          name: 'cli',
          root: 'cli',
          include: ['tests/**/*.test.ts'],
          server,
          ...limits,
        },
      },
      {
        test: {
          name: 'rules',
          root: 'rules-tests',
          include: ['**/*.test.ts'],
          exclude: [...ALONE, ...WORKSPACE, 'fixtures/**', '**/node_modules/**'],
          // One process for many files: each would load ESLint, TypeScript and the library's types.
          isolate: false,
          server,
          ...limits,
        },
      },
      {
        test: {
          name: 'alone',
          root: 'rules-tests',
          include: ALONE,
          server,
          ...limits,
        },
      },
      {
        test: {
          name: 'workspace',
          root: 'rules-tests',
          include: WORKSPACE,
          ...limits,
        },
      },
    ],
  },
});
