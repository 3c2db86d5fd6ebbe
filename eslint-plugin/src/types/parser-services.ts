import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type * as ts from 'typescript';

import type { Checker, FileChecker, Signature, Symbol, Type } from './checker.js';
import type { ModuleOptions } from './module-facts.js';
import { ParserServicesChecker, STABLE_FLAGS, wrap } from './parser-services-checker.js';

const checkers = new WeakMap<ts.Program, ParserServicesChecker>();

/**
 * The file behind typescript-eslint's parser services: TypeScript up to 6, or its native backend.
 * Of the checker only those members are used that the native backend has too.
 */
export class ParserServicesFile implements FileChecker {
  readonly checker: Checker;
  readonly #services: ParserServicesWithTypeInformation;
  readonly #checker: ts.TypeChecker;

  constructor(services: ParserServicesWithTypeInformation) {
    const { program } = services;
    this.#services = services;
    this.#checker = program.getTypeChecker();
    let checker = checkers.get(program);
    if (checker === undefined) {
      checker = new ParserServicesChecker(program);
      checkers.set(program, checker);
    }
    this.checker = checker;
  }

  get moduleOptions(): ModuleOptions {
    return this.#services.program.getCompilerOptions();
  }

  typesAt(nodes: readonly TSESTree.Node[]): readonly Type[] {
    return nodes.map((node) => {
      const type = this.#ask(node, (tsNode) => this.#checker.getTypeAtLocation(tsNode));
      return wrap(type ?? this.#checker.getAnyType());
    });
  }

  resolvedSignature(call: TSESTree.Node): Signature | undefined {
    const signature = this.#ask(call, (tsNode) =>
      this.#checker.getResolvedSignature(tsNode as ts.CallLikeExpression),
    );
    return signature && wrap(signature);
  }

  symbolsAt(nodes: readonly TSESTree.Node[]): readonly (Symbol | undefined)[] {
    return nodes.map((node) => {
      const symbol = this.#ask(node, (tsNode) => this.#checker.getSymbolAtLocation(tsNode));
      if (symbol === undefined) return undefined;
      const isAlias = (symbol.flags & STABLE_FLAGS.symbolAlias) !== 0;
      return wrap(isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol);
    });
  }

  /**
   * `undefined` where the checker has no answer. A broken tree has nodes that it does not know, and
   * there are programs that it fails on: an instantiation that refers to itself overflows its stack
   * (microsoft/TypeScript#63441). What is wrong there is not this plugin's to say.
   */
  #ask<T>(node: TSESTree.Node, question: (node: ts.Node) => T): T | undefined {
    const tsNode = this.#services.esTreeNodeToTSNodeMap.get(node) as ts.Node | undefined;
    if (tsNode === undefined) return undefined;
    try {
      return question(tsNode);
    } catch {
      return undefined;
    }
  }
}
