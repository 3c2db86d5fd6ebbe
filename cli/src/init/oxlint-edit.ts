import plugin from 'eslint-plugin-mooring';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';

import type { Preset } from '../lint/preset.js';
import { formattingOf } from './manifest-edit.js';

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
  const formattingOptions = formattingOf(text);
  const set = (before: string, path: (number | string)[], value: unknown, isInsertion = false) =>
    applyEdits(
      before,
      modify(before, path, value, { formattingOptions, isArrayInsertion: isInsertion }),
    );
  const { jsPlugins } = config;
  let after =
    jsPlugins === undefined
      ? set(text, ['jsPlugins'], [plugin.meta?.name])
      : set(text, ['jsPlugins', jsPlugins.length], plugin.meta?.name, true);
  const rules = plugin.configs[`${preset}-type-checked`][0]?.rules ?? {};
  for (const [name, entry] of Object.entries(rules)) after = set(after, ['rules', name], entry);
  return typescript === undefined
    ? after
    : set(after, ['settings', 'mooring', 'typescript'], typescript);
}
