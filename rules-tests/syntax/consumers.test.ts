import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, test } from 'vitest';

import { consumerOf, sourcesOf } from '../../eslint-plugin/src/syntax/consumers.js';
import { probe } from '../support/probe.js';

/** Asks about each call of `load` in a program. */
function ask<Answer>(code: string, question: (call: TSESTree.Node) => Answer): Answer[] {
  const answers: Answer[] = [];
  const create = (): object => ({
    'CallExpression[callee.name="load"]'(node: TSESTree.Node) {
      answers.push(question(node));
    },
  });
  const messages = probe(code, create, 'program.tsx');
  expect(messages.map(({ message }) => message)).toEqual([]);
  return answers;
}

/** Drawn as `kind by Type`, with the argument where there is one. */
function drawn(call: TSESTree.Node): string {
  const consumer = consumerOf(call);
  const argument = consumer.kind === 'handed-over' ? ` ${consumer.argument}` : '';
  return `${consumer.kind} by ${consumer.by.type}${argument}`;
}

describe('what takes the value of load()', () => {
  test.each<[code: string, consumer: string]>([
    ['async () => { await load(); }', 'awaited by AwaitExpression'],
    ['async () => { for await (const x of load()); }', 'awaited by ForOfStatement'],
    ['function* f() { yield load(); }', 'awaited by YieldExpression'],
    ['function* f() { yield* load(); }', 'awaited by YieldExpression'],

    ['() => load();', 'returned by ArrowFunctionExpression'],
    ['function f() { return load(); }', 'returned by ReturnStatement'],
    ['function f() { throw load(); }', 'returned by ThrowStatement'],

    ['f(load());', 'handed-over by CallExpression 0'],
    ['f(1, load());', 'handed-over by CallExpression 1'],
    ['new F(load());', 'handed-over by NewExpression 0'],
    ['f(1, ...load());', 'handed-over by CallExpression 1'],
    ['f?.(load());', 'handed-over by CallExpression 0'],
    ['tag`${1} ${load()}`;', 'handed-over by TaggedTemplateExpression 2'],

    ['load().then(f);', 'chained by CallExpression'],
    ['load().catch(f);', 'chained by CallExpression'],
    ['load().finally(f);', 'chained by CallExpression'],
    ["load()['then'](f);", 'chained by CallExpression'],
    ['load()?.then(f);', 'chained by CallExpression'],
    ['load()!.then!(f);', 'chained by CallExpression'],

    ['const x = load();', 'stored by VariableDeclarator'],
    ['x = load();', 'stored by AssignmentExpression'],
    ['x ??= load();', 'stored by AssignmentExpression'],
    ['x.y = load();', 'stored by AssignmentExpression'],
    ['f([load()]);', 'stored by ArrayExpression'],
    ['f([...load()]);', 'stored by ArrayExpression'],
    ['f({ x: load() });', 'stored by Property'],
    ['class C { x = load() }', 'stored by PropertyDefinition'],
    ['class C { static x = load() }', 'stored by PropertyDefinition'],
    ['class C { accessor x = load() }', 'stored by AccessorProperty'],
    ['(x = load()) => {};', 'stored by AssignmentPattern'],
    ['const { x = load() } = y;', 'stored by AssignmentPattern'],
    ['export default load();', 'stored by ExportDefaultDeclaration'],
    ['export = load();', 'stored by TSExportAssignment'],
    ['<A b={load()} />;', 'stored by JSXExpressionContainer'],
    ['<A>{load()}</A>;', 'stored by JSXExpressionContainer'],

    ['if (load());', 'inspected by IfStatement'],
    ['while (load());', 'inspected by WhileStatement'],
    ['for (; load(););', 'inspected by ForStatement'],
    ['switch (load()) {}', 'inspected by SwitchStatement'],
    ['!load();', 'inspected by UnaryExpression'],
    ['typeof load();', 'inspected by UnaryExpression'],
    ['load() === x;', 'inspected by BinaryExpression'],
    ['load() ? 1 : 2;', 'inspected by ConditionalExpression'],
    ['load() && x;', 'inspected by LogicalExpression'],
    ['load().size;', 'inspected by MemberExpression'],
    ['load().then;', 'inspected by MemberExpression'],
    ['load().log(x);', 'inspected by MemberExpression'],
    ['load()[then](x);', 'inspected by MemberExpression'],
    ['x[load()];', 'inspected by MemberExpression'],
    ['load()();', 'inspected by CallExpression'],
    ['new (load())();', 'inspected by NewExpression'],
    ['for (const x of load());', 'inspected by ForOfStatement'],
    ['f({ [load()]: x });', 'inspected by Property'],
    ['class C { [load()] = x }', 'inspected by PropertyDefinition'],
    ['class C extends load() {}', 'inspected by ClassDeclaration'],
    ['@load() class C {}', 'inspected by Decorator'],

    ['load();', 'dropped by ExpressionStatement'],
    ['void load();', 'dropped by UnaryExpression'],
    ['f((load(), x));', 'dropped by SequenceExpression'],
    ['for (load(); ; );', 'dropped by ForStatement'],
    ['for (; ; load());', 'dropped by ForStatement'],
    ['`${load()}`;', 'dropped by TemplateLiteral'],
    ['f({ ...load() });', 'dropped by SpreadElement'],
    ['class C { static { load(); } }', 'dropped by ExpressionStatement'],
  ])('%s %s', (code, consumer) => {
    expect(ask(code, drawn)).toEqual([consumer]);
  });

  test.each<[code: string, consumer: string]>([
    ['x = load() as T;', 'stored by AssignmentExpression'],
    ['x = load()!;', 'stored by AssignmentExpression'],
    ['x = load() satisfies T;', 'stored by AssignmentExpression'],
    ['x = a ? load() : b;', 'stored by AssignmentExpression'],
    ['x = a ? b : load();', 'stored by AssignmentExpression'],
    ['x = a && load();', 'stored by AssignmentExpression'],
    ['x = load() || a;', 'stored by AssignmentExpression'],
    ['x = load() ?? a;', 'stored by AssignmentExpression'],
    ['x = (a, load());', 'stored by AssignmentExpression'],
    ['a && (b ? load() : c) as T;', 'dropped by ExpressionStatement'],
    ['async () => await (a && load()!);', 'awaited by AwaitExpression'],
    ['a?.b(load());', 'handed-over by CallExpression 0'],
    ['a ? (b, load()) : c;', 'dropped by ExpressionStatement'],
  ])('%s is looked through: %s', (code, consumer) => {
    expect(ask(code, drawn)).toEqual([consumer]);
  });
});

