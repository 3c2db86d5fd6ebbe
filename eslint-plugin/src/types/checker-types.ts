import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import { CalleePaths } from './callee-paths.js';
import { calleeName, CheckedCallFacts, type CheckerFacts } from './call-facts.js';
import type { Checker, FileChecker, Type } from './checker.js';
import type { ModuleOptions } from './module-facts.js';
import { SignatureFacts } from './signature-facts.js';
import type { CalleeFacts, CalleePath, CallFacts, CallNode, Types, ValueFacts } from './types.js';
import { type FactsOf, TypeFacts } from './value-facts.js';

/** The questions about one file, answered over any checker. */
export class CheckerTypes implements Types {
  readonly #file: FileChecker;
  readonly #facts: CheckerFacts;
  readonly #types: WeakMap<TSESTree.Node, Type> = new WeakMap();
  readonly #values: WeakMap<TSESTree.Node, ValueFacts> = new WeakMap();
  readonly #calls: WeakMap<CallNode, CallFacts> = new WeakMap();

  constructor(file: FileChecker, settings: Settings) {
    this.#file = file;
    this.#facts = factsOver(file.checker, settings);
  }

  get moduleOptions(): ModuleOptions {
    return this.#file.moduleOptions;
  }

  values(nodes: readonly TSESTree.Node[]): readonly ValueFacts[] {
    return answerOnce(nodes, this.#values, (fresh) =>
      this.#typesAt(fresh).map(this.#facts.factsOf),
    );
  }

  calls(nodes: readonly CallNode[]): readonly CallFacts[] {
    return answerOnce(nodes, this.#calls, (fresh) => this.#resolve(fresh));
  }

  value(node: TSESTree.Node): ValueFacts {
    return this.#values.get(node) ?? this.values([node])[0]!;
  }

  call(node: CallNode): CallFacts {
    return this.#calls.get(node) ?? this.calls([node])[0]!;
  }

  callees(paths: readonly CalleePath[]): readonly CalleeFacts[] {
    const roots = this.#typesAt(paths.map(({ root }) => root));
    return paths.map(({ steps, isNew }, index) =>
      this.#facts.callees.factsOf(roots[index]!, steps, isNew),
    );
  }

  /** A call is asked about for what it gives, and then for how it was called. */
  #typesAt(nodes: readonly TSESTree.Node[]): readonly Type[] {
    return answerOnce(nodes, this.#types, (fresh) => this.#file.typesAt(fresh));
  }

  #resolve(nodes: readonly CallNode[]): readonly CallFacts[] {
    const callees = nodes.map((node) =>
      node.type === 'TaggedTemplateExpression' ? node.tag : node.callee,
    );
    const types = this.#typesAt(callees);
    const results = once(() => this.#typesAt(nodes));
    const symbols = once(() => this.#file.symbolsAt(nodes.map(calleeName)));
    return nodes.map(
      (node, index) =>
        new CheckedCallFacts(this.#file, this.#facts, {
          node,
          calleeType: types[index]!,
          calleeSymbol: () => symbols()[index],
          resultType: () => results()[index]!,
        }),
    );
  }
}

const knownFacts = new WeakMap<Checker, WeakMap<Settings, CheckerFacts>>();

/** One object of facts for each type of a checker, shared by all files. */
function factsOver(checker: Checker, settings: Settings): CheckerFacts {
  const ofChecker = knownFacts.get(checker) ?? new WeakMap<Settings, CheckerFacts>();
  knownFacts.set(checker, ofChecker);
  const known = ofChecker.get(settings);
  if (known !== undefined) return known;
  const ofTypes = new Map<Type, TypeFacts>();
  const factsOf: FactsOf = (type) => {
    let found = ofTypes.get(type);
    if (found === undefined) {
      found = new TypeFacts(checker, factsOf, settings, type);
      ofTypes.set(type, found);
    }
    return found;
  };
  const signatures = new SignatureFacts(checker, factsOf);
  const facts = { factsOf, signatures, callees: new CalleePaths(checker, signatures) };
  ofChecker.set(settings, facts);
  return facts;
}

function once<Answer>(ask: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | undefined;
  return () => (known ??= { answer: ask() }).answer;
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
