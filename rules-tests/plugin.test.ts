import { readdirSync } from 'node:fs';

import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import { describe, expect, test } from 'vitest';

const rules = Object.entries(plugin.rules ?? {});
const folder = (path: string): string[] => readdirSync(new URL(path, import.meta.url));

describe('the plugin', () => {
  test('says its name, version and namespace', () => {
    expect(plugin.meta).toMatchObject({ name: 'eslint-plugin-mooring', namespace: 'mooring' });
    expect(plugin.meta?.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('is given to a CommonJS config by require', async () => {
    const { createRequire } = await import('node:module');
    expect(createRequire(import.meta.url)('eslint-plugin-mooring')).toBe(plugin);
  });
});

describe('every rule', () => {
  test.each(rules)('%s has a file, a test, a page, and a link to it', (name, rule) => {
    expect(folder('../eslint-plugin/src/rules')).toContain(`${name}.ts`);
    expect(folder('./rules')).toContain(`${name}.test.ts`);
    expect(folder('../docs/rules')).toContain(`${name}.md`);
    expect(rule.meta?.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
  });

  test.each(rules)('%s says what it finds, and its messages are sentences', (_, rule) => {
    const { docs, messages } = rule.meta!;
    expect(docs?.description).toMatch(/^[a-z`].*[^.]$/);
    expect(Object.keys(messages ?? {})).not.toEqual([]);
    for (const message of Object.values(messages ?? {}))
      expect(message).toMatch(/^[A-Z`'{].*[.…)]( \{\{advice\}\}|\{\{install\}\})?$/);
  });

  test.each(rules)('%s refuses an option that it does not know', (name) => {
    const config: Linter.Config[] = [
      { plugins: { mooring: plugin }, rules: { [`mooring/${name}`]: ['error', { nonsense: 1 }] } },
    ];
    expect(() => new Linter().verify('', config)).toThrow(/nonsense|should NOT/);
  });
});

describe('presets', () => {
  const rulesOf = (name: keyof typeof plugin.configs): string[] =>
    plugin.configs[name].flatMap((config) => Object.keys(config.rules ?? {})).sort();
  const named = (keep: (docs: { preset: string; types: string }) => boolean): string[] =>
    rules
      .filter(([, rule]) => keep(rule.meta!.docs as never))
      .map(([name]) => `mooring/${name}`)
      .sort();

  test('recommended has the recommended rules that need no types', () => {
    expect(rulesOf('recommended')).toEqual(
      named(({ preset, types }) => preset === 'recommended' && types !== 'required'),
    );
  });

  test('recommended-type-checked has all recommended rules', () => {
    expect(rulesOf('recommended-type-checked')).toEqual(
      named(({ preset }) => preset === 'recommended'),
    );
  });

  test('structured adds to recommended, and strict to structured, with and without types', () => {
    const steps = ['recommended', 'structured', 'strict'] as const;
    for (const [index, step] of steps.entries()) {
      const has = (preset: string): boolean => steps.slice(0, index + 1).some((s) => s === preset);
      expect(rulesOf(`${step}-type-checked`)).toEqual(named(({ preset }) => has(preset)));
      expect(rulesOf(step)).toEqual(
        named(({ preset, types }) => has(preset) && types !== 'required'),
      );
    }
  });

  test('recommended has the milder form of a rule, all others have the whole', () => {
    const optionsIn = (name: keyof typeof plugin.configs): unknown =>
      plugin.configs[name][0]!.rules!['mooring/no-detached-iife'];
    expect(optionsIn('recommended')).toEqual(['error', { reports: 'mistakes' }]);
    expect(optionsIn('recommended-type-checked')).toEqual(['error', { reports: 'mistakes' }]);
    for (const name of ['structured', 'strict', 'structured-type-checked', 'all'] as const) {
      expect(optionsIn(name)).toEqual(['error', { reports: 'all' }]);
    }
  });

  test('structured after recommended reports all, and so does a rule without options', () => {
    const handled = 'export function run() { (async () => { await f(); })().catch(report); }';
    const count = (...configs: Linter.Config[]): number =>
      new Linter().verify(handled, configs).length;
    const { recommended, structured } = plugin.configs;
    expect(count(...recommended)).toBe(0);
    expect(count(...recommended, ...structured)).toBe(1);
    expect(
      count({
        plugins: { mooring: plugin },
        rules: { 'mooring/no-detached-iife': 'error' },
      }),
    ).toBe(1);
  });

  test('instead-of-typescript-eslint turns off what ours report too, also where it is not loaded', () => {
    const off = plugin.configs['instead-of-typescript-eslint'];
    expect(off[0]!.rules).toEqual({
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      'no-async-promise-executor': 'off',
    });
    expect(new Linter().verify('', off)).toEqual([]);
  });

  test('all has every rule', () => {
    expect(rulesOf('all')).toEqual(named(() => true));
  });

  test('disable-type-checked turns off the rules that need types, and nothing else', () => {
    expect(rulesOf('disable-type-checked')).toEqual(named(({ types }) => types === 'required'));
    for (const config of plugin.configs['disable-type-checked']) {
      expect(new Set(Object.values(config.rules ?? {}))).toEqual(new Set(['off']));
    }
  });
});

describe('a typed rule without types', () => {
  const typed = rules.filter(
    ([, rule]) => (rule.meta!.docs as { types?: string }).types === 'required',
  );

  test.each(typed)('%s says so in one clear error', (name) => {
    const config: Linter.Config[] = [
      { plugins: { mooring: plugin }, rules: { [`mooring/${name}`]: 'error' } },
    ];
    expect(() => new Linter().verify('load();', config, 'file.js')).toThrow(
      new RegExp(`mooring/${name} needs types, and there are none for .*file\\.js`),
    );
  });
});

describe('settings.mooring', () => {
  const lintWith = (settings: unknown): (() => unknown) => {
    const config = [
      {
        plugins: { mooring: plugin },
        settings: { mooring: settings },
        rules: { 'mooring/no-detached-iife': 'error' },
      },
    ] as Linter.Config[];
    return () => new Linter().verify('', config);
  };

  test.each([
    [
      'a string',
      'groups',
      /settings\.mooring of the ESLint config is "groups"; it has to be an object/,
    ],
    ['an unknown name', { group: [] }, /has "group"; there are groups,/],
    [
      'a list that is none',
      { safeCalls: 'test' },
      /settings\.mooring\.safeCalls .* is "test"; .* an array/,
    ],
    ['a specifier without a package', { groups: [{ from: 'package', name: 'A' }] }, /groups\[0\]/],
    ['a name that is none', { groups: [{ from: 'lib', name: 3 }] }, /groups\[0\]/],
  ])('%s is an error that names it', (_, settings, message) => {
    expect(lintWith(settings)).toThrow(message);
  });

  test('takes every form of a specifier', () => {
    const specifiers = [
      'start',
      { from: 'lib', name: 'Promise' },
      { from: 'file', name: ['a', 'b'], path: 'src/a.ts' },
      { from: 'package', name: 'TaskGroup', package: 'x' },
    ];
    expect(lintWith({ groups: specifiers, safeCalls: specifiers })).not.toThrow();
  });
});
