import type { Parameter, Symbol } from '../checker.js';
import type {
  Enumerations,
  NativeProject,
  NativeSignature,
  NativeSymbol,
  NativeType,
} from './api.js';
import { type Ask, askedOnce, type AskedOnce } from './asked-once.js';
import { wrap } from './handles.js';
import { moduleAround } from './module-around.js';

/**
 * What is asked of the checker of one program. Every question that is not settled by what came with a
 * type is a round trip (some 20 µs), so each is asked once.
 */
export interface Questions {
  readonly baseTypes: AskedOnce<NativeType, readonly NativeType[]>;
  readonly callSignatures: AskedOnce<NativeType, readonly NativeSignature[]>;
  readonly constructSignatures: AskedOnce<NativeType, readonly NativeSignature[]>;
  readonly constraint: AskedOnce<NativeType, NativeType | undefined>;
  readonly parameters: AskedOnce<NativeSignature, readonly Parameter[]>;
  readonly parent: AskedOnce<NativeSymbol, NativeSymbol | undefined>;
  readonly parts: AskedOnce<NativeType, readonly NativeType[]>;
  readonly returnType: AskedOnce<NativeSignature, NativeType>;
  readonly typeArguments: AskedOnce<NativeType, readonly NativeType[]>;
  readonly typeOfSymbol: AskedOnce<NativeSymbol, NativeType>;
  readonly isDefaultLibrary: AskedOnce<string, boolean>;
  /** The member of this name, of each type. */
  readonly property: (name: string) => AskedOnce<NativeType, NativeSymbol | undefined>;
}

export function questionsTo(project: NativeProject, enums: Enumerations, ask: Ask): Questions {
  const { checker, program } = project;
  const { Call, Construct } = enums.SignatureKind;
  const once = <Key, Answer>(
    question: (key: Key) => Answer,
    otherwise: () => Answer,
  ): AskedOnce<Key, Answer> => askedOnce(ask, question, otherwise);
  const any = (): NativeType => checker.getAnyType();
  const none = (): readonly never[] => [];
  const unknown = (): undefined => undefined;

  const isDefaultLibrary = once(
    (path: string) => program.getSourceFileMetadataByPath(path)?.isDefaultLibrary ?? false,
    () => false,
  );
  const properties = new Map<string, AskedOnce<NativeType, NativeSymbol | undefined>>();
  return {
    baseTypes: once((declared) => checker.getBaseTypes(declared), none),
    callSignatures: once((type) => checker.getSignaturesOfType(type, Call!), none),
    constructSignatures: once((type) => checker.getSignaturesOfType(type, Construct!), none),
    constraint: once((type) => checker.getBaseConstraintOfType(type), unknown),
    parameters: once(parametersOf, none),
    parent: once(
      (symbol) => symbol.getParent() ?? moduleAround(symbol, { checker, enums, isDefaultLibrary }),
      unknown,
    ),
    parts: once(
      (type) => type.getTypes() ?? [type],
      () => [any()],
    ),
    returnType: once((signature) => checker.getReturnTypeOfSignature(signature) ?? any(), any),
    typeArguments: once((type) => checker.getTypeArguments(type), none),
    typeOfSymbol: once((symbol) => checker.getTypeOfSymbol(symbol) ?? any(), any),
    isDefaultLibrary,
    property: (name) => {
      let property = properties.get(name);
      if (property === undefined) {
        property = once((type) => checker.getPropertyOfType(type, name), unknown);
        properties.set(name, property);
      }
      return property;
    },
  };
}

function parametersOf(signature: NativeSignature): readonly Parameter[] {
  const symbols = signature.getParameters();
  const last = symbols.length - 1;
  return symbols.map((symbol, index) => ({
    symbol: wrap<Symbol>(symbol),
    isRest: index === last && signature.hasRestParameter,
  }));
}
