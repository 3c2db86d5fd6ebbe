import mooring from 'eslint-plugin-mooring';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  globalIgnores(['dist/', 'by-hand/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreUsingDeclarations: true, varsIgnorePattern: '^_' },
      ],
      // Any value can be the reason of a cancellation.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { mooring },
    extends: ['mooring/strict-type-checked', 'mooring/instead-of-typescript-eslint'],
  },
]);
