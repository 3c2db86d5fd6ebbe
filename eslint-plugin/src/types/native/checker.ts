import type {
  Checker,
  Parameter,
  Signature,
  SourceFile,
  Symbol,
  Type,
  TypeKind,
} from '../checker.js';
import type {
  Enumerations,
  NativeNode,
  NativeProject,
  NativeSignature,
  NativeSymbol,
  NativeType,
} from './api.js';
import { ASYNC_DISPOSER } from '../../vocabulary.js';
import { isOfOneQuestion } from './failure.js';

/** Runs a question to the checker's process, and says it when the process cannot answer. */
export type Ask = <Answer>(question: () => Answer) => Answer;

/**
 * The checker of one program, in TypeScript's own process. Every question that is not settled by
 * what came with a type is a round trip (some 20 µs), so each is asked once.
 */
export class NativeProgramChecker implements Checker {
  readonly #project: NativeProject;
  readonly #enums: Enumerations;
  readonly #ask: Ask;

  readonly #baseTypes: Kept<NativeType, readonly NativeType[]>;
  readonly #callSignatures: Kept<NativeType, readonly NativeSignature[]>;
  readonly #constructSignatures: Kept<NativeType, readonly NativeSignature[]>;
  readonly #constraints: Kept<NativeType, NativeType | undefined>;
  readonly #parameters: Kept<NativeSignature, readonly Parameter[]>;
  readonly #parents: Kept<NativeSymbol, NativeSymbol | undefined>;
  readonly #parts: Kept<NativeType, readonly NativeType[]>;
  readonly #properties: Map<string, Kept<NativeType, NativeSymbol | undefined>> = new Map();
  readonly #returnTypes: Kept<NativeSignature, NativeType>;
  readonly #typeArguments: Kept<NativeType, readonly NativeType[]>;
  readonly #typesOfSymbols: Kept<NativeSymbol, NativeType>;
  readonly #isDefaultLibrary: Kept<string, boolean>;

