import { type Asked, table } from './ask.js';

table('is it a promise?', {
  given: `
    class Result<T> extends Promise<T> {}
    interface Query<T> extends PromiseLike<T> { where(text: string): Query<T> }
    declare class Lookalike { then(callback: () => void): void }
    type Later = Promise<number> & { brand?: string };
  `,
  question: ({ value }) => value.promise,
  rows: {
    'a promise': ['declare const p: Promise<void>; p;', 'yes'],
    'what an async function gives': ['declare function f(): Promise<void>; f();', 'yes'],
    'new Promise': ['new Promise<void>(() => {});', 'yes'],
    'import()': ["import('node:fs');", 'yes'],
    'a class that extends Promise': ['declare const p: Result<void>; p;', 'yes'],
    'a subclass of such a class': [
      'class Deep extends Result<void> {} declare const p: Deep; p;',
      'yes',
    ],
    'an interface that extends Promise': [
      'interface Own<T> extends Promise<T> { id: T } declare const p: Own<void>; p;',
      'yes',
    ],
    'a part of a union': ['declare const p: Promise<void> | undefined; p;', 'yes'],
    'a part of an intersection': ['declare const p: Later; p;', 'yes'],
    'a part of an intersection with a primitive': ['declare const p: Promise<1> & 1; p;', 'yes'],
    'what an open type extends': ['function f<T extends Promise<void>>(p: T): void { p; }', 'yes'],
    'what an element of an open array extends': [
      'function f<T extends (Promise<1> | 1)[]>(ps: T): void { ps[0]; }',
      'yes',
    ],
    'behind an optional call': [
      'declare const f: (() => Promise<void>) | undefined; f?.();',
      'yes',
    ],
    'a type assertion': ['({}) as Promise<void>;', 'yes'],
    'what then gives': ['declare const p: Promise<string>; p.then(String);', 'yes'],
    'a PromiseLike is none': ['declare const p: PromiseLike<void>; p;', 'no'],
    'a query builder is none': ['declare const q: Query<void>; q;', 'no'],
    'a class of the same name is none': ['class Promise {} declare const p: Promise; p;', 'no'],
    'what only has a then is none': ['declare const t: Lookalike; t;', 'no'],
    'an array of promises is none': ['declare const ps: Promise<void>[]; ps;', 'no'],
    'the value of an await': ['declare const n: Awaited<Promise<number>>; n;', 'no'],
    'void, null and undefined': ['declare const n: void | null | undefined; n;', 'no'],
    'a number, a literal, an enum, a symbol': [
      'enum E { a, b } declare const n: number | "a" | true | E | 1n; n;',
      'no',
    ],
    'an open type of which nothing is known': ['function f<T>(t: T): void { t; }', 'no'],
    'an open type that extends itself': [
      'function f<T extends { next: T }>(t: T): void { t; }',
      'no',
    ],
    'a type that depends on an open one': ['function f<T>(t: Awaited<T>): void { t; }', 'no'],
    any: ['declare const p: any; p;', 'unknown'],
    unknown: ['declare const p: unknown; p;', 'unknown'],
    'a call of any': ['declare const f: any; f.g();', 'unknown'],
  },
});

table('is it a promise, in a program that is wrong?', {
  withErrors: true,
  question: ({ value }) => value.promise,
  rows: {
    'a name that nobody declares': ['nobody;', 'unknown'],
    'a class that extends itself': ['class A extends A {} new A();', 'no'],
    'a class that extends what nobody declares': ['class A extends B {} new A();', 'no'],
    'interfaces that extend each other': [
      'interface A extends B {} interface B extends A {} declare const a: A; a;',
      'no',
    ],
    'an open type that extends itself alone': ['function f<T extends T>(t: T): void { t; }', 'no'],
    'an open type that extends what nobody declares': [
      'function f<T extends Nobody>(t: T): void { t; }',
      'unknown',
    ],
    'an expression of which there is nothing': ['[1,,].x.y.z;', 'unknown'],
    'super outside of a class': ['super.load();', 'unknown'],
  },
});

