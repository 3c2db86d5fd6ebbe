import type { TSESTree } from '@typescript-eslint/utils';

import type { ModuleOptions } from './module-facts.js';

/**
 * What the questions need of a type checker, and no more. The adapters stand behind it; the
 * questions are written once, over this, so that every checker gives the same answers.
 *
 * Types, symbols and signatures are opaque, and equal when they are the same object: answers are
 * kept by identity.
 */
export interface Checker {
  kindOf(type: Type): TypeKind;
  /** The parts of a union or an intersection. */
  partsOf(type: Type): readonly Type[];
  /** What an open type is known to extend. */
  constraintOf(type: Type): Type | undefined;
  symbolOf(type: Type): Symbol | undefined;
  aliasOf(type: Type): Symbol | undefined;
  /** Classes and interfaces that this one extends. */
  baseTypesOf(type: Type): readonly Type[];
  typeArgumentsOf(type: Type): readonly Type[];
  /** The type as it is declared, before type arguments are put in; of other types themselves. */
  declaredType(type: Type): Type;
  propertyOf(type: Type, name: string): Symbol | undefined;
  propertiesOf(type: Type): readonly Symbol[];
  /** Whether it has a member that `await using` calls. */
  disposesAsync(type: Type): boolean;
  typeOf(symbol: Symbol): Type;
  callSignaturesOf(type: Type): readonly Signature[];
  constructSignaturesOf(type: Type): readonly Signature[];

  parametersOf(signature: Signature): readonly Parameter[];
  returnTypeOf(signature: Signature): Type;
  /** The signature as it is declared, before type arguments are put in. */
  declaredSignature(signature: Signature): Signature;
  /** Its own, into which a call puts types. */
  typeParametersOf(signature: Signature): readonly Type[];

  nameOf(symbol: Symbol): string;
  isOptional(symbol: Symbol): boolean;
  /**
   * The class, interface, namespace or module that declares it; a module also when it does not
   * export it. Modules have quoted names: the name of an ambient module, the path of a file.
   */
  parentOf(symbol: Symbol): Symbol | undefined;
  /** The files that declare it. */
  filesOf(symbol: Symbol): readonly SourceFile[];
}

/** From the nodes of one file to types. Each question is one round trip, where there is one. */
export interface FileChecker {
  /** The type of each expression. */
  typesAt(nodes: readonly TSESTree.Node[]): readonly Type[];
  /** The overload that a call took. There are no batches of this question. */
  resolvedSignature(call: TSESTree.Node): Signature | undefined;
  /** What each name stands for, imports followed to where it is declared. */
  symbolsAt(nodes: readonly TSESTree.Node[]): readonly (Symbol | undefined)[];
  /** The checker whose types these are. Files of one program share it. */
  readonly checker: Checker;
  readonly moduleOptions: ModuleOptions;
}

declare const opaque: unique symbol;
export interface Type {
  readonly [opaque]: 'type';
}
export interface Symbol {
  readonly [opaque]: 'symbol';
}
export interface Signature {
  readonly [opaque]: 'signature';
}

/** `open`: a type parameter, or a type that depends on one. */
export type TypeKind =
  | 'any'
  | 'intersection'
  | 'never'
  | 'nullish'
  | 'object'
  | 'open'
  | 'primitive'
  | 'union'
  | 'unknown'
  | 'void';

export interface Parameter {
  readonly symbol: Symbol;
  readonly isRest: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly isDefaultLibrary: boolean;
}
