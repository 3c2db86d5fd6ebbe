import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

import { type ESLint, Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';

import { CannotError } from '../command.js';
import type { Preset } from './command.js';
import type { Finding } from './finding.js';
import type { OwnConfig } from './own-config.js';
import { cannotRead } from './targets.js';
import type { TypesOfRun } from './types-of-run.js';

export interface LintInput {
  readonly root: string;
  readonly files: readonly string[];
  /** `undefined`: what the project's own config asks for, else `recommended`. */
  readonly preset: Preset | undefined;
  readonly own: OwnConfig;
  readonly types: TypesOfRun;
  readonly fix: boolean;
  /** Called before each file. */
  readonly onFile: (file: string) => void;
}

export interface Linted {
  readonly findings: readonly Finding[];
  readonly unparsed: readonly string[];
  readonly awaited: number;
  readonly textOf: (file: string) => string;
}

// A pattern that ends with a star alone matches no file by itself, and nothing of it is linted.
const FILES = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

/**
 * Lints the files one after the other. ESLint's class would do it too, and say nothing until the
 * last of them is done.
 *
 * @throws {CannotError} of no file there is anything to say; the first says why.
 */
export function lint(input: LintInput): Linted {
  const { root, files } = input;
  const run = new Run(input);
  const findings: Finding[] = [];
  const unparsed: string[] = [];
  for (const file of files) {
    input.onFile(file);
    const messages = run.lint(file);
    const fatal = messages.find((message) => message.fatal);
    if (fatal === undefined) {
      findings.push(...messages.map((message) => findingOf(file, message)));
      continue;
    }
    const at = (fatal.line as number | undefined) && `:${fatal.line}:${fatal.column}`;
    unparsed.push(`${relative(root, file)}${at ?? ''} ${fatal.message}`);
  }
  if (unparsed.length === files.length) {
    throw new CannotError(`No file of ${root} can be parsed; the first: ${unparsed[0]}`);
  }
  return { findings, unparsed, awaited: run.awaited, textOf: (file) => run.textOf(file) };
}

class Run {
  awaited = 0;
  readonly #input: LintInput;
  readonly #linter: Linter;
  readonly #texts: Map<string, string> = new Map();
  readonly #rules: ReadonlySet<string> = new Set(
    Object.keys(plugin.rules ?? {}).map((rule) => `mooring/${rule}`),
  );

  constructor(input: LintInput) {
    this.#input = input;
    this.#linter = new Linter({ cwd: input.root });
  }

  lint(file: string): readonly Linter.LintMessage[] {
    const text = readFile(file);
    this.#texts.set(file, text);
    const messages = this.#verify(file, text, 'module');
    const isScript = /\.c?jsx?$/.test(file) && messages.some((message) => message.fatal);
    // `return` at the top, or a name that a module reserves: what Node wraps in a function.
    const scripted = isScript ? this.#verify(file, text, 'commonjs') : messages;
    const said = scripted.some((message) => message.fatal) ? messages : scripted;
    // A comment of the project can turn on other rules, those of ESLint itself among them.
    return said.filter(({ fatal, ruleId }) => fatal ?? (ruleId && this.#rules.has(ruleId)));
  }

  textOf(file: string): string {
    return this.#texts.get(file) ?? readFile(file);
  }

  #verify(
    file: string,
    text: string,
    sourceType: 'commonjs' | 'module',
  ): readonly Linter.LintMessage[] {
    const config = this.#configOf(file, sourceType);
    try {
      if (!this.#input.fix) return this.#linter.verify(text, config, { filename: file });
      const { fixed, output, messages } = this.#linter.verifyAndFix(text, config, file);
      if (fixed) {
        writeFileSync(file, output);
        this.#texts.set(file, output);
      }
      return messages;
    } catch (error) {
      // A rule of ours that fails on one file, or a checker that does: the others are linted.
      const message = error instanceof Error ? error.message : String(error);
      const [line = ''] = message.split('\n');
      return [{ fatal: true, severity: 2, ruleId: null, message: line } as Linter.LintMessage];
    }
  }

  #configOf(file: string, sourceType: 'commonjs' | 'module'): Linter.Config[] {
    const { own, types } = this.#input;
    const { settings = {}, rules = {} } = own.of(file) ?? {};
    const configs: Linter.Config[] = [
      { plugins: { mooring: plugin, census: this.#census }, rules: this.#rulesBeside(rules) },
      { rules: { 'census/awaited': 'error' }, settings },
      types.languageOf(file),
      { languageOptions: { sourceType } },
    ];
    return configs.map((config) => ({ ...config, files: FILES, linterOptions: LINTER }));
  }

  /** What the project has turned off stays off; what it has turned on is what it asks for. */
  #rulesBeside(own: Linter.RulesRecord): Partial<Linter.RulesRecord> {
    const { preset } = this.#input;
    const ours = Object.entries(own).filter(([name]) => this.#rules.has(name));
    if (preset === undefined && ours.some(([, entry]) => !isOff(entry))) {
      return Object.fromEntries(ours);
    }
    const rules = plugin.configs[`${preset ?? 'recommended'}-type-checked`][0]?.rules ?? {};
    return { ...rules, ...Object.fromEntries(ours.filter(([, entry]) => isOff(entry))) };
  }

  readonly #census: ESLint.Plugin = {
    rules: {
      awaited: {
        create: () => ({
          'AwaitExpression, ForOfStatement[await=true]': () => {
            this.awaited++;
          },
        }),
      },
    },
  };
}

const LINTER: Linter.LinterOptions = { reportUnusedDisableDirectives: 'off' };

function isOff(entry: Linter.RuleEntry | undefined): boolean {
  const [severity] = Array.isArray(entry) ? entry : [entry];
  return severity === 0 || severity === 'off';
}

function findingOf(file: string, message: Linter.LintMessage): Finding {
  const { line, column, endLine = line, endColumn = column, suggestions = [] } = message;
  return {
    file,
    line,
    column,
    endLine,
    endColumn,
    rule: message.ruleId ?? '',
    message: message.message,
    suggestions: suggestions.map(({ desc }) => desc),
  };
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw cannotRead(file, cause);
  }
}