table('is it a thenable, and a lazy one?', {
  given: `
    interface Query<T> extends PromiseLike<T> { where(text: string): Query<T> }
    declare class Lookalike { then(callback: () => void): void }
    import type { Task } from 'mooring';
  `,
  question: ({ value }) => [value.thenable, value.lazyThenable],
  rows: {
    'a promise is no lazy one': ['declare const p: Promise<void>; p;', ['yes', 'no']],
    'a PromiseLike': ['declare const p: PromiseLike<void>; p;', ['yes', 'yes']],
    'a query builder': ['declare const q: Query<void>; q;', ['yes', 'yes']],
    'what only has a then': ['declare const t: Lookalike; t;', ['yes', 'yes']],
    'a task': ['declare const t: Task<void>; t;', ['yes', 'yes']],
    'either of the two': ['declare const p: Promise<1> | PromiseLike<1>; p;', ['yes', 'yes']],
    'a then that is optional': [
      'declare const p: { then?(f: () => void): void }; p;',
      ['yes', 'yes'],
    ],
    'a then that takes no callback': [
      'declare const t: { then(text: string): void }; t;',
      ['no', 'no'],
    ],
    'a then that takes nothing': ['declare const t: { then(): void }; t;', ['no', 'no']],
    'a then that is no method': ['declare const t: { then: number }; t;', ['no', 'no']],
    object: ['declare const o: object; o;', ['no', 'no']],
    any: ['declare const p: any; p;', ['unknown', 'unknown']],
    'a thenable or any': [
      'declare const p: { a: PromiseLike<1> | unknown }; p.a;',
      ['unknown', 'unknown'],
    ],
  },
});

table('does it hold nothing?', {
  question: ({ value }) => value.isPlain,
  rows: {
    void: ['declare const v: void; v;', true],
    'undefined or a number': ['declare const v: undefined | number; v;', true],
    never: ['declare const v: never; v;', true],
    'an open type that extends a string': [
      'declare function f<T extends string>(t: T): T; f("a");',
      true,
    ],
    'an object': ['declare const v: { a: 1 }; v;', false],
    'the type object': ['declare const v: object; v;', false],
    'an object or a number': ['declare const v: { a: 1 } | 1; v;', false],
    any: ['declare const v: any; v;', false],
    unknown: ['declare const v: unknown; v;', false],
  },
});

table('what can it be instead of a promise?', {
  question: ({ value }) => value.insteadOfPromise,
  rows: {
    'a promise only': ['declare const p: Promise<1>; p;', undefined],
    'one promise or another': ['declare const p: Promise<1> | Promise<2>; p;', undefined],
    nothing: ['declare const p: Promise<1> | undefined | null; p;', 'nothing'],
    void: ['declare const f: () => Promise<1> | void; f();', 'nothing'],
    'a result': ['declare const p: Promise<1> | 1; p;', 'result'],
    'a result or nothing': ['declare const p: Promise<1> | 1 | undefined; p;', 'result'],
    'an object': ['declare const p: Promise<1> | { a: 1 }; p;', 'result'],
  },
});

