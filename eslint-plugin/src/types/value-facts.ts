import type { Settings } from '../settings.js';
import { CONTAINERS, MEMBER, PLATFORM } from '../vocabulary.js';
import type { Checker, Symbol, Type, TypeKind } from './checker.js';
import { type Declaration, declarationOf, declares, inLibrary, namedBy } from './declaration.js';
import { originOf } from './origin.js';
import type { Specifier } from './specifier.js';
import type { Answer, Origin, ValueFacts, ValueKind } from './types.js';

const PROMISE = inLibrary(PLATFORM.promise);

/** The members by which a deferred is settled. */
const DEFERRED = ['resolve', 'reject'] as const;

type InsteadOfPromise = ValueFacts['insteadOfPromise'];

/** Finds the facts of a type; one object for each type. */
export type FactsOf = (type: Type) => TypeFacts;

/** The facts of one type, answered when asked and then kept. */
export class TypeFacts implements ValueFacts {
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  readonly #settings: Settings;
  readonly #type: Type;
  #isUntyped: boolean | undefined;
  #isPlain: boolean | undefined;
  #promise: Answer | undefined;
  #thenable: Answer | undefined;
  #lazyThenable: Answer | undefined;
  #isDeferred: boolean | undefined;
  #scope: Answer | undefined;
  #elements: readonly ValueFacts[] | undefined;
  #callable: Answer | undefined;
  #returns: readonly ValueFacts[] | undefined;
  #results: readonly ValueFacts[] | undefined;
  #instead: { readonly ofPromise: InsteadOfPromise } | undefined;
  #parts: readonly TypeFacts[] | undefined;
  readonly #kinds: Map<ValueKind, Answer> = new Map();

  constructor(checker: Checker, factsOf: FactsOf, settings: Settings, type: Type) {
    this.#checker = checker;
    this.#factsOf = factsOf;
    this.#settings = settings;
    this.#type = type;
  }

