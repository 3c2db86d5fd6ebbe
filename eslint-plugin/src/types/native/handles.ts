// What the questions know as opaque is the checker's own object.
import type { Signature, Symbol, Type } from '../checker.js';
import type { NativeSignature, NativeSymbol, NativeType } from './api.js';

type Native = NativeSignature | NativeSymbol | NativeType;

export function wrap<Handle extends Signature | Symbol | Type>(value: Native): Handle;
export function wrap<Handle extends Signature | Symbol | Type>(
  value: Native | undefined,
): Handle | undefined;
export function wrap(value: unknown): unknown {
  return value;
}

export function wrapAll<Handle extends Signature | Symbol | Type>(
  values: readonly Native[],
): readonly Handle[] {
  return values as unknown as readonly Handle[];
}

export function unwrap(handle: Type): NativeType;
export function unwrap(handle: Symbol): NativeSymbol;
export function unwrap(handle: Signature): NativeSignature;
export function unwrap(handle: Signature | Symbol | Type): unknown {
  return handle;
}
