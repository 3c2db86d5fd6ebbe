import parser from '@typescript-eslint/parser';
import mooring from 'eslint-plugin-mooring';

export default [
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } },
  ...mooring.configs.recommended,
];
