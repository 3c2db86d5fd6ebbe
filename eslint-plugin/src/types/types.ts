import type { TSESTree } from '@typescript-eslint/utils';

import type { ModuleOptions } from './module-facts.js';
import type { Specifier } from './specifier.js';

/** What types can settle, and what they cannot. A rule says which way it errs on `'unknown'`. */
export type Answer = 'no' | 'unknown' | 'yes';

/** A node that calls something. */
export type CallNode =
  TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/**
 * Everything that rules ask of a type checker. It comes in batches: a rule collects its
 * candidates by syntax first, then asks for all of them at once, because behind this interface a
 * question may be a round trip to another process. The facts answer lazily and are kept for each
 * type, so that asking about ten thousand numbers costs one answer.
 */
export interface Types {
  /** What the tsconfig of the file says of modules. */
  readonly moduleOptions: ModuleOptions;
  /** What is known of the value of each expression. */
  values(nodes: readonly TSESTree.Node[]): readonly ValueFacts[];
  /** What is known of each call, over all overloads. */
  calls(nodes: readonly CallNode[]): readonly CallFacts[];
  /** The same of one expression: that was asked about with others before, or is the only one. */
  value(node: TSESTree.Node): ValueFacts;
  call(node: CallNode): CallFacts;
  /** What is known of calls by what they call, without a look at themselves. */
  callees(paths: readonly CalleePath[]): readonly CalleeFacts[];
}

/** From a value to something of it: its member, or what it gives. */
export type CalleeStep = 'call' | 'new' | { readonly member: string };

/** What is called: `expect`, `call`, `toBe` for `expect(n).toBe(1)`. Steps are the same where they are equal. */
export interface CalleePath {
  /** The expression whose type is asked. */
  readonly root: TSESTree.Node;
  readonly steps: readonly CalleeStep[];
  readonly isNew: boolean;
}

/** What a callee says of each of its calls. On doubt it could. */
export interface CalleeFacts {
  /** Whether a call may give a promise, or something that holds promises. */
  couldGivePromise(): boolean;
  /** Whether `callbackResult` may be another one than `'taken'` and `'no-callback'`. */
  couldDrop(argument: number): boolean;
}

/** Kinds of value that rules know by name. Recognised by where their type is declared. */
export type ValueKind =
  | 'abortController'
  | 'abortSignal'
  | 'asyncDisposableStack'
  | 'group'
  | 'permit'
  | 'task'
  | 'timeout';

/**
 * What is known of a value. Of a union the answer is `'yes'` when one part says so, and
 * `'unknown'` when nothing is known of a part and no other says yes.
 */
export interface ValueFacts {
  /** `any`, `unknown` or an unresolved type: nothing is known of the value. */
  readonly isUntyped: boolean;
  /** Surely `void`, nullish or a primitive: it holds no promise. */
  readonly isPlain: boolean;
  /** Whether it can be `undefined` or `null`. */
  readonly isNullable: boolean;
  /** Nothing but `void`. */
  readonly isVoid: boolean;
  /** `never`: what gives it only throws, or of a promise only rejects. */
  readonly isNever: boolean;
  /** Of a promise: what it gives. Empty where that is not known. */
  readonly results: readonly ValueFacts[];
  /** A native promise, or a class that extends one. */
  readonly promise: Answer;
  /** Has a `then` that takes a callback: every promise, and what only looks like one. */
  readonly thenable: Answer;
  /** A thenable that is no promise: it may start nothing until somebody calls `then`. */
  readonly lazyThenable: Answer;
  /** A promise with a `resolve` or a `reject` of its own: it waits for somebody to call one. */
  readonly isDeferred: boolean;
  /** What it can be else, of a union: `T | Promise<T>` a result, `Promise<T> | undefined` nothing. */
  readonly insteadOfPromise: 'nothing' | 'result' | undefined;
  /** Something with a `signal` that is an abort signal: a group, a timeout, a task's context. */
  readonly scope: Answer;
  /** What an array, a tuple, a set or a map holds. An iterator holds nothing yet. */
  readonly elements: readonly ValueFacts[];
  /** Whether it can be called: `'no'` when a part of it cannot, such as `undefined`. */
  readonly callable: Answer;
  /** Of a function: what each of its signatures gives. */
  readonly returns: readonly ValueFacts[];
  /** Of a function: what each of its signatures takes first; those that take nothing have none. */
  readonly takes: readonly ValueFacts[];
  /** Whether `await using` can end it. */
  readonly isAsyncDisposable: boolean;
  is(kind: ValueKind): Answer;
  /** Whether the type, or a part of it, is one of those named. */
  matches(specifiers: readonly Specifier[]): boolean;
  /** What its member of this name is; of a union, what that of each part is that has one. */
  members(name: string): readonly ValueFacts[];
  /** Where its member of this name is declared; of a union, that of the first part that has one. */
  memberOrigin(name: string): Origin | undefined;
}

/** Where a call takes an abort signal: `f(signal)`, or `f({ signal })` with the property's name. */
export interface SignalSlot {
  readonly argument: number;
  readonly property: string | undefined;
}

/** One that a callee declares. */
export interface DeclaredSlot extends SignalSlot {
  /** Whether options with the signal alone would lack what they must have: `{ path: string; signal?: AbortSignal }`. */
  needsMore(): boolean;
}

/**
 * What becomes of the result of a function that is handed over as an argument:
 * `'dropped'`: every overload says `void`, so a promise given back is lost;
 * `'taken'`: some overload takes a promise;
 * `'unknown'`: the result is `any` or `unknown`, or the parameter is `Function`;
 * `'no-callback'`: the argument's place takes no function.
 */
export type CallbackResult = 'dropped' | 'no-callback' | 'taken' | 'unknown';

/** What is known of a call. */
export interface CallFacts {
  /** The value that the call gives. */
  readonly result: ValueFacts;
  /** Where the callee is declared. `undefined` for a callee without a name, or of type `any`. */
  readonly origin: Origin | undefined;
  /** All that may be called under a name of this project: `const check = isSlow ? test.skip : test`. */
  readonly origins: readonly Origin[];
  /** Where the call takes an abort signal, over all overloads. */
  readonly signalSlots: readonly DeclaredSlot[];
  /**
   * Whether the parameter of this argument takes a promise, as itself or through a `T`.
   * `'unknown'`: it is `any` or `unknown`, which takes everything and promises nothing.
   */
  takesPromise(argument: number): Answer;
  /** What the parameter of this argument is declared to be; `undefined` where there is none. */
  parameter(argument: number): ValueFacts | undefined;
  callbackResult(argument: number): CallbackResult;
  /** Whether the callee is one of those named. */
  matches(specifiers: readonly Specifier[]): boolean;
}

/** Where a symbol is declared. */
export interface Origin {
  readonly name: string;
  /** The class, interface, namespace or ambient module around it, innermost first, by name. */
  readonly parents: readonly string[];
  /** `lib`: the default library, or another declaration of the platform (@types/node). */
  readonly from: 'file' | 'lib' | 'package';
  /** The name of the package that its file lies in. */
  readonly package: string | undefined;
  readonly file: string;
}
