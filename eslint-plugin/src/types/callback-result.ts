// What becomes of what a callback gives, by the signatures of the call that it is handed to.
import type { Checker, Signature } from './checker.js';
import { parameterType } from './parameter-type.js';
import { type SignatureFacts, strongest } from './signature-facts.js';
import type { CallbackResult } from './types.js';

/** The signatures of a call. */
export interface CallSignatures {
  /** The overload that the call took. To find it the checker looks at all arguments. */
  resolved(): Signature | undefined;
  /** All of the callee, also those that this call did not take. */
  readonly overloads: readonly Signature[];
}

export class CallbackResults {
  readonly #checker: Checker;
  readonly #facts: SignatureFacts;
  readonly #signatures: CallSignatures;

  constructor(checker: Checker, facts: SignatureFacts, signatures: CallSignatures) {
    this.#checker = checker;
    this.#facts = facts;
    this.#signatures = signatures;
  }

  of(argument: number): CallbackResult {
    return strongest(this.#resultsOf(argument)) ?? 'no-callback';
  }

  /**
   * First what the overloads say whatever the call is. The one that the call took is looked for only
   * where that is not enough.
   */
  *#resultsOf(argument: number): Iterable<CallbackResult> {
    const { overloads } = this.#signatures;
    const open: Signature[] = [];
    for (const overload of overloads) {
      const result = this.#facts.callbackResult(overload, argument);
      if (result === undefined) open.push(overload);
      else yield result;
    }
    if (overloads.length > 0 && open.length === 0) return;
    const resolved = this.#signatures.resolved();
    const taken = resolved && parameterType(this.#checker, resolved, argument);
    if (taken !== undefined && this.#facts.resultIn(taken) === 'taken') yield 'taken';
    for (const overload of open) yield this.#resultIn(overload, argument);
  }

  #resultIn(overload: Signature, argument: number): CallbackResult {
    // What the listener of `emitter.on('data', …)` is may depend on the name of the event.
    const resolved = this.#signatures.resolved();
    const isTaken = resolved !== undefined && this.#isSameDeclaration(overload, resolved);
    const type = parameterType(this.#checker, isTaken ? resolved : overload, argument);
    return type === undefined ? 'no-callback' : this.#facts.resultIn(type);
  }

  #isSameDeclaration(one: Signature, other: Signature): boolean {
    return this.#checker.declaredSignature(one) === this.#checker.declaredSignature(other);
  }
}
