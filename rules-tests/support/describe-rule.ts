import type { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import { describe, expect, test } from 'vitest';

import { Compiler } from '../../tools/suggestions/compiler.js';
import { applyFix, fixtureFile, lint, type LintOptions } from './lint.js';
import { dedent, readSquiggles } from './squiggles.js';

/** A program, or a program with what it is linted under. */
type Case = CaseDetails | string;

interface CaseDetails {
  readonly code: string;
  readonly options?: object;
  /** What `settings.mooring` is. */
  readonly settings?: object;
  readonly filename?: LintOptions['filename'];
}

interface ReportCase extends CaseDetails {
  /** For each report in order, the program after each of its suggestions. */
  readonly suggests?: readonly (readonly string[])[];
  /** The program after all fixes. */
  readonly fixed?: string;
}

interface RuleSpecification {
  /** Programs that are fine. */
  readonly allows: Readonly<Record<string, Case>>;
  /** Programs with squiggles under what is reported. */
  readonly reports: Readonly<Record<string, ReportCase | string>>;
  /** Known gaps, on record: programs that are wrong, of which the rule says nothing. */
  readonly misses: Readonly<Record<string, Case>>;
}

/** Of the typed fixture, for all rules. */
const compiler = new Compiler();

/** The specification of one rule, each sentence a test. */
export function describeRule(name: string, specification: RuleSpecification): void {
  describe(name, () => {
    describe('allows', () => {
      for (const [sentence, given] of Object.entries(specification.allows)) {
        test(sentence, () => expectSilence(name, given));
      }
    });
    describe('reports', () => {
      for (const [sentence, given] of Object.entries(specification.reports)) {
        test(sentence, () => expectReports(name, given));
      }
    });
    if (Object.keys(specification.misses).length === 0) return;
    describe('misses', () => {
      for (const [sentence, given] of Object.entries(specification.misses)) {
        test(sentence, () => expectSilence(name, given));
      }
    });
  });
}

function expectSilence(name: string, given: Case): void {
  const details = typeof given === 'string' ? { code: given } : given;
  expect(run(name, dedent(details.code), details).map(readable)).toEqual([]);
}

function expectReports(name: string, given: ReportCase | string): void {
  const details: ReportCase = typeof given === 'string' ? { code: given } : given;
  const { code, marks } = readSquiggles(details.code);
  const messages = run(name, code, details);
  const drawn = messages.map((message, index) => ({
    line: message.line,
    column: message.column,
    endColumn: marks[index]?.endColumn === undefined ? undefined : message.endColumn,
    messageId: message.messageId,
  }));
  expect(marks.length, 'a program under `reports` has a squiggle').toBeGreaterThan(0);
  expect(drawn, messages.map(readable).join('\n')).toEqual(marks);
  for (const message of messages) {
    expect(message.message, 'every placeholder is filled').not.toMatch(/\{\{/);
    for (const suggestion of message.suggestions ?? []) {
      const after = applyFix(code, suggestion.fix);
      // By the parser that is tested; whatever rules say of odd programs is robustness.test.ts's.
      const parsed = lint(after, { filename: details.filename, typed: false, rules: {} });
      const fatal = parsed.find((each) => each.fatal);
      expect(fatal, `suggestion gives code that parses:\n${after}`).toBe(undefined);
      const errors = newErrors(fixtureFile(details.filename), code, after);
      expect(errors, `suggestion gives code that compiles:\n${after}`).toEqual([]);
    }
  }
  if (details.suggests !== undefined) {
    const outputs = messages.map((message) =>
      (message.suggestions ?? []).map((suggestion) => applyFix(code, suggestion.fix)),
    );
    expect(outputs).toEqual(details.suggests.map((programs) => programs.map(dedent)));
  }
  if (details.fixed !== undefined) {
    const fixes = messages.flatMap((message) => message.fix ?? []).reverse();
    expect(fixes.reduce(applyFix, code)).toBe(dedent(details.fixed));
  }
}

/** What a suggestion mends may be what a `@ts-expect-error` was there for. */
function newErrors(file: string, code: string, after: string): readonly string[] {
  return compiler.newErrors(file, code, after).filter((error) => !error.startsWith('TS2578'));
}

function run(name: string, code: string, details: CaseDetails): Linter.LintMessage[] {
  const rule = plugin.rules?.[name];
  if (rule === undefined) throw new Error(`The plugin has no rule '${name}'.`);
  const docs = rule.meta?.docs as { types?: string } | undefined;
  const messages = lint(code, {
    filename: details.filename,
    settings: details.settings,
    typed: docs?.types !== 'none',
    rules: { [`mooring/${name}`]: ['error', ...(details.options ? [details.options] : [])] },
  });
  const fatal = messages.find((message) => message.fatal);
  if (fatal !== undefined) throw new Error(`${readable(fatal)} in:\n${code}`);
  return messages;
}

function readable(message: Linter.LintMessage): string {
  return `${message.line}:${message.column} ${message.messageId}: ${message.message}`;
}
