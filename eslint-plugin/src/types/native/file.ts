import type { TSESTree } from '@typescript-eslint/utils';

import type { Checker, FileChecker, Signature, Symbol, Type } from '../checker.js';
import type { ModuleOptions } from '../module-facts.js';
import type {
  Enumerations,
  NativeNode,
  NativeProject,
  NativeSourceFile,
  NativeSymbol,
} from './api.js';
import type { Ask } from './asked-once.js';
import { unlessRefused } from './failure.js';
import { wrap } from './handles.js';
import { NodePositions } from './node-positions.js';

/** One file in TypeScript's own process. The nodes of a question go there together. */
export class NativeFile implements FileChecker {
  readonly checker: Checker;
  readonly #project: NativeProject;
  readonly #enums: Enumerations;
  readonly #ask: Ask;
  readonly #positions: NodePositions;

  constructor(
    project: NativeProject,
    checker: Checker,
    sourceFile: NativeSourceFile,
    enums: Enumerations,
    ask: Ask,
  ) {
    this.#project = project;
    this.checker = checker;
    this.#enums = enums;
    this.#ask = ask;
    this.#positions = new NodePositions(sourceFile, enums.SyntaxKind);
  }

  get moduleOptions(): ModuleOptions {
    const { compilerOptions, parsedCommandLine } = this.#project;
    return compilerOptions ?? parsedCommandLine?.options ?? {};
  }

  typesAt(nodes: readonly TSESTree.Node[]): readonly Type[] {
    const { checker } = this.#project;
    const types = this.#askOf(nodes, (found) => checker.getTypeAtLocation(found));
    return types.map((type) => wrap<Type>(type ?? this.#ask(() => checker.getAnyType())));
  }

  resolvedSignature(call: TSESTree.Node): Signature | undefined {
    const node = this.#ask(() => this.#positions.find(call));
    return wrap(node && this.#orNothing(() => this.#project.checker.getResolvedSignature(node)));
  }

  symbolsAt(nodes: readonly TSESTree.Node[]): readonly (Symbol | undefined)[] {
    const symbols = this.#askOf(nodes, (found) => this.#project.checker.getSymbolAtLocation(found));
    return symbols.map((symbol) => wrap<Symbol>(symbol && this.#followAlias(symbol)));
  }

  #followAlias(symbol: NativeSymbol): NativeSymbol | undefined {
    if ((symbol.flags & this.#enums.SymbolFlags['Alias']!) === 0) return symbol;
    return this.#orNothing(() => this.#project.checker.getAliasedSymbol(symbol));
  }

  /** Asks of all nodes that the checker has too; of the others the answer is `undefined`. */
  #askOf<Answer>(
    nodes: readonly TSESTree.Node[],
    question: (nodes: readonly NativeNode[]) => readonly (Answer | undefined)[],
  ): readonly (Answer | undefined)[] {
    const places = this.#ask(() => nodes.map((node) => this.#positions.find(node)));
    const known = places.filter((place) => place !== undefined);
    if (known.length === 0) return nodes.map(() => undefined);
    const answers = unlessRefused(
      () => this.#ask(() => question(known)),
      // One node that the checker fails on does not take the others with it.
      () => known.map((node) => this.#orNothing(() => question([node])[0])),
    );
    let next = 0;
    return places.map((place) => (place === undefined ? undefined : answers[next++]));
  }

  /** There are programs that the checker fails on; what is wrong there is not ours to say. */
  #orNothing<Answer>(question: () => Answer): Answer | undefined {
    return unlessRefused<Answer | undefined>(
      () => this.#ask(question),
      () => undefined,
    );
  }
}
