import { table } from './ask.js';

table('does the first parameter take a promise?', {
  given: `
    import { EventEmitter } from 'node:events';
    declare const p: Promise<number>;
  `,
  question: ({ call }) => call.takesPromise(0),
  rows: {
    'a promise': ['declare function f(p: Promise<number>): void; f(p);', 'yes'],
    'a PromiseLike': ['declare function f(p: PromiseLike<number>): void; f(p);', 'yes'],
    'a promise or a value': ['declare function f(p: Promise<number> | number): void; f(p);', 'yes'],
    'an optional promise': ['declare function f(p?: Promise<number>): void; f(p);', 'yes'],
    'what only has a then': [
      'declare function f(p: { then(f: (n: number) => void): void }): void; f(p);',
      'yes',
    ],
    'a T': ['declare function f<T>(p: T): T; f(p);', 'yes'],
    'a T or nothing': ['declare function f<T>(p?: T): void; f(p);', 'yes'],
    'the T of a class': ['declare const ps: Set<Promise<number>>; ps.add(p);', 'yes'],
    'the T of a class, which is any': ['declare const xs: any[]; xs.push(p);', 'yes'],
    'the T of a class in a generic method': [
      'declare class C<T> { m<U>(t: T, u: U): void } declare const c: C<any>; c.m(p, 1);',
      'yes',
    ],
    'the resolve of a promise of which nothing is known': [
      'declare function take(f: (resolve: (value: unknown) => void) => void): void;' +
        'declare const make: { new <T>(f: (resolve: (value: T | PromiseLike<T>) => void) => void): object };' +
        'let r!: Parameters<ConstructorParameters<typeof Promise<any>>[0]>[0]; r(p);',
      'yes',
    ],
    'one of many': ['declare function f(...ps: Promise<number>[]): void; f(p);', 'yes'],
    'one of a tuple': ['declare function f(...ps: [Promise<number>, 1]): void; f(p, 1);', 'yes'],
    any: ['declare function f(x: any): void; f(p);', 'unknown'],
    unknown: ['declare function f(x: unknown): void; f(p);', 'unknown'],
    'one of many of any': ['console.log(p);', 'unknown'],
    'a list that is any itself': ['declare function f(...x: any): void; f(p);', 'unknown'],
    'any or a promise is any': ['declare function f(x: any | Promise<1>): void; f(p);', 'unknown'],
    'the arguments of an emitter': ["new EventEmitter().emit('x', p);", 'no'],
    object: ['declare function f(x: object): void; f(p);', 'no'],
    'an empty interface': ['declare function f(x: {}): void; f(p);', 'no'],
    'an options object': ['declare function f(x: { finally?: unknown }): void; f(p);', 'no'],
    'a string': ["declare function f(x: string): void; f('');", 'no'],
    'a constructor that takes any': [
      'declare class C { constructor(x: any) } new C(p);',
      'unknown',
    ],
    'a constructor that takes a T': ['declare class C<T> { constructor(x: T) } new C(p);', 'yes'],
    'a callee that is any': ['declare const f: any; f(p);', 'unknown'],
    Function: ['declare const f: Function; f(p);', 'unknown'],
    'the overload that the call took': [
      'declare function f(x: string): void; declare function f(x: Promise<number>): void; f(p);',
      'yes',
    ],
  },
});

table('which parameter is it?', {
  given: 'declare const p: Promise<number>;',
  question: ({ call }) => [0, 1, 2].map((argument) => call.takesPromise(argument)),
  rows: {
    'a list after others': [
      'declare function f(a: Promise<number>, ...rest: any[]): void; f(p, p, p);',
      ['yes', 'unknown', 'unknown'],
    ],
    'a tuple after others': [
      'declare function f(a: 1, ...rest: [b: Promise<number>, c: any]): void; f(1, p, p);',
      ['no', 'yes', 'unknown'],
    ],
    'the places of a template': [
      'declare function sql(t: TemplateStringsArray, ...v: Promise<number>[]): void; sql`a ${p} b`;',
      ['no', 'yes', 'yes'],
    ],
    'more arguments than parameters': [
      'declare function f(a: 1): void; f(1);',
      ['no', 'unknown', 'unknown'],
    ],
    'no parameter': ['declare function f(): void; f();', ['unknown', 'unknown', 'unknown']],
    'a this before the others': [
      'declare function f(this: void, a: Promise<number>): void; f(p);',
      ['yes', 'unknown', 'unknown'],
    ],
  },
});

