import type { TSESTree } from '@typescript-eslint/utils';
import type { Rule } from 'eslint';
import { describe, expect, test } from 'vitest';

import { openScopes } from '../../eslint-plugin/src/flow/scopes/open-scopes.js';
import type { OpenScope } from '../../eslint-plugin/src/flow/scopes/openings.js';
import type { FileNames } from '../../eslint-plugin/src/syntax/mooring-reference.js';
import { probe } from '../support/probe.js';

/**
 * What is open at the call `here()` of each program, innermost first: its kind, the expression
 * for its signal, `nested` when the call is in a function inside, and `?` when it is not certain.
 */
type Programs = Readonly<Record<string, readonly [program: string, ...scopes: string[]]>>;

const IMPORTS = "import { TaskGroup, timeout, type TaskContext, type Timeout } from 'mooring';\n";

function scopes(name: string, programs: Programs): void {
  describe(name, () => {
    for (const [sentence, [program, ...expected]] of Object.entries(programs)) {
      test(sentence, () => {
        expect(scopesAtHere(IMPORTS + program).map(written)).toEqual(expected);
      });
    }
  });
}

function written({ certain, isNested, kind, signal = 'no name' }: OpenScope): string {
  return `${kind} ${signal}${isNested ? ' nested' : ''}${certain === 'yes' ? '' : '?'}`;
}

function scopesAtHere(
  code: string,
  settings: FileNames['settings'] = { groups: [], timeouts: [] },
): readonly OpenScope[] {
  let found: readonly OpenScope[] | undefined;
  const create = (context: Rule.RuleContext): object => ({
    "CallExpression[callee.name='here']"(node: TSESTree.Node) {
      const sourceCode = context.sourceCode as unknown as FileNames['sourceCode'];
      found = [...openScopes({ sourceCode, settings }).at(node)];
    },
  });
  const messages = probe(code, create);
  expect(messages).toEqual([]);
  if (found === undefined) throw new Error('The program calls here() nowhere.');
  return found;
}

scopes('groups', {
  'a group of the block': [
    'async function f() { await using group = new TaskGroup(); here(); }',
    'group group.signal',
  ],
  'a group of an outer block': [
    'async function f() { await using g = new TaskGroup(); { here(); } }',
    'group g.signal',
  ],
  'the group of a block that has ended is not open': [
    'async function f() { { await using group = new TaskGroup(); } here(); }',
  ],
  'a group that is declared later is not open': [
    'async function f() { here(); await using group = new TaskGroup(); }',
  ],
  'a group is not open in its own declaration': [
    'async function f() { await using group = new TaskGroup(here()); }',
  ],
  'a group of the module': ['await using group = new TaskGroup(); here();', 'group group.signal'],
  'a closure sees the group around it': [
    'async function f() { await using group = new TaskGroup(); xs.map(() => here()); }',
    'group group.signal nested',
  ],
  'a function that is declared before the group sees it too': [
    'async function f() { function g() { here(); } await using group = new TaskGroup(); }',
    'group group.signal nested',
  ],
  'the body of TaskGroup.run': [
    'TaskGroup.run(async (group) => { here(); });',
    'group group.signal',
  ],
  'a body that takes apart its group': [
    'TaskGroup.run(async ({ signal }) => { here(); });',
    'group signal',
  ],
  'a body that takes no group': ['TaskGroup.run(async () => { here(); });', 'group no name'],
  'a body that is handed over by name': [
    'const body = async (scope) => { here(); }; TaskGroup.run(body, options);',
    'group scope.signal',
  ],
  'a parameter of the type': ['function f(pool: TaskGroup) { here(); }', 'group pool.signal'],
  'a parameter without a type that tasks are started in': [
    'function f(pool) { pool.createTask(work); here(); }',
    'group pool.signal?',
  ],
  'an alias': [
    'async function f() { await using group = new TaskGroup(); const g = group; here(); }',
    'group g.signal',
    'group group.signal',
  ],
  'a group that a stack owns': [
    'async function f() { const group = stack.use(new TaskGroup()); here(); }',
    'group group.signal',
  ],
  'a group that a function of the file makes': [
    'const open = () => new TaskGroup(); async function f() { await using g = open(); here(); }',
    'group g.signal',
  ],
  'a class that extends the group': [
    'class Pool extends TaskGroup {} async function f() { await using p = new Pool(); here(); }',
    'group p.signal',
  ],
  'the innermost comes first': [
    `async function f(outer: TaskGroup) {
      await using first = new TaskGroup();
      await using second = new TaskGroup();
      TaskGroup.run(async (third) => { await using fourth = new TaskGroup(); here(); });
    }`,
    'group fourth.signal',
    'group third.signal',
    'group second.signal nested',
    'group first.signal nested',
    'group outer.signal nested',
  ],
  'a class of the same name that comes from elsewhere': [
    `async function f(TaskGroup) { await using group = new TaskGroup(); here(); }`,
  ],
});

