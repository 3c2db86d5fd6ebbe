import { dirname } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { type ESLint, Linter } from 'eslint';
import nativeParser from 'eslint-plugin-mooring/parser';

import type { Source } from './source.js';
import { typedProgram } from './typed-program.js';
import { unwatched, type Watch } from './watch.js';

/** Where the tree and the types come from: the parser and the types of typescript-eslint, or ours. */
export type Mode = 'native' | 'typed' | 'untyped';

/** Something that no program may make a rule do. */
export interface Fault {
  readonly rule: string;
  readonly source: Source;
  readonly mode: Mode;
  /** In one line, the same for the same fault in another program. */
  readonly what: string;
  readonly details: string;
}

const PREFIX = 'mooring';

/** Finds the faults of the rules of a plugin. */
export class FaultFinder {
  readonly #plugin: ESLint.Plugin;
  readonly #watch: Watch;
  readonly #ids: readonly string[];
  readonly #idsWithoutTypes: readonly string[];

  constructor(plugin: ESLint.Plugin, watch: Watch = unwatched) {
    this.#plugin = plugin;
    this.#watch = watch;
    const rules = Object.entries(plugin.rules ?? {}).map(([name, { meta }]) => ({
      id: `${PREFIX}/${name}`,
      needsTypes: (meta?.docs as { types?: string } | undefined)?.types === 'required',
    }));
    this.#ids = rules.map(({ id }) => id);
    this.#idsWithoutTypes = rules.filter(({ needsTypes }) => !needsTypes).map(({ id }) => id);
  }

  /** Without types, with the rules that need none. */
  untyped(source: Source): Fault[] {
    const ids = this.#idsWithoutTypes;
    return faultsOf(source, {
      plugin: this.#plugin,
      watch: this.#watch,
      ids,
      mode: 'untyped',
      languageOptions: { parser },
    });
  }

  /** With types, with all rules. The sources share one program, which is what costs most. */
  typed(sources: readonly Source[]): Fault[] {
    const languageOptions = { parser, parserOptions: { programs: [typedProgram(sources)] } };
    const under: Under = {
      plugin: this.#plugin,
      watch: this.#watch,
      ids: this.#ids,
      mode: 'typed',
      languageOptions,
    };
    return sources.flatMap((source) => faultsOf(source, under));
  }

  /** With the plugin's own parser and the types of TypeScript 7, with all rules. */
  native(source: Source): Fault[] {
    return faultsOf(source, {
      plugin: this.#plugin,
      watch: this.#watch,
      ids: this.#ids,
      mode: 'native',
      languageOptions: { parser: nativeParser },
      settings: { mooring: { types: 'native', typescript: 'typescript-7' } },
    });
  }
}

interface Under {
  readonly plugin: ESLint.Plugin;
  readonly watch: Watch;
  readonly ids: readonly string[];
  readonly mode: Mode;
  readonly languageOptions: Linter.LanguageOptions;
  readonly settings?: Record<string, unknown>;
}

/** A rule that throws ends the lint, so that the others are asked again without it. */
function faultsOf(source: Source, under: Under): Fault[] {
  const faults: Fault[] = [];
  let ids = under.ids;
  for (;;) {
    try {
      const messages = lint(source, { ...under, ids });
      return [...faults, ...messages.flatMap((message) => faultsOfReport(message, source, under))];
    } catch (error) {
      const rule = (error as { ruleId?: string }).ruleId;
      if (rule === undefined || !ids.includes(rule)) throw error;
      const { message, stack = message } = error as Error;
      const what = `throws “${message.split('\n')[0]}”`;
      faults.push({ rule, source, mode: under.mode, what, details: stack });
      ids = ids.filter((id) => id !== rule);
    }
  }
}

function lint(
  source: Source,
  { plugin, watch, ids, mode, languageOptions, settings = {} }: Under,
): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { [PREFIX]: plugin },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    languageOptions,
    settings,
    rules: Object.fromEntries(ids.map((id) => [id, 'error'])),
  };
  watch.begin(source, mode);
  try {
    return new Linter({ cwd: dirname(source.path) }).verify(source.text, config, source.path);
  } finally {
    watch.end();
  }
}

/** A report has to lie in the text, and what it offers has to give a text that parses. */
function faultsOfReport(
  { message, ruleId, line, column, endLine = line, fix, suggestions = [] }: Linter.LintMessage,
  source: Source,
  { mode }: Under,
): Fault[] {
  if (/^No matching configuration/.test(message)) throw new Error(message);
  // What does not parse, and comments that are not heeded here.
  if (ruleId === null) return [];
  const fault = (what: string, details: string): Fault[] => [
    { rule: ruleId, source, mode, what, details },
  ];
  if (!(line >= 1 && column >= 1 && endLine <= source.text.split('\n').length)) {
    return fault('reports a place outside the text', `${line}:${column}`);
  }
  const offers = [
    ...(fix === undefined ? [] : [{ desc: 'fix', fix }]),
    ...suggestions.map((suggestion) => ({ desc: suggestion.desc, fix: suggestion.fix })),
  ];
  return offers.flatMap(({ desc, fix: { range, text } }) => {
    const after = source.text.slice(0, range[0]) + text + source.text.slice(range[1]);
    const error = syntaxError({ ...source, text: after });
    // The plugin's own parser takes some texts that TypeScript does not.
    return error === undefined || syntaxError(source) !== undefined
      ? []
      : fault(`breaks the program with “${desc}”`, error + after);
  });
}

function syntaxError({ path, text }: Source): string | undefined {
  try {
    parser.parseForESLint(text, { filePath: path });
    return undefined;
  } catch (error) {
    return `${(error as Error).message}\n`;
  }
}
