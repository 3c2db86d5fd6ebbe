import type { Linter } from 'eslint';
import * as parser from 'eslint-plugin-mooring/parser';

import { nativeTypescript } from './native-typescript.js';

/** How a file is parsed without a TypeScript of the project, with types of TypeScript 7. */
export const NATIVE: Linter.Config = {
  languageOptions: { parser },
  settings: { mooring: { types: 'native', typescript: nativeTypescript } },
};