table('what does it hold?', {
  question: ({ value }) => value.elements.map((element) => element.promise),
  rows: {
    'an array': ['declare const ps: Promise<void>[]; ps;', ['yes']],
    'a read-only array': ['declare const ps: readonly Promise<void>[]; ps;', ['yes']],
    'a tuple': ['declare const ps: [number, Promise<void>]; ps;', ['no', 'yes']],
    'a tuple with names and a rest': [
      'declare const ps: [a: 1, ...b: Promise<1>[]]; ps;',
      ['no', 'yes'],
    ],
    'a constant array': ['[Promise.resolve(1)] as const;', ['yes']],
    'the result of map': ['[1].map(async () => {});', ['yes']],
    'a set': ['declare const ps: Set<Promise<void>>; ps;', ['yes']],
    'a map': ['declare const ps: Map<string, Promise<void>>; ps;', ['no', 'yes']],
    'a union of arrays': ['declare const ps: number[] | Promise<1>[]; ps;', ['no', 'yes']],
    'an array or nothing': ['declare const ps: Promise<1>[] | undefined; ps;', ['yes']],
    'an open array': ['declare function f<T extends Promise<1>[]>(): T; f();', ['yes']],
    'an array of any': ['declare const ps: any[]; ps;', ['unknown']],
    'a generator, which has made nothing yet': [
      'declare const ps: Generator<Promise<void>>; ps;',
      [],
    ],
    'a promise holds nothing: it gives it later': [
      'declare const p: Promise<Promise<1>[]>; p;',
      [],
    ],
    'a generic class of the file is no container': [
      'declare class Box<T> { t: T } declare const b: Box<Promise<1>>; b;',
      [],
    ],
    'a class of the file named Set is no container': [
      'declare class Set<T> { t: T } declare const b: Set<Promise<1>>; b;',
      [],
    ],
    'an object type that depends on a type argument': [
      'declare function pair<T>(t: T): { a: T }; pair(Promise.resolve());',
      [],
    ],
  },
});

table('what does the function give?', {
  question: ({ value }) => value.returns.map((result) => result.promise),
  rows: {
    'an async function': ['(async () => {});', ['yes']],
    'a function': ['(() => 1);', ['no']],
    'a method': ['declare const o: { m(): Promise<void> }; o.m;', ['yes']],
    'each overload': [
      'declare function f(a: 1): number; declare function f(a: 2): Promise<1>; f;',
      ['no', 'yes'],
    ],
    'a function or nothing': ['declare const f: (() => Promise<1>) | undefined; f;', ['yes']],
    'a generic function': ['declare const f: <T>(t: T) => Promise<T>; f;', ['yes']],
    'no function': ['declare const n: number; n;', []],
    'a class': ['class C {} C;', []],
    any: ['declare const f: any; f;', []],
    Function: ['declare const f: Function; f;', []],
  },
});

table('can it be called?', {
  question: ({ value }) => value.callable,
  rows: {
    'a function': ['(() => 1);', 'yes'],
    'a method': ['[1].map;', 'yes'],
    'either of two functions': ['declare const f: (() => 1) | ((n: 1) => 2); f;', 'yes'],
    'an open type that extends a function': [
      'function f<T extends () => 1>(t: T): void { t; }',
      'yes',
    ],
    Function: ['declare const f: Function; f;', 'yes'],
    'a function with a property': ['declare const f: (() => 1) & { id: 1 }; f;', 'yes'],
    'a function or any': ['declare const f: { a: (() => 1) | unknown }; f.a;', 'unknown'],
    'a function or nothing': ['declare const f: (() => 1) | undefined; f;', 'no'],
    'a function or a string': ['declare const f: (() => 1) | string; f;', 'no'],
    null: ['null;', 'no'],
    'a class': ['class C {} C;', 'no'],
    'an object': ['({});', 'no'],
    any: ['declare const f: any; f;', 'unknown'],
    unknown: ['declare const f: unknown; f;', 'unknown'],
  },
});

const kinds = ({ value }: Asked): unknown =>
  (['task', 'group', 'timeout', 'abortSignal', 'abortController', 'asyncDisposableStack'] as const)
    .filter((kind) => value.is(kind) === 'yes')
    .join();