table('what becomes of the result of a callback?', {
  given: "import { EventEmitter } from 'node:events'; import * as fs from 'node:fs';",
  question: ({ call }) => call.callbackResult(0),
  rows: {
    void: ['declare function f(c: () => void): void; f(() => {});', 'dropped'],
    'void, with arguments': ['[1].forEach(() => {});', 'dropped'],
    'void or a function': [
      'declare function f(c: () => void | (() => void)): void; f(() => {});',
      'dropped',
    ],
    'an optional callback': ['declare function f(c?: () => void): void; f(() => {});', 'dropped'],
    'a callback or nothing': [
      'declare function f(c: (() => void) | null): void; f(null);',
      'dropped',
    ],
    'the listener of an emitter is the second': [
      "new EventEmitter().on('x', () => {});",
      'no-callback',
    ],
    'an executor': ['new Promise<void>(() => {});', 'dropped'],
    'one of many callbacks': [
      'declare function f(...c: (() => void)[]): void; f(() => {});',
      'dropped',
    ],
    'void in each overload': [
      'declare function f(c: () => void): void; declare function f(c: (n: number) => void): void; f(() => {});',
      'dropped',
    ],
    'a promise': ['declare function f(c: () => Promise<void>): void; f(async () => {});', 'taken'],
    'a promise or void': [
      'declare function f(c: () => Promise<void> | void): void; f(() => {});',
      'taken',
    ],
    'a callback that gives a promise, or one that does not': [
      'declare function f(c: (() => void) | (() => Promise<void>)): void; f(() => {});',
      'taken',
    ],
    'a promise in a later overload': [
      'declare function f(c: () => void): void; declare function f(c: () => Promise<void>): void; f(() => {});',
      'taken',
    ],
    'a T': ['[1].map(() => 1);', 'taken'],
    'a T that has more to it, or void': [
      'declare function f<T>(c: () => (T & { size: number }) | void): void; f(() => {});',
      'taken',
    ],
    'the callback is a T itself': [
      'declare function f<T extends () => void>(c: T): T; f(() => {});',
      'taken',
    ],
    then: ['Promise.resolve(1).then(() => 1);', 'taken'],
    'what depends on another argument, and takes a promise': [
      `declare function on<K extends 'a' | 'b'>(f: { a: () => void; b: () => Promise<void> }[K], k: K): void;
       on(async () => {}, 'b');`,
      'taken',
    ],
    'what depends on another argument, and takes none': [
      `declare function on<K extends 'a' | 'b'>(f: { a: () => void; b: () => Promise<void> }[K], k: K): void;
       on(() => {}, 'a');`,
      'dropped',
    ],
    'a callback that depends on an open type only': [
      `declare const c: { on<K>(f: K extends 'a' ? () => void : () => number): void };
       c.on<'a'>(() => {});`,
      'dropped',
    ],
    any: ['declare function f(c: () => any): void; f(() => {});', 'unknown'],
    unknown: ['[1].filter(() => true);', 'unknown'],
    'another value': ['[1].sort(() => 1);', 'unknown'],
    Function: ['declare function f(c: Function): void; f(() => {});', 'unknown'],
    'any callback': ['declare function f(c: any): void; f(() => {});', 'unknown'],
    'a microtask': ['queueMicrotask(() => {});', 'dropped'],
    'a name of a file': ["fs.readFileSync('');", 'no-callback'],
    'an object': ['declare function f(c: { a: 1 }): void; f({ a: 1 });', 'no-callback'],
    'no parameter': ['declare function f(): void; f();', 'no-callback'],
    'a callee that is any': ['declare const f: any; f(() => {});', 'no-callback'],
    'a callee that may be missing': [
      'declare const o: { f?(c: () => void): void }; o.f?.(() => {});',
      'dropped',
    ],
  },
});

