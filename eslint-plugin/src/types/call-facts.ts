import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from '../syntax/wrappers.js';
import { CallbackResults } from './callback-result.js';
import type { CalleePaths } from './callee-paths.js';
import type { Checker, FileChecker, Signature, Symbol, Type } from './checker.js';
import { originMatches, originOf } from './origin.js';
import { isTypeParameter, parameterType } from './parameter-type.js';
import { signalSlotsOf } from './signal-slots.js';
import type { SignatureFacts } from './signature-facts.js';
import type { Specifier } from './specifier.js';
import type { Answer, CallbackResult, CallFacts, CallNode, DeclaredSlot, Origin } from './types.js';
import type { FactsOf, TypeFacts } from './value-facts.js';

/** What is known over a checker, shared by all files. */
export interface CheckerFacts {
  readonly factsOf: FactsOf;
  readonly signatures: SignatureFacts;
  readonly callees: CalleePaths;
}

/** What the checker says of a call, all calls of a file in one round trip. */
export interface CheckedCall {
  readonly node: CallNode;
  readonly calleeType: Type;
  /** Asked of all calls that it came with, when it is asked of one. */
  readonly calleeSymbol: () => Symbol | undefined;
  /** As the symbols are: to know it the checker looks at all arguments. */
  readonly resultType: () => Type;
}

/** The facts of one call, answered when asked. */
export class CheckedCallFacts implements CallFacts {
  readonly #file: FileChecker;
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  readonly #signatures: SignatureFacts;
  readonly #call: CheckedCall;
  /** `null`: not asked yet. */
  #known: Signature | null | undefined = null;

  constructor(file: FileChecker, { factsOf, signatures }: CheckerFacts, call: CheckedCall) {
    this.#file = file;
    this.#checker = file.checker;
    this.#factsOf = factsOf;
    this.#signatures = signatures;
    this.#call = call;
  }

  get result(): TypeFacts {
    return this.#factsOf(this.#call.resultType());
  }

  get origin(): Origin | undefined {
    const symbol = this.#call.calleeSymbol();
    return symbol && originOf(this.#checker, symbol);
  }

  get origins(): readonly Origin[] {
    const { origin } = this;
    const own = origin === undefined ? [] : [origin];
    if (origin?.from !== 'file') return own;
    const declared = this.#factsOf(this.#call.calleeType).types.map((type) => {
      const symbol = this.#checker.symbolOf(type);
      return symbol && originOf(this.#checker, symbol);
    });
    return declared.length > 0 && declared.every((each) => each !== undefined) ? declared : own;
  }

  get signalSlots(): readonly DeclaredSlot[] {
    return signalSlotsOf(this.#overloads(), this.#checker, this.#factsOf);
  }

  takesPromise(argument: number): Answer {
    const resolved = this.#resolved;
    if (resolved === undefined) return 'unknown';
    const declared = parameterType(
      this.#checker,
      this.#checker.declaredSignature(resolved),
      argument,
    );
    if (declared !== undefined && isTypeParameter(this.#checker, declared)) return 'yes';
    const type = parameterType(this.#checker, resolved, argument);
    if (type === undefined) return 'unknown';
    const facts = this.#factsOf(type);
    return facts.isUntyped ? 'unknown' : facts.thenable;
  }

  parameter(argument: number): TypeFacts | undefined {
    const resolved = this.#resolved;
    if (resolved === undefined) return undefined;
    const type = parameterType(this.#checker, this.#checker.declaredSignature(resolved), argument);
    return type && this.#factsOf(type);
  }

  callbackResult(argument: number): CallbackResult {
    const signatures = { resolved: () => this.#resolved, overloads: this.#overloads() };
    return new CallbackResults(this.#checker, this.#signatures, signatures).of(argument);
  }

  matches(specifiers: readonly Specifier[]): boolean {
    if (specifiers.length === 0) return false;
    const { origin, origins } = this;
    if (origin === undefined) return false;
    return (
      originMatches(origin, specifiers) || origins.every((each) => originMatches(each, specifiers))
    );
  }

  /** The overload that the call took. */
  get #resolved(): Signature | undefined {
    if (this.#known === null) {
      const { node } = this.#call;
      this.#known = this.#hasSignature() ? this.#file.resolvedSignature(node) : undefined;
    }
    return this.#known;
  }

  /** A call of `any` takes none of them. `super(…)` takes one of the constructors. */
  #hasSignature(): boolean {
    const { node } = this.#call;
    const isSuper = node.type === 'CallExpression' && node.callee.type === 'Super';
    return isSuper || this.#overloads().length > 0;
  }

  /** All signatures of the callee, also those that this call did not take. */
  #overloads(): readonly Signature[] {
    const isNew = this.#call.node.type === 'NewExpression';
    return this.#factsOf(this.#call.calleeType).types.flatMap((type) =>
      isNew ? this.#checker.constructSignaturesOf(type) : this.#checker.callSignaturesOf(type),
    );
  }
}

/** The name by which a call names its callee: `on` of `emitter.on(…)`, of `emitter['on']!(…)`. */
export function calleeName(node: CallNode): TSESTree.Node {
  const callee = unwrapped(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee);
  if (callee.type !== 'MemberExpression') return callee;
  return callee.computed && callee.property.type !== 'Literal' ? callee : callee.property;
}
