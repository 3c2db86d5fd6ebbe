import type { Preset } from '../lint/preset.js';
import type { OurPackages } from './our-packages.js';
import type { Project } from './project.js';

const SCRIPTS = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}';

/** Under which name TypeScript 7 is installed beside another. */
const BESIDE = 'typescript-7';

/** What the ESLint config of a project gets: the imports, and the last parts of its array. */
export interface OurConfig {
  readonly imports: readonly (readonly [name: string, from: string])[];
  /** Not indented, without a comma at the end. */
  readonly parts: readonly string[];
}

/**
 * The rules with types of TypeScript 7, whatever parser the config has and whatever TypeScript the
 * project compiles with: nothing of what is there has to change for them.
 */
export function ourConfig(project: Project, preset: Preset, hasParser: boolean): OurConfig {
  const name = project.has('typescript') && (project.typescript ?? 0) < 7 ? BESIDE : undefined;
  const beside = name === undefined && project.has('typescript') ? '' : `, typescript: '${BESIDE}'`;
  const lines = [
    `...mooring.configs['${preset}-type-checked'].map((config) => ({`,
    '  ...config,',
    `  files: ['${SCRIPTS}'],`,
    ...(hasParser ? [] : ['  languageOptions: { parser },']),
    `  settings: { mooring: { types: 'native'${beside} } },`,
    '}))',
  ];
  const components = project.components.map((ending) =>
    [
      '// Components have no types here: the rules that need none.',
      `...mooring.configs.${preset}.map((config) => ({ ...config, files: ['**/*.${ending}'] }))`,
    ].join('\n'),
  );
  return {
    imports: [
      ['mooring', 'eslint-plugin-mooring'],
      ...(hasParser ? [] : [['parser', 'eslint-plugin-mooring/parser'] as const]),
    ],
    parts: [lines.join('\n'), ...components],
  };
}

/** What has to be installed for it. */
export function ourDependencies(project: Project, packages: OurPackages): Record<string, string> {
  const isNative = project.has('typescript') && (project.typescript ?? 0) >= 7;
  return {
    'eslint-plugin-mooring': packages.rangeOf('eslint-plugin-mooring', project),
    ...(isNative ? {} : { [BESIDE]: 'npm:typescript@^7.0.2' }),
  };
}

/** Packages that give a config a parser for TypeScript. */
const PARSERS =
  /typescript-eslint|eslint-config-next|eslint-config-nuxt|@nuxt\/eslint|config-typescript|@antfu\/eslint-config|eslint-plugin-mooring\/parser|neostandard|eslint-config-xo|eslint-config-love/;

export function hasParserIn(config: string): boolean {
  return PARSERS.test(config);
}
