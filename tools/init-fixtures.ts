/** A project that `mooring init` sets up. */
export interface Fixture {
  readonly name: string;
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly files: Readonly<Record<string, string>>;
  /** What its user is told to run, and what then reports the one promise that nobody waits for. */
  readonly lints: string;
}

const SOURCE = `declare function save(): Promise<void>;

export async function run(): Promise<void> {
  save();
}
`;

const JAVASCRIPT = `async function save() {
  await fetch('/');
}

exports.run = async function run() {
  save();
};
`;

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext' },
  include: ['src'],
});

const ESLINT = `import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { ignores: ['dist/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
  },
]);
`;

const OLDER = `module.exports = [
  { ignores: ['dist/'] },
];
`;

const workflow = (run: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ${run}
`;

export const FIXTURES: readonly Fixture[] = [
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

function manifest(type: 'commonjs' | 'module', devDependencies: object): string {
  return JSON.stringify({ name: 'shop', private: true, type, devDependencies }, null, 2);
}
