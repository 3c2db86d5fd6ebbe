/** What is compared: one ESLint config each. */
import { fileURLToPath } from 'node:url';

import { LanguageServer } from '../../tools/dist/editor/language-server.js';
import { MooringServer } from './mooring-server.js';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** The first is what the others are divided by. */
export const CONTENDERS = [
  { name: 'mooring, without types', config: 'no-types' },
  { name: 'mooring, types of TypeScript 6', config: 'mooring' },
  { name: 'mooring, types of TypeScript 7', config: 'mooring-native' },
  { name: '`mooring lsp`, its pause of 120 ms with it', isOwnServer: true },
  { name: 'typescript-eslint, its two promise rules', config: 'typescript-eslint' },
];

/** A language server for one folder: that of ESLint with the config, or our own. */
export function serverOf({ config, isOwnServer }, root) {
  if (isOwnServer) return MooringServer.start(root);
  return LanguageServer.start(root, {
    nodePath: `${workspace}node_modules`,
    options: {
      overrideConfigFile: fileURLToPath(new URL(`configs/${config}.config.js`, import.meta.url)),
    },
  });
}
