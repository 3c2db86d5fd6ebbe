import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import { calleeName, CheckedCallFacts } from './call-facts.js';
import type { Checker, FileChecker, Type } from './checker.js';
import type { ModuleOptions } from './module-facts.js';
import type { CallFacts, CallNode, Types, ValueFacts } from './types.js';
import { type FactsOf, TypeFacts } from './value-facts.js';

/** The questions about one file, answered over any checker. */
export class CheckerTypes implements Types {
  readonly #file: FileChecker;
  readonly #factsOf: FactsOf;
  readonly #types: WeakMap<TSESTree.Node, Type> = new WeakMap();
  readonly #values: WeakMap<TSESTree.Node, ValueFacts> = new WeakMap();
  readonly #calls: WeakMap<CallNode, CallFacts> = new WeakMap();

  constructor(file: FileChecker, settings: Settings) {
    this.#file = file;
    this.#factsOf = factsOver(file.checker, settings);
  }

  get moduleOptions(): ModuleOptions {
    return this.#file.moduleOptions;
  }

  values(nodes: readonly TSESTree.Node[]): readonly ValueFacts[] {
    return answerOnce(nodes, this.#values, (fresh) => this.#typesAt(fresh).map(this.#factsOf));
  }

  calls(nodes: readonly CallNode[]): readonly CallFacts[] {
    return answerOnce(nodes, this.#calls, (fresh) => this.#resolve(fresh));
  }

  /** A call is asked about for what it gives, and then for how it was called. */
  #typesAt(nodes: readonly TSESTree.Node[]): readonly Type[] {
    return answerOnce(nodes, this.#types, (fresh) => this.#file.typesAt(fresh));
  }

  #resolve(nodes: readonly CallNode[]): readonly CallFacts[] {
    const callees = nodes.map((node) =>
      node.type === 'TaggedTemplateExpression' ? node.tag : node.callee,
    );
    const types = this.#typesAt([...nodes, ...callees]);
    const symbols = this.#file.symbolsAt(nodes.map(calleeName));
    return nodes.map(
      (node, index) =>
        new CheckedCallFacts(this.#file, this.#factsOf, {
          node,
          resultType: types[index]!,
          calleeType: types[nodes.length + index]!,
          calleeSymbol: symbols[index],
        }),
    );
  }
}

const knownFacts = new WeakMap<Checker, WeakMap<Settings, FactsOf>>();

/** One object of facts for each type of a checker, shared by all files. */
function factsOver(checker: Checker, settings: Settings): FactsOf {
  const ofChecker = knownFacts.get(checker) ?? new WeakMap<Settings, FactsOf>();
  knownFacts.set(checker, ofChecker);
  const known = ofChecker.get(settings);
  if (known !== undefined) return known;
  const facts = new Map<Type, TypeFacts>();
  const factsOf: FactsOf = (type) => {
    let found = facts.get(type);
    if (found === undefined) {
      found = new TypeFacts(checker, factsOf, settings, type);
      facts.set(type, found);
    }
    return found;
  };
  ofChecker.set(settings, factsOf);
  return factsOf;
}

/** Asks for those nodes only that no rule has asked about before. */
function answerOnce<Node extends object, Facts>(
  nodes: readonly Node[],
  known: WeakMap<Node, Facts>,
  ask: (fresh: readonly Node[]) => readonly Facts[],
): readonly Facts[] {
  const unknown = nodes.filter((node) => !known.has(node));
  const fresh = unknown.length > 1 ? [...new Set(unknown)] : unknown;
  if (fresh.length > 0) {
    ask(fresh).forEach((facts, index) => known.set(fresh[index]!, facts));
  }
  return nodes.map((node) => known.get(node)!);
}
