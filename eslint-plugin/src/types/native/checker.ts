import type {
  Checker,
  Parameter,
  Signature,
  SourceFile,
  Symbol,
  Type,
  TypeKind,
} from '../checker.js';
import type { Enumerations, NativeProject, NativeSignature, NativeType } from './api.js';
import { ASYNC_DISPOSER } from '../../vocabulary.js';
import type { Ask } from './asked-once.js';
import { unwrap, wrap, wrapAll } from './handles.js';
import { type Questions, questionsTo } from './questions.js';
import { kindOfNative } from './type-kind.js';

/** The checker of one program, in TypeScript's own process. */
export class NativeProgramChecker implements Checker {
  readonly #project: NativeProject;
  readonly #enums: Enumerations;
  readonly #ask: Ask;
  readonly #questions: Questions;

  constructor(project: NativeProject, enums: Enumerations, ask: Ask) {
    this.#project = project;
    this.#enums = enums;
    this.#ask = ask;
    this.#questions = questionsTo(project, enums, ask);
  }

  kindOf(handle: Type): TypeKind {
    return kindOfNative(unwrap(handle), this.#enums.TypeFlags);
  }

  partsOf(handle: Type): readonly Type[] {
    return wrapAll(this.#questions.parts(unwrap(handle)));
  }

  constraintOf(handle: Type): Type | undefined {
    return wrap(this.#questions.constraint(unwrap(handle)));
  }

  symbolOf(handle: Type): Symbol | undefined {
    return wrap(this.#ask(() => unwrap(handle).getSymbol()));
  }

  aliasOf(handle: Type): Symbol | undefined {
    return wrap(this.#ask(() => unwrap(handle).getAliasSymbol()));
  }

  /** `Promise<number>` and `Promise<string>` extend what `Promise` extends. */
  baseTypesOf(handle: Type): readonly Type[] {
    const type: NativeType = unwrap(handle);
    const isReference = this.#hasObjectFlag(type, 'Reference');
    const declared = isReference ? (this.#ask(() => type.getTarget()) ?? type) : type;
    const isDeclared = this.#hasObjectFlag(declared, 'ClassOrInterface');
    return isDeclared ? wrapAll(this.#questions.baseTypes(declared)) : [];
  }

  typeArgumentsOf(handle: Type): readonly Type[] {
    const type: NativeType = unwrap(handle);
    const isReference = this.#hasObjectFlag(type, 'Reference');
    return isReference ? wrapAll(this.#questions.typeArguments(type)) : [];
  }

  declaredType(handle: Type): Type {
    return this.kindOf(handle) === 'object'
      ? (wrap<Type>(this.#ask(() => unwrap(handle).getTarget())) ?? handle)
      : handle;
  }

  propertyOf(handle: Type, name: string): Symbol | undefined {
    return wrap(this.#questions.property(name)(unwrap(handle)));
  }

  propertiesOf(handle: Type): readonly Symbol[] {
    const { checker } = this.#project;
    return wrapAll(this.#ask(() => checker.getPropertiesOfType(unwrap(handle))));
  }

  disposesAsync(handle: Type): boolean {
    const { checker } = this.#project;
    const properties = this.#ask(() => checker.getPropertiesOfType(unwrap(handle)));
    return properties.some(({ name }) => ASYNC_DISPOSER.test(name));
  }

  typeOf(symbol: Symbol): Type {
    return wrap(this.#questions.typeOfSymbol(unwrap(symbol)));
  }

  callSignaturesOf(handle: Type): readonly Signature[] {
    return UNCALLABLE.has(this.kindOf(handle))
      ? []
      : wrapAll(this.#questions.callSignatures(unwrap(handle)));
  }

  constructSignaturesOf(handle: Type): readonly Signature[] {
    return wrapAll(this.#questions.constructSignatures(unwrap(handle)));
  }

  parametersOf(handle: Signature): readonly Parameter[] {
    return this.#questions.parameters(unwrap(handle));
  }

  returnTypeOf(handle: Signature): Type {
    return wrap(this.#questions.returnType(unwrap(handle)));
  }

  declaredSignature(handle: Signature): Signature {
    return this.#ask(() => {
      let signature: NativeSignature = unwrap(handle);
      // A generic method of a generic class is put together in two steps.
      for (let of = signature.getTarget(); of !== undefined; of = of.getTarget()) signature = of;
      return wrap(signature);
    });
  }

  typeParametersOf(handle: Signature): readonly Type[] {
    return wrapAll(this.#ask(() => unwrap(handle).getTypeParameters()));
  }

  nameOf(symbol: Symbol): string {
    return unwrap(symbol).name;
  }

  isOptional(symbol: Symbol): boolean {
    return (unwrap(symbol).flags & this.#enums.SymbolFlags['Optional']!) !== 0;
  }

  parentOf(symbol: Symbol): Symbol | undefined {
    return wrap(this.#questions.parent(unwrap(symbol)));
  }

  filesOf(symbol: Symbol): readonly SourceFile[] {
    const paths = new Set(unwrap(symbol).declarations.map(({ path }) => path));
    const { isDefaultLibrary } = this.#questions;
    return [...paths].map((path) => ({ path, isDefaultLibrary: isDefaultLibrary(path) }));
  }

  #hasObjectFlag(type: NativeType, name: 'ClassOrInterface' | 'Reference'): boolean {
    return (
      (type.flags & this.#enums.TypeFlags['Object']!) !== 0 &&
      ((type.objectFlags ?? 0) & this.#enums.ObjectFlags[name]!) !== 0
    );
  }
}

/** Kinds that have no signatures: a program has thousands of literal types, each another type. */
const UNCALLABLE: ReadonlySet<TypeKind> = new Set([
  'any',
  'never',
  'nullish',
  'primitive',
  'unknown',
  'void',
]);