scopes('timeouts', {
  'a timeout of the block': [
    'function f() { using deadline = timeout(100); here(); }',
    'timeout deadline.signal',
  ],
  'a timeout with a parent': [
    'function f() { using deadline = timeout(100, options); here(); }',
    'timeout deadline.signal',
  ],
  'the body of a timeout': [
    'timeout(100, async (deadline) => { here(); });',
    'timeout deadline.signal',
  ],
  'a body without a parameter': ['timeout(100, async () => { here(); });', 'timeout no name'],
  'what a timeout with a body gives is no timeout': [
    'const done = timeout(100, async () => {}); here();',
  ],
  'a parameter of the type': [
    'function f(deadline: Timeout) { here(); }',
    'timeout deadline.signal',
  ],
});

scopes('tasks', {
  'a function given to createTask': [
    `async function f() {
      await using group = new TaskGroup();
      group.createTask(async (context) => here());
    }`,
    'task context.signal',
    'group group.signal nested',
  ],
  'one that takes apart its context': [
    `async function f(group: TaskGroup) { group.createTask(({ signal }) => here()); }`,
    'task signal',
    'group group.signal nested',
  ],
  'one that renames the signal': [
    `async function f(g: TaskGroup) { g.createTask(({ signal: own }) => here()); }`,
    'task own',
    'group g.signal nested',
  ],
  'one that takes nothing': [
    `async function f(group: TaskGroup) { group.createTask(() => here()); }`,
    'task no name',
    'group group.signal nested',
  ],
  'a function that is handed over by name': [
    `async function work(own) { here(); } async function f(g: TaskGroup) { g.createTask(work); }`,
    'task own.signal',
  ],
  'createTask of something unknown': [
    'this.tasks.createTask(async (context) => here());',
    'task context.signal?',
  ],
  'a function given to TaskGroup.map': [
    'TaskGroup.map(items, async (item, { signal }) => here());',
    'task signal',
  ],
  'a function given to TaskGroup.map that takes no context': [
    'TaskGroup.map(items, async (item) => here());',
    'task no name',
  ],
  'a function in the array of TaskGroup.all': [
    'TaskGroup.all([a, (own) => here()]);',
    'task own.signal',
  ],
  'a function that the array of TaskGroup.race is mapped to': [
    'TaskGroup.race(urls.map((url) => ({ signal }) => here()));',
    'task signal',
  ],
  'the callback that maps an array to functions is no task': [
    'TaskGroup.race(urls.map((url) => { here(); return (context) => load(url); }));',
  ],
  'a parameter of the type': ['function f(own: TaskContext) { here(); }', 'task own.signal'],
});

scopes('signals', {
  'a parameter of the type': ['function f(s: AbortSignal) { here(); }', 'signal s'],
  'an optional parameter of the type': [
    'function f(s: AbortSignal | undefined) { here(); }',
    'signal s',
  ],
  'a parameter of the name': ['function f(signal) { here(); }', 'signal signal?'],
  'a parameter of the name and of another type': ['function f(signal: NodeJS.Signals) { here(); }'],
  'the signal that a process is told': ["process.on('exit', (signal) => here());"],
  'a parameter that is taken apart': [
    'function f(url, { signal } = {}) { here(); }',
    'signal signal?',
  ],
  'one with its type': [
    'function f({ signal: s }: { signal?: AbortSignal }) { here(); }',
    'signal s',
  ],
  'one whose type says that it is something else': [
    'function f({ signal }: { signal: string }) { here(); }',
  ],
  'one whose type is declared in the file': [
    'interface Options { signal?: AbortSignal } function f({ signal }: Options) { here(); }',
    'signal signal',
  ],
  'options that have a signal by their type': [
    'type Options = { signal: AbortSignal }; function f(options: Options) { here(); }',
    'signal options.signal',
  ],
  'options that may be left out': [
    'function f(options?: { signal?: AbortSignal }) { here(); }',
    'signal options?.signal',
  ],
  'options that inherit their signal': [
    `interface A { signal: AbortSignal }
     interface B extends A { retries: number }
     function f(options: B) { here(); }`,
    'signal options.signal',
  ],
  'options of a type that is not plain to see, when the code reads their signal': [
    'function f(init: RequestInit) { init.signal; here(); }',
    'signal init.signal?',
  ],
  'and not when it does not': ['function f(init: RequestInit) { here(); }'],
  'options that are taken apart': [
    'function f(options: { signal: AbortSignal }) { const { signal } = options; here(); }',
    'signal signal',
    'signal options.signal',
  ],
  'a controller': [
    'const controller = new AbortController(); function f() { here(); }',
    'controller controller.signal nested',
  ],
  'the signal of a controller': [
    'const controller = new AbortController(); const { signal } = controller; here();',
    'signal signal',
    'controller controller.signal',
  ],
  'the signal of a new controller': [
    'const { signal } = new AbortController(); here();',
    'signal signal',
  ],
  'the signal of a group under a name of its own': [
    'async function f(group: TaskGroup) { const stop = group.signal; here(); }',
    'signal stop',
    'group group.signal',
  ],
  'a signal that the platform makes': [
    'const stop = AbortSignal.any([a, b]); here();',
    'signal stop',
  ],
  'a variable of the name': ['const signal = make(); here();', 'signal signal?'],
  'what a process has ended by': ['const { code, signal } = await exit(); here();'],
  'a property parameter': [
    'class A { constructor(private signal: AbortSignal) { here(); } }',
    'signal signal',
  ],
});

