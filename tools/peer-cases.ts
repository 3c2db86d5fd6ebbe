/**
 * `node tools/dist/peer-cases.js PATH`: runs our `no-floating-promises`, and `no-detached-iife` for
 * the functions that are called where they stand, on the test cases that typescript-eslint has for
 * its rule `no-floating-promises`, out of a checkout at PATH; nothing of it is kept here. As the step
 * `structured` has them, every invalid case has to be reported on each line that is expected there,
 * and of the valid ones just those that docs/peer-cases.md gives a reason for; as `recommended` has
 * them, all invalid cases but those that the page lists. Exit code: 0 as expected, 1 a difference,
 * 2 wrong use.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import ts from 'typescript';

import { loadPeerCases, type PeerCase } from './peer-cases/load.js';
import { root } from './root.js';

const RULE = 'no-floating-promises';
const REASONS = 'docs/peer-cases.md';

const [path, ...rest] = process.argv.slice(2);
const checkout = path === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '', path);
const peer = checkout && join(checkout, 'packages/eslint-plugin');

if (peer === undefined || rest.length > 0 || !existsSync(peer)) {
  console.error('peer-cases takes one path, that of a checkout of typescript-eslint.');
  process.exitCode = 2;
} else {
  process.exitCode = compare(peer) ? 0 : 1;
}

function compare(peer: string): boolean {
  process.chdir(peer); // Some of its cases name files from there.
  const { valid, invalid } = loadPeerCases(join(peer, `tests/rules/${RULE}.test.ts`));
  const reports = reporter(join(peer, 'tests/fixtures'));
  const missedBy = (step: Step): readonly Missed[] =>
    invalid.flatMap((given, index) => {
      const lines = reports(given, step);
      const expected = given.errors.map(({ line }) => line);
      const isMissed = lines.length === 0 || expected.some((line) => line && !lines.includes(line));
      if (!isMissed) return [];
      return { index, text: `expected ${expected.join()}, got ${lines.join()}` };
    });
  const missed = missedBy('all');
  const left = missedBy('mistakes').map(({ index }) => index);
  const reported = valid.flatMap((given, index) =>
    reports(given, 'all').length > 0 ? [index] : [],
  );
  const reasoned = casesListed('Cases');
  const meantToBeLeft = casesListed('Left by recommended');
  const differences = [
    ...missed.map(({ index, text }) => `invalid ${index}: ${text}`),
    ...left.filter((index) => !meantToBeLeft.has(index)).map((i) => `invalid ${i}: left`),
    ...[...meantToBeLeft]
      .filter((index) => !left.includes(index))
      .map((i) => `invalid ${i}: not left`),
    ...reported.filter((index) => !reasoned.has(index)).map((index) => `valid ${index}: reported`),
    ...[...reasoned].filter((index) => !reported.includes(index)).map((i) => `valid ${i}: silent`),
  ];
  console.log(`${invalid.length - missed.length} of ${invalid.length} invalid cases are reported`);
  console.log(`${left.length} of them recommended leaves to structured`);
  console.log(`${reported.length} of ${valid.length} valid cases are reported`);
  for (const difference of differences) console.log(difference);
  if (differences.length > 0) console.log(`Compared with ${REASONS} of ${versionIn(peer)}.`);
  return differences.length === 0;
}

type Step = 'all' | 'mistakes';

interface Missed {
  readonly index: number;
  readonly text: string;
}

/** The lines that our rules report of a case, as a file of the peer's own test project. */
function reporter(fixtures: string): (given: PeerCase, step: Step) => number[] {
  const linter = new Linter({ cwd: fixtures });
  const file = join(fixtures, 'file.ts');
  const programOf = programs(fixtures, file);
  return ({ code, options: [options = {}] = [] }, reports) => {
    const config: Linter.Config = {
      files: ['**/*.ts'],
      plugins: { mooring: plugin },
      languageOptions: { parser, parserOptions: { programs: [programOf(code)] } },
      settings: {
        mooring: {
          safeCalls: options.allowForKnownSafeCalls ?? [],
          safePromises: options.allowForKnownSafePromises ?? [],
        },
      },
      rules: {
        [`mooring/${RULE}`]: [
          'error',
          { reports, checkThenables: options.checkThenables ?? false },
        ],
        'mooring/no-detached-iife': ['error', { reports }],
      },
    };
    const messages = linter.verify(code, config, file);
    const fatal = messages.find((message) => message.fatal);
    if (fatal !== undefined) throw new Error(`${fatal.message} in:\n${code}`);
    return messages.map(({ line }) => line);
  };
}

/** The peer's test project with a case in place of its file; a checkout need not be installed. */
function programs(fixtures: string, file: string): (code: string) => ts.Program {
  const tsconfig = ts.readConfigFile(join(fixtures, 'tsconfig.json'), ts.sys.readFile);
  const config: unknown = tsconfig.config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fixtures, {
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  });
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const kept = new Map<string, ts.SourceFile | undefined>();
  return (code) => {
    kept.set(file, ts.createSourceFile(file, code, ts.ScriptTarget.ES2015, true));
    host.getSourceFile = (name, version) => {
      if (!kept.has(name)) kept.set(name, read(name, version));
      return kept.get(name);
    };
    return ts.createProgram({ rootNames: [file], options, host });
  };
}

/** The numbers in the lines `Cases: 1, 2, 3` of the page. */
function casesListed(title: string): ReadonlySet<number> {
  const page = readFileSync(join(root, REASONS), 'utf8');
  const lists = page.matchAll(new RegExp(`^${title}: ([\\d,\\s]+?)\\.?$`, 'gm'));
  return new Set([...lists].flatMap(([, list]) => list!.split(',').map(Number)));
}

function versionIn(peer: string): string {
  const { version } = JSON.parse(readFileSync(join(peer, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `version ${version}`;
}