table('which kind is it?', {
  given: `
    import { TaskGroup, timeout, type Task, type TaskContext, type Timeout } from 'mooring';
    import * as mooring from 'mooring';
  `,
  question: kinds,
  rows: {
    'a group': ['new TaskGroup();', 'group'],
    'a group through a namespace': ['new mooring.TaskGroup();', 'group'],
    'a class that extends a group': ['class Pool extends TaskGroup {} new Pool();', 'group'],
    'a group or nothing': ['declare const g: TaskGroup | undefined; g;', 'group'],
    'a task': ['declare const t: Task<void>; t;', 'task'],
    'what createTask gives': ['declare const g: TaskGroup; g.createTask(() => 1);', 'task'],
    'a timeout': ['timeout(100);', 'timeout'],
    'a timeout by its type': ['declare const t: Timeout; t;', 'timeout'],
    'a class of another file with the same name': ['class TaskGroup {} new TaskGroup();', ''],
    'a signal': ['AbortSignal.timeout(1);', 'abortSignal'],
    'the signal of a context': ['declare const c: TaskContext; c.signal;', 'abortSignal'],
    'a signal or nothing': ['declare const o: { signal?: AbortSignal }; o.signal;', 'abortSignal'],
    'a signal with more to it': [
      'declare const s: AbortSignal & { id: number }; s;',
      'abortSignal',
    ],
    'a class of the file that has the name of a signal': [
      'class AbortSignal {} new AbortSignal();',
      '',
    ],
    'a controller': ['new AbortController();', 'abortController'],
    'a stack': ['new AsyncDisposableStack();', 'asyncDisposableStack'],
    any: ['declare const a: any; a;', ''],
  },
});

table('which kind is it, with names from the settings?', {
  given: `
    declare class Nursery { start(): void }
    declare class Deadline { at: number }
  `,
  settings: {
    groups: [{ from: 'file', name: 'Nursery' }],
    timeouts: ['Deadline'],
  },
  question: kinds,
  rows: {
    'a type that counts as a group': ['new Nursery();', 'group'],
    'a class that extends it': ['class Own extends Nursery {} new Own();', 'group'],
    'a type that counts as a timeout': ['new Deadline();', 'timeout'],
    'another type': ['new Date();', ''],
  },
});

table('is it a scope?', {
  given: "import { TaskGroup, type TaskContext, timeout } from 'mooring';",
  question: ({ value }) => value.scope,
  rows: {
    'a group': ['new TaskGroup();', 'yes'],
    'a timeout': ['timeout(10);', 'yes'],
    'a context': ['declare const c: TaskContext; c;', 'yes'],
    'options with a signal': ['declare const o: { signal?: AbortSignal }; o;', 'yes'],
    'a controller': ['new AbortController();', 'yes'],
    'a signal is none': ['AbortSignal.abort();', 'no'],
    'another kind of signal': ['declare const o: { signal: number }; o;', 'no'],
    'a string': ['declare const o: string; o;', 'no'],
    any: ['declare const o: any; o;', 'unknown'],
  },
});

table('is it one of those that a setting names?', {
  given: `
    class Safe<T> extends Promise<T> {}
    class Safer<T> extends Safe<T> {}
    type Alias = Promise<number> & { brand?: string };
    import type { Agent } from 'node:http';
  `,
  question: ({ value }) => [
    value.matches([{ from: 'file', name: 'Safe' }]),
    value.matches([{ from: 'file', name: ['Alias', 'Other'], path: './file.ts' }]),
    value.matches([{ from: 'lib', name: 'Promise' }]),
    value.matches([{ from: 'package', name: 'Agent', package: 'http' }]),
  ],
  rows: {
    'a class of the file': ['declare const p: Safe<1>; p;', [true, false, true, false]],
    'a class that extends it': ['declare const p: Safer<1>; p;', [true, false, true, false]],
    'an alias': ['declare const p: Alias; p;', [false, true, true, false]],
    'an alias or nothing': ['declare const p: Alias | undefined; p;', [false, true, true, false]],
    'a type of the library': ['declare const p: Promise<1>; p;', [false, false, true, false]],
    'a type of a package': ['declare const a: Agent; a;', [false, false, false, true]],
    any: ['declare const a: any; a;', [false, false, false, false]],
    'a type of the file with a name of the library': [
      'interface Promise<T> { t: T } declare const p: Promise<1>; p;',
      [false, false, false, false],
    ],
  },
});
