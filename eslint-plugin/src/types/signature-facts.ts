import { PLATFORM } from '../vocabulary.js';
import type { Checker, Signature, Type } from './checker.js';
import { isTypeParameter, parameterType } from './parameter-type.js';
import type { CallbackResult } from './types.js';
import type { FactsOf } from './value-facts.js';

/** What the signatures of a callee say of its calls, whichever they are. */
export class SignatureFacts {
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  /** By the declared overload, for the place of each argument. */
  readonly #declared: WeakMap<Signature, Map<number, CallbackResult | undefined>> = new WeakMap();
  readonly #giving: WeakMap<Signature, boolean> = new WeakMap();

  constructor(checker: Checker, factsOf: FactsOf) {
    this.#checker = checker;
    this.#factsOf = factsOf;
  }

  /**
   * What an overload does with what a function gives that it is handed; `undefined` where that is for the
   * call to tell. To find the overload that a call took the checker looks at all its arguments, and at
   * all that functions among them return.
   */
  callbackResult(overload: Signature, argument: number): CallbackResult | undefined {
    const declared = this.declaredResult(overload, argument);
    if (declared !== undefined) return declared;
    const type = parameterType(this.#checker, overload, argument);
    if (type !== undefined && isTypeParameter(this.#checker, type)) return 'taken';
    if (this.#checker.typeParametersOf(overload).length > 0) return undefined;
    return type === undefined ? 'no-callback' : this.resultIn(type);
  }

  /** What a parameter of this type does with what a function gives. */
  resultIn(type: Type): CallbackResult {
    const facts = this.#factsOf(type);
    if (facts.isUntyped) return 'unknown';
    const otherwise = facts.isDeclaredInLibrary(PLATFORM.function) ? 'unknown' : 'no-callback';
    return strongest(this.#ofParts(facts.types)) ?? otherwise;
  }

  /**
   * The same of an overload as it is declared, where that settles it: where its parameter is no `T`, nor
   * is a `T` a part of it. A router has one type for each set of its paths, with the overloads of all.
   */
  declaredResult(overload: Signature, argument: number): CallbackResult | undefined {
    const declared = this.#checker.declaredSignature(overload);
    const known = this.#declared.get(declared) ?? new Map<number, CallbackResult | undefined>();
    this.#declared.set(declared, known);
    if (!known.has(argument)) {
      known.set(argument, this.#findDeclared(declared, argument));
    }
    return known.get(argument);
  }

  #findDeclared(declared: Signature, argument: number): CallbackResult | undefined {
    const type = parameterType(this.#checker, declared, argument);
    if (type === undefined) return undefined;
    if (!this.#isOpen(type)) return this.resultIn(type);
    // `T` of the function itself, as in `once<F extends () => void>(fn: F): F`. That of a class may be known.
    const own = this.#checker.typeParametersOf(declared);
    return this.#checker.partsOf(type).some((part) => own.includes(part)) ? 'taken' : undefined;
  }

  /** Whether what an overload gives may be a promise, or hold some. On doubt it may. */
  couldGivePromise(overload: Signature): boolean {
    const declared = this.#checker.declaredSignature(overload);
    let could = this.#giving.get(declared);
    if (could === undefined) {
      could = this.#couldHoldPromise(this.#checker.returnTypeOf(declared));
      this.#giving.set(declared, could);
    }
    return could;
  }

  #couldHoldPromise(type: Type): boolean {
    switch (this.#checker.kindOf(type)) {
      case 'any':
      case 'intersection':
      case 'open':
      case 'union':
      case 'unknown':
        return true;
      default: {
        const { elements, thenable } = this.#factsOf(type);
        return thenable !== 'no' || elements.length > 0;
      }
    }
  }

  *#ofParts(parts: readonly Type[]): Iterable<CallbackResult> {
    for (const part of parts) {
      for (const signature of this.#checker.callSignaturesOf(part)) {
        yield this.#ofSignature(signature);
      }
    }
  }

  #ofSignature(signature: Signature): CallbackResult {
    const declared = this.#checker.returnTypeOf(this.#checker.declaredSignature(signature));
    if (this.#isOpen(declared)) return 'taken';
    const type = this.#checker.returnTypeOf(signature);
    const facts = this.#factsOf(type);
    if (facts.isUntyped) return 'unknown';
    if (facts.thenable === 'yes' || this.#isOpen(type)) return 'taken';
    const parts = this.#checker.partsOf(type);
    return parts.some((part) => this.#checker.kindOf(part) === 'void') ? 'dropped' : 'unknown';
  }

  /** `T`, or a type that has one in it: what it is, a call tells. */
  #isOpen(type: Type): boolean {
    const kind = this.#checker.kindOf(type);
    if (kind !== 'union' && kind !== 'intersection') return kind === 'open';
    return this.#checker.partsOf(type).some((part) => this.#isOpen(part));
  }
}

/** Asks for no more answers once one has settled it: each is some questions to the checker. */
export function strongest(answers: Iterable<CallbackResult>): CallbackResult | undefined {
  const given = new Set<CallbackResult>();
  for (const answer of answers) {
    if (answer === 'taken') return answer;
    given.add(answer);
  }
  return (['unknown', 'dropped'] as const).find((answer) => given.has(answer));
}
