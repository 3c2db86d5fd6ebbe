import type { TSESLint } from '@typescript-eslint/utils';

import { type Place, placeOf } from './edits/place.js';
import { readSettings, type Settings } from './settings.js';
import { isTestOfTypes } from './syntax/test-code.js';
import { NativeFailure } from './types/native/failure.js';
import { hasTypes, typesFor } from './types/types-for.js';
import type { Types } from './types/types.js';
import { PLUGIN, ruleUrl } from './vocabulary.js';

/** With which step a rule comes; each has all of the one before. `opt-in` is in `all` only. */
export type Preset = 'opt-in' | 'recommended' | 'strict' | 'structured';

/** `required`: says so in a clear error where there are none. `optional`: knows more with them. */
export type NeedsTypes = 'none' | 'optional' | 'required';

export interface RuleDocs {
  /** What the rule finds, as the end of "This rule disallows/requires …". */
  readonly description: string;
  readonly preset: Preset;
  readonly types: NeedsTypes;
  /** Of a rule that `recommended` has in a milder form: what it sets, and what `structured` does. */
  readonly milder?: { readonly recommended: object; readonly structured: object };
}

type TypesOf<Needs extends NeedsTypes> = Needs extends 'required'
  ? Types
  : Needs extends 'optional'
    ? Types | undefined
    : undefined;

/** What a rule is written with: the context, and what all rules need beside it. */
export interface RuleInput<MessageId extends string, Options, Needs extends NeedsTypes> {
  readonly context: Readonly<TSESLint.RuleContext<MessageId, [Options?]>>;
  readonly sourceCode: Readonly<TSESLint.SourceCode>;
  /** The rule's options, with its defaults filled in. */
  readonly options: Options;
  readonly settings: Settings;
  readonly types: TypesOf<Needs>;
  /** The same, as the edits take it. */
  readonly place: Place;
}

export interface RuleDefinition<MessageId extends string, Options, Needs extends NeedsTypes> {
  readonly name: string;
  readonly docs: RuleDocs & { readonly types: Needs };
  readonly kind: 'problem' | 'suggestion';
  readonly fixable?: 'code';
  readonly hasSuggestions?: true;
  readonly messages: Record<MessageId, string>;
  /** The schema of each option. */
  readonly optionSchemas?: { readonly [Name in keyof Options]-?: object };
  readonly defaultOptions: Options;
  create(input: RuleInput<MessageId, Options, Needs>): TSESLint.RuleListener;
}

/** A rule as ESLint takes it, with what the presets and the pages are computed from. */
export type MooringRule = TSESLint.RuleModule<string, [unknown?], RuleDocs>;

/**
 * Makes an ESLint rule of what is its own: fills in the URL of its page, the schema, the default
 * options, and the types it needs.
 */
export function defineRule<
  MessageId extends string,
  Needs extends NeedsTypes,
  Options extends object = Record<never, never>,
>(rule: RuleDefinition<MessageId, Options, Needs>): MooringRule {
  const optionSchemas = rule.optionSchemas ?? {};
  const hasOptions = Object.keys(optionSchemas).length > 0;
  const defined: TSESLint.RuleModule<MessageId, [Options?], RuleDocs> = {
    meta: {
      type: rule.kind,
      docs: { ...rule.docs, url: ruleUrl(rule.name) },
      messages: rule.messages,
      schema: hasOptions
        ? [{ type: 'object', properties: optionSchemas, additionalProperties: false }]
        : [],
      ...(hasOptions ? { defaultOptions: [rule.defaultOptions] } : {}),
      ...(rule.fixable ? { fixable: rule.fixable } : {}),
      ...(rule.hasSuggestions ? { hasSuggestions: true } : {}),
    },
    create(context) {
      if (isTestOfTypes({ cwd: context.cwd, file: context.filename })) return {};
      const settings = readSettings(context.settings);
      const types = typesOf(rule, context, settings);
      if (types === 'never') return {};
      const listeners = rule.create({
        context,
        sourceCode: context.sourceCode,
        options: { ...rule.defaultOptions, ...context.options[0] },
        settings,
        types: types as TypesOf<Needs>,
        place: placeOf(context, settings, types),
      });
      return givingUp(listeners, (reason) => tellOnce(context, reason));
    },
  };
  return defined;
}

/**
 * The checker's process may end, or be ended because it never answers. One message of the file says
 * so, and the next file gets another process: an error that comes out would end the run.
 *
 * A rule follows names, calls and paths for as far as they lead, and in a program that a program has
 * written that may be further than the stack reaches: a thousand functions that await each other in
 * a circle. There it says nothing. Where a question has an end that is nearer, it has one itself.
 */
function givingUp(
  listeners: TSESLint.RuleListener,
  tell: (reason: string) => void,
): TSESLint.RuleListener {
  const guarded = Object.entries(listeners).map(([selector, listener]) => {
    const listen = listener as ((...args: unknown[]) => void) | undefined;
    const quiet = (...args: unknown[]): void => {
      try {
        listen?.(...args);
      } catch (error) {
        if (isLossOfChecker(error)) tell(error.message);
        else if (!isOverflow(error)) throw error;
      }
    };
    return [selector, quiet] as const;
  });
  return Object.fromEntries(guarded);
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}

function isLossOfChecker(error: unknown): error is NativeFailure {
  return error instanceof NativeFailure && error.loss === 'process';
}

function typesOf(
  rule: { readonly name: string; readonly docs: RuleDocs },
  context: Readonly<TSESLint.RuleContext<string, [unknown?]>>,
  settings: Settings,
): Types | 'never' | undefined {
  if (rule.docs.types === 'none') return undefined;
  const { filename, cwd, sourceCode } = context;
  const found = typesFor({ filename, cwd, sourceCode }, settings);
  if (hasTypes(found)) return found;
  if (rule.docs.types !== 'required') return undefined;
  if (found.isOfFile !== true) throw new Error(missingTypes(rule.name, filename, found.reason));
  // The rules that need none have something to say, so that the run is not to end.
  tellOnce(
    context,
    `No rule that needs types has looked at this file. ${found.reason} Take types from a parser ` +
      `that has some for it, or add the preset '${PLUGIN.name}/disable-type-checked' for such files.`,
  );
  return 'never';
}

/** The files of which one rule has said, for all of them, that there are no types. */
const told = new WeakSet<object>();

const START = { line: 1, column: 0 };

/** A message of all rules, which none of them lists as its own. */
function tellOnce(
  context: Readonly<TSESLint.RuleContext<string, [unknown?]>>,
  message: string,
): void {
  const { ast } = context.sourceCode;
  if (!told.has(ast)) context.report({ loc: START, ...({ message } as unknown as NoId) });
  told.add(ast);
}

interface NoId {
  readonly messageId: never;
}

/** The road not taken: doing nothing without types. A rule that is on and silent is trusted. */
function missingTypes(name: string, filename: string, reason: string): string {
  return (
    `${PLUGIN.name}/${name} needs types, and there are none for ${filename}. ${reason} ` +
    'Install TypeScript 7 as typescript, or under the name that settings.mooring.typescript says, ' +
    'or set languageOptions.parser to @typescript-eslint/parser and ' +
    'languageOptions.parserOptions.projectService to true, or, for files without types, ' +
    `add the preset '${PLUGIN.name}/disable-type-checked'.`
  );
}
