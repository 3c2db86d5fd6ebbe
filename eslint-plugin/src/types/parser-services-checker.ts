import type * as ts from 'typescript';

import type {
  Checker,
  Parameter,
  Signature,
  SourceFile,
  Symbol,
  Type,
  TypeKind,
} from './checker.js';
import { ASYNC_DISPOSER } from '../vocabulary.js';

/**
 * Values of TypeScript's enums, spelled here because the plugin never loads `typescript`. Only
 * those that are the same in every version; a test compares them with the installed one.
 */
export const STABLE_FLAGS = {
  typeAny: 1,
  typeUnknown: 2,
  objectReference: 4,
  symbolAlias: 2097152,
  symbolOptional: 16777216,
  checkRestParameter: 32768,
} as const;

const NULLISH = new Set(['null', 'undefined']);

const PRIMITIVE = new Set(['bigint', 'boolean', 'false', 'number', 'string', 'symbol', 'true']);

/** Members that TypeScript has at run time but keeps out of its declarations. */
interface InternalType extends ts.Type {
  readonly intrinsicName?: string;
  readonly objectFlags?: number;
  /** Of the native backend only, in which all types have flags of objects. */
  isObjectType?(): boolean;
  readonly target?: ts.Type;
}

interface InternalSymbol extends ts.Symbol {
  readonly parent?: ts.Symbol;
  readonly links?: { readonly checkFlags?: number };
}

interface InternalSignature extends ts.Signature {
  readonly target?: ts.Signature;
}

export class ParserServicesChecker implements Checker {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  kindOf(handle: Type): TypeKind {
    const type: InternalType = unwrap(handle);
    if (type.flags & STABLE_FLAGS.typeAny) return 'any';
    if (type.flags & STABLE_FLAGS.typeUnknown) return 'unknown';
    if (type.isUnion()) return 'union';
    if (type.isIntersection()) return 'intersection';
    if (type.intrinsicName !== undefined) return kindOfIntrinsic(type.intrinsicName);
    if (type.isLiteral()) return 'primitive';
    const isObject = type.isObjectType?.() ?? type.objectFlags !== undefined;
    return isObject && !type.isTypeParameter() ? 'object' : 'open';
  }

  partsOf(handle: Type): readonly Type[] {
    const type = unwrap(handle);
    return type.isUnionOrIntersection() ? type.types.map(wrap<Type>) : [handle];
  }

  constraintOf(handle: Type): Type | undefined {
    const constraint = this.#checker.getBaseConstraintOfType(unwrap(handle));
    return constraint && wrap(constraint);
  }

  symbolOf(handle: Type): Symbol | undefined {
    const symbol = unwrap(handle).getSymbol();
    return symbol && wrap(symbol);
  }

  aliasOf(handle: Type): Symbol | undefined {
    const symbol = unwrap(handle).aliasSymbol;
    return symbol && wrap(symbol);
  }

  baseTypesOf(handle: Type): readonly Type[] {
    const type: InternalType = unwrap(handle);
    const declared = type.target ?? type;
    if (!declared.isClassOrInterface()) return [];
    return this.#checker.getBaseTypes(declared).map(wrap<Type>);
  }

  typeArgumentsOf(handle: Type): readonly Type[] {
    const type: InternalType = unwrap(handle);
    if (type.target === undefined) return [];
    if (((type.objectFlags ?? 0) & STABLE_FLAGS.objectReference) === 0) return [];
    return this.#checker.getTypeArguments(type as ts.TypeReference).map(wrap<Type>);
  }

  declaredType(handle: Type): Type {
    const { target }: InternalType = unwrap(handle);
    return target !== undefined && this.kindOf(handle) === 'object' ? wrap(target) : handle;
  }

  propertyOf(handle: Type, name: string): Symbol | undefined {
    const symbol = this.#checker.getPropertyOfType(unwrap(handle), name);
    return symbol && wrap(symbol);
  }

  propertiesOf(handle: Type): readonly Symbol[] {
    return this.#checker.getPropertiesOfType(unwrap(handle)).map(wrap<Symbol>);
  }

