import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER, PLATFORM, SIGNAL_MEMBERS, SIGNAL_PROPERTIES } from '../vocabulary.js';
import type { Checker, FileChecker, Parameter, Signature, Symbol, Type } from './checker.js';
import { originMatches, originOf } from './origin.js';
import type { Specifier } from './specifier.js';
import type { Answer, CallbackResult, CallFacts, CallNode, Origin, SignalSlot } from './types.js';
import type { FactsOf, TypeFacts } from './value-facts.js';

/** What the checker said of a call, all calls of a file in one round trip. */
export interface CheckedCall {
  readonly node: CallNode;
  readonly calleeType: Type;
  readonly calleeSymbol: Symbol | undefined;
  readonly resultType: Type;
}

/** The facts of one call, answered when asked. */
export class CheckedCallFacts implements CallFacts {
  readonly #file: FileChecker;
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;
  readonly #call: CheckedCall;
  /** `null`: not asked yet. */
  #known: Signature | null | undefined = null;

  constructor(file: FileChecker, factsOf: FactsOf, call: CheckedCall) {
    this.#file = file;
    this.#checker = file.checker;
    this.#factsOf = factsOf;
    this.#call = call;
  }

  get result(): TypeFacts {
    return this.#factsOf(this.#call.resultType);
  }

  get origin(): Origin | undefined {
    const symbol = this.#call.calleeSymbol;
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

  get signalSlots(): readonly SignalSlot[] {
    const slots = new Map<string, SignalSlot>();
    for (const signature of this.#overloads()) {
      for (const slot of this.#slotsOf(signature)) {
        slots.set(`${slot.argument}.${slot.property}`, slot);
      }
    }
    return [...slots.values()];
  }

  takesPromise(argument: number): Answer {
    const resolved = this.#resolved;
    if (resolved === undefined) return 'unknown';
    const declared = this.#parameterType(this.#checker.declaredSignature(resolved), argument);
    if (declared !== undefined && this.#isTypeParameter(declared)) return 'yes';
    const type = this.#parameterType(resolved, argument);
    if (type === undefined) return 'unknown';
    const facts = this.#factsOf(type);
    return facts.isUntyped ? 'unknown' : facts.thenable;
  }

  parameter(argument: number): TypeFacts | undefined {
    const resolved = this.#resolved;
    if (resolved === undefined) return undefined;
    const type = this.#parameterType(this.#checker.declaredSignature(resolved), argument);
    return type && this.#factsOf(type);
  }

  callbackResult(argument: number): CallbackResult {
    return strongest(this.#resultsOf(argument)) ?? 'no-callback';
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

  /** The type of an argument's parameter; of a rest parameter what one argument may be. */
  #parameterType(signature: Signature, argument: number): Type | undefined {
    const parameters = this.#checker.parametersOf(signature);
    const parameter = parameters[argument] ?? parameters.at(-1);
    if (parameter === undefined) return undefined;
    if (!parameter.isRest) {
      return argument < parameters.length ? this.#checker.typeOf(parameter.symbol) : undefined;
    }
    const rest = this.#checker.typeOf(parameter.symbol);
    const elements = this.#checker.typeArgumentsOf(rest);
    // `...items: T` with an open T: what one argument may be is as open as T itself.
    return elements[argument - parameters.length + 1] ?? elements.at(-1) ?? rest;
  }

  #slotsOf(signature: Signature): SignalSlot[] {
    return this.#checker.parametersOf(signature).flatMap((parameter, argument) => {
      const type = this.#parameterType(signature, argument);
      return type === undefined ? [] : this.#slotsOfParameter(type, argument, parameter);
    });
  }

  #slotsOfParameter(type: Type, argument: number, parameter: Parameter): SignalSlot[] {
    if (this.#isSignal(type)) {
      // `anySignal(...signals)` takes a list of them, as `AbortSignal.any` does.
      return parameter.isRest ? [] : [{ argument, property: undefined }];
    }
    return this.#factsOf(type).types.flatMap((part) => {
      if (this.#checker.kindOf(part) !== 'object') return [];
      return SIGNAL_PROPERTIES.filter((name) => this.#takesSignal(part, name)).map((property) => ({
        argument,
        property,
      }));
    });
  }

  /**
   * An option is one that may be left out, or a scope (`{ signal }`) that is handed over.
   * `Request` has a signal as well, and so has a controller, but these are no options objects:
   * nobody writes one into them.
   */
  #takesSignal(type: Type, name: string): boolean {
    const property = this.#checker.propertyOf(type, name);
    if (property === undefined) return false;
    if (!this.#checker.isOptional(property)) {
      const isPlatform = originOf(this.#checker, property)?.from === 'lib';
      if (name !== MEMBER.signal || isPlatform) return false;
    }
    return this.#isSignal(this.#checker.typeOf(property));
  }

  /** Also another library's own type for one, which is told by its members. */
  #isSignal(type: Type): boolean {
    const facts = this.#factsOf(type);
    if (facts.is('abortSignal') === 'yes') return true;
    return facts.types.some(
      (part) =>
        this.#checker.kindOf(part) === 'object' &&
        SIGNAL_MEMBERS.every((name) => this.#checker.propertyOf(part, name) !== undefined),
    );
  }

  /** The overload that the call took is the likeliest to settle it, so it comes first. */
  *#resultsOf(argument: number): Iterable<CallbackResult> {
    const resolved = this.#resolved;
    const taken = resolved && this.#parameterType(resolved, argument);
    if (taken !== undefined && this.#resultOfCallback(taken) === 'taken') yield 'taken';
    for (const overload of this.#overloads()) yield this.#resultIn(overload, argument);
  }

  #resultIn(overload: Signature, argument: number): CallbackResult {
    const open = this.#parameterType(overload, argument);
    if (open === undefined) return 'no-callback';
    // `once<F extends () => void>(fn: F): F`: the function may be given back, and its result taken.
    if (this.#isTypeParameter(open)) return 'taken';
    // What the listener of `emitter.on('data', …)` is may depend on the name of the event.
    const resolved = this.#resolved;
    const isTaken = resolved !== undefined && this.#isSameDeclaration(overload, resolved);
    const type = isTaken ? this.#parameterType(resolved, argument) : open;
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

  /**
   * `T`, or a union with it. What only depends on one, as the arguments of an emitter depend on the
   * event's name, has no symbol: there the type that this call put in tells more.
   */
  #isTypeParameter(type: Type): boolean {
    return this.#checker
      .partsOf(type)
      .some(
        (part) =>
          this.#checker.kindOf(part) === 'open' && this.#checker.symbolOf(part) !== undefined,
      );
  }

  #isOpen(type: Type): boolean {
    return this.#checker.partsOf(type).some((part) => this.#checker.kindOf(part) === 'open');
  }
}

/** The name by which a call names its callee: `on` of `emitter.on(…)`, of `emitter['on']!(…)`. */
export function calleeName(node: CallNode): TSESTree.Node {
  const callee = unwrapped(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee);
  if (callee.type !== 'MemberExpression') return callee;
  return callee.computed && callee.property.type !== 'Literal' ? callee : callee.property;
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
