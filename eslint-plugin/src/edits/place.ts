// The file that an edit is for, and what it may write there.
import type { TSESLint } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import { isCommonJs } from '../syntax/common-js.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { type ModuleFacts, moduleFacts } from '../types/module-facts.js';
import type { Types } from '../types/types.js';

export interface Place extends FileNames {
  readonly file: string;
  /** Where the linter was started. */
  readonly cwd: string;
  readonly settings: Settings;
  readonly types: Types | undefined;
  readonly module: ModuleFacts;
}

/** What the context of a rule says of its file. */
interface Parsed {
  readonly cwd: string;
  readonly filename: string;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  readonly languageOptions?: { readonly parser?: unknown } | undefined;
}

export function placeOf(
  { cwd, filename, sourceCode, languageOptions }: Parsed,
  settings: Settings,
  types: Types | undefined,
): Place {
  const syntax = {
    get isModule() {
      return isModule(sourceCode);
    },
    isScript: sourceCode.ast.sourceType !== 'module' && !isOxlint(languageOptions?.parser),
    isReadAsModule: sourceCode.ast.sourceType === 'module',
    get isCommonJs() {
      return isCommonJs(sourceCode.ast);
    },
  };
  return {
    file: filename,
    cwd,
    settings,
    sourceCode,
    types,
    module: moduleFacts(filename, syntax, () => types?.moduleOptions),
  };
}

function isModule({ ast }: Readonly<TSESLint.SourceCode>): boolean {
  return ast.body.some(({ type }) => /^(Export|Import|TSExport|TSImportEquals)/.test(type));
}

/**
 * oxlint reads `(async () => { … })();` as a script in a package of ES modules too, for nothing is
 * imported there. In ESLint a script is one because its configuration says so.
 */
function isOxlint(parser: unknown): boolean {
  return (parser as { readonly name?: unknown } | null | undefined)?.name === 'oxlint';
}
