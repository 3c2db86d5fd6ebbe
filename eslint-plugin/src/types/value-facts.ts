import type { Settings } from '../settings.js';
import { MEMBER, PLATFORM, RUNTIME } from '../vocabulary.js';
import type { Checker, Symbol, Type } from './checker.js';
import { originMatches, originOf } from './origin.js';
import type { Specifier } from './specifier.js';
import type { Answer, Origin, ValueFacts, ValueKind } from './types.js';

/** Generic types of the default library whose type arguments are what they hold. */
const CONTAINERS = new Set([
  'Array',
  'ReadonlyArray',
  'Set',
  'ReadonlySet',
  'Map',
  'ReadonlyMap',
  'Iterable',
  'IterableIterator',
  'Iterator',
  'IteratorObject',
  'ArrayIterator',
  'SetIterator',
  'MapIterator',
  'Generator',
]);

const PLATFORM_KINDS: Partial<Record<ValueKind, string>> = {
  abortController: PLATFORM.abortController,
  abortSignal: PLATFORM.abortSignal,
  asyncDisposableStack: PLATFORM.asyncDisposableStack,
};

const RUNTIME_KINDS: Partial<Record<ValueKind, string>> = {
  group: RUNTIME.group,
  task: RUNTIME.task,
  timeout: RUNTIME.timeoutType,
};

/** Finds the facts of a type; one object for each type. */
export type FactsOf = (type: Type) => TypeFacts;

/** The facts of one type, answered when asked and then kept. */
export class TypeFacts implements ValueFacts {
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  readonly #settings: Settings;
  readonly #type: Type;
  readonly #kinds: Map<ValueKind, Answer> = new Map();

  constructor(checker: Checker, factsOf: FactsOf, settings: Settings, type: Type) {
    this.#checker = checker;
    this.#factsOf = factsOf;
    this.#settings = settings;
    this.#type = type;
  }

  get isUntyped(): boolean {
    const kind = this.#checker.kindOf(this.#type);
    return this.#keep('isUntyped', kind === 'any' || kind === 'unknown');
  }

