import { describe, expect, test } from 'vitest';

import { compareTrees } from '../../tools/trees/differences.js';
import { isProgram } from '../../tools/trees/is-program.js';
import { type DifferentText, reasonFor } from '../../tools/trees/reasons.js';

const hasReason = (what: string, details: string, of: Partial<DifferentText>): boolean => {
  const difference = { what, details };
  const text = { file: 'a.ts', text: '', differences: [difference], ...of };
  return reasonFor(difference, text) !== undefined;
};

describe('a difference has a reason', () => {
  test.each([
    ['const without a value', 'a.ts', 'const a;'],
    ['types in JavaScript', 'a.js', 'const a: string = b;'],
    ['a constructor with types, in quotes', 'a.ts', `class A { 'constructor'<B>() {} }`],
    ['`let` before a line break', 'a.cjs', 'if (a) let\nb;'],
    ['a directive in a static block', 'a.ts', `class A { static { 'a'; } }`],
    ['the entity of a method', 'a.tsx', '<a>&valueOf;</a>;'],
  ])('%s', (_, file, text) => {
    const { differences } = compareTrees(text, file);
    const of = { file, text, differences };
    expect(differences).not.toEqual([]);
    expect(differences.filter((each) => reasonFor(each, of) === undefined)).toEqual([]);
  });
});

describe('and has none where only its words are the same', () => {
  test('a refusal of a program', () => {
    expect(hasReason('ours refuses: Flow is not supported.', '', { text: 'const a: A = b;' })).toBe(
      false,
    );
    expect(hasReason('ours refuses: …', '', { file: 'a.js', text: '// @flow\na();' })).toBe(false);
  });
  test('another word that one takes for a keyword', () => {
    const what = 'token: ours Keyword, theirs Identifier';
    expect(hasReason(what, '["value","assert"]', { text: 'yield; let\na' })).toBe(false);
  });
  test('other scopes of one tree', () => {
    expect(hasReason('scope: ours block, theirs block', '', {})).toBe(false);
  });
  test('other text in a template, of an escape that is one', () => {
    const text = '`a\\n`';
    expect(hasReason('TemplateElement.value.raw: ours string, theirs string', '', { text })).toBe(
      false,
    );
  });
});

test.each([
  ['a.ts', 'let a: string = b; await c;', true],
  ['a.ts', 'interface A<const B> {}', false],
  ['a.d.ts', 'declare function a(): void;', true],
  ['a.tsx', 'let a = <b c={d} />;', true],
  ['a.mjs', 'await a;', true],
  ['a.mjs', 'return;', false],
  ['a.ts', 'export type { type a };', false],
  ['a.js', 'let a: b;', false],
])('%s, “%s”, is a program: %s', (file, text, answer) => {
  expect(isProgram(text, file)).toBe(answer);
});
