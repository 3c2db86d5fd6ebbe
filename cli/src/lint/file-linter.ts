import { type ESLint, Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';

import type { OwnSettings } from './own-config.js';
import type { Preset } from './preset.js';

export interface FileLinterInput {
  /** What paths of `settings.mooring` are meant from. */
  readonly root: string;
  /** `undefined`: what the project's own config asks for, else `recommended`. */
  readonly preset: Preset | undefined;
  readonly own: (file: string) => OwnSettings | undefined;
  readonly languageOf: (file: string) => Linter.Config;
  /** Of the rules that are asked for these alone, by their names without the prefix. */
  readonly only?: readonly string[];
}

type SourceType = 'commonjs' | 'module';

// A pattern that ends with a star alone matches no file by itself, and nothing of it is linted.
const FILES = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

const LINTER: Linter.LinterOptions = { reportUnusedDisableDirectives: 'off' };

/** Lints one file at a time with our rules: the text on disk, or that of an editor. */
export class FileLinter {
  /** `await` expressions of all files that were linted. */
  awaited = 0;
  readonly #input: FileLinterInput;
  readonly #linter: Linter;
  readonly #rules: ReadonlySet<string>;

  constructor(input: FileLinterInput) {
    this.#input = input;
    this.#linter = new Linter({ cwd: input.root });
    const { only = Object.keys(plugin.rules ?? {}) } = input;
    this.#rules = new Set(only.map((rule) => `mooring/${rule}`));
  }

  /** Reports of our rules, or one that is fatal and says why there are none. */
  lint(file: string, text: string): readonly Linter.LintMessage[] {
    return this.#inScript(file, (type) =>
      this.#linter.verify(text, this.#configOf(file, type), { filename: file }),
    );
  }

  /** The text with the fixes that change nothing, and what is reported in it. */
  fix(file: string, text: string): { text: string; messages: readonly Linter.LintMessage[] } {
    let output = text;
    const messages = this.#inScript(file, (type) => {
      const fixed = this.#linter.verifyAndFix(text, this.#configOf(file, type), file);
      output = fixed.output;
      return fixed.messages;
    });
    return { text: output, messages };
  }

  #inScript(
    file: string,
    lint: (type: SourceType) => readonly Linter.LintMessage[],
  ): readonly Linter.LintMessage[] {
    const messages = caught(() => lint('module'));
    const isScript = /\.c?jsx?$/.test(file) && messages.some(isFatal);
    // `return` at the top, or a name that a module reserves: what Node wraps in a function.
    const scripted = isScript ? caught(() => lint('commonjs')) : messages;
    const said = scripted.some(isFatal) ? messages : scripted;
    // A comment of the project can turn on other rules, those of ESLint itself among them.
    return said.filter(({ fatal, ruleId }) => fatal ?? (ruleId && this.#rules.has(ruleId)));
  }

  #configOf(file: string, sourceType: SourceType): Linter.Config[] {
    const { own, languageOf } = this.#input;
    const { settings = {}, rules = {} } = own(file) ?? {};
    const configs: Linter.Config[] = [
      { plugins: { mooring: plugin, census: this.#census }, rules: this.#rulesBeside(rules) },
      { rules: { 'census/awaited': 'error' }, settings },
      languageOf(file),
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
    const all = plugin.configs[`${preset ?? 'recommended'}-type-checked`][0]?.rules ?? {};
    const rules = Object.entries(all).filter(([name]) => this.#rules.has(name));
    return {
      ...Object.fromEntries(rules),
      ...Object.fromEntries(ours.filter(([, entry]) => isOff(entry))),
    };
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

/** A rule of ours that fails on one file, or a checker that does: the others are linted. */
function caught(lint: () => readonly Linter.LintMessage[]): readonly Linter.LintMessage[] {
  try {
    return lint();
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return [{ fatal: true, severity: 2, ruleId: null, message: line } as Linter.LintMessage];
  }
}

export function isFatal({ fatal }: Linter.LintMessage): boolean {
  return fatal === true;
}

export function isOff(entry: Linter.RuleEntry | undefined): boolean {
  const [severity] = Array.isArray(entry) ? entry : [entry];
  return severity === 0 || severity === 'off';
}
