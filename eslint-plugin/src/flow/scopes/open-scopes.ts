// Which groups, timeouts, tasks and signals are open at a node, innermost first.
//
//   const scopes = openScopes(input);            // what `defineRule` gives a rule will do
//   for (const scope of scopes.at(call)) …
//
//   async function load(url, { signal }) {       // kind 'signal', signal `signal`, not certain
//     await using group = new TaskGroup();       // kind 'group',  signal `group.signal`
//     group.createTask(async (context) => {      // kind 'task',   signal `context.signal`
//       await fetch(url);                        // ← at: task, group (nested), signal (nested)
//     });
//   }
//
// A scope is seen from everywhere in its block or function, closures included; a declaration of
// the same function has to stand before the node. Whether a group was joined, or a timeout
// disposed, on the way to the node is a question for all-paths.ts.
import type { TSESTree } from '@typescript-eslint/utils';

import { type CallbackRole, callbackRole } from '../../syntax/callback-role.js';
import {
  enclosingRun,
  type FunctionNode,
  isFunction,
  type RunNode,
} from '../../syntax/enclosing.js';
import { type FileNames, isNewGroup } from '../../syntax/mooring-reference.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { scopeOfDeclaration } from './declared-scope.js';
import { scopeOfParameter } from './parameter-scope.js';
import type { ScopeValue } from './scope-value.js';

export interface OpenScope extends ScopeValue {
  /** The function (or static block, or program) in which it is open, the body it is open for. */
  readonly run: RunNode;
  /** Whether the node that was asked about is in a function inside of `run`. */
  readonly isNested: boolean;
}

export interface OpenScopes {
  /** The scopes that are open at a node, innermost first. */
  at(node: TSESTree.Node): readonly OpenScope[];
  /** What a variable holds, when it is a scope. */
  of(variable: Variable): ScopeValue | undefined;
  /** What a function is to the runtime: the body of a group or of a timeout, or a task. */
  roleOf(node: FunctionNode): CallbackRole | undefined;
}

const made = new WeakMap<SourceCode, { readonly scopes: OpenScopes; readonly settings: object }>();

/** The open scopes of a file. All rules share one object. */
export function openScopes(file: FileNames): OpenScopes {
  const known = made.get(file.sourceCode);
  if (known?.settings === file.settings) return known.scopes;
  const scopes = new FileScopes(file);
  made.set(file.sourceCode, { scopes, settings: file.settings });
  return scopes;
}

type Scope = ReturnType<SourceCode['getScope']>;
type Entry = Omit<OpenScope, 'isNested'>;

class FileScopes implements OpenScopes {
  readonly #file: FileNames;
  readonly #entries = new WeakMap<Scope, readonly Entry[]>();
  /** `undefined` also while a variable is being looked at: `const a = b, b = a`. */
  readonly #values = new Map<Variable, ScopeValue | undefined>();
  readonly #roles = new WeakMap<FunctionNode, CallbackRole | false>();

  constructor(file: FileNames) {
    this.#file = file;
  }

  at(node: TSESTree.Node): readonly OpenScope[] {
    const run = enclosingRun(node);
    const found: OpenScope[] = [];
    let scope: Scope | null = this.#file.sourceCode.getScope(node);
    for (; scope !== null; scope = scope.upper) {
      if (scope.block === node) continue; // A function stands outside of its own parameters.
      for (const entry of this.#entriesOf(scope)) {
        const isNested = entry.run !== run;
        const isBefore = entry.held === 'body' || entry.opener.range[1] <= node.range[0];
        if (isNested || isBefore) found.push({ ...entry, isNested });
      }
    }
    return found;
  }

  of(variable: Variable): ScopeValue | undefined {
    if (this.#values.has(variable)) return this.#values.get(variable);
    this.#values.set(variable, undefined);
    const value = this.#valueOf(variable);
    this.#values.set(variable, value);
    return value;
  }

  roleOf(node: FunctionNode): CallbackRole | undefined {
    const known = this.#roles.get(node);
    if (known !== undefined) return known || undefined;
    this.#roles.set(node, false);
    const role = callbackRole(node, this.#file, (object) => this.#isGroup(object));
    this.#roles.set(node, role ?? false);
    return role;
  }

  #entriesOf(scope: Scope): readonly Entry[] {
    const known = this.#entries.get(scope);
    if (known !== undefined) return known;
    const entries = this.#readEntries(scope);
    this.#entries.set(scope, entries);
    return entries;
  }

  #readEntries(scope: Scope): readonly Entry[] {
    const entries = scope.variables.flatMap((variable): Entry[] => {
      const value = this.of(variable);
      return value === undefined ? [] : [{ ...value, run: runOf(value, scope) }];
    });
    const block = scope.block as TSESTree.Node;
    // The last one declared is the innermost.
    entries.sort((a, b) => placeOf(b) - placeOf(a));
    const role = scope.type === 'function' && isFunction(block) ? this.roleOf(block) : undefined;
    const isNamed = entries.some(({ opener }) => opener === role?.call);
    return role === undefined || isNamed ? entries : [...entries, unnamed(role, block)];
  }

  #valueOf(variable: Variable): ScopeValue | undefined {
    const [definition] = variable.defs;
    if (definition === undefined || variable.defs.length > 1) return undefined;
    const { node } = definition;
    const around = { file: this.#file, of: (name: TSESTree.Identifier) => this.#valueOfName(name) };
    if (node.type === 'VariableDeclarator') return scopeOfDeclaration(variable, node, around);
    return definition.type === 'Parameter' && isFunction(node)
      ? scopeOfParameter(variable, node, this.roleOf(node), around)
      : undefined;
  }

  #valueOfName(name: TSESTree.Identifier): ScopeValue | undefined {
    const variable = variableOf(name, this.#file.sourceCode);
    return variable && this.of(variable);
  }

  #isGroup(object: TSESTree.Node): boolean {
    const node = unwrapped(object);
    if (node.type !== 'Identifier') return isNewGroup(node, this.#file);
    return this.#valueOfName(node)?.kind === 'group';
  }
}

function runOf(value: ScopeValue, scope: Scope): RunNode {
  const isParameter = value.held === 'body' || value.held === 'parameter';
  return isParameter ? scope.block : enclosingRun(value.opener);
}

/** Where a scope begins in its function: parameters before everything else. */
function placeOf({ held, opener }: Entry): number {
  return held === 'body' ? 0 : opener.range[0];
}

function unnamed(role: CallbackRole, run: TSESTree.Node): Entry {
  return {
    kind: role.kind,
    signal: undefined,
    scope: undefined,
    held: 'body',
    certain: role.isCertain ? 'yes' : 'unknown',
    opener: role.call,
    variable: undefined,
    run,
  };
}
