import { fileURLToPath } from 'node:url';

import mooring from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';

// By its path: the project that is measured need not have it.
const typescript = fileURLToPath(new URL('../../../node_modules/typescript-7', import.meta.url));

export default [
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    languageOptions: { parser },
    settings: { mooring: { types: 'native', typescript } },
  },
  ...mooring.configs['recommended-type-checked'],
];
