import { join } from 'node:path';

import type { Preset } from '../lint/preset.js';
import type { Edit, Plan } from './edit.js';
import { withOurConfig } from './eslint-config-edit.js';
import { withDependencies } from './manifest-edit.js';
import { pageUrl } from '../version.js';
import { hasParserIn, ourConfig, type OurConfig, ourDependencies } from './our-config.js';
import type { OurPackages } from './our-packages.js';
import { isPlugAndPlay, PLUG_N_PLAY } from '../lint/plug-n-play.js';
import { withOurRules } from './oxlint-edit.js';
import { type Manager, type Project, readText } from './project.js';
import { withStep } from './workflow-edit.js';

const EXEC: Readonly<Record<Manager, string>> = {
  bun: 'bunx',
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
};

const MIGRATION = 'https://eslint.org/docs/latest/use/configure/migration-guide';

/** What is to be done in a project; nothing, where it has been done. */
export function planFor(project: Project, preset: Preset, packages: OurPackages): Plan {
  switch (project.linter.kind) {
    case 'eslint':
      return besideEslint(project, preset, packages, project.linter.config);
    case 'oxlint':
      return besideOxlint(project, preset, packages, project.linter.config);
    case 'eslintrc':
      return instead(project, preset, packages, [
        `${project.linter.config} is left as it is: the rules run in ESLint from 9.15 on, with a flat ` +
          `config (${MIGRATION}). Until then mooring check runs them beside it.`,
      ]);
    case 'biome':
    case 'none':
      return instead(project, preset, packages, []);
  }
}

function besideEslint(
  project: Project,
  preset: Preset,
  packages: OurPackages,
  config: string | undefined,
): Plan {
  const name = config ?? (project.isModule ? 'eslint.config.js' : 'eslint.config.mjs');
  const before = config === undefined ? undefined : readText(join(project.root, config));
  if (before?.includes('eslint-plugin-mooring')) {
    return {
      edits: dependencies(project, ourDependencies(project, packages)),
      pastes: [],
      next: [],
    };
  }
  const ours = ourConfig(project, preset, before !== undefined && hasParserIn(before));
  const after = before === undefined ? newConfig(ours) : withOurConfig(before, ours);
  const notes = archivesOf(project);
  const edits = dependencies(project, ourDependencies(project, packages));
  const next = [
    `${project.manager} install`,
    `${EXEC[project.manager]} eslint .`,
    `An editor with an ESLint extension shows the same: ${pageUrl('editors.md')}`,
  ];
  if (after === undefined) {
    const why = 'It has a shape that init does not understand';
    return { edits, pastes: [{ where: name, why, text: pasted(ours) }], next, notes };
  }
  const step =
    before !== undefined && lintsInCi(project)
      ? undefined
      : withStep(project.root, `${EXEC[project.manager]} eslint .`);
  return {
    edits: [...edits, { file: name, before: before ?? '', after }, ...(step ? [step] : [])],
    pastes: [],
    next,
    notes,
    whereFound: `Where CI runs ESLint it fails until that is mended; how to begin with many: ${pageUrl('adopting.md')}`,
  };
}

function newConfig(ours: OurConfig): string {
  return `${importLines(ours)}\n\nexport default [\n  { ignores: ['**/dist/'] },${indented(ours)}\n];\n`;
}

function pasted(ours: OurConfig): string {
  return `${importLines(ours)}\n\n// As the last parts of the array that is exported:${indented(ours)}`;
}

function importLines({ imports }: OurConfig): string {
  return imports.map(([name, from]) => `import ${name} from '${from}';`).join('\n');
}

function indented({ parts }: OurConfig): string {
  const lines = parts.flatMap((part) => `${part},`.split('\n'));
  return lines.map((line) => `\n  ${line}`).join('');
}

function besideOxlint(
  project: Project,
  preset: Preset,
  packages: OurPackages,
  config: string | undefined,
): Plan {
  const edits = dependencies(project, ourDependencies(project, packages));
  const name = config ?? '.oxlintrc.json';
  const before = config === undefined ? '{}\n' : (readText(join(project.root, config)) ?? '');
  const next = [
    `${project.manager} install`,
    `${EXEC[project.manager]} oxlint`,
    `The language server for an editor is mooring lsp: ${pageUrl('editors.md')}`,
  ];
  if (before.includes('eslint-plugin-mooring')) return { edits, pastes: [], next: [] };
  const isNative = project.has('typescript') && (project.typescript ?? 0) >= 7;
  const typescript = isNative ? undefined : 'typescript-7';
  const after = /\.jsonc?$/.test(name) ? withOurRules(before, preset, typescript) : undefined;
  if (after !== undefined) {
    return {
      edits: [...edits, { file: name, before: config === undefined ? '' : before, after }],
      pastes: [],
      next,
      notes: archivesOf(project),
    };
  }
  const text = withOurRules('{}\n', preset, typescript) ?? '';
  const why = 'It has a shape that init does not understand';
  return { edits, pastes: [{ where: name, why, text }], next };
}

/** Beside Biome, an old ESLint, or nothing: the command line and the language server. */
function instead(
  project: Project,
  preset: Preset,
  packages: OurPackages,
  notes: readonly string[],
): Plan {
  const exec = EXEC[project.manager];
  const chosen = preset === 'recommended' ? '' : ` --preset ${preset}`;
  const command = `${exec} mooring check${chosen}`;
  const isThere = project.has('mooring-cli');
  if (isThere) return { edits: [], pastes: [], next: [] };
  const step = withStep(project.root, `${command} --format github`);
  const why = 'No workflow of GitHub Actions here lints or tests';
  const range = packages.rangeOf('mooring-cli', project);
  return {
    edits: [...dependencies(project, { 'mooring-cli': range }), ...(step ? [step] : [])],
    pastes: step === undefined ? [{ where: 'CI', why, text: command }] : [],
    notes: [...notes, ...archivesOf(project)],
    whereFound:
      `CI fails until that is mended. To let only what is new count: ${command} --baseline ` +
      'mooring-baseline.json --update-baseline, and --baseline mooring-baseline.json in the step of CI.',
    next: [
      `${project.manager} install`,
      command,
      `The language server for an editor is mooring lsp: ${pageUrl('editors.md')}`,
    ],
  };
}

function archivesOf({ root }: Project): string[] {
  return isPlugAndPlay(root) ? [PLUG_N_PLAY] : [];
}

function dependencies(project: Project, wanted: Readonly<Record<string, string>>): Edit[] {
  const edit = withDependencies(project.manifest, wanted);
  return edit === undefined ? [] : [edit];
}

/** Whether a script called `lint` is there: CI is taken to run it. */
function lintsInCi({ manifest }: Project): boolean {
  return /"lint(:[\w-]+)?"\s*:/.test(manifest);
}
