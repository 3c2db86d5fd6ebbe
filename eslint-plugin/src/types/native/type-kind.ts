import type { TypeKind } from '../checker.js';
import type { Enumeration, NativeType } from './api.js';

/** In this order: `boolean` is a primitive and a union of two. What is left is open. */
const KINDS: readonly (readonly [string, TypeKind])[] = [
  ['Any', 'any'],
  ['Unknown', 'unknown'],
  ['Union', 'union'],
  ['Intersection', 'intersection'],
  ['Never', 'never'],
  ['Void', 'void'],
  ['Undefined', 'nullish'],
  ['Null', 'nullish'],
  ['NonPrimitive', 'object'],
  ['Object', 'object'],
  ['TemplateLiteral', 'open'],
  ['StringMapping', 'open'],
  ['Index', 'open'],
  ['Primitive', 'primitive'],
];

export function kindOfNative({ flags }: NativeType, typeFlags: Enumeration): TypeKind {
  for (const [name, kind] of KINDS) {
    if (flags & typeFlags[name]!) return kind;
  }
  return 'open';
}