describe('names', () => {
  const group = 'await using g = new X(); here();';
  test.each([
    ['a renamed import', "import { TaskGroup as X } from 'mooring';"],
    ['a namespace', "import * as mooring from 'mooring'; const X = mooring.TaskGroup;"],
    ['a default import', "import mooring from 'mooring'; const X = mooring.TaskGroup;"],
    ['require', "const X = require('mooring').TaskGroup;"],
    ['require, taken apart', "const { TaskGroup: X } = require('mooring');"],
    ['import = require', "import m = require('mooring'); const X = m.TaskGroup;"],
    ['a dynamic import', "const { TaskGroup: X } = await import('mooring');"],
    [
      'createRequire',
      "const require = createRequire(u); const { TaskGroup: X } = require('mooring');",
    ],
    [
      'an alias of an alias',
      "import { TaskGroup } from 'mooring'; const Y = TaskGroup; const X = Y;",
    ],
  ])('%s', (_form, imports) => {
    expect(scopesAtHere(`${imports} ${group}`).map(written)).toEqual(['group g.signal']);
  });

  test.each([
    ['another package', "import { TaskGroup as X } from 'elsewhere';"],
    ['another export', "import { Task as X } from 'mooring';"],
    ['a variable that changes', "import { TaskGroup } from 'mooring'; let X = TaskGroup; X = Map;"],
    ['names that go in a circle', 'var X = Y; var Y = X;'],
    ['a class that extends itself', 'class X extends X {}'],
  ])('not %s', (_form, imports) => {
    expect(scopesAtHere(`${imports} ${group}`)).toEqual([]);
  });

  test.each([
    ['by name', 'Scope'],
    ['by package', { from: 'package', package: 'other', name: ['Scope'] }],
  ] as const)('a group that the settings name %s', (_form, specifier) => {
    const code = "import { Scope } from 'other/sub'; await using g = new Scope(); here();";
    const settings = { groups: [specifier], timeouts: [] };
    expect(scopesAtHere(code, settings).map(written)).toEqual(['group g.signal']);
  });

  test('a timeout that the settings name', () => {
    const code = "import { within } from './time'; within(5, async (t) => { here(); });";
    const settings = { groups: [], timeouts: [{ from: 'file', name: 'within' }] } as const;
    expect(scopesAtHere(code, settings).map(written)).toEqual(['timeout t.signal']);
  });

  test('a namespace gives the static methods', () => {
    const code = "import * as m from 'mooring'; m.TaskGroup.run(async (g) => { here(); });";
    expect(scopesAtHere(code).map(written)).toEqual(['group g.signal']);
  });
});

describe('how a scope is written', () => {
  test.each([
    ['a group', 'function f(group: TaskGroup) { here(); }', 'group'],
    ['a signal', 'function f(signal: AbortSignal) { here(); }', '{ signal }'],
    ['a signal of another name', 'function f(s: AbortSignal) { here(); }', '{ signal: s }'],
    ['options', 'function f(o: { signal: AbortSignal }) { here(); }', 'o'],
    [
      'options that may be left out',
      'function f(o?: { signal: AbortSignal }) { here(); }',
      '{ signal: o?.signal }',
    ],
  ])('%s', (_form, code, expected) => {
    expect(scopesAtHere(IMPORTS + code).map(({ scope }) => scope)).toEqual([expected]);
  });

  test('who holds it, and the function that it is open in', () => {
    const [task, group] = scopesAtHere(
      `${IMPORTS}async function f() {
        await using group = new TaskGroup();
        group.createTask((context) => { here(); });
      }`,
    );
    expect([task?.held, task?.run.type]).toEqual(['body', 'ArrowFunctionExpression']);
    expect([group?.held, group?.run.type]).toEqual(['block', 'FunctionDeclaration']);
  });
});
