// Where a callee takes a signal: as an argument, or in the options that an argument is.
import { MEMBER, SIGNAL_MEMBERS, SIGNAL_PROPERTIES } from '../vocabulary.js';
import type { Checker, Parameter, Signature, Type } from './checker.js';
import { originOf } from './origin.js';
import { parameterType } from './parameter-type.js';
import type { DeclaredSlot } from './types.js';
import type { FactsOf } from './value-facts.js';

/** Those of all overloads, each once. */
export function signalSlotsOf(
  overloads: readonly Signature[],
  checker: Checker,
  factsOf: FactsOf,
): readonly DeclaredSlot[] {
  const search = new SlotSearch(checker, factsOf);
  const slots = new Map<string, DeclaredSlot>();
  for (const slot of overloads.flatMap((signature) => search.slotsOf(signature))) {
    const key = `${slot.argument}.${slot.property}`;
    const other = slots.get(key);
    const needsMore = (): boolean => slot.needsMore() && other?.needsMore() !== false;
    slots.set(key, { ...slot, needsMore });
  }
  return [...slots.values()];
}

class SlotSearch {
  readonly #checker: Checker;
  readonly #factsOf: FactsOf;

  constructor(checker: Checker, factsOf: FactsOf) {
    this.#checker = checker;
    this.#factsOf = factsOf;
  }

  slotsOf(signature: Signature): DeclaredSlot[] {
    return this.#checker.parametersOf(signature).flatMap((parameter, argument) => {
      const type = parameterType(this.#checker, signature, argument);
      return type === undefined ? [] : this.#slotsOfParameter(type, argument, parameter);
    });
  }

  #slotsOfParameter(type: Type, argument: number, parameter: Parameter): DeclaredSlot[] {
    if (this.#isSignal(type)) {
      // `anySignal(...signals)` takes a list of them, as `AbortSignal.any` does.
      return parameter.isRest ? [] : [{ argument, property: undefined, needsMore: () => false }];
    }
    return this.#factsOf(type).types.flatMap((part) => {
      if (this.#checker.kindOf(part) !== 'object') return [];
      return SIGNAL_PROPERTIES.filter((name) => this.#takesSignal(part, name)).map((property) => ({
        argument,
        property,
        needsMore: () => this.#requiresBeside(property, part),
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

  #requiresBeside(name: string, type: Type): boolean {
    return this.#checker
      .propertiesOf(type)
      .some((each) => this.#checker.nameOf(each) !== name && !this.#checker.isOptional(each));
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
}
