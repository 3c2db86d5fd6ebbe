import type { CheckReport, Finding, Unparsed } from '../../lint/finding.js';
import { portablePath } from '../../lint/portable-path.js';
import { escaped } from './escaped.js';

/** What XML has no way to say. */
const UNSPEAKABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * A suite for each file: a failed case for each finding, or one that has passed. GitLab, Jenkins and
 * Azure Pipelines show it beside the tests.
 */
export function junit(report: CheckReport): string {
  const { files, findings, root, notes, unparsed } = report;
  const byFile = new Map<string, Finding[]>(files.map((file) => [file, []]));
  for (const finding of findings) byFile.get(finding.file)?.push(finding);
  for (const { file } of unparsed) byFile.delete(file);
  const suites = [
    ...unparsed.map((each) => brokenOf(text(portablePath(root, each.file)), each)),
    ...[...byFile].map(([file, found]) => suiteOf(text(portablePath(root, file)), found)),
  ];
  const tests = suites.length + findings.length - new Set(findings.map(({ file }) => file)).size;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mooring" tests="${tests}" failures="${findings.length}" errors="${unparsed.length}">`,
    ...suites,
    ...(notes.length === 0 ? [] : [notesOf(notes)]),
    '</testsuites>\n',
  ].join('\n');
}

function suiteOf(file: string, findings: readonly Finding[]): string {
  const cases =
    findings.length === 0
      ? [`    <testcase name="${file}" classname="${file}" file="${file}"/>`]
      : findings.map((finding) => failed(file, finding));
  return [
    `  <testsuite name="${file}" tests="${cases.length}" failures="${findings.length}" errors="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function brokenOf(file: string, { line = 1, column = 1, message }: Unparsed): string {
  return [
    `  <testsuite name="${file}" tests="1" failures="0" errors="1">`,
    `    <testcase name="not parsed" classname="${file}" file="${file}" line="${line}">`,
    `      <error type="not parsed" message="${text(message)}">${file}:${line}:${column}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ].join('\n');
}

function failed(file: string, { rule, line, column, message }: Finding): string {
  const name = `${text(rule)} ${line}:${column}`;
  return [
    `    <testcase name="${name}" classname="${file}" file="${file}" line="${line}">`,
    `      <failure type="${text(rule)}" message="${text(message)}">${file}:${line}:${column}</failure>`,
    '    </testcase>',
  ].join('\n');
}

/** What was not looked at whole. */
function notesOf(said: readonly string[]): string {
  return `  <testsuite name="mooring" tests="0" failures="0" errors="0">\n    <system-err>${text(said.join('\n'))}</system-err>\n  </testsuite>`;
}

function text(value: string): string {
  return escaped(value.replaceAll(UNSPEAKABLE, '')).replaceAll('>', '&gt;');
}