  get promise(): Answer {
    return this.#keep(
      'promise',
      this.#some((part) => (part.#isDeclared(isPlatform(PLATFORM.promise)) ? 'yes' : 'no')),
    );
  }

  get thenable(): Answer {
    return this.#keep(
      'thenable',
      this.#some((part) => (part.promise === 'yes' || part.#hasThen() ? 'yes' : 'no')),
    );
  }

  get lazyThenable(): Answer {
    return this.#keep(
      'lazyThenable',
      this.#some((part) => (part.promise !== 'yes' && part.#hasThen() ? 'yes' : 'no')),
    );
  }

  get scope(): Answer {
    return this.#keep(
      'scope',
      this.#some((part) => part.#property(MEMBER.signal)?.is('abortSignal') ?? 'no'),
    );
  }

  get elements(): readonly ValueFacts[] {
    return this.#keep(
      'elements',
      this.parts.flatMap((part) => part.#heldTypes().map(this.#factsOf)),
    );
  }

  get returns(): readonly ValueFacts[] {
    return this.#keep(
      'returns',
      this.parts.flatMap((part) =>
        this.#checker
          .callSignaturesOf(part.#type)
          .map((signature) => this.#factsOf(this.#checker.returnTypeOf(signature))),
      ),
    );
  }

  is(kind: ValueKind): Answer {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const answer = this.#some((part) => (part.#isDeclared(this.#isKind(kind)) ? 'yes' : 'no'));
    this.#kinds.set(kind, answer);
    return answer;
  }

  matches(specifiers: readonly Specifier[]): boolean {
    if (specifiers.length === 0) return false;
    const matches = (origin: Origin): boolean => originMatches(origin, specifiers);
    return this.#aliasMatches(matches) || this.parts.some((part) => part.#isDeclared(matches));
  }

  /** The types of those parts. */
  get types(): readonly Type[] {
    return this.parts.map((part) => part.#type);
  }

  /** Whether the value is of this type of the default library, or of one that extends it. */
  isDeclaredInLibrary(name: string): boolean {
    return this.parts.some((part) => part.#isDeclared(isPlatform(name)));
  }

  /** What a value of this type can be: the parts of a union, of an open type what it extends. */
  get parts(): readonly TypeFacts[] {
    return this.#keep('parts', this.#findParts());
  }

  #findParts(): readonly TypeFacts[] {
    switch (this.#checker.kindOf(this.#type)) {
      case 'intersection':
        return [
          this,
          ...this.#checker.partsOf(this.#type).flatMap((type) => this.#factsOf(type).parts),
        ];
      case 'union':
        return this.#checker.partsOf(this.#type).flatMap((type) => this.#factsOf(type).parts);
      case 'open': {
        const constraint = this.#checker.constraintOf(this.#type);
        const isKnown = constraint !== undefined && this.#checker.kindOf(constraint) !== 'open';
        return isKnown ? this.#factsOf(constraint).parts : [this];
      }
      default:
        return [this];
    }
  }

  /** Getters of a class answer anew each time; this keeps the first answer on the object. */
  #keep<T>(name: string, value: T): T {
    Object.defineProperty(this, name, { value });
    return value;
  }

  #some(answerOf: (part: TypeFacts) => Answer): Answer {
    let answer: Answer = 'no';
    for (const part of this.parts) {
      const of = part.isUntyped ? 'unknown' : answerOf(part);
      if (of === 'yes') return 'yes';
      if (of === 'unknown') answer = 'unknown';
    }
    return answer;
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
    const kind = this.#checker.kindOf(this.#type);
    if (kind !== 'object' && kind !== 'intersection') return undefined;
    const symbol = this.#checker.propertyOf(this.#type, name);
    return symbol && this.#factsOf(this.#checker.typeOf(symbol));
  }

  #heldTypes(): readonly Type[] {
    const symbol = this.#checker.symbolOf(this.#type);
    const held = this.#checker.typeArgumentsOf(this.#type);
    if (held.length === 0) return [];
    // A tuple is a reference too, but no file declares it.
    const origin = symbol && originOf(this.#checker, symbol);
    const isContainer =
      origin === undefined || (origin.from === 'lib' && CONTAINERS.has(origin.name));
    return isContainer ? held : [];
  }

  #isKind(kind: ValueKind): (origin: Origin) => boolean {
    const platformName = PLATFORM_KINDS[kind];
    if (platformName !== undefined) return isPlatform(platformName);
    const named =
      kind === 'group' ? this.#settings.groups : kind === 'timeout' ? this.#settings.timeouts : [];
    return (origin) =>
      (origin.package === RUNTIME.package && origin.name === RUNTIME_KINDS[kind]) ||
      originMatches(origin, named);
  }

  /** Whether the type, its alias, or one that it extends is declared where `matches` says. */
  #isDeclared(matches: (origin: Origin) => boolean): boolean {
    if (this.#symbolMatches(this.#checker.symbolOf(this.#type), matches)) return true;
    if (this.#aliasMatches(matches)) return true;
    if (this.#checker.kindOf(this.#type) !== 'object') return false;
    return this.#checker
      .baseTypesOf(this.#type)
      .some((base) => this.#factsOf(base).parts.some((part) => part.#isDeclared(matches)));
  }

  #aliasMatches(matches: (origin: Origin) => boolean): boolean {
    return this.#symbolMatches(this.#checker.aliasOf(this.#type), matches);
  }

  #symbolMatches(symbol: Symbol | undefined, matches: (origin: Origin) => boolean): boolean {
    const origin = symbol && originOf(this.#checker, symbol);
    return origin !== undefined && matches(origin);
  }
}

function isPlatform(name: string): (origin: Origin) => boolean {
  return (origin) => origin.from === 'lib' && origin.name === name;
}
