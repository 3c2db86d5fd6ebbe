import { relative } from 'node:path';

import type { Terminal } from '../../terminal.js';
import type { CheckReport } from '../../lint/finding.js';
import { colorsFor } from './colors.js';
import { summaryOf } from './summary.js';

/** A line for each finding, under the name of its file, as ESLint says it. */
export function stylish(report: CheckReport, terminal: Terminal): string {
  const colors = colorsFor(terminal);
  const { findings, root } = report;
  const files = [...new Set(findings.map(({ file }) => file))];
  const parts = files.map((file) => {
    const lines = findings
      .filter((finding) => finding.file === file)
      .map(({ line, column, message, rule }) => {
        const place = `${line}:${column}`.padStart(8);
        return `${colors.dim(place)}  ${message}  ${colors.dim(rule)}`;
      });
    return `${colors.underline(relative(root, file) || file)}\n${lines.join('\n')}\n`;
  });
  return `${[...parts, summaryOf(report, colors)].join('\n')}\n`;
}
