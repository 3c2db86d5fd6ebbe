import mooring from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';

export default [
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    languageOptions: { parser },
    settings: { mooring: { types: 'native', typescript: 'typescript-7' } },
  },
  ...mooring.configs['recommended-type-checked'],
];
