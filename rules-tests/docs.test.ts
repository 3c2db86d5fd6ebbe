import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import plugin from 'eslint-plugin-mooring';
import { describe, expect, test } from 'vitest';

import { lint } from './support/lint.js';

const folder = new URL('../docs/rules/', import.meta.url);
const pages = readdirSync(folder).filter((file) => file !== 'README.md');

describe.each(pages)('docs/rules/%s', (page) => {
  const name = page.replace(/\.md$/, '');
  const text = readFileSync(new URL(page, folder), 'utf8');
  const examples = [...text.matchAll(/```tsx?\n\/\/ (❌|✅)[^\n]*\n([\s\S]*?)```/g)].map(
    ([, mark, code]) => ({ mark, code: code! }),
  );

  test('belongs to a rule', () => {
    expect(Object.keys(plugin.rules ?? {})).toContain(name);
  });

  test('says why, shows both sides, and says what is not reported and when not to use it', () => {
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(
      expect.arrayContaining([
        'Why it matters',
        'Examples',
        'What it does not report',
        'When not to use it',
      ]),
    );
    expect(new Set(examples.map(({ mark }) => mark))).toEqual(new Set(['❌', '✅']));
  });

  test('every block of code is marked, so that every block is run', () => {
    expect([...text.matchAll(/^```tsx?$/gm)]).toHaveLength(examples.length);
  });

  test.each(examples)('$mark $code', ({ mark, code }) => {
    const typed = (plugin.rules?.[name]?.meta?.docs as { types?: string }).types !== 'none';
    const messages = lint(code, { typed, rules: { [`mooring/${name}`]: 'error' } });
    expect(messages.filter((message) => message.fatal)).toEqual([]);
    if (mark === '❌') expect(messages).not.toEqual([]);
    else expect(messages.map(({ message }) => message)).toEqual([]);
  });
});

const markdown = (path: string): string[] =>
  readdirSync(new URL(path, import.meta.url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => `${entry.parentPath}/${entry.name}`);

describe('links between pages', () => {
  const root = new URL('..', import.meta.url).pathname;
  const all = [
    ...markdown('../docs'),
    ...[
      'README.md',
      'CONTRIBUTING.md',
      'eslint-plugin/README.md',
      'runtime/README.md',
      'cli/README.md',
    ].map((file) => root + file),
  ];

  test.each(all)('%s leads nowhere that does not exist', async (path) => {
    const { existsSync } = await import('node:fs');
    const { dirname, resolve } = await import('node:path');
    const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```/g, '');
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, target]) => target!,
    );
    const broken = targets.filter((target) => !existsSync(resolve(dirname(path), target)));
    expect(broken).toEqual([]);
  });
});

test('the address of the repository is spelled once, and generated elsewhere', async () => {
  const { ADDRESSED, REPOSITORY } = await import('../tools/dist/addresses.js');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const elsewhere = ['cli', 'docs', 'eslint-plugin', 'examples', 'runtime', 'site', 'tools', '.']
    .flatMap((folder) => sourcesIn(join(root, folder), folder !== '.'))
    .filter((file) => readFileSync(join(root, file), 'utf8').includes(REPOSITORY));
  expect(new Set(elsewhere)).toEqual(new Set(['package.json', ...Object.keys(ADDRESSED)]));

  /** Of what is in the repository: nothing that is installed, built or locked. */
  function sourcesIn(folder: string, recursive: boolean): string[] {
    return readdirSync(folder, { recursive, encoding: 'utf8' })
      .map((file) => relative(root, join(folder, file)).replaceAll('\\', '/'))
      .filter((file) => /\.(?:[cm]?[jt]s|json|md|vue)$/.test(file))
      .filter((file) => !/(?:^|\/)(?:node_modules|dist|cache)\//.test(file))
      .filter(
        (file) => !/package-lock|CHANGELOG|^(?:site\/pages|eslint-plugin\/docs)\//.test(file),
      );
  }
});

test('a page that says what to install says that the first version is not there yet', () => {
  const installs = /\b(?:npx mooring|npm install\b[^\n]*\bmooring)/;
  const root = fileURLToPath(new URL('..', import.meta.url));
  const pages = [
    ...markdown('../docs').filter((path) => !path.includes('/precision/')),
    ...['', 'cli/', 'eslint-plugin/', 'runtime/'].map((folder) => `${root}${folder}README.md`),
  ];
  const silent = pages.filter((path) => {
    const text = readFileSync(path, 'utf8');
    return installs.test(text) && !/not on npm yet|first version is on npm/.test(text);
  });
  expect(silent).toEqual([]);
});
