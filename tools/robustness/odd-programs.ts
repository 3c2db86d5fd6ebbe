import fc from 'fast-check';

/** What the odd programs speak of, with types: groups, deadlines, promises, signals. */
const PRELUDE = `
import { sleep, TaskGroup, timeout } from 'mooring';
declare const any: any;
declare const load: (...given: any[]) => Promise<any>;
declare const emitter: import('node:events').EventEmitter;
declare const signal: AbortSignal;
declare const jobs: Promise<number>[];
declare const lazy: PromiseLike<void>;
declare function decorate(...given: any[]): any;
`;

/**
 * Programs of constructs that real code has seldom and in no order: optional chains, private
 * members, decorators, static blocks, generators, labels, `using`, computed keys, and what
 * TypeScript adds. JSX only where asked: it and type assertions exclude each other.
 */
export function oddPrograms({ jsx }: { readonly jsx: boolean }): fc.Arbitrary<string> {
  const { statement, declaration } = grammar(jsx);
  return fc
    .array(fc.oneof(statement, declaration), { minLength: 1, maxLength: 3 })
    .map((statements) => `${PRELUDE}${statements.join('\n')}\n`);
}

// A type, not an interface: `letrec` asks for an index signature, which only types have implicitly.
type Grammar = {
  readonly expression: string;
  readonly target: string;
  readonly callee: string;
  readonly body: string;
  readonly parameters: string;
  readonly method: string;
  readonly member: string;
  readonly type: string;
  readonly declaration: string;
  readonly statement: string;
};

const name = fc.constantFrom(
  ...['load', 'group', 'task', 'signal', 'jobs', 'lazy', 'any', 'emitter', 'a', 'b'],
  ...['TaskGroup', 'timeout', 'sleep', 'Promise', 'AbortController', 'globalThis', 'process'],
);
const property = fc.constantFrom(
  ...['createTask', 'run', 'join', 'cancel', 'signal', 'then', 'catch', 'finally', 'all', 'race'],
  ...['on', 'forEach', 'map', 'push', 'aborted', 'abort', 'race', 'a', 'constructor'],
);
const literal = fc.constantFrom(
  ...['1', '10n', "'a'", 'null', 'undefined', '/a/u', 'true', 'this', '`a`', '`a${load()}b`'],
  ...['[]', '{}', '[, load()]', '[...jobs]', '{ signal }', '{ ...any, signal: any }'],
  ...['new.target', 'import.meta', 'super.a', 'Symbol.asyncDispose', '(2 ** 31)', '1e3', '""'],
);
const type = fc.constantFrom(
  ...['any', 'unknown', 'never', 'void', 'Promise<void>', 'AbortSignal', 'typeof signal', 'a'],
  ...['keyof any', '{ [key: string]: Promise<any> }', '() => Promise<void>', 'readonly any[]'],
  ...['A extends infer B ? B : never', 'asserts any is any', '`a${string}`', 'unique symbol'],
);

/** Every place takes a text of its kind; the texts of a place are joined as written. */
function text(
  strings: TemplateStringsArray,
  ...places: readonly fc.Arbitrary<string>[]
): fc.Arbitrary<string> {
  return fc
    .tuple(...places)
    .map((given) => strings.map((part, index) => part + (given[index] ?? '')).join(''));
}

function some(...words: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...words);
}

