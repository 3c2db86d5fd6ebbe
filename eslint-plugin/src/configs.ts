import type { Linter } from 'eslint';

import type { MooringRule, RuleDocs } from './define-rule.js';
import { PLUGIN } from './vocabulary.js';

export const CONFIG_NAMES = [
  'recommended',
  'strict',
  'recommended-type-checked',
  'strict-type-checked',
  'all',
  'disable-type-checked',
] as const;

export type ConfigName = (typeof CONFIG_NAMES)[number];

/** Which rules a preset has, read off what each rule says of itself. */
const INCLUDES: Record<ConfigName, (docs: RuleDocs) => boolean> = {
  recommended: (docs) => docs.preset === 'recommended' && docs.types !== 'required',
  strict: (docs) => docs.preset !== 'opt-in' && docs.types !== 'required',
  'recommended-type-checked': (docs) => docs.preset === 'recommended',
  'strict-type-checked': (docs) => docs.preset !== 'opt-in',
  all: () => true,
  'disable-type-checked': (docs) => docs.types === 'required',
};

/** The presets of the plugin, as arrays: `...configs.recommended`, or a name for `extends`. */
export function makeConfigs(
  plugin: object,
  rules: Readonly<Record<string, MooringRule>>,
): Record<ConfigName, Linter.Config[]> {
  const presetOf = (name: ConfigName): Linter.Config[] => {
    const severity = name === 'disable-type-checked' ? 'off' : 'error';
    const included = Object.entries(rules).filter(([, rule]) => INCLUDES[name](docsOf(rule)));
    return [
      {
        name: `${PLUGIN.name}/${name}`,
        plugins: { [PLUGIN.name]: plugin },
        rules: Object.fromEntries(included.map(([rule]) => [`${PLUGIN.name}/${rule}`, severity])),
      },
    ];
  };
  return Object.fromEntries(CONFIG_NAMES.map((name) => [name, presetOf(name)])) as Record<
    ConfigName,
    Linter.Config[]
  >;
}

function docsOf(rule: MooringRule): RuleDocs {
  return rule.meta.docs!;
}
