import { readFileSync } from 'node:fs';
import type { Linter } from 'eslint';

import { CannotError } from '../command.js';
import { FileLinter, isFatal } from './file-linter.js';
import { type Finding, type Unparsed, wordsOf } from './finding.js';
import type { OwnConfig } from './own-config.js';
import type { Preset } from './preset.js';
import { cannotRead } from './targets.js';
import type { TypesOfRun } from './types-of-run.js';
import { writeText } from '../write-text.js';

export interface LintInput {
  readonly root: string;
  readonly files: readonly string[];
  /** `undefined`: what the project's own config asks for, else `recommended`. */
  readonly preset: Preset | undefined;
  readonly own: OwnConfig;
  readonly types: TypesOfRun;
  readonly fix: boolean;
  /** Called before each file, and waited for. */
  readonly onFile: (file: string) => Promise<void>;
}

export interface Linted {
  readonly findings: readonly Finding[];
  readonly unparsed: readonly Unparsed[];
  readonly awaited: number;
  readonly textOf: (file: string) => string;
}

/**
 * Lints the files one after the other. ESLint's class would do it too, and say nothing until the
 * last of them is done.
 *
 * @throws {CannotError} of no file there is anything to say; the first says why.
 */
export async function lint(input: LintInput): Promise<Linted> {
  const { root, files, preset, own, types, fix, onFile } = input;
  const linter = new FileLinter({ root, preset, own: own.of, languageOf: types.languageOf });
  const texts = new Map<string, string>();
  const findings: Finding[] = [];
  const unparsed: Unparsed[] = [];
  for (const file of files) {
    await onFile(file);
    const text = readFile(file);
    const linted = fix
      ? await linter.fix(file, text)
      : { text, messages: await linter.lint(file, text) };
    if (linted.text !== text) writeText(file, linted.text);
    texts.set(file, linted.text);
    const fatal = linted.messages.find(isFatal);
    if (fatal === undefined) {
      findings.push(...linted.messages.map((message) => findingOf(file, message)));
      continue;
    }
    unparsed.push(unparsedOf(file, fatal));
  }
  const [first] = unparsed;
  if (first !== undefined && unparsed.length === files.length) {
    const words = wordsOf(root, first);
    throw new CannotError(`No file of ${root} can be parsed; the first: ${words}`);
  }
  const { awaited } = linter;
  return { findings, unparsed, awaited, textOf: (file) => texts.get(file) ?? readFile(file) };
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

/** A rule that fails says no place. */
function unparsedOf(file: string, { line, column, message }: Linter.LintMessage): Unparsed {
  const place = (line as number | undefined) === undefined ? {} : { line, column };
  return { file, ...place, message };
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw cannotRead(file, cause);
  }
}
