/** What the pages say that is computed from a rule. */
import type { RuleMetaData } from '@typescript-eslint/utils/ts-eslint';

interface Docs {
  readonly description: string;
  readonly preset: 'opt-in' | 'recommended' | 'strict' | 'structured';
  readonly types: 'none' | 'optional' | 'required';
  readonly milder?: object;
}

export interface DocumentedRule {
  readonly name: string;
  readonly meta: RuleMetaData<string, Docs> & { readonly docs: Docs };
}

const IN_PRESETS = {
  recommended: 'In the presets `recommended`, `structured` and `strict`',
  structured: 'In the presets `structured` and `strict`',
  strict: 'In the preset `strict`',
  'opt-in': 'In the preset `all` only',
} as const;

const TYPES = {
  required: 'needs type information',
  optional: 'knows more with type information',
  none: '',
} as const;

export function pageHeader({ name, meta }: DocumentedRule): string {
  const { preset, types, description, milder } = meta.docs;
  const suffix =
    types === 'required' && preset !== 'opt-in' ? ', in their `-type-checked` form' : '';
  const facts = [
    `${IN_PRESETS[preset]}${suffix}.`,
    milder === undefined ? '' : '`recommended` has it in a milder form ([options](#options)).',
    types === 'none' ? '' : `This rule ${TYPES[types]}.`,
    meta.fixable ? 'It fixes what it reports with `--fix`.' : '',
    meta.hasSuggestions ? 'It offers suggestions in the editor.' : '',
  ];
  return [
    '<!-- header: generated -->',
    '',
    `# \`mooring/${name}\``,
    '',
    `Finds ${description}.`,
    '',
    facts.filter(Boolean).join(' '),
    '',
  ].join('\n');
}

export function ruleTable(
  rules: readonly DocumentedRule[],
  linkTo: (rule: DocumentedRule) => string,
): string {
  const rows = rules.map((rule) => {
    const { name, meta } = rule;
    const { description, preset, types, milder } = meta.docs;
    const step = milder === undefined ? preset : `${preset}, whole in structured`;
    const marks = [types === 'required' ? 'types' : '', meta.hasSuggestions ? 'suggestions' : ''];
    const needs = marks.filter(Boolean).join(', ');
    return `| [\`${name}\`](${linkTo(rule)}) | ${description} | ${step} | ${needs} |`;
  });
  return [
    '<!-- rules: generated -->',
    '',
    '| rule | finds | step | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '<!-- /rules -->',
  ].join('\n');
}
