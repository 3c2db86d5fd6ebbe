import { createRequire } from 'node:module';

import * as typescriptEslint from '@typescript-eslint/parser';
import mooring from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';
import tseslint from 'typescript-eslint';

import { typescript7 } from './contenders.js';

const files = ['**/*.{ts,tsx,mts,cts}'];
const native = { mooring: { types: 'native', typescript: typescript7 } };
const typed = { projectService: true, tsconfigRootDir: process.cwd() };
const ours = mooring.configs['recommended-type-checked'];

const CONFIGS = {
  untyped: () => [
    { languageOptions: { parser: typescriptEslint } },
    ...mooring.configs.recommended,
  ],
  native: () => [{ languageOptions: { parser }, settings: native }, ...ours],
  'native-theirs': () => [
    { languageOptions: { parser: typescriptEslint }, settings: native },
    ...ours,
  ],
  services: () => [
    { languageOptions: { parser: typescriptEslint, parserOptions: typed } },
    ...ours,
  ],
  tsgo: () => {
    const require = createRequire(new URL('../../rules-tests/tsgo/package.json', import.meta.url));
    const parserOptions = { ...typed, projectService: { EXPERIMENTAL_backend: 'tsgo' } };
    return [
      { languageOptions: { parser: require('@typescript-eslint/parser'), parserOptions } },
      ...ours,
    ];
  },
  peers: () => [
    {
      languageOptions: { parser: typescriptEslint, parserOptions: typed },
      plugins: { '@typescript-eslint': tseslint.plugin },
      rules: {
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/no-misused-promises': 'error',
      },
    },
  ],
  parser: () => [{ languageOptions: { parser } }],
};

export default CONFIGS[process.env.BENCHMARK_CONFIG]().map((config) => ({ ...config, files }));
