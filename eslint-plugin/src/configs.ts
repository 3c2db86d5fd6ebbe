import type { Linter } from 'eslint';

import type { MooringRule, RuleDocs } from './define-rule.js';
import { PEER_RULES, PLUGIN } from './vocabulary.js';

/** What a code base climbs: each step has what the one before it has. */
const STEPS = ['recommended', 'structured', 'strict'] as const;

type Step = (typeof STEPS)[number];

export const CONFIG_NAMES = [
  ...STEPS,
  'recommended-type-checked',
  'structured-type-checked',
  'strict-type-checked',
  'all',
  'disable-type-checked',
  'instead-of-typescript-eslint',
] as const;

export type ConfigName = (typeof CONFIG_NAMES)[number];

type Rules = readonly (readonly [name: string, docs: RuleDocs])[];

/** The presets of the plugin, as arrays: `...configs.recommended`, or a name for `extends`. */
export function makeConfigs(
  plugin: object,
  rules: Readonly<Record<string, MooringRule>>,
): Record<ConfigName, Linter.Config[]> {
  const all = Object.entries(rules).map(([name, { meta }]) => [name, meta.docs!] as const);
  const untyped = all.filter(([, docs]) => docs.types !== 'required');
  const typed = all.filter(([, docs]) => docs.types === 'required');
  const contents: Record<ConfigName, Linter.RulesRecord> = {
    recommended: stepOf('recommended', untyped),
    structured: stepOf('structured', untyped),
    strict: stepOf('strict', untyped),
    'recommended-type-checked': stepOf('recommended', all),
    'structured-type-checked': stepOf('structured', all),
    'strict-type-checked': stepOf('strict', all),
    all: inForm('structured', all),
    'disable-type-checked': Object.fromEntries(typed.map(([name]) => [ours(name), 'off'])),
    'instead-of-typescript-eslint': Object.fromEntries(PEER_RULES.map((name) => [name, 'off'])),
  };
  const presetOf = (name: ConfigName): Linter.Config[] => [
    {
      name: `${PLUGIN.name}/${name}`,
      plugins: { [PLUGIN.name]: plugin },
      rules: contents[name],
    },
  ];
  return Object.fromEntries(CONFIG_NAMES.map((name) => [name, presetOf(name)])) as Record<
    ConfigName,
    Linter.Config[]
  >;
}

function stepOf(step: Step, rules: Rules): Linter.RulesRecord {
  const has = STEPS.slice(0, STEPS.indexOf(step) + 1);
  const included = rules.filter(([, { preset }]) => has.some((each) => each === preset));
  return inForm(step === 'recommended' ? 'recommended' : 'structured', included);
}

/**
 * The options of `structured` are named though they are the defaults: where it comes after
 * `recommended` in a config, a bare `'error'` would keep the options that stand.
 */
function inForm(form: 'recommended' | 'structured', rules: Rules): Linter.RulesRecord {
  return Object.fromEntries(
    rules.map(([name, { milder }]) => [ours(name), milder ? ['error', milder[form]] : 'error']),
  );
}

function ours(rule: string): string {
  return `${PLUGIN.name}/${rule}`;
}
