import plugin from 'eslint-plugin-mooring';
import { parse, type ParseError } from 'jsonc-parser';

import type { Preset } from '../lint/preset.js';
import { withEntries, withItem } from './json-text.js';

interface OxlintConfig {
  readonly jsPlugins?: readonly unknown[];
}

/**
 * Adds our rules to a `.oxlintrc.json`, beside what is there; comments stay.
 *
 * @returns `undefined`: the file is no JSON.
 */
export function withOurRules(
  text: string,
  preset: Preset,
  typescript: string | undefined,
): string | undefined {
  const errors: ParseError[] = [];
  const config = parse(text, errors, { allowTrailingComma: true }) as OxlintConfig;
  if (errors.length > 0 || typeof config !== 'object') return undefined;
  const name = plugin.meta?.name;
  const withPlugin =
    config.jsPlugins === undefined
      ? withEntries(text, [], { jsPlugins: [name] })
      : withItem(text, ['jsPlugins'], name);
  const rules = plugin.configs[`${preset}-type-checked`][0]?.rules ?? {};
  const withRules = withEntries(withPlugin, ['rules'], rules);
  return typescript === undefined
    ? withRules
    : withEntries(withRules, ['settings', 'mooring'], { typescript });
}
