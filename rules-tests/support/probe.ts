import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';

const linter = new Linter();

/**
 * Goes through a program as ESLint does, without types, with the listeners of a rule that the test
 * makes to ask its question. Gives what the rule reports, and what is wrong with the program.
 */
export function probe(
  code: string,
  create: (context: Rule.RuleContext) => object,
  filename: 'program.ts' | 'program.tsx' = 'program.ts',
): Linter.LintMessage[] {
  return linter.verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx}'],
        plugins: { test: { rules: { rule: { create } as unknown as Rule.RuleModule } } },
        rules: { 'test/rule': 'error' },
        languageOptions: { parser },
      },
    ],
    filename,
  );
}
