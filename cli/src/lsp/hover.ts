import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';

import { touches } from './actions.js';
import { rangeOf } from './diagnostics.js';
import type { Linted } from './linted.js';

const pages = join(
  dirname(createRequire(import.meta.url).resolve('eslint-plugin-mooring/package.json')),
  'docs/rules',
);

/** The page of the rule whose report is here, from the package: no network is asked. */
export function hoverAt({ document, version, messages }: Linted, position: Position): Hover | null {
  if (document.version !== version) return null;
  const here = { start: position, end: position };
  const report = messages.find(({ ruleId, ...message }) => {
    return ruleId !== null && touches(rangeOf({ ...message, ruleId }), here);
  });
  if (report === undefined) return null;
  const page = join(pages, `${report.ruleId?.replace(/^mooring\//, '')}.md`);
  return {
    range: rangeOf(report),
    contents: { kind: MarkupKind.Markdown, value: readFileSync(page, 'utf8') },
  };
}
