/**
 * What a whole run of the linter costs, from nothing, on the code bases given.
 *
 *     node benchmarks/lint/cold.js [--runs 3] [--only native] PROJECT[:FOLDER,…] …
 *
 * A PROJECT is a folder with its dependencies installed; it is not written to. Contenders take
 * turns, so that whatever else the machine does falls on all of them, and what is compared is the
 * processor's time, that of the checker's process with it. Linux only: it is read from /proc.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import mooring from 'eslint-plugin-mooring';

import { CONTENDERS, typescript7, versions } from './contenders.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const here = fileURLToPath(new URL('.', import.meta.url));
const contenders = CONTENDERS.filter(
  ({ env }, index) =>
    values.only === undefined ||
    index === 0 ||
    values.only.split(',').includes(env?.BENCHMARK_CONFIG ?? 'oxlint'),
);
const scratch = mkdtempSync(join(tmpdir(), 'benchmark-'));
const oxlintConfig = writeOxlintConfig();
for (const given of positionals) measure(given);
rmSync(scratch, { recursive: true });

function measure(given) {
  const [path, folders = '.'] = given.split(':');
  const project = resolve(path);
  const rows = contenders.map((contender) => ({ ...contender, usages: [] }));
  for (let round = 0; round < Number(values.runs); round++) {
    for (const row of rows) row.usages.push(run(row, project, folders.split(',')));
  }
  print(basename(project), rows);
}

function run({ name, command, env }, cwd, folders) {
  const usageFile = join(scratch, 'usage.json');
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', join(here, 'usage.js'), ...command(folders, oxlintConfig)],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1e9,
      env: { ...process.env, ...env, BENCHMARK_USAGE: usageFile },
    },
  );
  if (status > 1)
    throw new Error(`${name} ended with ${status} and said:\n${stderr}${stdout.slice(0, 2000)}`);
  const reports = reportsOf(JSON.parse(stdout));
  return {
    ...JSON.parse(readFileSync(usageFile, 'utf8')),
    wall: (performance.now() - start) / 1000,
    reports,
  };
}

/** How many, those left out that say that a file could not be read. */
function reportsOf(output) {
  if (!Array.isArray(output)) return output.diagnostics.length;
  const messages = output.flatMap((file) => file.messages);
  const fatal = messages.filter((message) => message.fatal).length;
  if (fatal > 0) process.stderr.write(`${fatal} files could not be read.\n`);
  return messages.length - fatal;
}

function print(project, rows) {
  const base = median(rows[0].usages.map(({ cpu }) => cpu));
  console.log(`\n${project}, medians of ${values.runs} runs, ${versions()}\n`);
  console.log(
    '| linter | processor | of the first | from start to end | Node | checker | reports |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, usages } of rows) {
    const of = (key) => median(usages.map((usage) => usage[key]));
    const cells = [
      name,
      `${of('cpu').toFixed(1)} s`,
      `${(of('cpu') / base).toFixed(2)} ×`,
      `${of('wall').toFixed(1)} s`,
      `${of('memory').toFixed(0)} MB`,
      of('checkerMemory') > 0 ? `${of('checkerMemory').toFixed(0)} MB` : '–',
      of('reports'),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function median(numbers) {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1];
}

/** oxlint has no presets of plugins: it is told the rules of ours. */
function writeOxlintConfig() {
  const rules = Object.assign(
    {},
    ...mooring.configs['recommended-type-checked'].map((config) => config.rules),
  );
  const config = {
    jsPlugins: [fileURLToPath(import.meta.resolve('eslint-plugin-mooring'))],
    categories: { correctness: 'off' },
    settings: { mooring: { typescript: typescript7 } },
    rules,
  };
  const file = join(scratch, 'oxlintrc.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}
