import type { Checker, Signature, Type } from './checker.js';
import type { SignatureFacts } from './signature-facts.js';
import type { CalleeFacts, CalleeStep } from './types.js';

/** More ways than these are no way. */
const MOST = 8;

/**
 * Follows what is called by what is declared, without a look at any call. The types of a test are one
 * `Assertion<T>` for each T, and those of a router have all paths before in them; their members are declared
 * once, and so each is asked for once in a run.
 */
export class CalleePaths {
  readonly #checker: Checker;
  readonly #signatures: SignatureFacts;
  readonly #known: WeakMap<Type, Map<CalleeStep, readonly Type[] | undefined>> = new WeakMap();

  constructor(checker: Checker, signatures: SignatureFacts) {
    this.#checker = checker;
    this.#signatures = signatures;
  }

  /** What is called where these steps lead to from a value of this type. */
  factsOf(root: Type, steps: readonly CalleeStep[], isNew: boolean): CalleeFacts {
    const called = this.#follow(root, steps)?.map((type) => this.#signaturesOf(type, isNew)) ?? [];
    if (called.length === 0 || !called.every((each) => each !== undefined)) return UNKNOWN;
    const signatures = called.flat();
    return {
      couldGivePromise: () => signatures.some((each) => this.#signatures.couldGivePromise(each)),
      couldDrop: (argument) => {
        const results = signatures.map((each) => this.#signatures.declaredResult(each, argument));
        return !results.includes('taken') && results.some((result) => result !== 'no-callback');
      },
    };
  }

  #follow(root: Type, steps: readonly CalleeStep[]): readonly Type[] | undefined {
    let types: readonly Type[] = [root];
    for (const step of steps) {
      const found: Type[] = [];
      for (const type of types) {
        const next = this.#next(type, step);
        if (next === undefined) return undefined;
        found.push(...next);
      }
      types = [...new Set(found)];
      if (types.length === 0 || types.length > MOST) return undefined;
    }
    return types;
  }

  #next(type: Type, step: CalleeStep): readonly Type[] | undefined {
    const known = this.#known.get(type) ?? new Map<CalleeStep, readonly Type[] | undefined>();
    this.#known.set(type, known);
    if (!known.has(step)) known.set(step, this.#find(type, step));
    return known.get(step);
  }

  #find(type: Type, step: CalleeStep): readonly Type[] | undefined {
    switch (this.#checker.kindOf(type)) {
      case 'intersection':
      case 'object':
        return typeof step === 'string' ? this.#given(type, step) : this.#member(type, step.member);
      default:
        return undefined;
    }
  }

  #given(type: Type, step: 'call' | 'new'): readonly Type[] | undefined {
    const given = this.#signaturesOf(type, step === 'new')?.map((signature) =>
      this.#checker.declaredType(
        this.#checker.returnTypeOf(this.#checker.declaredSignature(signature)),
      ),
    );
    return given && [...new Set(given)];
  }

  /** One overload may give a value that has no such member, and then it is not the one. */
  #member(type: Type, name: string): readonly Type[] {
    const declared = this.#checker.declaredType(type);
    const symbol = this.#checker.propertyOf(declared, name) ?? this.#checker.propertyOf(type, name);
    return symbol === undefined ? [] : [this.#checker.declaredType(this.#checker.typeOf(symbol))];
  }

  /** `undefined` where it is not known: of `any`, of one of many, of a type that is still open. */
  #signaturesOf(type: Type, isNew: boolean): readonly Signature[] | undefined {
    const kind = this.#checker.kindOf(type);
    if (kind !== 'object' && kind !== 'intersection') return undefined;
    const declared = this.#checker.declaredType(type);
    const signatures = isNew
      ? this.#checker.constructSignaturesOf(declared)
      : this.#checker.callSignaturesOf(declared);
    return signatures.length === 0 ? undefined : signatures;
  }
}

const UNKNOWN: CalleeFacts = { couldGivePromise: () => true, couldDrop: () => true };
