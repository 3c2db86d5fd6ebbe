import type { ESLint, Rule } from 'eslint';
import mooring from 'eslint-plugin-mooring';
import { expect, test } from 'vitest';

import { excesses, type Growth } from '../tools/growth/growth.js';
import { SHAPES } from '../tools/growth/shapes.js';

const workspace = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const growth: Growth = { workspace, plugin: mooring, scale: 0.5, runs: 3 };

/** Those that once grew with the square of their size, or worse; `npm run growth` has all of them. */
test.each([
  'a literal of plain calls',
  'a test of many calls',
  'a union of promises',
  'blocks in blocks',
  'fields with promises',
  'groups open at once',
  'groups with yields',
  'loops in loops that wait',
  'promises that are pushed',
  'promises that float',
  'races against timers',
  'signals open at once',
  'tasks that are kept',
  'try in try',
])('the own time of each rule grows with %s', (name) => {
  expect(excesses(name, SHAPES.get(name)!, growth)).toEqual([]);
});

test('a rule that takes the square is told of', () => {
  const create = (): Rule.RuleListener => {
    const seen: object[] = [];
    return {
      Identifier(node) {
        // What is never there is looked for everywhere.
        for (let round = 0; round < 30; round++) if (seen.includes(seen)) seen.length = 0;
        seen.push(node);
      },
    };
  };
  const plugin: ESLint.Plugin = { rules: { square: { meta: {}, create } } };
  const shape = { small: 1000, program: (n: number) => 'a;\n'.repeat(n) };
  const found = excesses('names', shape, { ...growth, scale: 1, plugin });
  expect(found.map(({ rule, size }) => [rule, size])).toEqual([['square', 4000]]);
});
