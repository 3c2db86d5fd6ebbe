import { defineConfig, globalIgnores } from 'eslint/config';
import mooring from 'eslint-plugin-mooring';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores([
    '**/dist/',
    '**/coverage/',
    'rules-tests/fixtures/',
    // Have their own packages, of many versions.
    'runtimes/',
    'environments/suites/',
    'site/',
    // Is linted by `npm run test:service`, with the strict preset.
    'examples/service/',
    // Written wrong on purpose: `npm start` shows what the plugin says of it.
    'examples/unstructured/',
  ]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.config.ts'],
          defaultProject: 'tsconfig.base.json',
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Node types are compared as the strings that ESTree says they are.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Functions of ESLint's context and of the compiler's host know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Any value can be the reason of a cancellation, and any value can be thrown.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { mooring },
    extends: ['mooring/structured-type-checked', 'mooring/instead-of-typescript-eslint'],
  },
  {
    // The proof that cancellation arrives: of what others run, and of the examples.
    files: [
      'cli/src/**/*.ts',
      'eslint-plugin/src/**/*.ts',
      'examples/**/*.ts',
      'runtime/src/**/*.ts',
    ],
    plugins: { mooring },
    extends: ['mooring/strict-type-checked'],
  },
  {
    // The class itself: what it makes, it ends, and what it races is its own.
    files: ['runtime/src/**'],
    rules: { 'mooring/prefer-task-group': 'off', 'mooring/require-group-scope': 'off' },
  },
  {
    // Tests say what wrong use does: here tasks are left alone, and groups are kept and not joined.
    files: ['runtime/tests/**'],
    rules: {
      ...mooring.configs.all.reduce((rules, config) => ({ ...rules, ...off(config.rules) }), {}),
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
]);

function off(rules = {}) {
  return Object.fromEntries(Object.keys(rules).map((name) => [name, 'off']));
}
