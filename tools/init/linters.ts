import { ESLINT, type Fixture, manifest, SOURCE, TSCONFIG, workflow } from './fixture.js';

const JAVASCRIPT = `async function save() {
  await fetch('/');
}

exports.run = async function run() {
  save();
};
`;

const OLDER = `module.exports = [
  { ignores: ['dist/'] },
];
`;

/** Each linter that init sets the rules up beside. */
export const LINTERS: readonly Fixture[] = [
  {
    name: 'npm, ESLint 10, TypeScript 5.9',
    manager: 'npm',
    lints: 'npx eslint .',
    files: {
      'package.json': manifest('module', {
        eslint: '^10.0.0',
        typescript: '~5.9.0',
        'typescript-eslint': '^8.50.0',
      }),
      'tsconfig.json': TSCONFIG,
      'eslint.config.js': ESLINT,
      'src/index.ts': SOURCE,
      '.github/workflows/ci.yml': workflow('npx tsc --noEmit'),
    },
  },
  {
    name: 'npm, ESLint 9, CommonJS',
    manager: 'npm',
    lints: 'npx eslint .',
    files: {
      'package.json': manifest('commonjs', { eslint: '^9.39.0' }),
      'eslint.config.js': OLDER,
      'src/index.js': JAVASCRIPT,
      '.github/workflows/ci.yml': workflow('npm test'),
    },
  },
  {
    name: 'pnpm, Biome, TypeScript 6',
    manager: 'pnpm',
    lints: 'pnpm exec mooring check',
    files: {
      'package.json': manifest('module', { '@biomejs/biome': '^2.0.0', typescript: '~6.0.0' }),
      'biome.json': '{}',
      'tsconfig.json': TSCONFIG,
      'src/index.ts': SOURCE,
      '.github/workflows/ci.yml': workflow('pnpm exec biome ci'),
    },
  },
  {
    name: 'yarn, oxlint, TypeScript 7',
    manager: 'yarn',
    lints: 'yarn oxlint',
    files: {
      'package.json': manifest('module', { oxlint: '^1.80.0', typescript: '~7.0.0' }),
      // Without it oxlint looks at what is installed.
      '.gitignore': 'node_modules/\n',
      // TypeScript 7 reads no archive: yarn has to lay packages out as the others do.
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      'yarn.lock': '',
      'tsconfig.json': TSCONFIG,
      'src/index.ts': SOURCE,
      '.github/workflows/ci.yml': workflow('yarn oxlint'),
    },
  },
];