function grammar(jsx: boolean): fc.LetrecValue<Grammar> {
  return fc.letrec<Grammar>((tie) => {
    const [e, s, f] = [tie('expression'), tie('statement'), tie('body')];
    const deep = { maxDepth: 3, depthSize: 'small' } as const;
    const key = fc.oneof(
      property,
      name,
      text`[${e}]`,
      some("'a b'", '1', '#a', '[Symbol.dispose]'),
    );
    return {
      expression: fc.oneof(
        deep,
        fc.oneof(name, literal),
        tie('callee'),
        text`${tie('callee')}(${e})`,
        text`${tie('callee')}(${e}, ${e}, ...${e})`,
        text`${tie('callee')}?.(${f})`,
        text`${tie('callee')}(${f}, { signal: ${e} })`,
        text`new ${name}(${f})`,
        text`new (${e})`,
        f,
        text`(${f})()`,
        text`(${some('await', 'void', 'typeof', '!', 'delete', 'yield', 'yield*')} ${e})`,
        text`(${e} ${some('&&', '||', '??', ',', '+', 'in', 'instanceof', '===')} ${e})`,
        text`(${tie('target')} ${some('=', '??=', '||=', '&&=', '+=')} ${e})`,
        text`(${e} ? ${e} : ${e})`,
        text`[${e}, ...${e}, , ${e}]`,
        text`({ ${key}: ${e}, ...${e}, ${tie('method')} })`,
        text`(${tie('callee')})${some('`a`', '`${load()}`')}`,
        text`(${e} ${some('as', 'satisfies')} ${type})`,
        text`${name}!`,
        text`(class ${some('', 'A', 'extends any')} { ${tie('member')} })`,
        text`import(${e})`,
        jsx
          ? text`<a ${some('b', 'onClick')}={${e}} {...${name}}>{${e}}<b.c />{}<></></a>`
          : text`(<${type}>${e})`,
      ),
      callee: fc.oneof(
        deep,
        name,
        text`${tie('callee')}.${property}`,
        text`${tie('callee')}?.${property}`,
        text`${tie('callee')}[${e}]`,
        text`${tie('callee')}?.[${e}]`,
        text`this.#${property}`,
        text`(${e})`,
        text`${tie('callee')}(${f}).${property}`,
        text`(${tie('callee')}<${type}>)`,
      ),
      target: fc.oneof(
        deep,
        name,
        text`${name}.${property}`,
        text`this.#${property}`,
        text`${name}[${e}]`,
        text`[${name}, ...${name}]`,
        text`{ ${property}: ${name} = ${e}, ...${name} }`,
      ),
      parameters: fc.oneof(
        some('', 'group', 'signal', '{ signal }', 'this: any', '...rest: any[]', 'a?, b = load()'),
        text`{ a = ${e}, ...b }: ${type}`,
        text`a = ${e}`,
      ),
      body: fc.oneof(
        deep,
        some('async () => {}', '() => load()', 'async function* () {}', 'load'),
        text`async (${tie('parameters')}) => { ${s} ${s} }`,
        text`async (${tie('parameters')}) => ${e}`,
        text`(${tie('parameters')}) => { ${s} }`,
        text`function* (${tie('parameters')}) { ${s} yield ${e}; }`,
        text`async function ${name}<T>(${tie('parameters')}): Promise<any> { ${s} return ${e}; }`,
      ),
      method: fc.oneof(
        deep,
        text`async ${key}(${tie('parameters')}) { ${s} }`,
        text`*${key}() { ${s} }`,
        text`async *[${e}](${tie('parameters')}) { ${s} }`,
        text`get ${key}() { ${s} return ${e}; }`,
        text`set ${key}(a) { ${s} }`,
      ),
      member: fc.oneof(
        deep,
        text`${some('', 'static', 'private', '@decorate')} ${tie('method')}`,
        text`${some('', 'static', 'readonly', 'override', 'accessor')} ${key} = ${e};`,
        text`static { ${s} }`,
        text`@decorate(${e}) ${some('declare', 'readonly', 'private')} ${property}: ${type};`,
        text`constructor(${some('private a', 'readonly b: any', '')}) { super(${e}); ${s} }`,
        text`${property}(): ${type}; ${property}(a?: any): any { ${s} }`,
        text`[key: string]: ${type};`,
      ),
      type,
      declaration: fc.oneof(
        deep,
        text`${some('', 'export', 'export default', 'async', 'declare')} function ${name}(${tie('parameters')}) { ${s} }`,
        text`function ${name}(a: ${type}): ${type}; function ${name}(...a: any) { ${s} }`,
        text`${some('', 'export', 'abstract', '@decorate', 'declare')} class ${name} ${some('', 'extends any', 'extends TaskGroup')} { ${tie('member')} ${tie('member')} }`,
        text`abstract class A extends TaskGroup { abstract ${property}(): ${type}; ${tie('member')} }`,
        text`namespace A.B { export async function ${name}(${tie('parameters')}) { ${s} } }`,
        text`${some('', 'const', 'declare')} enum E { a = ${e}, 'b', c }`,
        text`interface I<A> extends ${name} { ${property}(): ${type}; new (): any; }`,
        text`type T<A> = ${type};`,
        text`declare module 'a' { export function ${name}(a: ${type}): ${type}; }`,
        text`declare global { var ${name}: ${type}; }`,
        text`export default ${e};`,
        some(
          'export = load;',
          "import a = require('a');",
          'import b = A.B;',
          'export * as c from "a";',
        ),
        some("import type { a } from 'a';", 'export { load as default };', "import 'b';"),
      ),
      statement: fc.oneof(
        deep,
        text`${e};`,
        text`${some('const', 'let', 'var', 'using', 'await using')} ${name} = ${e};`,
        text`const { a, b: [c = ${e}], ...d } = ${e};`,
        text`let ${name}: ${type}, ${name};`,
        text`async function ${name}(${tie('parameters')}) { ${s} }`,
        text`await using ${some('group', 'a', 'b')} = new TaskGroup(${e}); ${s}`,
        text`await using group = new TaskGroup(); group.createTask(${f}); ${s} await group.join();`,
        text`await TaskGroup.run(async (group) => { group.createTask(${f}); ${s} });`,
        text`await timeout(${e}, async (deadline) => { ${s} });`,
        text`{ ${s} ${s} }`,
        text`if (${e}) ${s} else ${s}`,
        text`a: for (;${e};${e}) { ${s} ${some('break a;', 'continue a;', 'break;', '')} }`,
        text`for ${some('', 'await')} (${some('const', 'let', 'using', 'await using')} ${name} of ${e}) ${s}`,
        text`for (${tie('target')} in ${e}) { ${s} }`,
        text`b: do { ${s} } while (${e});`,
        text`while (${e}) { ${s} ${some('break;', 'continue;', '')} }`,
        text`try { ${s} } catch ${some('', '(error)', '({ message })')} { ${s} } finally { ${s} }`,
        text`try { ${s} } finally { ${s} }`,
        text`switch (${e}) { case ${e}: ${s} default: ${s} case ${e}: { ${s} } }`,
        text`return ${e};`,
        text`throw ${e};`,
        text`c: { ${s} break c; }`,
        some(';', 'debugger;', 'return;', '"use strict";'),
      ),
    };
  });
}
