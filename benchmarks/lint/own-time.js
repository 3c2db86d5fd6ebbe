/**
 * The rules' own time, from ESLint's `stats`, types warm: our recommended preset beside
 * typescript-eslint's two rules about promises, on the same files in the same run.
 *
 *     npm run benchmark:rules -- PATH [GLOB]
 *
 * Every file is linted four times in one process. The first time does not count: by then the types
 * that both ask for are there, whoever asked first. Of the others the least counts, for each rule and
 * each file: what else a machine does only adds.
 */
import { resolve } from 'node:path';

import { ESLint } from 'eslint';
import mooring from 'eslint-plugin-mooring';
import tseslint from 'typescript-eslint';

const [path, glob = '**/*.{ts,tsx}'] = process.argv.slice(2);
if (path === undefined) {
  console.error('benchmark:rules takes the path of a TypeScript project, and a glob of its files.');
  process.exit(2);
}
const cwd = resolve(process.env.INIT_CWD ?? '', path);
const ours = mooring.configs['recommended-type-checked'];
const theirs = ['no-floating-promises', 'no-misused-promises'].map(
  (rule) => `@typescript-eslint/${rule}`,
);

const eslint = new ESLint({
  cwd,
  stats: true,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.{ts,tsx}'],
      plugins: { '@typescript-eslint': tseslint.plugin },
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: { projectService: true, tsconfigRootDir: cwd },
      },
      rules: Object.fromEntries(theirs.map((rule) => [rule, 'error'])),
    },
    ...ours.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  ],
});

await eslint.lintFiles([glob]);
const rounds = [];
for (let round = 0; round < 3; round++) rounds.push(await eslint.lintFiles([glob]));
const results = rounds[0];

/** By the name of the rule. */
const times = new Map();
for (const file of results.keys()) {
  const ofFile = rounds.map((round) => timesOf(round[file]));
  for (const rule of ofFile[0].keys()) {
    const least = Math.min(...ofFile.map((one) => one.get(rule) ?? 0));
    times.set(rule, (times.get(rule) ?? 0) + least);
  }
}

function timesOf({ stats }) {
  const passes = stats?.times.passes ?? [];
  return new Map(
    passes.flatMap(({ rules }) =>
      Object.entries(rules ?? {}).map(([rule, { total }]) => [rule, total]),
    ),
  );
}

const sum = (belongs) =>
  [...times].reduce((total, [rule, time]) => total + (belongs(rule) ? time : 0), 0);
const mine = sum((rule) => rule.startsWith('mooring/'));
const peers = sum((rule) => theirs.includes(rule));

console.log(`${results.length} files, Node ${process.version}, ESLint ${ESLint.version}\n`);
console.log('| rules | own time, types warm | ratio |');
console.log('| --- | ---: | ---: |');
console.log(`| typescript-eslint, two rules | ${peers.toFixed(0)} ms | 1 |`);
console.log(
  `| mooring/recommended-type-checked | ${mine.toFixed(0)} ms | ${(mine / peers).toFixed(2)} |`,
);
for (const [rule, time] of [...times].sort((a, b) => b[1] - a[1])) {
  console.log(`| ${rule} | ${time.toFixed(0)} ms | ${(time / peers).toFixed(2)} |`);
}
