// One walk over the paths of a piece of code, for all-paths.ts. It follows the code as it runs and
// carries along the set of states that a path can be in; nothing is built and nothing is kept.
// How each kind of node passes states on is told in statements.ts, loop-statements.ts,
// expressions.ts, conditions.ts.
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../../syntax/enclosing.js';
import type { Answer } from '../../types/types.js';
import type { Assumption, Handler, Walker } from './handler.js';
import type { PathEnd, PathEvent, PathQuestion } from './path-question.js';
import { QuietCode } from './quiet-code.js';
import { DOUBTFUL, doubtful, OPEN, type States, WAITING } from './states.js';
import { type Kind, WaysOut } from './ways-out.js';

/** Programs that need more are generated; their answers are not certain. */
const MOST_STEPS = 200_000;
const MOST_DEPTH = 1_000;

/** Shorter lists are walked faster than they are looked through. */
const LONG = 6;

const KEPT: ReadonlySet<string> = new Set([
  'BlockStatement',
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'TryStatement',
  'WhileStatement',
]);

/** What may hold much code: it is worth a look whether all of it is quiet. */
const LARGE: ReadonlySet<string> = new Set([
  ...KEPT,
  'ArrayExpression',
  'IfStatement',
  'ObjectExpression',
  'SwitchStatement',
]);

interface Passage {
  readonly out: States;
  readonly left: WaysOut;
}

/** Nodes of TypeScript's syntax that run, when all others are types. */
const RUNNING_TS: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSExportAssignment',
  'TSInstantiationExpression',
  'TSModuleBlock',
  'TSModuleDeclaration',
  'TSNonNullExpression',
  'TSParameterProperty',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

export class Walk implements Walker {
  readonly question: PathQuestion;
  leaving = new WaysOut();
  stopped: States = 0;

  /** What a test is taken to give, by its text. */
  readonly #fixed: ReadonlyMap<string, boolean>;
  /** By the type of the node; of all others the children are walked, one after the other. */
  readonly #handlers: ReadonlyMap<string, Handler>;
  /** What may be passed over; `undefined` where nothing may. */
  readonly #quiet: QuietCode | undefined;
  /** What came out of a statement, and left it, for each set of states. */
  readonly #known = new Map<TSESTree.Node, (Passage | undefined)[]>();
  /** Each test met, by its text; `undefined` when a second one says the same. */
  readonly #tests = new Map<string, TSESTree.Node | undefined>();
  readonly #ends = new Map<TSESTree.Node, PathEnd>();
  /** Whether errors go to a `try` around. */
  #isGuarded = false;
  #steps = 0;
  #depth = 0;
  #hasGivenUp = false;

  constructor(
    question: PathQuestion,
    fixed: ReadonlyMap<string, boolean>,
    handlers: ReadonlyMap<string, Handler>,
  ) {
    this.question = question;
    this.#fixed = fixed;
    this.#handlers = handlers;
    const { only, sourceCode } = question;
    this.#quiet = only && new QuietCode(only, sourceCode);
  }