  constructor(project: NativeProject, enums: Enumerations, ask: Ask) {
    const { checker, program } = project;
    const { Call, Construct } = enums.SignatureKind;
    const any = (): NativeType => checker.getAnyType();
    const none = (): readonly never[] => [];
    const unknown = (): undefined => undefined;
    this.#project = project;
    this.#enums = enums;
    this.#ask = ask;
    this.#baseTypes = this.#keep((declared) => checker.getBaseTypes(declared), none);
    this.#callSignatures = this.#keep((type) => checker.getSignaturesOfType(type, Call!), none);
    this.#constructSignatures = this.#keep(
      (type) => checker.getSignaturesOfType(type, Construct!),
      none,
    );
    this.#constraints = this.#keep((type) => checker.getBaseConstraintOfType(type), unknown);
    this.#parameters = this.#keep(parametersOf, none);
    this.#parents = this.#keep(
      (symbol) => symbol.getParent() ?? this.#moduleAround(symbol),
      unknown,
    );
    this.#parts = this.#keep(
      (type) => type.getTypes() ?? [type],
      () => [any()],
    );
    this.#returnTypes = this.#keep(
      (signature) => checker.getReturnTypeOfSignature(signature) ?? any(),
      any,
    );
    this.#typeArguments = this.#keep((type) => checker.getTypeArguments(type), none);
    this.#typesOfSymbols = this.#keep((symbol) => checker.getTypeOfSymbol(symbol) ?? any(), any);
    this.#isDefaultLibrary = this.#keep(
      (path) => program.getSourceFileMetadataByPath(path)?.isDefaultLibrary ?? false,
      () => false,
    );
  }

  /**
   * A question that is asked once. There are types that the checker fails on: 7.0 has no answer to what
   * the parts are of `names.match(/x/g) || []`. Of such nothing is known.
   */
  #keep<Key, Answer>(question: (key: Key) => Answer, otherwise: () => Answer): Kept<Key, Answer> {
    return kept((key) => {
      try {
        return this.#ask(() => question(key));
      } catch (error) {
        if (isOfOneQuestion(error)) return this.#ask(otherwise);
        throw error;
      }
    });
  }

  kindOf(handle: Type): TypeKind {
    const { TypeFlags } = this.#enums;
    const { flags } = unwrap(handle);
    for (const [name, kind] of KINDS) {
      if (flags & TypeFlags[name]!) return kind;
    }
    return 'open';
  }

  partsOf(handle: Type): readonly Type[] {
    return wrapAll(this.#parts(unwrap(handle)));
  }

  constraintOf(handle: Type): Type | undefined {
    return wrap(this.#constraints(unwrap(handle)));
  }

  symbolOf(handle: Type): Symbol | undefined {
    return wrap(this.#ask(() => unwrap(handle).getSymbol()));
  }

  aliasOf(handle: Type): Symbol | undefined {
    return wrap(this.#ask(() => unwrap(handle).getAliasSymbol()));
  }

  baseTypesOf(handle: Type): readonly Type[] {
    return wrapAll(this.#basesOf(unwrap(handle)));
  }

  typeArgumentsOf(handle: Type): readonly Type[] {
    const type: NativeType = unwrap(handle);
    return this.#hasObjectFlag(type, 'Reference') ? wrapAll(this.#typeArguments(type)) : [];
  }

  declaredType(handle: Type): Type {
    return this.kindOf(handle) === 'object'
      ? (wrap<Type>(this.#ask(() => unwrap(handle).getTarget())) ?? handle)
      : handle;
  }

  propertyOf(handle: Type, name: string): Symbol | undefined {
    let properties = this.#properties.get(name);
    if (properties === undefined) {
      properties = this.#keep(
        (type) => this.#project.checker.getPropertyOfType(type, name),
        () => undefined,
      );
      this.#properties.set(name, properties);
    }
    return wrap(properties(unwrap(handle)));
  }

  disposesAsync(handle: Type): boolean {
    const { checker } = this.#project;
    const properties = this.#ask(() => checker.getPropertiesOfType(unwrap(handle)));
    return properties.some(({ name }) => ASYNC_DISPOSER.test(name));
  }

  typeOf(symbol: Symbol): Type {
    return wrap(this.#typesOfSymbols(unwrap(symbol)));
  }

  callSignaturesOf(handle: Type): readonly Signature[] {
    return UNCALLABLE.has(this.kindOf(handle)) ? [] : wrapAll(this.#callSignatures(unwrap(handle)));
  }

  constructSignaturesOf(handle: Type): readonly Signature[] {
    return wrapAll(this.#constructSignatures(unwrap(handle)));
  }

  parametersOf(handle: Signature): readonly Parameter[] {
    return this.#parameters(unwrap(handle));
  }

  returnTypeOf(handle: Signature): Type {
    return wrap(this.#returnTypes(unwrap(handle)));
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
    return wrap(this.#parents(unwrap(symbol)));
  }

  filesOf(symbol: Symbol): readonly SourceFile[] {
    const paths = new Set(unwrap(symbol).declarations.map(({ path }) => path));
    return [...paths].map((path) => ({ path, isDefaultLibrary: this.#isDefaultLibrary(path) }));
  }

  /** `Promise<number>` and `Promise<string>` extend what `Promise` extends. */
  #basesOf(type: NativeType): readonly NativeType[] {
    const isReference = this.#hasObjectFlag(type, 'Reference');
    const declared = isReference ? (this.#ask(() => type.getTarget()) ?? type) : type;
    return this.#hasObjectFlag(declared, 'ClassOrInterface') ? this.#baseTypes(declared) : [];
  }

  /**
   * What a module does not export has no parent, and neither has what it exports as a whole:
   *
   *     declare module 'node:test' {
   *       function test(name: string): Promise<void>;   // ← its symbol stands alone
   *       export = test;
   *     }
   *
   * It is read off the tree of the file that declares it. The default library, the largest of
   * them, declares no modules.
   */
  #moduleAround(symbol: NativeSymbol): NativeSymbol | undefined {
    const [declaration] = symbol.declarations;
    if (declaration === undefined || this.#isDefaultLibrary(declaration.path)) return undefined;
    const node = declaration.resolve();
    for (let at: NativeNode | undefined = node?.parent; at !== undefined; at = at.parent) {
      if (at.kind === this.#enums.SyntaxKind['ModuleDeclaration'] && at.name !== undefined) {
        const [found] = this.#project.checker.getSymbolAtLocation([at.name]);
        if (found?.name.startsWith('"')) return found;
      }
    }
    return undefined;
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

function parametersOf(signature: NativeSignature): readonly Parameter[] {
  const symbols = signature.getParameters();
  const last = symbols.length - 1;
  return symbols.map((symbol, index) => ({
    symbol: wrap<Symbol>(symbol),
    isRest: index === last && signature.hasRestParameter,
  }));
}

/** A question whose answer is asked for once. */
type Kept<Key, Answer> = (key: Key) => Answer;

function kept<Key, Answer>(question: (key: Key) => Answer): Kept<Key, Answer> {
  const answers = new Map<Key, Answer>();
  return (key) => {
    if (answers.has(key)) return answers.get(key)!;
    const answer = question(key);
    answers.set(key, answer);
    return answer;
  };
}

type Native = NativeSignature | NativeSymbol | NativeType;

function wrap<Handle extends Signature | Symbol | Type>(value: Native): Handle;
function wrap<Handle extends Signature | Symbol | Type>(
  value: Native | undefined,
): Handle | undefined;
function wrap(value: unknown): unknown {
  return value;
}

function wrapAll<Handle extends Signature | Symbol | Type>(
  values: readonly Native[],
): readonly Handle[] {
  return values as unknown as readonly Handle[];
}

function unwrap(handle: Type): NativeType;
function unwrap(handle: Symbol): NativeSymbol;
function unwrap(handle: Signature): NativeSignature;
function unwrap(handle: Signature | Symbol | Type): unknown {
  return handle;
}
