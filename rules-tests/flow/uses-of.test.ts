import type { TSESTree } from '@typescript-eslint/utils';
import type { Rule } from 'eslint';
import { expect, test } from 'vitest';

import { usesOf } from '../../eslint-plugin/src/flow/paths/uses-of.js';
import { enclosingRun } from '../../eslint-plugin/src/syntax/enclosing.js';
import type { SourceCode } from '../../eslint-plugin/src/syntax/variable.js';
import { probe } from '../support/probe.js';

/** Where the uses of `v`, declared by `const v = x`, take effect in its function: as text. */
const PROGRAMS: Readonly<Record<string, readonly [program: string, ...effects: string[]]>> = {
  'a use in the same function is where it stands': ['f(v); v.a();', 'f(>v<)', '>v<.a()'],
  'an assignment to it is no use': ['v = 1; v ||= 2;', '>v< ||= 2'],
  'a type is no use': ['let w: typeof v;'],
  'a closure without a name is used where it is made': ['run(() => v.a());', 'run(>() => v.a()<)'],
  'the outermost closure counts': ['run(() => go(() => v));', 'run(>() => go(() => v)<)'],
  'a function with a name is used where its name is': [
    'const g = () => v; function h() { g(); } before(); h(); g();',
    '>h<()',
    '>g<()',
  ],
  'a function that nobody uses has no effect': ['function g() { v; }'],
  'a function that calls itself': ['function g() { v; g(); } g();', '>g<()'],
  'functions that call each other': [
    'function g() { v; h(); } function h() { g(); } h();',
    '>h<()',
  ],
  'functions that call each other in a circle, entered in two places': [
    'function g() { h(); } function h() { g(); v; } g(); h();',
    '>g<()',
    '>h<()',
  ],
  'a function in two places at once': ['const g = () => v + v; g();', '>g<()', '>g<()'],
  'a method is used where its class is': ['class A { m() { v; } } new A();', 'new >A<()'],
  'a field of an instance is as well': ['class A { f = v; } new A();', 'new >A<()'],
  'a static field and a static block run where the class stands': [
    'class A { static f = v; static { v; } }',
    'static f = >v<',
    '>v<;',
  ],
  'a class without a name': ['use(class { m() { v; } });', 'use(>class { m() { v; } }<)'],
  'an alias is the variable': ['const w = v; w.a();', '>w<.a()'],
  'a variable that changes is no alias': ['let w = v; w = 1; w.a();', 'let w = >v<;'],
  'an alias in a closure': [
    'run(() => { const w = v; w.a(); });',
    'run(>() => { const w = v; w.a(); }<)',
  ],
};

test.each(Object.entries(PROGRAMS))('%s', (_sentence, [program, ...effects]) => {
  const marked = effectsIn(`function run0() { const v = x; ${program} }`);
  expect(marked).toHaveLength(effects.length);
  effects.forEach((effect, index) => {
    expect(marked[index]).toContain(effect);
  });
});

/** The program once for each use, with `>` and `<` around the node where it takes effect. */
function effectsIn(code: string): string[] {
  const marked: string[] = [];
  const create = (context: Rule.RuleContext): object => ({
    "VariableDeclarator[id.name='v']"(node: TSESTree.VariableDeclarator) {
      const sourceCode = context.sourceCode as unknown as SourceCode;
      const [variable] = sourceCode.getDeclaredVariables(node);
      const effects = usesOf(variable!, enclosingRun(node), sourceCode).map(({ at }) => at.range);
      for (const [from, to] of effects.sort(([a], [b]) => a - b)) {
        marked.push(`${code.slice(0, from)}>${code.slice(from, to)}<${code.slice(to)}`);
      }
    },
  });
  const messages = probe(code, create);
  expect(messages).toEqual([]);
  return marked;
}
