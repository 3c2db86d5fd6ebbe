import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

import { linkPackages } from './support/link-packages.js';
import { temporaryProject, writeInto } from './support/temporary-project.js';

const workspace = fileURLToPath(new URL('..', import.meta.url));
/** What heavy packages are in, by `npm run test:frameworks`: elsewhere their sections are left out. */
const frameworks = fileURLToPath(new URL('frameworks', import.meta.url));
const page = readFileSync(join(workspace, 'docs/frameworks.md'), 'utf8');

const TSCONFIG = JSON.stringify({
  compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, types: ['node'] },
});

interface Section {
  readonly title: string;
  /** By their names, which their first lines are. */
  readonly files: Readonly<Record<string, string>>;
}

const sections: readonly Section[] = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const blocks = section.matchAll(
      /^```\w+\n(---\n)?(?:\/\/|<!--) ([\w./]+)[^\n]*\n(.*?)^```$/gms,
    );
    const files = [...blocks].map(([, start = '', name, text]) => [name!, start + text!] as const);
    return { title: section.split('\n', 1)[0]!, files: Object.fromEntries(files) };
  });
/** One that shows code and no configuration says that it has that of Node. */
const [ofNode] = sections.map(({ files }) => files['eslint.config.js']!);
const configured = sections
  .filter(({ files }) => Object.keys(files).length > 0)
  .map(({ title, files }) => ({ title, files: { 'eslint.config.js': ofNode!, ...files } }));
const there = configured.filter(
  ({ files }) => existsSync(join(frameworks, 'node_modules')) || !needsMore(files),
);

/** Whether code of a section imports a package that is not among those of the workspace. */
function needsMore(files: Readonly<Record<string, string>>): boolean {
  const imports = Object.values(files).flatMap((text) => [
    ...text.matchAll(/from '(?!node:)((?:@[\w-]+\/)?[\w-]+)/g),
  ]);
  return imports.some(([, name]) => !existsSync(join(workspace, 'node_modules', name!)));
}

/** The lines of a file that a mark stands above. */
function marked([name, text]: readonly [string, string]): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => (line.trim() === '// ❌' ? [`${name}:${index + 2}`] : []));
}

describe('docs/frameworks.md', () => {
  test('shows most of what it speaks of', () => {
    expect(configured.length).toBeGreaterThanOrEqual(11);
  });

  test.each(there)('$title: what is marked is reported, and nothing else', async ({ files }) => {
    const root = temporaryProject({
      'package.json': '{ "type": "module" }',
      ...('jsconfig.json' in files || 'tsconfig.json' in files
        ? {}
        : { 'tsconfig.json': TSCONFIG }),
    });
    for (const [name, text] of Object.entries(files)) writeInto(root, name, text);
    linkPackages(root, [workspace, frameworks]);
    const results = await new ESLint({ cwd: root }).lintFiles(['.']);
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => {
        if (!ruleId?.startsWith('mooring/')) throw new Error(message);
        return `${filePath.slice(root.length + 1)}:${line}`;
      }),
    );
    expect(found.sort()).toEqual(Object.entries(files).flatMap(marked).sort());
  });
});
