import { dirname, relative } from 'node:path';

import { afloatIn, type CheckReport, countBy, totalOf, wordsOf } from '../../lint/finding.js';
import { rulePage } from '../../lint/rule-page.js';
import type { Colors } from './colors.js';

const WORST_FILES = 10;
const FOLDERS = 10;

/** What is read last, and so stands last: how much there is, and where. */
export function summaryOf(report: CheckReport, colors: Colors): string {
  const { findings, root, gone, unparsed, notes } = report;
  const of = (file: string): string => relative(root, file) || file;
  const shorter =
    gone === 0
      ? []
      : [`The baseline lists ${gone} that ${gone === 1 ? 'is' : 'are'} gone: --update-baseline.`];
  const tables = [
    table('rule', withPages(countBy(findings, ({ rule }) => rule)), colors),
    table(
      'folder',
      countBy(findings, ({ file }) => `${dirname(of(file))}/`).slice(0, FOLDERS),
      colors,
    ),
    table('file', countBy(findings, ({ file }) => of(file)).slice(0, WORST_FILES), colors),
  ];
  const afloat = afloatIn(findings);
  const isClean = findings.length === 0 && unparsed.length === 0;
  return [
    ...unparsed.map((each) => colors.red(`not parsed: ${wordsOf(root, each)}`)),
    ...[...notes, ...shorter].map((line) => colors.yellow(line)),
    ...(findings.length === 0 ? [] : tables),
    `promises: ${report.awaited} awaited, ${afloat} afloat`,
    (isClean ? colors.green : colors.red)(totalOf(report)),
  ].join('\n');
}

type Row = readonly [value: string, count: number];

/** A rule is followed by the address of its page: what to do is said there at length. */
function withPages(rows: readonly Row[]): Row[] {
  const width = Math.max(...rows.map(([rule]) => rule.length), 0);
  return rows.map(([rule, count]) => {
    const page = rulePage(rule);
    return [page === undefined ? rule : `${rule.padEnd(width)}  ${page}`, count];
  });
}

function table(heading: string, rows: readonly Row[], colors: Colors): string {
  const width = Math.max(...rows.map(([, count]) => String(count).length), 2);
  const lines = rows.map(([value, count]) => `  ${String(count).padStart(width)} ${value}`);
  return `${colors.bold(`by ${heading}`)}\n${lines.join('\n')}\n`;
}
