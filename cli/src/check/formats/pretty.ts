import { relative } from 'node:path';

import { codeFrameColumns } from '@babel/code-frame';

import type { Terminal } from '../../terminal.js';
import { pageUrl } from '../../version.js';
import { type CheckReport, counted, type Finding } from '../../lint/finding.js';
import { type Colors, colorsFor } from './colors.js';
import { narrow } from './narrow.js';
import { summaryOf } from './summary.js';

/** So many are shown in their code. A first look at a large project is for its tables. */
const FRAMES = 50;

/** A file that has more of them does not take the place of the others. */
const FRAMES_OF_FILE = 5;

/** Reports of more lines are cut. */
const LINES = 6;

/** For a person: each finding in its code, then how many there are, and where. */
export function pretty(report: CheckReport, terminal: Terminal): string {
  const colors = colorsFor(terminal);
  const { findings } = report;
  const shown = findings.length > FRAMES ? someOf(findings) : findings;
  const left = findings.length - shown.length;
  const more =
    left === 0
      ? []
      : [`${counted(left, 'more finding')} not shown here: --format stylish or html has all.\n`];
  return [
    ...shown.map((finding) => framed(finding, report, colors)),
    ...more,
    `${summaryOf(report, colors)}\n`,
    ...(terminal.stdout.isTTY ? nextSteps(report).map((line) => `${colors.dim(line)}\n`) : []),
  ].join('\n');
}

/** For who looks at it for the first time. With a preset or a baseline somebody has chosen already. */
function nextSteps({ preset, findings, known }: CheckReport): string[] {
  if (preset !== undefined || known > 0) return [];
  return findings.length === 0
    ? [`--preset structured asks that everything has an owner: ${pageUrl('steps.md')}`]
    : [`--format html --output FILE makes a page of it; how to go on: ${pageUrl('adopting.md')}`];
}

function someOf(findings: readonly Finding[]): Finding[] {
  const ofFile = new Map<string, number>();
  return findings
    .filter(({ file }) => {
      const count = ofFile.get(file) ?? 0;
      ofFile.set(file, count + 1);
      return count < FRAMES_OF_FILE;
    })
    .slice(0, FRAMES);
}

function framed(finding: Finding, { root, textOf }: CheckReport, colors: Colors): string {
  const { file, line, column, endLine, rule, message, suggestions } = finding;
  const isCut = endLine - line > LINES;
  const shown = narrow(finding, textOf(file));
  const start = { line, column: shown.column };
  const frame = codeFrameColumns(
    shown.text,
    { start, ...(isCut ? {} : { end: { line: endLine, column: shown.endColumn } }) },
    {
      linesAbove: 1,
      linesBelow: 1,
      highlightCode: colors.isColorSupported,
      forceColor: colors.isColorSupported,
    },
  );
  return [
    `${colors.cyan(`${relative(root, file) || file}:${line}:${column}`)} ${colors.dim(rule)}`,
    message,
    frame,
    ...suggestions.map((suggestion) => colors.dim(`  → ${suggestion}`)),
    '',
  ].join('\n');
}
