import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';

import { OlderProjects } from './older-projects.js';

/** For an editor, whose texts are not on disk: typescript-eslint keeps the projects of open files. */
export const OLDER_IN_EDITOR: Linter.Config = {
  languageOptions: { parser, parserOptions: { projectService: true } },
  settings: { mooring: { types: 'parser-services' } },
};

/** Types of TypeScript 6 for the files of a run. */
export interface OlderTypes {
  readonly language: Linter.Config;
  readonly configOf: (file: string) => string | undefined;
}

export function olderTypes(files: readonly string[]): OlderTypes {
  const projects = new OlderProjects(files);
  const parseForESLint = (
    text: string,
    options: parser.ParserOptions,
  ): ReturnType<typeof parser.parseForESLint> => {
    const file = options.filePath!.replaceAll('\\', '/');
    const program = projects.projectOf(file).programWith(file, text);
    return parser.parseForESLint(text, { ...options, programs: [program] });
  };
  return {
    language: {
      languageOptions: {
        parser: { meta: parser.meta, parseForESLint },
        parserOptions: { tsconfigRootDir: '/' },
      },
      settings: { mooring: { types: 'parser-services' } },
    },
    configOf: (file) => projects.configOf(file),
  };
}
