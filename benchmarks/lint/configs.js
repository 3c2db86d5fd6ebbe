/** Each loads what somebody would who has set it up so, and nothing of the others. */
import { createRequire } from 'node:module';

import mooring from 'eslint-plugin-mooring';

import { typescript7 } from './contenders.js';

const files = ['**/*.{ts,tsx,mts,cts}'];
const native = { mooring: { types: 'native', typescript: typescript7 } };
const typed = { projectService: true, tsconfigRootDir: process.cwd() };
const ours = mooring.configs['recommended-type-checked'];

const CONFIGS = {
  untyped: async () => [
    { languageOptions: { parser: await theirParser() } },
    ...mooring.configs.recommended,
  ],
  native: async () => [
    { languageOptions: { parser: await ourParser() }, settings: native },
    ...ours,
  ],
  'native-theirs': async () => [
    { languageOptions: { parser: await theirParser() }, settings: native },
    ...ours,
  ],
  services: async () => [
    { languageOptions: { parser: await theirParser(), parserOptions: typed } },
    ...ours,
  ],
  tsgo: async () => {
    const require = createRequire(new URL('../../rules-tests/tsgo/package.json', import.meta.url));
    const parserOptions = { ...typed, projectService: { EXPERIMENTAL_backend: 'tsgo' } };
    return [
      { languageOptions: { parser: require('@typescript-eslint/parser'), parserOptions } },
      ...ours,
    ];
  },
  peers: async () => [
    {
      languageOptions: { parser: await theirParser(), parserOptions: typed },
      plugins: { '@typescript-eslint': (await import('typescript-eslint')).default.plugin },
      rules: {
        '@typescript-eslint/no-floating-promises': 'error',
        '@typescript-eslint/no-misused-promises': 'error',
      },
    },
  ],
  parser: async () => [{ languageOptions: { parser: await ourParser() } }],
};

const config = await CONFIGS[process.env.BENCHMARK_CONFIG]();
export default config.map((part) => ({ ...part, files }));

function theirParser() {
  return import('@typescript-eslint/parser');
}

async function ourParser() {
  return (await import('eslint-plugin-mooring/parser')).default;
}
