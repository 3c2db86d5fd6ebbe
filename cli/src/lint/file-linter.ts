import { ESLint, type Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';

import type { OwnSettings } from './own-config.js';
import type { Preset } from './preset.js';
import { SOURCE_PATTERNS } from './source-patterns.js';

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

const LINTER: Linter.LinterOptions = { reportUnusedDisableDirectives: 'off' };

/** What is said of a file, and its text after the fixes. */
interface Said {
  readonly messages: readonly Linter.LintMessage[];
  readonly text: string;
}

/** A file of which the project's own config says nothing. */
const NOTHING: OwnSettings = { settings: {}, rules: {} };

/**
 * Lints one file at a time with our rules: the text on disk, or that of an editor.
 *
 * One instance of ESLint for each combination of what a file is linted with: it keeps what it makes of
 * a config, and `Linter` makes it anew for each file, which is a tenth of the time of a run.
 */
export class FileLinter {
  /** `await` expressions of all files that were linted. */
  awaited = 0;
  readonly #input: FileLinterInput;
  readonly #rules: ReadonlySet<string>;
  readonly #instances: Map<OwnSettings, Map<Linter.Config, Map<string, ESLint>>> = new Map();

  constructor(input: FileLinterInput) {
    this.#input = input;
    const { only = Object.keys(plugin.rules ?? {}) } = input;
    this.#rules = new Set(only.map((rule) => `mooring/${rule}`));
  }

  /** Reports of our rules, or one that is fatal and says why there are none. */
  async lint(file: string, text: string): Promise<readonly Linter.LintMessage[]> {
    return (await this.#say(file, text, false)).messages;
  }

  /** The text with the fixes that change nothing, and what is reported in it. */
  fix(file: string, text: string): Promise<Said> {
    return this.#say(file, text, true);
  }

  async #say(file: string, text: string, fix: boolean): Promise<Said> {
    const first = await this.#verify(file, text, 'module', fix);
    const isScript = /\.c?jsx?$/.test(file) && first.messages.some(isFatal);
    // `return` at the top, or a name that a module reserves: what Node wraps in a function.
    const second = isScript ? await this.#verify(file, text, 'commonjs', fix) : first;
    const said = second.messages.some(isFatal) ? first : second;
    // A comment of the project can turn on other rules, those of ESLint itself among them.
    const messages = said.messages.filter(
      ({ fatal, ruleId }) => fatal ?? (ruleId && this.#rules.has(ruleId)),
    );
    return { ...said, messages };
  }

  /** A rule of ours that fails on one file, or a checker that does: the others are linted. */
  async #verify(file: string, text: string, type: SourceType, fix: boolean): Promise<Said> {
    try {
      const [result] = await this.#eslintFor(file, type, fix).lintText(text, { filePath: file });
      return { messages: result?.messages ?? [], text: result?.output ?? text };
    } catch (error) {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      const message = { fatal: true, severity: 2, ruleId: null, message: line };
      return { messages: [message as Linter.LintMessage], text };
    }
  }

  #eslintFor(file: string, type: SourceType, fix: boolean): ESLint {
    const own = this.#input.own(file) ?? NOTHING;
    const language = this.#input.languageOf(file);
    const ofOwn = this.#instances.get(own) ?? new Map<Linter.Config, Map<string, ESLint>>();
    this.#instances.set(own, ofOwn);
    const ofLanguage = ofOwn.get(language) ?? new Map<string, ESLint>();
    ofOwn.set(language, ofLanguage);
    const key = `${type} ${fix}`;
    const known = ofLanguage.get(key) ?? this.#makeEslint(own, language, type, fix);
    ofLanguage.set(key, known);
    return known;
  }

  #makeEslint(own: OwnSettings, language: Linter.Config, type: SourceType, fix: boolean): ESLint {
    const configs: Linter.Config[] = [
      { plugins: { mooring: plugin, census: this.#census }, rules: this.#rulesBeside(own.rules) },
      { rules: { 'census/awaited': 'error' }, settings: own.settings },
      language,
      { languageOptions: { sourceType: type } },
    ];
    return new ESLint({
      cwd: this.#input.root,
      overrideConfigFile: true,
      overrideConfig: configs.map((config) => ({
        ...config,
        files: [...SOURCE_PATTERNS],
        linterOptions: LINTER,
      })),
      ignore: false,
      warnIgnored: false,
      fix,
    });
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

export function isFatal({ fatal }: Linter.LintMessage): boolean {
  return fatal === true;
}

export function isOff(entry: Linter.RuleEntry | undefined): boolean {
  const [severity] = Array.isArray(entry) ? entry : [entry];
  return severity === 0 || severity === 'off';
}
