import {
  afloatIn,
  type CheckReport,
  countBy,
  counted,
  type Finding,
  wordsOf,
} from '../../lint/finding.js';
import { portablePath } from '../../lint/portable-path.js';
import { rulePage } from '../../lint/rule-page.js';
import { pageUrl } from '../../version.js';
import { escaped } from './escaped.js';
import { SCRIPT, STYLE } from './html-page.js';
import { narrow } from './narrow.js';
import { treemapOf } from './treemap.js';

/** Lines above and below what is reported. */
const AROUND = 2;
const LONGEST_FRAME = 12;

/**
 * One page that needs nothing else, to be handed on: what was found, how it is spread over the
 * folders, and each finding in its code, with a filter by rule.
 */
export function html(report: CheckReport): string {
  const { findings, files, root, preset, awaited, notes, unparsed } = report;
  const rules = countBy(findings, ({ rule }) => rule);
  const name = root.split(/[\\/]/).at(-1) ?? root;
  const filters = rules.map(
    ([rule, count]) =>
      `<label><input type="checkbox" checked value="${escaped(rule)}"> <code>${escaped(rule)}</code> ${count}</label>`,
  );
  const asked = preset === undefined ? '' : ` with the preset ${preset}`;
  const number = (value: number, what: string): string =>
    `<div><dt>${what}</dt><dd>${value.toLocaleString('en')}</dd></div>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)}: ${counted(findings.length, 'finding')} of mooring</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(name)}</h1>
<p>Work that nobody waits for, or that nothing can stop, as <a href="${pageUrl('check.md')}">mooring check</a>${asked} finds it.</p>
<dl>${number(findings.length, 'findings')}${number(files.length, 'files')}${number(awaited, 'promises awaited')}${number(afloatIn(findings), 'promises afloat')}</dl>
${unparsed.map((each) => `<p class="broken">Not parsed: ${escaped(wordsOf(root, each))}</p>`).join('\n')}
${notes.map((note) => `<p class="note">${withLinks(escaped(note))}</p>`).join('\n')}
</header>
<main>
${
  findings.length === 0
    ? '<p>Nothing was found.</p>'
    : `${treemapOf(findings, root)}
<fieldset><legend>Rules</legend>${filters.join('\n')}</fieldset>
<p role="status" id="shown"></p>
${filesOf(report)}`
}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function filesOf(report: CheckReport): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  }
  return [...byFile]
    .map(([file, findings]) => {
      const name = escaped(portablePath(report.root, file));
      const articles = findings.map((finding) => articleOf(finding, report));
      return `<section data-file="${name}"><h2><code>${name}</code></h2>\n${articles.join('\n')}</section>`;
    })
    .join('\n');
}

function articleOf(finding: Finding, { textOf }: CheckReport): string {
  const { line, column, rule, message, suggestions } = finding;
  const items = suggestions.map((suggestion) => `<li>${marked(suggestion)}</li>`).join('');
  return `<article data-rule="${escaped(rule)}">
<p><b>${line}:${column}</b> ${linked(rule)}</p>
<p>${marked(message)}</p>
<pre>${frameOf(finding, textOf(finding.file))}</pre>
${items === '' ? '' : `<ul>${items}</ul>`}
</article>`;
}

function linked(rule: string): string {
  const page = rulePage(rule);
  const name = `<code>${escaped(rule)}</code>`;
  return page === undefined ? name : `<a href="${escaped(page)}">${name}</a>`;
}

function frameOf(finding: Finding, whole: string): string {
  const { line, endLine } = finding;
  const { text, column, endColumn } = narrow(finding, whole);
  const lines = text.split(/\r?\n/);
  const last = Math.min(endLine, line + LONGEST_FRAME);
  return lines
    .slice(Math.max(0, line - 1 - AROUND), last + AROUND)
    .map((code, index) => {
      const number = Math.max(1, line - AROUND) + index;
      const isIn = number >= line && number <= endLine;
      const from = number === line ? column - 1 : code.search(/\S|$/);
      const to = number === endLine ? endColumn - 1 : code.length;
      const shown = isIn
        ? `${escaped(code.slice(0, from))}<mark>${escaped(code.slice(from, to))}</mark>${escaped(code.slice(to))}`
        : escaped(code);
      return `<i>${number}</i>${shown}`;
    })
    .join('\n');
}

function withLinks(text: string): string {
  return text.replaceAll(/https:\/\/[^\s)]+[^\s).,;:]/g, (url) => `<a href="${url}">${url}</a>`);
}

/** The code in a message is between backticks. */
function marked(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
