import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { CannotError } from '../command.js';
import type { Finding, Unparsed } from '../lint/finding.js';
import { portablePath } from '../lint/portable-path.js';
import { reasonOf } from '../lint/targets.js';
import { writeText } from '../write-text.js';

/**
 * A file that lists findings by the text of the line that they stand in, not by its number:
 *
 *     { "src/save.ts": { "mooring/no-floating-promises": { "save();": 2 } } }
 *
 * A line that moves inside its file stays matched, one that changes is new, and a third `save();` is
 * new too. Lines are sorted, so that two people who update it at once get a conflict that can be read.
 * Files are named from the folder of the baseline: it holds from wherever the command is run.
 */
type Baseline = Record<string, Record<string, Record<string, number>>>;

/** What stands for the rule where a file does not parse: some are broken on purpose. */
const NOT_PARSED = 'not parsed';

/** Longer lines are known by how they begin. */
const LONGEST = 120;

/** What was looked at, and what was found there. */
export interface Looked {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  readonly unparsed: readonly Unparsed[];
  readonly textOf: (file: string) => string;
}

/** What a baseline says of a run. */
export interface Compared {
  /** The findings that it does not list, */
  readonly findings: readonly Finding[];
  /** and the files that could not be parsed. */
  readonly unparsed: readonly Unparsed[];
  readonly known: number;
  /** How many it lists of the files that were looked at, and that are no longer there. */
  readonly gone: number;
}

/** @throws {CannotError} there is no such file, or it is no baseline. */
export function compared(path: string, looked: Looked): Compared {
  const folder = dirname(path);
  const left = read(path);
  const isNew = (place: Place): boolean => {
    const [file, rule, line] = keysOf(place, folder, looked.textOf);
    const lines = left[file]?.[rule];
    const count = lines?.[line] ?? 0;
    if (lines === undefined || count === 0) return true;
    lines[line] = count - 1;
    return false;
  };
  const findings = looked.findings.filter(isNew);
  const unparsed = looked.unparsed.filter((each) => isNew(placeOf(each)));
  return {
    findings,
    unparsed,
    known: looked.findings.length + looked.unparsed.length - findings.length - unparsed.length,
    gone: countIn(looked.files.map((file) => left[portablePath(folder, file)])),
  };
}

/** What an entry is known by. */
type Place = Pick<Finding, 'file' | 'line' | 'rule'>;

function placeOf({ file, line = 1 }: Unparsed): Place {
  return { file, line, rule: NOT_PARSED };
}

function countIn(files: readonly (Baseline[string] | undefined)[]): number {
  return files
    .flatMap((rules) => Object.values(rules ?? {}))
    .flatMap((lines) => Object.values(lines))
    .reduce((sum, count) => sum + count, 0);
}

/**
 * Writes down what was found. What the baseline lists of files that were not looked at, because the
 * run was of one folder, stays.
 *
 * @returns how many it lists.
 * @throws {CannotError} the file cannot be written, or what is there is no baseline.
 */
export function writeBaseline(path: string, looked: Looked): number {
  const { files, findings, unparsed, textOf } = looked;
  const folder = dirname(path);
  const baseline: Baseline = existsSync(path) ? read(path) : {};
  const names = new Set(files.map((file) => portablePath(folder, file)));
  for (const file of Object.keys(baseline)) {
    if (names.has(file) || !existsSync(join(folder, file))) delete baseline[file];
  }
  for (const place of [...findings, ...unparsed.map(placeOf)]) {
    const [file, rule, line] = keysOf(place, folder, textOf);
    const lines = ((baseline[file] ??= {})[rule] ??= {});
    lines[line] = (lines[line] ?? 0) + 1;
  }
  writeText(path, `${JSON.stringify(sorted(baseline), null, 2)}\n`);
  return countIn(Object.values(baseline));
}

function keysOf(
  { file, rule, line }: Place,
  folder: string,
  textOf: Looked['textOf'],
): readonly [file: string, rule: string, line: string] {
  const text = textOf(file).split('\n')[line - 1] ?? '';
  const squeezed = text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST);
  return [portablePath(folder, file), rule, squeezed];
}

function read(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CannotError(
      `The baseline ${path} cannot be read: ${reasonOf(cause)}; --update-baseline writes one`,
      { cause },
    );
  }
  const wrong = whatIsWrong(text);
  if (wrong === undefined) return JSON.parse(text) as Baseline;
  throw new CannotError(
    `${path} is no baseline: ${wrong}. Mend it, or delete it: --update-baseline writes one where no file is`,
  );
}

/** Somebody has mended a conflict of git by hand, or named another file. */
function whatIsWrong(text: string): string | undefined {
  if (/^<{7} /m.test(text)) return 'it has the marks of a conflict of git in it';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is no JSON (${(error as Error).message})`;
  }
  if (isTable(value, (rules) => isTable(rules, (lines) => isTable(lines, isCount)))) {
    return undefined;
  }
  return 'it has to be { file: { rule: { line: count } } }, where a count is 1 or more';
}

function isTable(value: unknown, isValue: (value: unknown) => boolean): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isValue)
  );
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
