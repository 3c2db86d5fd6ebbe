import { defineConfig, globalIgnores } from 'eslint/config';
import mooring from 'eslint-plugin-mooring';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores([
    '**/dist/',
    '**/coverage/',
    'rules-tests/fixtures/',
    // Written wrong on purpose: `npm start` shows what the plugin says of it.
    'examples/unstructured/',
  ]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Our own rules take their place; that is what they are for.
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      // An index that the line above has checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { mooring },
    extends: ['mooring/recommended-type-checked'],
  },
]);
