// What becomes of what a callback gives, by the signatures of the call that it is handed to.
import { PLATFORM } from '../vocabulary.js';
import type { Checker, Signature, Type } from './checker.js';
import { isTypeParameter, parameterType } from './parameter-type.js';
import type { CallbackResult } from './types.js';
import type { FactsOf } from './value-facts.js';

/** The signatures of a call. */
export interface CallSignatures {
  /** The overload that the call took. */
  readonly resolved: Signature | undefined;
  /** All of the callee, also those that this call did not take. */
  readonly overloads: readonly Signature[];
}

export class CallbackResults {
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  readonly #signatures: CallSignatures;

  constructor(checker: Checker, factsOf: FactsOf, signatures: CallSignatures) {
    this.#checker = checker;
    this.#factsOf = factsOf;
    this.#signatures = signatures;
  }

  of(argument: number): CallbackResult {
    return strongest(this.#resultsOf(argument)) ?? 'no-callback';
  }

  /** The overload that the call took is the likeliest to settle it, so it comes first. */
  *#resultsOf(argument: number): Iterable<CallbackResult> {
    const { overloads, resolved } = this.#signatures;
    const taken = resolved && parameterType(this.#checker, resolved, argument);
    if (taken !== undefined && this.#resultOfCallback(taken) === 'taken') yield 'taken';
    for (const overload of overloads) yield this.#resultIn(overload, argument);
  }

  #resultIn(overload: Signature, argument: number): CallbackResult {
    const open = parameterType(this.#checker, overload, argument);
    if (open === undefined) return 'no-callback';
    // `once<F extends () => void>(fn: F): F`: the function may be given back, and its result taken.
    if (isTypeParameter(this.#checker, open)) return 'taken';
    // What the listener of `emitter.on('data', …)` is may depend on the name of the event.
    const { resolved } = this.#signatures;
    const isTaken = resolved !== undefined && this.#isSameDeclaration(overload, resolved);
    const type = isTaken ? parameterType(this.#checker, resolved, argument) : open;
    return type === undefined ? 'no-callback' : this.#resultOfCallback(type);
  }

  #isSameDeclaration(one: Signature, other: Signature): boolean {
    return this.#checker.declaredSignature(one) === this.#checker.declaredSignature(other);
  }

  #resultOfCallback(type: Type): CallbackResult {
    const facts = this.#factsOf(type);
    if (facts.isUntyped) return 'unknown';
    const otherwise = facts.isDeclaredInLibrary(PLATFORM.function) ? 'unknown' : 'no-callback';
    return strongest(this.#resultsOfParts(facts.types)) ?? otherwise;
  }

  *#resultsOfParts(parts: readonly Type[]): Iterable<CallbackResult> {
    for (const part of parts) {
      for (const signature of this.#checker.callSignaturesOf(part)) {
        yield this.#resultOfSignature(signature);
      }
    }
  }

  #resultOfSignature(signature: Signature): CallbackResult {
    const declared = this.#checker.returnTypeOf(this.#checker.declaredSignature(signature));
    if (this.#isOpen(declared)) return 'taken';
    const type = this.#checker.returnTypeOf(signature);
    const facts = this.#factsOf(type);
    if (facts.isUntyped) return 'unknown';
    if (facts.thenable === 'yes') return 'taken';
    const kinds = this.#checker.partsOf(type).map((part) => this.#checker.kindOf(part));
    if (kinds.includes('open')) return 'taken';
    return kinds.includes('void') ? 'dropped' : 'unknown';
  }

  #isOpen(type: Type): boolean {
    return this.#checker.partsOf(type).some((part) => this.#checker.kindOf(part) === 'open');
  }
}

/** Asks for no more answers once one has settled it: each is some questions to the checker. */
function strongest(answers: Iterable<CallbackResult>): CallbackResult | undefined {
  const given = new Set<CallbackResult>();
  for (const answer of answers) {
    if (answer === 'taken') return answer;
    given.add(answer);
  }
  return (['unknown', 'dropped'] as const).find((answer) => given.has(answer));
}
