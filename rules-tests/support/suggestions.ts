import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import plugin, { type ConfigName } from 'eslint-plugin-mooring';

import { Compiler } from '../../tools/suggestions/compiler.js';
import { applyFix } from './lint.js';
import { type Provider, providerSettings, typescript } from './providers.js';
import { dedent } from './squiggles.js';
import { languageOptions } from './typed-parser.js';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** A project of one file, and what it is made of. */
export interface Given {
  readonly code: string;
  readonly filename?: string;
  readonly compilerOptions?: object;
  /** What package.json says of `type`. */
  readonly type?: 'commonjs' | 'module' | 'unsaid';
  /** Whether the runtime is installed. It is, unless said otherwise. */
  readonly hasRuntime?: boolean;
  readonly provider?: Provider;
  readonly preset?: ConfigName;
}

/** A suggestion as an editor offers it, and the program after it. */
export interface Offered {
  readonly rule: string;
  readonly id: string;
  readonly says: string;
  readonly after: string;
  /** Compile errors that the program has now, and had not before. */
  readonly errors: readonly string[];
}

const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'ESNext.Disposable', 'DOM'],
  module: 'NodeNext',
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

interface Project {
  readonly root: string;
  readonly file: string;
  readonly linter: Linter;
  readonly compiler: Compiler;
}

/** One for each way to be compiled: what the checker knows of the library holds from case to case. */
const projects = new Map<string, Project>();

function projectFor({
  filename = 'file.ts',
  compilerOptions = {},
  hasRuntime = true,
  type = 'module',
}: Given): Project {
  const key = JSON.stringify([filename, compilerOptions, hasRuntime, type]);
  const known = projects.get(key);
  if (known !== undefined) return known;
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-suggestions-')));
  const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
  write('package.json', JSON.stringify({ name: 'given', ...(type !== 'unsaid' && { type }) }));
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...OPTIONS, ...compilerOptions }, files: [filename] }),
  );
  write(filename, '');
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(workspace, 'node_modules', typescript), join(root, 'node_modules', typescript));
  if (hasRuntime) symlinkSync(join(workspace, 'runtime'), join(root, 'node_modules/mooring'));
  const project = {
    root,
    file: join(root, filename),
    linter: new Linter({ cwd: root }),
    compiler: new Compiler(),
  };
  projects.set(key, project);
  return project;
}

/** Removes what the cases were linted in. */
export function removeProjects(): void {
  for (const { root } of projects.values()) rmSync(root, { recursive: true, force: true });
  projects.clear();
}

/** What the rules say of a file. */
export function messages(given: Given | string): readonly string[] {
  const details: Given = typeof given === 'string' ? { code: given } : given;
  const project = projectFor(details);
  const code = dedent(details.code);
  writeFileSync(project.file, code);
  return messagesOf(project, code, details).map(({ message }) => message);
}

/** Everything that the rules suggest for a file, in the order of the reports. */
export function offered(given: Given | string): readonly Offered[] {
  const details: Given = typeof given === 'string' ? { code: given } : given;
  const code = dedent(details.code);
  const project = projectFor(details);
  const { compiler, file } = project;
  writeFileSync(file, code);
  return messagesOf(project, code, details).flatMap(({ ruleId, suggestions = [] }) =>
    suggestions.map(({ desc, fix, messageId }): Offered => {
      const after = applyFix(code, fix);
      const errors = compiler.newErrors(file, code, after);
      return { rule: ruleId!.replace('mooring/', ''), id: messageId!, says: desc, after, errors };
    }),
  );
}

function messagesOf(
  { file, linter, root }: Project,
  code: string,
  { provider = 'parser-services', preset = 'structured-type-checked' }: Given,
): readonly Linter.LintMessage[] {
  const found = linter.verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx,mts,cts}'],
        languageOptions: languageOptions(provider, true, root),
        settings: { mooring: providerSettings(provider) },
      },
      ...plugin.configs[preset].map((config) => ({
        ...config,
        files: ['**/*.{ts,tsx,mts,cts}'],
      })),
    ],
    file,
  );
  const fatal = found.find((message) => message.fatal);
  if (fatal !== undefined) throw new Error(`${fatal.message} in:\n${code}`);
  return found;
}
