import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import { describe, expect, test } from 'vitest';

import type { CallFacts, CallNode, ValueFacts } from '../../eslint-plugin/src/types/types.js';
import { type Provider, PROVIDERS } from '../support/providers.js';
import { typedProgram } from '../support/typed-program.js';

/** What is known of the expression that a program ends in. */
export interface Asked {
  readonly value: ValueFacts;
  /** Of an expression that is a call. */
  readonly call: CallFacts;
}

/** A program that ends in an expression, and what the question answers about it. */
type Row = readonly [program: string, answer: unknown];

interface Table {
  /** What all programs of the table can use: imports, and declarations. */
  readonly given?: string;
  /** What `settings.mooring` is. */
  readonly settings?: object;
  /** Programs that TypeScript itself finds wrong are programs too. */
  readonly withErrors?: true;
  readonly question: (asked: Asked) => unknown;
  readonly rows: Readonly<Record<string, Row>>;
}

/**
 * One question about many programs, to each provider of types. The programs are checked as one
 * file, each in a namespace.
 */
export function table(name: string, given: Table): void {
  const rows = Object.entries(given.rows);
  describe.each(PROVIDERS)(`${name} (%s)`, (provider) => {
    const asked = askAll(
      given,
      rows.map(([, [program]]) => program),
      provider,
    );
    test.each(rows.map(([sentence, row], index) => [sentence, row, index] as const))(
      '%s',
      (_, [, answer], index) => {
        expect(given.question(asked()[index]!)).toEqual(answer);
      },
    );
  });
}

function askAll(
  { given = '', settings = {}, withErrors }: Table,
  programs: readonly string[],
  provider: Provider,
): () => readonly Asked[] {
  let known: readonly Asked[] | undefined;
  return () => (known ??= ask());

  function ask(): readonly Asked[] {
    const spaces = programs.map((program, index) => `namespace p${index} {\n${program}\n}`);
    const text = ['export {};', given, ...spaces].join('\n');
    const { ast, types, services } = typedProgram(text, provider, settings);
    if (!withErrors && provider !== 'tsgo') expect(errorsOf(services)).toEqual([]);
    const expressions = ast.body
      .filter((statement) => statement.type === 'TSModuleDeclaration')
      .map(lastExpression);
    const calls = types.calls(expressions.filter(isCall));
    const values = types.values(expressions);
    return expressions.map((expression, index) => ({
      value: values[index]!,
      call: calls[expressions.filter(isCall).indexOf(expression as CallNode)]!,
    }));
  }
}

function errorsOf({ program }: ParserServicesWithTypeInformation): string[] {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/typed/file.ts'));
  return program
    .getSemanticDiagnostics(file)
    .filter(({ reportsUnnecessary }) => reportsUnnecessary === undefined)
    .map(({ start, messageText }) => {
      const text = typeof messageText === 'string' ? messageText : messageText.messageText;
      return `${text} at: ${file?.text.slice(start).split('\n')[0]}`;
    });
}

/** The expression that ends the program, or the function that ends the program. */
function lastExpression(
  around: TSESTree.FunctionDeclaration | TSESTree.TSModuleDeclaration,
): TSESTree.Expression {
  const last = around.body?.body.at(-1);
  if (last?.type === 'FunctionDeclaration') return lastExpression(last);
  if (last?.type !== 'ExpressionStatement') throw new Error('The program ends in no expression.');
  return last.expression.type === 'ChainExpression' ? last.expression.expression : last.expression;
}

function isCall(node: TSESTree.Node): node is CallNode {
  return (
    node.type === 'CallExpression' ||
    node.type === 'NewExpression' ||
    node.type === 'TaggedTemplateExpression'
  );
}