  get isUntyped(): boolean {
    return (this.#isUntyped ??= ['any', 'unknown'].includes(this.#checker.kindOf(this.#type)));
  }

  get isPlain(): boolean {
    return (this.#isPlain ??= this.parts.every((part) => PLAIN.has(part.#kind)));
  }

  get isNullable(): boolean {
    return this.parts.some((part) => part.#kind === 'nullish' || part.#kind === 'void');
  }

  get isVoid(): boolean {
    return this.parts.every((part) => part.#kind === 'void');
  }

  get isNever(): boolean {
    return this.#kind === 'never';
  }

  get results(): readonly ValueFacts[] {
    return (this.#results ??= this.parts
      .filter((part) => part.#isDeclared(PROMISE))
      .flatMap((part) => this.#checker.typeArgumentsOf(part.#type).slice(0, 1).map(this.#factsOf)));
  }

  get promise(): Answer {
    return (this.#promise ??= this.#some((part) => part.#isWork()));
  }

  get thenable(): Answer {
    return (this.#thenable ??= this.#some((part) => part.#isDeclared(PROMISE) || part.#hasThen()));
  }

  get lazyThenable(): Answer {
    return (this.#lazyThenable ??= this.#some((part) => !part.#isWork() && part.#hasThen()));
  }

  get isDeferred(): boolean {
    return (this.#isDeferred ??= this.parts.some((part) =>
      DEFERRED.some((name) => part.#property(name)?.callable === 'yes'),
    ));
  }

  get insteadOfPromise(): InsteadOfPromise {
    this.#instead ??= { ofPromise: this.#findInstead() };
    return this.#instead.ofPromise;
  }

  #findInstead(): InsteadOfPromise {
    if (this.#kind !== 'union') return undefined;
    const others = this.#checker
      .partsOf(this.#type)
      .map((type) => this.#factsOf(type))
      .filter(({ thenable }) => thenable === 'no');
    if (others.length === 0) return undefined;
    return others.every((part) => part.#kind === 'nullish' || part.#kind === 'void')
      ? 'nothing'
      : 'result';
  }

  get scope(): Answer {
    return (this.#scope ??= this.#some(
      (part) => part.#property(MEMBER.signal)?.is('abortSignal') === 'yes',
    ));
  }

  get elements(): readonly ValueFacts[] {
    return (this.#elements ??= this.parts.flatMap((part) => part.#heldTypes().map(this.#factsOf)));
  }

  get callable(): Answer {
    return (this.#callable ??= this.#isCallable());
  }

  get returns(): readonly ValueFacts[] {
    return (this.#returns ??= this.parts.flatMap((part) =>
      this.#checker
        .callSignaturesOf(part.#type)
        .map((signature) => this.#factsOf(this.#checker.returnTypeOf(signature))),
    ));
  }

  get takes(): readonly ValueFacts[] {
    return this.parts.flatMap((part) =>
      this.#checker.callSignaturesOf(part.#type).flatMap((signature) => {
        const [first] = this.#checker.parametersOf(signature);
        return first === undefined ? [] : this.#factsOf(this.#checker.typeOf(first.symbol));
      }),
    );
  }

  is(kind: ValueKind): Answer {
    let answer = this.#kinds.get(kind);
    if (answer === undefined) {
      const declaration = declarationOf(kind, this.#settings);
      answer = this.#some((part) => part.#isDeclared(declaration));
      this.#kinds.set(kind, answer);
    }
    return answer;
  }

  matches(specifiers: readonly Specifier[]): boolean {
    if (specifiers.length === 0) return false;
    const named = namedBy(specifiers);
    return this.#isDeclared(named) || this.parts.some((part) => part.#isDeclared(named));
  }

  get isAsyncDisposable(): boolean {
    return this.parts.some((part) => this.#checker.disposesAsync(part.#type));
  }

  members(name: string): readonly ValueFacts[] {
    return this.parts.flatMap((part) => part.#property(name) ?? []);
  }

  memberOrigin(name: string): Origin | undefined {
    for (const part of this.parts) {
      const symbol = part.#propertySymbol(name);
      if (symbol !== undefined) return originOf(this.#checker, symbol);
    }
    return undefined;
  }

  /** The types of those parts. */
  get types(): readonly Type[] {
    return this.parts.map((part) => part.#type);
  }

  /** Whether the value is of this type of the default library, or of one that extends it. */
  isDeclaredInLibrary(name: string): boolean {
    const declaration = inLibrary(name);
    return this.parts.some((part) => part.#isDeclared(declaration));
  }

  /** What a value of this type can be: the parts of a union, of an open type what it extends. */
  get parts(): readonly TypeFacts[] {
    return (this.#parts ??= this.#findParts());
  }

  get #kind(): TypeKind {
    return this.#checker.kindOf(this.#type);
  }

  /** What an open type is known to extend. */
  get #constraint(): TypeFacts | undefined {
    const constraint = this.#checker.constraintOf(this.#type);
    const isKnown = constraint !== undefined && this.#checker.kindOf(constraint) !== 'open';
    return isKnown ? this.#factsOf(constraint) : undefined;
  }

  #findParts(): readonly TypeFacts[] {
    switch (this.#kind) {
      case 'intersection':
        return [
          this,
          ...this.#checker.partsOf(this.#type).flatMap((type) => this.#factsOf(type).parts),
        ];
      case 'union':
        return this.#checker.partsOf(this.#type).flatMap((type) => this.#factsOf(type).parts);
      case 'open':
        return this.#constraint?.parts ?? [this];
      default:
        return [this];
    }
  }

  #some(is: (part: TypeFacts) => boolean): Answer {
    let isUnknown = false;
    for (const part of this.parts) {
      if (part.isUntyped) isUnknown = true;
      else if (is(part)) return 'yes';
    }
    return isUnknown ? 'unknown' : 'no';
  }

  #isCallable(): Answer {
    switch (this.#kind) {
      case 'any':
      case 'unknown':
        return 'unknown';
      case 'union': {
        const answers = this.#checker.partsOf(this.#type).map((of) => this.#factsOf(of).callable);
        if (answers.includes('no')) return 'no';
        return answers.includes('unknown') ? 'unknown' : 'yes';
      }
      case 'open':
        return this.#constraint?.callable ?? 'no';
      default: {
        const isFunction =
          this.#checker.callSignaturesOf(this.#type).length > 0 ||
          this.isDeclaredInLibrary(PLATFORM.function);
        return isFunction ? 'yes' : 'no';
      }
    }
  }

  #hasThen(): boolean {
    const then = this.#property('then');
    if (then === undefined) return false;
    return then.parts.some((part) =>
      this.#checker.callSignaturesOf(part.#type).some((signature) => {
        const [first] = this.#checker.parametersOf(signature);
        if (first === undefined) return false;
        return this.#factsOf(this.#checker.typeOf(first.symbol)).parts.some(
          (callback) => this.#checker.callSignaturesOf(callback.#type).length > 0,
        );
      }),
    );
  }

  #property(name: string): TypeFacts | undefined {
    const symbol = this.#propertySymbol(name);
    return symbol && this.#factsOf(this.#checker.typeOf(symbol));
  }

  #propertySymbol(name: string): Symbol | undefined {
    if (this.#kind !== 'object' && this.#kind !== 'intersection') return undefined;
    return this.#checker.propertyOf(this.#type, name);
  }

  #heldTypes(): readonly Type[] {
    if (this.#kind !== 'object') return [];
    const held = this.#checker.typeArgumentsOf(this.#type);
    if (held.length === 0) return [];
    const symbol = this.#checker.symbolOf(this.#type);
    const origin = symbol && originOf(this.#checker, symbol);
    // A tuple is a reference too, but no file declares it.
    if (origin === undefined) return held;
    return origin.from === 'lib' && CONTAINERS.has(origin.name) ? held : [];
  }

  /** A promise that somebody has to take. A task is one as well, and its group takes it. */
  #isWork(): boolean {
    return this.#isDeclared(PROMISE) && !this.#isDeclared(declarationOf('task', this.#settings));
  }

  /**
   * Whether the type, its alias, or one that it extends is declared as said. Members of enums are
   * not asked for: there are thousands, and none is a type that anybody names.
   */
  #isDeclared(declaration: Declaration): boolean {
    if (PLAIN.has(this.#kind)) return false;
    if (declares(this.#checker, this.#checker.symbolOf(this.#type), declaration)) return true;
    if (declares(this.#checker, this.#checker.aliasOf(this.#type), declaration)) return true;
    if (this.#kind !== 'object') return false;
    return this.#checker
      .baseTypesOf(this.#type)
      .some((base) => this.#factsOf(base).parts.some((part) => part.#isDeclared(declaration)));
  }
}

/** Kinds of type whose values are what they are, and hold nothing. */
const PLAIN: ReadonlySet<TypeKind> = new Set(['never', 'nullish', 'primitive', 'void']);
