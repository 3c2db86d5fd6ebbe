import type { NativeDiagnostic, NativeProject } from './api.js';

/** What the checker says of a `tsconfig.json`: its types may be wrong, or there are none. */
export interface ConfigProblem {
  readonly config: string;
  /** The config itself, or one that it extends. */
  readonly file: string;
  /** TypeScript's number of it: 5023 is an option that does not exist. */
  readonly code: number;
  readonly text: string;
  /** Whether the text of the config is wrong, or what it asks for. */
  readonly of: 'options' | 'text';
}

/** The projects of a run. */
export interface RunProjects {
  /** Of each file the config of its project; of one in no project the config nearest to it. */
  readonly configOf: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
}

/** Those of a config that was made say again what the one that it extends says. */
export function problemsOf(
  project: NativeProject & { readonly configFileName: string },
  made: { has(config: string): boolean },
): ConfigProblem[] {
  const { program, configFileName: config } = project;
  if (made.has(config)) return [];
  const problem =
    (of: ConfigProblem['of']) =>
    ({ code, text, fileName }: NativeDiagnostic): ConfigProblem => ({
      config,
      file: fileName ?? config,
      code,
      text,
      of,
    });
  return [
    ...program.getConfigFileParsingDiagnostics().map(problem('text')),
    ...program.getProgramDiagnostics().map(problem('options')),
  ];
}
