import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

import type { Linter, Rule } from 'eslint';

import type { ProjectReport } from '../lint-project.js';
import { codeFrame, functionFrame } from './code-frame.js';
import { lineDiff } from './line-diff.js';
import { sampleOf, type Sampling } from './sample.js';

/** Rules of typescript-eslint that ask a question like ours. */
export const PEER_RULES: readonly string[] = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
];

/** Lines of code above and below what is reported. */
const CONTEXT = 3;

/** In a sample, which is read without the files at hand. */
const SAMPLE_CONTEXT = 12;

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  readonly message: Linter.LintMessage;
}

/** The reports of a project, all or a sample of them, each with its code and its suggestions. */
export function auditPage(
  { root, results, unparsed, counts }: ProjectReport,
  preset: string,
  sampling?: Sampling,
): string {
  const texts = results.map(({ filePath }) => readFileSync(filePath, 'utf8'));
  const lineCount = texts.reduce((sum, text) => sum + text.split('\n').length, 0);
  const own = [...counts.keys()].filter((rule) => !PEER_RULES.includes(rule));
  const found = own.flatMap((rule) =>
    results.flatMap(({ filePath, messages }, index) =>
      messages
        .filter(({ ruleId }) => ruleId === rule)
        .map((message): Found => {
          return { rule, file: relative(root, filePath), text: texts[index]!, message };
        }),
    ),
  );
  const shown = sampling === undefined ? found : sampleOf(found, sampling);
  return [
    `# ${basename(root)}`,
    `${results.length} files, ${lineCount} lines, with the preset \`${preset}\`. ${unparsed.length} files cannot be parsed.`,
    ['| rule | reports |', '| --- | ---: |', ...[...own, ...PEER_RULES].map(row)].join('\n'),
    ...(sampling === undefined
      ? []
      : [
          `${shown.length} of the ${found.length} reports of the preset, drawn with the seed ${sampling.seed}:`,
        ]),
    ...own.flatMap((rule) => [
      `## \`${rule}\``,
      ...shown
        .filter((one) => one.rule === rule)
        .map((one) =>
          sampling === undefined
            ? reportOf(one, codeFrame, CONTEXT)
            : reportOf(one, functionFrame, SAMPLE_CONTEXT),
        ),
    ]),
    '',
  ].join('\n\n');

  function row(rule: string): string {
    return `| \`${rule}\` | ${counts.get(rule) ?? 0} |`;
  }
}

function reportOf(
  { file, text, message }: Found,
  frame: typeof codeFrame,
  context: number,
): string {
  const { line, endLine = line, column, messageId, suggestions = [] } = message;
  return [
    `### ${file}:${line}:${column} ${messageId}`,
    message.message,
    block(frame(text, { first: line, last: endLine }, context)),
    ...suggestions.flatMap(({ desc, fix }) => [
      `Suggestion: ${desc}`,
      block(lineDiff(text, applied(text, fix))),
    ]),
  ].join('\n\n');
}

function applied(text: string, { range: [start, end], text: put }: Rule.Fix): string {
  return text.slice(0, start) + put + text.slice(end);
}

function block(code: string): string {
  return `\`\`\`\`ts\n${code}\n\`\`\`\``;
}
