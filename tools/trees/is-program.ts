import { Linter } from 'eslint';
import ts from 'typescript';

/**
 * Whether a text is a program, by who has no part in the comparison: ESLint's own parser for
 * JavaScript, and the errors of grammar that TypeScript's checker finds for TypeScript.
 */
export function isProgram(text: string, file: string): boolean {
  return /\.[cm]?jsx?$/.test(file) ? isJavaScript(text) : isTypeScript(text, file);
}

const linter = new Linter();

function isJavaScript(text: string): boolean {
  const parserOptions = { ecmaFeatures: { jsx: true } };
  // As it is compared, but where both refuse a module: then a `return` at the top is still none.
  const languageOptions = { sourceType: 'module', parserOptions } as const;
  return !linter.verify(text, { languageOptions }).some(({ fatal }) => fatal);
}

/** Codes of the grammar; those between them are about types. */
const isGrammar = (code: number): boolean =>
  GRAMMAR_AMONG_TYPES.has(code) || ((code < 2000 || code >= 17_000) && code !== AWAIT_IN_SCRIPT);

/** `type` twice in an import or export, what cannot be assigned to, `this` of an accessor, `[a: b?]`. */
const GRAMMAR_AMONG_TYPES: ReadonlySet<number> = new Set([2206, 2207, 2364, 2701, 2784, 5086]);

/** A text without an import or an export may be a module all the same. */
const AWAIT_IN_SCRIPT = 1375;

function isTypeScript(text: string, file: string): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const options: ts.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    module: ts.ModuleKind.ESNext,
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.ESNext,
    types: [],
  };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (name) => (name === file ? source : undefined),
  };
  const program = ts.createProgram([file], options, host);
  const errors = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  return !errors.some(({ code }) => isGrammar(code));
}