describe('where the value of f(…) can come from', () => {
  const sourcesOfArgument = (call: TSESTree.Node): string[] =>
    call.type === 'CallExpression'
      ? sourcesOf(call.arguments[0]!).map((node) =>
          node.type === 'Identifier' ? node.name : node.type,
        )
      : [];

  test.each<[code: string, sources: string[]]>([
    ['load(a);', ['a']],
    ['load(a as T);', ['a']],
    ['load(a!);', ['a']],
    ['load(a?.b());', ['CallExpression']],
    ['load(a ? b : c);', ['b', 'c']],
    ['load(a && b);', ['b']],
    ['load(a || b);', ['a', 'b']],
    ['load(a ?? b);', ['a', 'b']],
    ['load((a, b));', ['b']],
    ['load(a ? (b, c!) : d && (e || null));', ['c', 'e']],
    ['load(null);', []],
    ['load(void a);', ['UnaryExpression']],
  ])('%s', (code, sources) => {
    expect(ask(code, sourcesOfArgument)).toEqual([sources]);
  });

  test('each of them has the same consumer as the whole', () => {
    const code = 'g(load(a ? (b, c!) : d || (e && f)));';
    const [consumers] = ask(code, (call) =>
      call.type === 'CallExpression' ? sourcesOf(call.arguments[0]!).map(drawn) : [],
    );
    expect(consumers).toEqual(Array(3).fill('handed-over by CallExpression 0'));
  });
});
