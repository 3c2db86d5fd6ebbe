import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

import type { Edit } from './edit.js';
import { readText } from './project.js';
import { lineEndOf } from './text-style.js';

/**
 * Adds a step after the last one that lints or tests, in the first workflow of GitHub Actions that
 * has one. The file is changed in that place only: a step is text between two lines.
 *
 * @returns `undefined`: there is no such workflow.
 */
export function withStep(root: string, command: string): Edit | undefined {
  const folder = join(root, '.github/workflows');
  if (!existsSync(folder)) return undefined;
  for (const name of readdirSync(folder).sort()) {
    if (!/\.ya?ml$/.test(name)) continue;
    const before = readText(join(folder, name)) ?? '';
    const after = stepped(before, command);
    if (after !== undefined) return { file: `.github/workflows/${name}`, before, after };
  }
  return undefined;
}

const CHECKS = /\b(lint|biome|oxlint|eslint|test|check|tsc|typecheck)\b/;

function stepped(text: string, command: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return undefined;
  for (const { value: job } of jobs.items) {
    const steps = isMap(job) ? job.get('steps') : undefined;
    if (!isSeq(steps)) continue;
    const last = lastThatChecks(steps);
    if (last?.range != null) return inserted(text, last.range[0], last.range[1], command);
  }
  return undefined;
}

function lastThatChecks(steps: YAMLSeq): YAMLMap | undefined {
  return steps.items
    .filter((step) => isMap(step))
    .filter((step) => {
      const run = step.get('run', true);
      return isScalar(run) && typeof run.value === 'string' && CHECKS.test(run.value);
    })
    .at(-1);
}

/** After the step whose text is from `start` to `end`, as far in as it is. */
function inserted(text: string, start: number, end: number, command: string): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(line, start).replace(/-\s*$/, '');
  const stop = text.slice(start, end).trimEnd().length + start;
  return `${text.slice(0, stop)}${lineEndOf(text)}${indent}- run: ${command}${text.slice(stop)}`;
}
