/** What is compared: a linter, and what it is told. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const eslint = join(dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
const oxlint = join(dirname(require.resolve('oxlint/package.json')), 'bin/oxlint');

/** The projects that are linted do not have it: it is named by its folder. */
export const typescript7 = dirname(require.resolve('typescript-7/package.json'));

/** What was measured, and with what, in a sentence. */
export function versions() {
  const of = (name) => require(`${name}/package.json`).version;
  const tools = [
    `Node.js ${process.versions.node}`,
    `ESLint ${of('eslint')}`,
    `typescript-eslint ${of('typescript-eslint')}`,
    `TypeScript ${of('typescript')} and ${of('typescript-7')}`,
    `oxlint ${of('oxlint')}`,
  ];
  return tools.join(', ');
}

/** The first is what the others are divided by. */
export const CONTENDERS = [
  eslintWith("ESLint, our rules without types, typescript-eslint's parser", 'untyped'),
  eslintWith('ESLint, our rules, types of TypeScript 7, our parser', 'native'),
  eslintWith(
    "ESLint, our rules, types of TypeScript 7, typescript-eslint's parser",
    'native-theirs',
  ),
  eslintWith('ESLint, our rules, types of typescript-eslint', 'services'),
  eslintWith('ESLint, our rules, types of typescript-eslint over tsgo', 'tsgo'),
  eslintWith("ESLint, typescript-eslint's two promise rules", 'peers'),
  eslintWith('ESLint, no rules, our parser', 'parser'),
  {
    name: 'oxlint, our rules, types of TypeScript 7',
    command: (folders, oxlintConfig) => [oxlint, '-c', oxlintConfig, '--format=json', ...folders],
  },
];

function eslintWith(name, config) {
  return {
    name,
    env: { BENCHMARK_CONFIG: config },
    command: (folders) => [
      eslint,
      '--config',
      join(here, 'configs.js'),
      '--no-inline-config',
      '--no-warn-ignored',
      '--format=json',
      ...folders,
    ],
  };
}
