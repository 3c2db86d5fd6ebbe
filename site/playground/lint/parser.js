/** A parser for ESLint that has types in a page: the tree of typescript-eslint, of our own program. */
import { analyze } from '@typescript-eslint/scope-manager';
import { astConverter } from '@typescript-eslint/typescript-estree/use-at-your-own-risk';
import { visitorKeys } from '@typescript-eslint/visitor-keys';

import { PROGRAM } from './files.js';
import { programOf } from './program.js';

const HOW = { comment: true, tokens: true, loc: true, range: true, errorOnUnknownASTType: false };

export function parseForESLint(text) {
  const program = programOf(text);
  const { estree, astMaps } = astConverter(program.getSourceFile(PROGRAM), HOW, true);
  estree.sourceType = 'module';
  return {
    ast: estree,
    services: { program, ...astMaps },
    scopeManager: analyze(estree, { sourceType: 'module' }),
    visitorKeys,
  };
}
