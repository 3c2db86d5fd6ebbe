/** What is compared: one ESLint config each. */
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** The first is what the others are divided by. */
export const CONTENDERS = [
  { name: 'mooring, without types', config: 'no-types' },
  { name: 'mooring, types of TypeScript 6', config: 'mooring' },
  { name: 'mooring, types of TypeScript 7', config: 'mooring-native' },
  { name: 'typescript-eslint, its two promise rules', config: 'typescript-eslint' },
];

/** Settings with which the language server lints any project by a config of this folder. */
export function settingsOf({ config }) {
  return {
    nodePath: `${workspace}node_modules`,
    options: {
      overrideConfigFile: fileURLToPath(new URL(`configs/${config}.config.js`, import.meta.url)),
    },
  };
}
