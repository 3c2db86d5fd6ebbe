import type { Terminal } from '../../terminal.js';
import { type CheckReport, totalOf } from '../../lint/finding.js';
import { portablePath } from '../../lint/portable-path.js';

/** Annotations of a pull request: workflow commands of GitHub Actions, and a line that counts them. */
export function github(report: CheckReport, { cwd, env }: Terminal): string {
  const root = env['GITHUB_WORKSPACE'] ?? cwd;
  const lines = report.findings.map(({ file, line, column, endLine, endColumn, rule, message }) => {
    const end = endLine === line ? `,endColumn=${endColumn}` : '';
    const place = `line=${line},endLine=${endLine},col=${column}${end}`;
    const name = property(portablePath(root, file));
    return `::error file=${name},${place},title=${property(rule)}::${data(message)}`;
  });
  const broken = report.unparsed.map(({ file, line = 1, column = 1, message }) => {
    const name = property(portablePath(root, file));
    return `::error file=${name},line=${line},col=${column},title=Not parsed::${data(message)}`;
  });
  return [
    ...report.notes.map((note) => `::warning::${data(note)}`),
    ...broken,
    ...lines,
    `${totalOf(report)}\n`,
  ].join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
