/**
 * `npm run robustness -- --minutes N [--seed N] [PATH …]`: looks for programs on which a rule
 * throws, reports a place outside the text, or offers a change that does not parse. Lints every
 * source file under each PATH, then mutations of them and of the rules' own programs, and programs
 * of odd constructs, until the time is over. A lint that takes five minutes is printed, and ends it.
 * Exit code: 0 nothing found, 1 something, 2 wrong use.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Hunt } from './robustness/hunt.js';
import { root } from './root.js';

const MINUTE = 60_000;

/** Mutations are made of files that a person could have written. */
const LONGEST_SEED = 50_000;

interface Wanted {
  readonly minutes: number;
  readonly seed: number;
  readonly paths: readonly string[];
}

const wanted = readArguments();
if (wanted instanceof TypeError) {
  console.error(wanted.message);
  process.exitCode = 2;
} else {
  await hunt(wanted);
}

function readArguments(): TypeError | Wanted {
  try {
    return parseArguments();
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
}

/** @throws {TypeError} says which argument is wrong; so does `parseArgs`. */
function parseArguments(): Wanted {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string' }, seed: { type: 'string' } },
  });
  const minutes = Number(values.minutes);
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  const paths = positionals.map((path) => resolve(process.env['INIT_CWD'] ?? '', path));
  const wrong = paths.find((path) => !existsSync(path) || !statSync(path).isDirectory());
  if (!(minutes > 0)) throw new TypeError('robustness needs --minutes with a number above 0.');
  if (!Number.isInteger(seed)) throw new TypeError('robustness takes an integer as --seed.');
  if (wrong !== undefined) throw new TypeError(`${wrong} is no folder.`);
  return { minutes, seed, paths };
}

async function hunt({ minutes, seed, paths }: Wanted): Promise<void> {
  // All of ESLint and TypeScript: who has mistyped an option need not wait for them.
  const { Hunt } = await import('./robustness/hunt.js');
  const { filesUnder, rulePrograms } = await import('./robustness/seeds.js');
  const { hangWatch } = await import('./robustness/watch.js');
  console.log(`robustness for ${minutes} min, with --seed ${seed}`);
  const files = paths.flatMap(filesUnder);
  const short = files.map(({ text }) => text).filter(({ length }) => length < LONGEST_SEED);
  const seeds = [rulePrograms(root), short];
  const watch = hangWatch();
  const share = (minutes * MINUTE) / (files.length > 0 ? 4 : 2);
  const stages: [string, (hunt: Hunt) => Hunt][] = [
    ['files without types', (it) => it.untyped(files)],
    ['files with types', (it) => it.typed(files)],
    ['mutated programs', (it) => it.mutated(seeds, root, seed)],
    ['odd programs', (it) => it.odd(root, seed)],
  ];
  for (const [name, run] of files.length > 0 ? stages : stages.slice(2)) {
    const done = run(new Hunt({ milliseconds: share }, undefined, watch));
    const found = done.report();
    console.log(`${name}: ${done.programs}`);
    if (found === '') continue;
    console.log(found);
    process.exitCode = 1;
  }
}
