import { relative } from 'node:path';

import type { ProjectReport } from '../lint-project.js';
import type { Tried } from './try-all.js';

/** The figures of one project or of several, as a table of Markdown. */
export function suggestionsTable(
  reports: readonly ProjectReport[],
  tried: readonly Tried[],
): string {
  const messages = reports.flatMap(({ results }) => results.flatMap((result) => result.messages));
  const rules = [...new Set(messages.map(({ ruleId }) => ruleId!))].sort();
  const rows = rules.map((rule) => {
    const reported = messages.filter(({ ruleId }) => ruleId === rule);
    return row(
      `\`${rule.replace('mooring/', '')}\``,
      reported,
      tried.filter((each) => each.rule === rule),
    );
  });
  return [
    '| rule | reports | with a suggestion | share | suggestions | broken |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    row('**all**', messages, tried),
  ].join('\n');
}

interface Reported {
  readonly suggestions?: readonly unknown[] | undefined;
}

function row(name: string, reported: readonly Reported[], tried: readonly Tried[]): string {
  const helped = reported.filter(({ suggestions = [] }) => suggestions.length > 0).length;
  const share = reported.length === 0 ? 0 : Math.round((100 * helped) / reported.length);
  const broken = tried.filter(({ errors }) => errors.length > 0).length;
  const cells = [name, reported.length, helped, `${share} %`, tried.length, broken];
  return `| ${cells.join(' | ')} |`;
}

/** How often each suggestion was made, by its id. */
export function kindsOf(tried: readonly Tried[]): string {
  const counts = new Map<string, number>();
  for (const { messageId } of tried) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => `${count} ${id}`)
    .join(', ');
}

/** A suggestion that does not compile, for a person to look at. */
export function brokenText({ file, line, rule, says, errors }: Tried, root: string): string {
  const lines = errors.map((error) => `    ${error}`);
  return [`${relative(root, file)}:${line} ${rule} “${says}”`, ...lines].join('\n');
}
