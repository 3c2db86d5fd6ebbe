/**
 * What is used of TypeScript 7's own API, and no more. The API is young: 7.0 has it as
 * `typescript/unstable/sync`, 7.1 as `typescript/sync`, with other names for the snapshots. Here is
 * what both have; `native-compiler.ts` makes one of what differs.
 *
 * The road not taken: `import type` from TypeScript 7 itself. Types of one version say nothing of
 * the version that the user has, and they would hide how much of it is needed.
 */
import type { ModuleOptions } from '../module-facts.js';

/** A program and its checker, as it was when its snapshot was taken. */
export interface NativeProject {
  readonly configFileName?: string | undefined;
  readonly program: NativeProgram;
  readonly checker: NativeChecker;
  /** The files that its tsconfig names. 7.0. */
  readonly rootFiles?: readonly string[];
  /** 7.0. */
  readonly compilerOptions?: ModuleOptions;
  /** 7.1. */
  readonly parsedCommandLine?: {
    readonly fileNames: readonly string[];
    readonly options?: ModuleOptions;
  };
}

export interface NativeProgram {
  getSourceFile(file: string): NativeSourceFile | undefined;
  getSourceFileNames(): readonly string[];
  getSourceFileMetadataByPath(path: string): { readonly isDefaultLibrary: boolean } | undefined;
  /** What is wrong with the text of the config. */
  getConfigFileParsingDiagnostics(): readonly NativeDiagnostic[];
  /** What is wrong with what the config asks for. */
  getProgramDiagnostics(): readonly NativeDiagnostic[];
}

export interface NativeDiagnostic {
  readonly code: number;
  readonly text: string;
  readonly fileName?: string | undefined;
}

export interface NativeChecker {
  getTypeAtLocation(nodes: readonly NativeNode[]): readonly (NativeType | undefined)[];
  getSymbolAtLocation(nodes: readonly NativeNode[]): readonly (NativeSymbol | undefined)[];
  getResolvedSignature(node: NativeNode): NativeSignature | undefined;
  getAliasedSymbol(symbol: NativeSymbol): NativeSymbol;
  getTypeOfSymbol(symbol: NativeSymbol): NativeType | undefined;
  getPropertyOfType(type: NativeType, name: string): NativeSymbol | undefined;
  getPropertiesOfType(type: NativeType): readonly NativeSymbol[];
  getSignaturesOfType(type: NativeType, kind: number): readonly NativeSignature[];
  getReturnTypeOfSignature(signature: NativeSignature): NativeType | undefined;
  getBaseConstraintOfType(type: NativeType): NativeType | undefined;
  getBaseTypes(type: NativeType): readonly NativeType[];
  getTypeArguments(type: NativeType): readonly NativeType[];
  getAnyType(): NativeType;
}

export interface NativeNode {
  readonly kind: number;
  /** Where the node begins, with the space and the comments before it. UTF-16. */
  readonly pos: number;
  readonly end: number;
  readonly parent?: NativeNode;
  readonly name?: NativeNode;
  forEachChild(visit: (child: NativeNode) => unknown): unknown;
}

export interface NativeSourceFile extends NativeNode {
  readonly text: string;
}

export interface NativeType {
  readonly flags: number;
  readonly objectFlags?: number;
  getSymbol(): NativeSymbol | undefined;
  getAliasSymbol(): NativeSymbol | undefined;
  /** The parts of a union or an intersection. */
  getTypes(): readonly NativeType[] | undefined;
  /** Of a reference, the generic type: `Promise<T>` of `Promise<number>`. */
  getTarget(): NativeType | undefined;
}

export interface NativeSymbol {
  readonly name: string;
  readonly flags: number;
  readonly declarations: readonly NativeDeclaration[];
  getParent(): NativeSymbol | undefined;
}

/** Where a symbol is declared: a place, made a node when asked. */
export interface NativeDeclaration {
  readonly path: string;
  resolve(): NativeNode | undefined;
}

export interface NativeSignature {
  readonly hasRestParameter: boolean;
  getParameters(): readonly NativeSymbol[];
  getTypeParameters(): readonly NativeType[];
  getTarget(): NativeSignature | undefined;
}

/** Numbers by their names: they are other ones in each version. */
export type Enumeration = Readonly<Record<string, number>>;

export interface Enumerations {
  readonly SyntaxKind: Enumeration;
  readonly TypeFlags: Enumeration;
  readonly ObjectFlags: Enumeration;
  readonly SymbolFlags: Enumeration;
  readonly SignatureKind: Enumeration;
}

/** Files that the checker does not see as they are on disk. */
export interface HostFiles {
  /** Called for each file that is read. `undefined`: as it is on disk. */
  read(path: string): string | undefined;
  /** Whether `read` has a text for it. */
  has(path: string): boolean;
}

/** What a new snapshot has that the one before it has not. */
export interface SnapshotChanges extends FileChanges {
  readonly openProjects?: readonly string[];
  readonly openFiles?: readonly string[];
  readonly closeFiles?: readonly string[];
}

export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
  /** Nothing that is known of any file holds. */
  readonly invalidateAll?: boolean;
}

export interface NativeSnapshot {
  getProjects(): readonly NativeProject[];
  getDefaultProjectForFile(file: string): NativeProject | undefined;
  dispose(): void;
}
