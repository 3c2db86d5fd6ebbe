import { dirname } from 'node:path';

import ts from 'typescript';

const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];

/** Which configs could have a file, by the rules of an editor, as TypeScript 6 reads them. */
export class OlderConfigs {
  readonly #read: Map<string, ts.ParsedCommandLine> = new Map();
  readonly #named: Map<string, ReadonlySet<string>> = new Map();
  readonly #around: Map<string, readonly string[]> = new Map();

  /** The nearest above a folder and what that refers to; then the next above, and so on. */
  around(folder: string): readonly string[] {
    const known = this.#around.get(folder);
    if (known !== undefined) return known;
    const found = new Set<string>();
    for (let at = folder; ; at = dirname(at)) {
      const config = CONFIG_NAMES.map((name) => `${at === '/' ? '' : at}/${name}`).find(
        ts.sys.fileExists,
      );
      if (config !== undefined) this.#addWithReferences(config, found);
      if (at === dirname(at)) break;
    }
    this.#around.set(folder, [...found]);
    return [...found];
  }

  /** What a config says; nothing, where it cannot be read: whoever compiles hears of it. */
  read(config: string): ts.ParsedCommandLine {
    const known = this.#read.get(config);
    if (known !== undefined) return known;
    const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config?: unknown };
    const parsed = ts.parseJsonConfigFileContent(
      json ?? {},
      ts.sys,
      dirname(config),
      undefined,
      config,
    );
    this.#read.set(config, parsed);
    return parsed;
  }

  /** Whether a file is one of those that a config names, not only of those that these import. */
  names(config: string, file: string): boolean {
    const named = this.#named.get(config) ?? new Set(this.read(config).fileNames.map(keyOf));
    this.#named.set(config, named);
    return named.has(keyOf(file));
  }

  #addWithReferences(config: string, found: Set<string>): void {
    if (found.has(config)) return;
    found.add(config);
    for (const reference of this.read(config).projectReferences ?? []) {
      const path = ts.resolveProjectReferencePath(reference);
      if (ts.sys.fileExists(path)) this.#addWithReferences(path, found);
    }
  }
}

/** Windows tells files apart by other letters than the case. */
function keyOf(file: string): string {
  return ts.sys.useCaseSensitiveFileNames ? file : file.toLowerCase();
}
