import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

import type { Linter } from 'eslint';

import type { ProjectReport } from '../lint-project.js';

/** Rules of typescript-eslint that ask a question like ours. */
export const PEER_RULES: readonly string[] = [
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
];

/** Lines of code above and below what is reported. */
const CONTEXT = 3;

/** Reports of more lines are cut. */
const MOST_LINES = 12;

/** The reports of a project, each with its code. */
export function auditPage(
  { root, results, unparsed, counts }: ProjectReport,
  preset: string,
): string {
  const texts = results.map(({ filePath }) => readFileSync(filePath, 'utf8'));
  const lineCount = texts.reduce((sum, text) => sum + text.split('\n').length, 0);
  const own = [...counts.keys()].filter((rule) => !PEER_RULES.includes(rule));
  return [
    `# ${basename(root)}`,
    `${results.length} files, ${lineCount} lines, with the preset \`${preset}\`. ${unparsed.length} files cannot be parsed.`,
    ['| rule | reports |', '| --- | ---: |', ...[...own, ...PEER_RULES].map(row)].join('\n'),
    ...own.flatMap((rule) => [
      `## \`${rule}\``,
      ...results.flatMap(({ filePath, messages }, index) =>
        messages
          .filter(({ ruleId }) => ruleId === rule)
          .map((message) => reportOf(message, relative(root, filePath), texts[index]!)),
      ),
    ]),
    '',
  ].join('\n\n');

  function row(rule: string): string {
    return `| \`${rule}\` | ${counts.get(rule) ?? 0} |`;
  }
}

function reportOf(message: Linter.LintMessage, file: string, text: string): string {
  return [
    `### ${file}:${message.line}:${message.column} ${message.messageId}`,
    message.message,
    `\`\`\`\`ts\n${codeFrame(text.split('\n'), message)}\n\`\`\`\``,
  ].join('\n\n');
}

/** The lines that are reported, marked with `>`, and some around them. */
function codeFrame(lines: readonly string[], { line, endLine = line }: Linter.LintMessage): string {
  const last = Math.min(endLine, line + MOST_LINES);
  const first = Math.max(1, line - CONTEXT);
  return lines
    .slice(first - 1, last + CONTEXT)
    .map((code, index) => {
      const number = first + index;
      const mark = number >= line && number <= last ? '>' : ' ';
      return `${mark} ${String(number).padStart(5)} ${code}`;
    })
    .join('\n');
}
