import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { CannotError } from '../command.js';
import type { Finding } from '../lint/finding.js';

/**
 * A file that lists findings by the text of the line that they stand in, not by its number:
 *
 *     { "src/save.ts": { "mooring/no-floating-promises": { "save();": 2 } } }
 *
 * A line that moves inside its file stays matched, one that changes is new, and a third `save();` is
 * new too. Lines are sorted, so that two people who update it at once get a conflict that can be read.
 */
type Baseline = Record<string, Record<string, Record<string, number>>>;

/** Longer lines are known by how they begin. */
const LONGEST = 120;

type TextOf = (file: string) => string;

/**
 * The findings that the baseline does not list.
 *
 * @throws {CannotError} there is no such file, or it is no baseline.
 */
export function newSince(
  path: string,
  findings: readonly Finding[],
  root: string,
  textOf: TextOf,
): Finding[] {
  const left = read(path);
  return findings.filter((finding) => {
    const [file, rule, line] = keysOf(finding, root, textOf);
    const lines = left[file]?.[rule];
    const count = lines?.[line] ?? 0;
    if (lines === undefined || count === 0) return true;
    lines[line] = count - 1;
    return false;
  });
}

/** @throws {CannotError} the file cannot be written. */
export function writeBaseline(
  path: string,
  findings: readonly Finding[],
  root: string,
  textOf: TextOf,
): void {
  const baseline: Baseline = {};
  for (const finding of findings) {
    const [file, rule, line] = keysOf(finding, root, textOf);
    const lines = ((baseline[file] ??= {})[rule] ??= {});
    lines[line] = (lines[line] ?? 0) + 1;
  }
  try {
    writeFileSync(path, `${JSON.stringify(sorted(baseline), null, 2)}\n`);
  } catch (cause) {
    throw new CannotError(`The baseline ${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function keysOf(
  { file, rule, line }: Finding,
  root: string,
  textOf: TextOf,
): readonly [file: string, rule: string, line: string] {
  const text = textOf(file).split('\n')[line - 1] ?? '';
  const squeezed = text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST);
  return [relative(root, file).replaceAll('\\\\', '/'), rule, squeezed];
}

function read(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CannotError(
      `The baseline ${path} cannot be read: ${messageOf(cause)}; --update-baseline writes one`,
      { cause },
    );
  }
  const value = parse(text);
  if (!isTable(value, (rules) => isTable(rules, (lines) => isTable(lines, isCount)))) {
    throw new CannotError(`${path} is no baseline: --update-baseline writes one`);
  }
  return value as Baseline;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

function messageOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is nothing at that path';
  return message.match(/^[A-Z]+: (.*?), /)?.[1] ?? message;
}
