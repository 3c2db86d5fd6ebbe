import { Linter } from 'eslint';
import mooring from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';
import { expect, test } from 'vitest';

import { SHAPES } from '../tools/growth/shapes.js';
import { lint } from './support/lint.js';

const ids = Object.keys(mooring.rules ?? {});
const rules: Linter.RulesRecord = Object.fromEntries(ids.map((id) => [`mooring/${id}`, 'error']));

/** Each of them was the end of a run: the stack did not reach so far (P3). */
test.each(['a cycle of helpers', 'a chain of helpers', 'aliases', 'helpers that settle'])(
  'no rule throws on %s, 2,000 of them',
  (name) => {
    const code = SHAPES.get(name)!.program(2000);
    expect(() => lint(code, { rules, typed: true })).not.toThrow();
  },
);

test('what two thousand aliases lead to is followed all the same', () => {
  const aliases = Array.from({ length: 2000 }, (_, i) => `const g${i + 1} = g${i};`).join('\n');
  const code = `
    import { TaskGroup } from 'mooring';
    export let kept: TaskGroup;
    export async function all() {
      await using group = new TaskGroup();
      const g0 = group;
      ${aliases}
      kept = g2000;
      await group.join();
    }`;
  const found = lint(code, { rules: { 'mooring/no-scope-escape': 'error' }, typed: true });
  expect(found.map(({ ruleId }) => ruleId)).toEqual(['mooring/no-scope-escape']);
});

/** As a component of Vue is, after its own parser has found the script in it (P9). */
test('a file that TypeScript 7 does not read is told of once, and other rules look at it', () => {
  const code = '(async () => { await load(); })(); load();';
  const messages = new Linter().verify(
    code,
    {
      files: ['**/*.vue'],
      plugins: { mooring },
      languageOptions: { parser },
      settings: { mooring: { types: 'native', typescript: 'typescript-7' } },
      rules,
    },
    'component.vue',
  );
  const [first, ...others] = messages.map(({ message }) => message);
  expect(first).toBe(
    'No rule that needs types has looked at this file. TypeScript 7 reads no `.vue` files. Take ' +
      'types from a parser that has some for it, or add the preset ' +
      "'mooring/disable-type-checked' for such files.",
  );
  expect(messages.slice(1).map(({ ruleId }) => ruleId)).toEqual(['mooring/no-detached-iife']);
  expect(others).not.toContain(first);
});