table('where does the callee come from?', {
  given: `
    import { EventEmitter } from 'node:events';
    import test, { it as check, describe } from 'node:test';
    import * as nodeTest from 'node:test';
    import { TaskGroup, sleep } from 'mooring';
    import { parse as parseCode } from '@typescript-eslint/parser';
    const renamed = sleep;
  `,
  question: ({ call }) =>
    call.origin && [
      call.origin.from,
      call.origin.name,
      call.origin.parents.join(),
      call.origin.package,
    ],
  rows: {
    'a function of the file': ['function f(): void {} f();', ['file', 'f', '', 'rules-tests']],
    'a global function': ['queueMicrotask(() => {});', ['lib', 'queueMicrotask', '', 'typescript']],
    'a method of the library': ['[1].map(String);', ['lib', 'map', 'Array', 'typescript']],
    'a method of a promise': [
      'Promise.resolve(1).then();',
      ['lib', 'then', 'Promise', 'typescript'],
    ],
    'a static method': ['Promise.all([]);', ['lib', 'all', 'PromiseConstructor', 'typescript']],
    'a constructor of the library': [
      'new Promise(() => {});',
      ['lib', 'Promise', '', 'typescript'],
    ],
    'an import that is renamed': ['check();', ['lib', 'test', 'node:test', '@types/node']],
    'a member of a namespace': ['nodeTest.it();', ['lib', 'test', 'node:test', '@types/node']],
    'a function of a package': [
      "parseCode('');",
      ['package', 'parse', '', '@typescript-eslint/parser'],
    ],
    'a static method of our runtime': [
      'TaskGroup.run(() => 1);',
      ['file', 'run', 'TaskGroup', 'mooring'],
    ],
    'a constant that has another name': ['renamed(1);', ['file', 'renamed', '', 'rules-tests']],
    'a method of a class of the file': [
      'class C { m(): void {} } new C().m();',
      ['file', 'm', 'C', 'rules-tests'],
    ],
    'an inherited method': [
      "class E extends EventEmitter {} new E().on('x', () => {});",
      ['lib', 'on', 'EventEmitter,NodeJS', '@types/node'],
    ],
    'a member named by a string': ["[1]['map'](String);", ['lib', 'map', 'Array', 'typescript']],
    'a private method': [
      'class C { #m(): void {} static { } n(): void {} } new C().n();',
      ['file', 'n', 'C', 'rules-tests'],
    ],
    'a callee behind a wrapper': ['[1].map!(String);', ['lib', 'map', 'Array', 'typescript']],
    'an optional call': [
      'declare const o: { f?(): void }; o.f?.();',
      ['file', 'f', '__type', 'rules-tests'],
    ],
    'a tag of a template': ['String.raw`a`;', ['lib', 'raw', 'StringConstructor', 'typescript']],
    'a function called in place': ['(() => {})();', undefined],
    'what another call gives': ['declare function f(): () => void; f()();', undefined],
    any: ['declare const f: any; f.g();', undefined],
  },
});

table('is the callee one of those that a setting names?', {
  given: "import { it } from 'node:test'; import { parse } from '@typescript-eslint/parser';",
  question: ({ call }) => [
    call.matches(['start']),
    call.matches([{ from: 'package', name: ['test', 'suite'], package: 'node:test' }]),
    call.matches([{ from: 'package', name: 'parse', package: '@typescript-eslint/parser' }]),
    call.matches([{ from: 'lib', name: 'log' }]),
  ],
  rows: {
    'by its name alone': ['function start(): void {} start();', [true, false, false, false]],
    'by its module': ['it();', [false, true, false, false]],
    'by its package': ["parse('');", [false, false, true, false]],
    'of the library': ['console.log();', [false, false, false, true]],
    another: ['function parse(): void {} parse();', [false, false, false, false]],
  },
});

table('calls in programs that are wrong', {
  withErrors: true,
  question: ({ call }) => [call.takesPromise(0), call.callbackResult(0), call.result.promise],
  rows: {
    'a callee that nobody declares': ['nobody(1);', ['unknown', 'no-callback', 'unknown']],
    'a callee that cannot be called': ['(1)(2);', ['unknown', 'no-callback', 'unknown']],
    'an argument too many': ['declare function f(): void; f(1);', ['unknown', 'no-callback', 'no']],
    'a constructor without arguments': ['new Promise;', ['no', 'dropped', 'yes']],
    'super outside of a class': ['super();', ['unknown', 'no-callback', 'no']],
    'a function that calls itself for its type': [
      'const f = () => f(); f();',
      ['unknown', 'no-callback', 'unknown'],
    ],
  },
});
