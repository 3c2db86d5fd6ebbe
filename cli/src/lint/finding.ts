import { relative } from 'node:path';

import type { Preset } from './preset.js';

/** A place in the source that a rule reports. */
export interface Finding {
  /** Absolute. */
  readonly file: string;
  /** From 1, as ESLint counts; a column in UTF-16. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** With the prefix: `mooring/no-floating-promises`. */
  readonly rule: string;
  readonly message: string;
  /** What each suggestion would do. */
  readonly suggestions: readonly string[];
}

/** A file that could not be parsed: nothing is known of it. */
export interface Unparsed {
  /** Absolute. */
  readonly file: string;
  /** From 1; `undefined` where it is the whole of the file. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** What a check has found. */
export interface CheckReport {
  readonly root: string;
  /** `undefined`: what the project's own config asks for. */
  readonly preset: Preset | undefined;
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** Findings that the baseline lists, and files that it lists as not parsed. */
  readonly known: number;
  /** Findings that the baseline lists, and that are no longer there. */
  readonly gone: number;
  /** But those that the baseline lists. */
  readonly unparsed: readonly Unparsed[];
  /** Sentences about what was not looked at, or only in part. */
  readonly notes: readonly string[];
  /** `await` expressions: promises that somebody waits for. */
  readonly awaited: number;
  readonly textOf: (file: string) => string;
}

/** `file:line:column message`, or `file message`. */
export function wordsOf(root: string, { file, line, column, message }: Unparsed): string {
  const at = line === undefined ? '' : `:${line}:${column}`;
  return `${relative(root, file) || file}${at} ${message}`;
}

/** `12 files, 3 findings, 1 file not parsed, and 2 that the baseline lists`. */
export function totalOf({ files, findings, unparsed, known }: CheckReport): string {
  const broken = unparsed.length === 0 ? '' : `, ${counted(unparsed.length, 'file')} not parsed`;
  const listed = known === 0 ? '' : `, and ${known} that the baseline lists`;
  return `${counted(files.length, 'file')}, ${counted(findings.length, 'finding')}${broken}${listed}`;
}

/** Rules whose reports are promises that nobody waits for. */
const AFLOAT = new Set(
  ['no-floating-promises', 'no-ungrouped-task', 'no-async-void-callback', 'no-detached-iife'].map(
    (rule) => `mooring/${rule}`,
  ),
);

export function afloatIn(findings: readonly Finding[]): number {
  return findings.filter(({ rule }) => AFLOAT.has(rule)).length;
}

/** How many findings have each value, the most frequent first, and in order of the values. */
export function countBy(
  findings: readonly Finding[],
  valueOf: (finding: Finding) => string,
): (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const value = valueOf(finding);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
