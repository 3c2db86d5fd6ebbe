import type { Checker, Signature, Type } from './checker.js';

/** The type of an argument's parameter; of a rest parameter what one argument may be. */
export function parameterType(
  checker: Checker,
  signature: Signature,
  argument: number,
): Type | undefined {
  const parameters = checker.parametersOf(signature);
  const parameter = parameters[argument] ?? parameters.at(-1);
  if (parameter === undefined) return undefined;
  if (!parameter.isRest) {
    return argument < parameters.length ? checker.typeOf(parameter.symbol) : undefined;
  }
  const rest = checker.typeOf(parameter.symbol);
  const elements = checker.typeArgumentsOf(rest);
  // `...items: T` with an open T: what one argument may be is as open as T itself.
  return elements[argument - parameters.length + 1] ?? elements.at(-1) ?? rest;
}

/**
 * `T`, or a union with it. What only depends on one, as the arguments of an emitter depend on the
 * event's name, has no symbol: there the type that this call put in tells more.
 */
export function isTypeParameter(checker: Checker, type: Type): boolean {
  return checker
    .partsOf(type)
    .some((part) => checker.kindOf(part) === 'open' && checker.symbolOf(part) !== undefined);
}