  run(): readonly PathEnd[] {
    const { within, isOpen = false } = this.question;
    const start = isOpen ? OPEN : WAITING;
    const out = isFunction(within) ? this.#function(within, start) : this.node(within, start);
    this.#end('end', within, out);
    for (const { way, node } of this.leaving.ends()) {
      if (way.kind !== 'error') this.#end(way.kind, node, way.states);
    }
    const ends = [...this.#ends.values()].sort((a, b) => a.node.range[0] - b.node.range[0]);
    return this.#hasGivenUp ? ends.map((end) => ({ ...end, certain: false })) : ends;
  }

  get repeatedTests(): readonly string[] {
    return [...this.#tests].filter(([, node]) => node === undefined).map(([text]) => text);
  }

  node(node: TSESTree.Node | null | undefined, states: States): States {
    if (node == null || states === 0) return states;
    if (node.type.startsWith('TS') && !RUNNING_TS.has(node.type)) return states;
    if (this.#steps++ > MOST_STEPS || this.#depth > MOST_DEPTH) {
      this.#hasGivenUp = true;
      return states;
    }
    if (this.#quiet === undefined || !LARGE.has(node.type) || !this.#isSafe(node)) {
      return this.#walked(node, states);
    }
    if (this.#quiet.isQuiet(node, states)) return states;
    return KEPT.has(node.type) ? this.#kept(node, states) : this.#walked(node, states);
  }

  /**
   * A loop goes round two or three times, and so does each loop in it, for each of those; and
   * whatever leaves a `try` goes through its `finally`. There are but eight sets of states.
   */
  #kept(node: TSESTree.Node, states: States): States {
    const passages = this.#known.get(node) ?? [];
    this.#known.set(node, passages);
    const known = passages[states];
    if (known !== undefined) {
      this.leaving.join(known.left);
      return known.out;
    }
    const { result: out, leaving: left } = this.apart(() => this.#walked(node, states));
    passages[states] = { out, left };
    this.leaving.join(left);
    return out;
  }

  #walked(node: TSESTree.Node, states: States): States {
    this.#depth++;
    const handler = this.#handlers.get(node.type) as
      ((node: TSESTree.Node, states: States, walk: Walker) => States) | undefined;
    const after = handler ? handler(node, states, this) : this.#children(node, states);
    this.#depth--;
    return node.type === 'ForOfStatement' ? after : this.evaluated(node, after);
  }

  nodes(nodes: readonly (TSESTree.Node | null)[], states: States): States {
    if (this.#quiet !== undefined && nodes.length > LONG) return this.#long(nodes, states);
    return nodes.reduce((before, node) => this.node(node, before), states);
  }

  #long(nodes: readonly (TSESTree.Node | null)[], states: States): States {
    const around = nodes[0]?.parent;
    const isSafe = around != null && this.#isSafe(around);
    let out = states;
    for (let place = 0; place < nodes.length && out !== 0; place++) {
      if (isSafe || this.#hasThrown(out)) place = this.#quiet!.next(nodes, place, out);
      out = this.node(nodes[place], out);
    }
    return out;
  }

  /** Whether no error of this code goes to a `try` around it. */
  #isSafe(node: TSESTree.Node): boolean {
    return !this.#isGuarded || this.question.mayThrow?.(node) === 'no';
  }

  /** Whether one more error in these states says nothing new. */
  #hasThrown(states: States): boolean {
    return (this.leaving.errors & states) === states;
  }

  evaluated(node: TSESTree.Node, states: States): States {
    if (states === 0) return 0;
    const event = this.question.event(node);
    const after = event === undefined ? states : this.#apply(event, node, states);
    // A call that opens the path and throws has opened nothing.
    this.#error(node, event === 'open' || event === 'restart' ? states : after);
    return after;
  }

  leave(kind: Kind, node: TSESTree.Node, states: States, label?: string): 0 {
    this.leaving.add({ kind, label, states, nodes: node });
    return 0;
  }

  apart<Result>(code: (leaving: WaysOut) => Result): { result: Result; leaving: WaysOut } {
    const outer = this.leaving;
    const leaving = new WaysOut();
    this.leaving = leaving;
    const result = code(leaving);
    this.leaving = outer;
    return { result, leaving };
  }

  guarded(node: TSESTree.Node, states: States): States {
    const outer = this.#isGuarded;
    this.#isGuarded = true;
    const out = this.node(node, states);
    this.#isGuarded = outer;
    return out;
  }

  assumption(test: TSESTree.Node, text: string | undefined): Assumption {
    if (text !== undefined && this.#tests.get(text) !== test) {
      this.#tests.set(text, this.#tests.has(text) ? undefined : test);
    }
    return {
      always: text === undefined ? undefined : this.#fixed.get(text),
      whileOpen: this.question.assume?.(test),
    };
  }

  #function(node: TSESTree.Node & { body: unknown; params: TSESTree.Parameter[] }, states: States) {
    const body = node.body as TSESTree.BlockStatement | TSESTree.Expression;
    const out = this.node(body, this.nodes(node.params, states));
    if (body.type === 'BlockStatement') return out;
    return this.leave('return', body, out);
  }

  #children(node: TSESTree.Node, states: States): States {
    const keys = this.question.sourceCode.visitorKeys[node.type] ?? [];
    let out = states;
    for (const key of keys) {
      const child = (node as unknown as Record<string, unknown>)[key];
      if (Array.isArray(child)) out = this.nodes(child as TSESTree.Node[], out);
      else out = this.node(child as TSESTree.Node | null | undefined, out);
    }
    return out;
  }

  #apply(event: PathEvent, node: TSESTree.Node, states: States): States {
    switch (event) {
      case 'open':
        return OPEN;
      case 'restart':
        this.#end('event', node, states);
        return OPEN;
      case 'close':
        return WAITING;
      case 'finish':
        return 0;
      case 'offence':
        this.#end('event', node, states);
        return WAITING;
      case 'notice':
        this.#end('event', node, states);
        return states;
      case 'doubt':
        return doubtful(states);
    }
  }

  #error(node: TSESTree.Node, states: States): void {
    if (!this.#isGuarded || states === 0) return;
    const answer = this.question.mayThrow?.(node) ?? mayThrow(node);
    if (answer !== 'no') this.leave('error', node, answer === 'yes' ? states : doubtful(states));
  }

  #end(kind: PathEnd['kind'], node: TSESTree.Node, states: States): void {
    if ((states & (OPEN | DOUBTFUL)) === 0) return;
    const certain = (states & OPEN) !== 0 || this.#ends.get(node)?.certain === true;
    this.#ends.set(node, { kind, node, certain });
  }
}

function mayThrow(node: TSESTree.Node): Answer {
  switch (node.type) {
    case 'AwaitExpression':
    case 'CallExpression':
    case 'ImportExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'YieldExpression':
      return 'yes';
    case 'ForOfStatement':
      return node.await ? 'yes' : 'unknown';
    case 'MemberExpression':
      return 'unknown';
    default:
      return 'no';
  }
}
