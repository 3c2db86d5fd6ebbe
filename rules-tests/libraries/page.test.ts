import { readFileSync } from 'node:fs';

import type { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import { expect, test } from 'vitest';

import { LEFT_TO_YOU } from '../../eslint-plugin/src/libraries/left-to-you.js';
import { LIBRARIES } from '../../eslint-plugin/src/libraries/table.js';
import { lint } from '../support/lint.js';

const page = readFileSync(new URL('../../docs/libraries.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```ts\n\/\/ ✅\n([\s\S]*?)```/g)].map(([, code]) => code!);

test.each(examples)('the page shows what is silent in every step: %s', (code) => {
  const rules = Object.assign(
    {},
    ...plugin.configs['structured-type-checked'].map((config) => config.rules),
  ) as Linter.RulesRecord;
  expect(lint(code, { typed: true, rules }).map(({ message }) => message)).toEqual([]);
});

test('every block of code of the page is run', () => {
  expect([...page.matchAll(/^```\w/gm)]).toHaveLength(examples.length);
  expect(examples).not.toEqual([]);
});

test('every row names something, and says where the source of the library shows it', () => {
  for (const { names, types, members, packages, source } of LIBRARIES) {
    expect([...(names ?? []), ...(types ?? []), ...(members ?? [])]).not.toEqual([]);
    expect(packages).not.toEqual([]);
    expect(source.repository).toMatch(/^[\w-]+\/[\w.-]+$/);
  }
  for (const { source } of [...LIBRARIES, ...LEFT_TO_YOU]) {
    expect(source.path).toMatch(/\.\w+$/);
    expect(page).toContain(`${source.repository}/blob/HEAD/${source.path}`);
  }
});
