// Test runners whose types say `() => void` of the function that declares tests, and that look at
// what it gives. Those of Vitest, AVA and node:test say it in their types. And what tests call of the
// library that they are a test of.
import type { LibraryRow } from './row.js';

export const TEST_RUNNERS: readonly LibraryRow[] = [
  {
    library: 'React',
    fact: 'result',
    packages: [
      ...[
        '@testing-library/react',
        '@testing-library/react-hooks',
        '@testing-library/react-native',
      ],
      ...['@types/react', '@types/react-dom', '@types/react-test-renderer', 'react-dom/test-utils'],
    ],
    names: ['act'],
    unless: { callback: 'async' },
    swallows: true,
    step: 'all',
    because:
      'With a function that gives no promise all is done when it returns, and what it gives is none, whatever its type says.',
    source: { repository: 'facebook/react', path: 'packages/react/src/ReactAct.js' },
  },
  {
    library: 'manten',
    fact: 'result',
    packages: ['manten'],
    names: ['describe', 'test'],
    swallows: true,
    step: 'all',
    because:
      'What fails is printed and fails the run; a `describe` around it waits for its end, and else the process does.',
    source: { repository: 'privatenumber/manten', path: 'src/create-test.ts' },
  },
  {
    library: 'Jest',
    fact: 'callback',
    packages: ['@jest/globals', '@jest/types', '@types/jest'],
    names: ['describe', 'fdescribe', 'xdescribe', 'only', 'skip'],
    step: 'all',
    because: 'It throws when `describe` is handed a function that gives a promise.',
    source: { repository: 'jestjs/jest', path: 'packages/jest-circus/src/index.ts' },
  },
  {
    library: 'Mocha, Cypress',
    fact: 'callback',
    packages: ['@types/mocha', 'cypress', 'mocha'],
    names: ['context', 'describe', 'suite', 'xcontext', 'xdescribe', 'only', 'skip'],
    step: 'all',
    because: 'An error that nobody handles fails the run.',
    source: { repository: 'mochajs/mocha', path: 'lib/runner.cjs' },
  },
  {
    library: 'Jasmine',
    fact: 'callback',
    packages: ['@types/jasmine', 'jasmine-core'],
    names: ['describe', 'fdescribe', 'xdescribe'],
    step: 'all',
    because: 'An error that nobody handles fails the run.',
    source: { repository: 'jasmine/jasmine', path: 'src/core/GlobalErrors.js' },
  },
  {
    library: 'Playwright',
    fact: 'callback',
    packages: ['@playwright/test', 'playwright'],
    names: ['describe', 'fixme', 'only', 'parallel', 'serial', 'skip'],
    step: 'all',
    because: 'It says that a test was declared in an async `describe`, which takes none.',
    source: {
      repository: 'microsoft/playwright',
      path: 'packages/playwright/src/common/testType.ts',
    },
  },
];