  disposesAsync(handle: Type): boolean {
    const properties = this.#checker.getPropertiesOfType(unwrap(handle));
    return properties.some(({ escapedName }) => ASYNC_DISPOSER.test(String(escapedName)));
  }

  typeOf(symbol: Symbol): Type {
    return wrap(this.#checker.getTypeOfSymbol(unwrap(symbol)));
  }

  callSignaturesOf(handle: Type): readonly Signature[] {
    return unwrap(handle)
      .getCallSignatures()
      .map(wrap<Signature>);
  }

  constructSignaturesOf(handle: Type): readonly Signature[] {
    return unwrap(handle)
      .getConstructSignatures()
      .map(wrap<Signature>);
  }

  parametersOf(handle: Signature): readonly Parameter[] {
    return unwrap(handle)
      .getParameters()
      .map((symbol: InternalSymbol) => {
        const declaration = symbol.valueDeclaration as ts.ParameterDeclaration | undefined;
        const checkFlags = symbol.links?.checkFlags ?? 0;
        const isRest =
          declaration?.dotDotDotToken !== undefined ||
          (checkFlags & STABLE_FLAGS.checkRestParameter) !== 0;
        return { symbol: wrap<Symbol>(symbol), isRest };
      });
  }

  returnTypeOf(signature: Signature): Type {
    return wrap(this.#checker.getReturnTypeOfSignature(unwrap(signature)));
  }

  declaredSignature(handle: Signature): Signature {
    let signature: InternalSignature = unwrap(handle);
    // A generic method of a generic class is put together in two steps.
    while (signature.target !== undefined) signature = signature.target;
    return wrap(signature);
  }

  typeParametersOf(handle: Signature): readonly Type[] {
    return (unwrap(handle).getTypeParameters() ?? []).map(wrap<Type>);
  }

  nameOf(symbol: Symbol): string {
    return unwrap(symbol).name;
  }

  isOptional(symbol: Symbol): boolean {
    return (unwrap(symbol).flags & STABLE_FLAGS.symbolOptional) !== 0;
  }

  parentOf(handle: Symbol): Symbol | undefined {
    const symbol: InternalSymbol = unwrap(handle);
    const parent = symbol.parent ?? this.#moduleAround(symbol.declarations?.[0]);
    return parent && wrap(parent);
  }

  /**
   * What a module does not export has no parent, and neither has what it exports as a whole:
   *
   *     declare module 'node:test' {
   *       function test(name: string): Promise<void>;   // ← its symbol stands alone
   *       export = test;
   *     }
   */
  #moduleAround(declaration: ts.Node | undefined): ts.Symbol | undefined {
    for (let at = declaration?.parent; at !== undefined; at = at.parent) {
      // On the native backend every node has every property.
      const { name, body } = at as { name?: ts.Node; body?: ts.Node };
      if (name !== undefined && body !== undefined) {
        const symbol = this.#checker.getSymbolAtLocation(name);
        if (symbol?.name.startsWith('"')) return symbol;
      }
    }
    return undefined;
  }

  filesOf(symbol: Symbol): readonly SourceFile[] {
    const files = new Set(unwrap(symbol).declarations?.map((node) => node.getSourceFile()));
    return [...files].map((file) => ({
      path: file.fileName,
      isDefaultLibrary: this.#program.isSourceFileDefaultLibrary(file),
    }));
  }
}

function kindOfIntrinsic(name: string): TypeKind {
  if (name === 'never' || name === 'void' || name === 'object') return name;
  if (NULLISH.has(name)) return 'nullish';
  return PRIMITIVE.has(name) ? 'primitive' : 'any';
}

export function wrap<Handle extends Signature | Symbol | Type>(
  value: ts.Signature | ts.Symbol | ts.Type,
): Handle {
  return value as unknown as Handle;
}

function unwrap(handle: Type): ts.Type;

function unwrap(handle: Symbol): ts.Symbol;

function unwrap(handle: Signature): ts.Signature;

function unwrap(handle: Signature | Symbol | Type): unknown {
  return handle;
}
