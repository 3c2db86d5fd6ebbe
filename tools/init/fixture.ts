/** A project that `mooring init` sets up. */
export interface Fixture {
  readonly name: string;
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly files: Readonly<Record<string, string>>;
  /** What its user is told to run, and what then reports the one promise that nobody waits for. */
  readonly lints: string;
  /** The file that has it, where that is not the first in `src/`. */
  readonly source?: string;
  /** What its own config warns of, before and after. */
  readonly warns?: string;
}

export const SOURCE = `declare function save(): Promise<void>;

export async function run(): Promise<void> {
  save();
}
`;

export const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext' },
  include: ['src'],
});

export const ESLINT = `import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { ignores: ['dist/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
  },
]);
`;

export const workflow = (run: string): string => `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ${run}
`;

export function packageOf(name: string, dependencies: object): string {
  const exports = './src/index.ts';
  return JSON.stringify({ name, version: '1.0.0', type: 'module', exports, dependencies }, null, 2);
}

export function manifest(
  type: 'commonjs' | 'module',
  devDependencies: object,
  dependencies?: object,
): string {
  const value = { name: 'shop', private: true, type, dependencies, devDependencies };
  return JSON.stringify(value, null, 2);
}
