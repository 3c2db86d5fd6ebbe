import { readFileSync } from 'node:fs';

import type { ESLint, Linter } from 'eslint';

import { type ConfigName, makeConfigs } from './configs.js';
import * as rules from './rules/index.js';
import { PLUGIN } from './vocabulary.js';

export type { Specifier } from './types/specifier.js';
export type { ConfigName } from './configs.js';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The plugin, as ESLint and oxlint load it. */
interface Plugin extends ESLint.Plugin {
  readonly configs: Record<ConfigName, Linter.Config[]>;
}

const plugin = {
  meta: { name: PLUGIN.package, version, namespace: PLUGIN.name },
  rules: { ...rules },
} as unknown as Plugin;

Object.assign(plugin, { configs: makeConfigs(plugin, rules) });

// A CommonJS config that says `require('eslint-plugin-mooring')` gets the plugin itself.
export { plugin as default, plugin as 'module.exports' };
